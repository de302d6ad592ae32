"""`ask`: one question, one answer, and the exit code that says how it went."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import resources
from bot.guide.contract import AnswerRecord
from bot.guide.guide import Guide
from bot.settings import PREFIX, Settings, read_settings
from tests.adapters.terminal.conftest import Run
from tests.conftest import ROOT

QUESTION = "who in my organization answers for the benefit our alliance work brings"
FAR = "what is the boiling point of nitrogen on a mountain"
KEYS = [
    "id",
    "question",
    "answered",
    "confidence",
    "answer",
    "citations",
    "related",
    "checklists",
    "elapsed_ms",
    "ask_back",
]


@pytest.mark.usefixtures("ready")
def test_a_question_is_answered_with_its_sources(run: Run, guide: Guide) -> None:
    outcome = run("ask", QUESTION)

    assert outcome.code == 0
    assert "[1]" in outcome.out
    assert guide.library.by_id["accountability-questions"].title in outcome.words
    assert guide.library.by_id["accountability-questions"].document.title in outcome.words


@pytest.mark.usefixtures("ready")
def test_words_need_no_quotation_marks(run: Run) -> None:
    one, many = run("ask", QUESTION), run("ask", *QUESTION.split())

    assert one.out == many.out


@pytest.mark.usefixtures("ready")
def test_json_has_the_keys_of_the_contract_in_one_line(run: Run) -> None:
    outcome = run("ask", QUESTION, "--json")

    assert outcome.code == 0
    assert outcome.err == ""
    [line] = outcome.lines
    content = json.loads(line)
    assert list(content) == KEYS
    assert content["answered"] is True
    assert content["question"] == QUESTION
    assert content["elapsed_ms"] > 0


@pytest.mark.usefixtures("ready")
def test_what_is_cited_stands_in_the_file_and_line_it_names(run: Run) -> None:
    answer = AnswerRecord.model_validate_json(run("ask", QUESTION, "--json").out)

    assert answer.citations
    for citation in answer.citations:
        lines = (ROOT / citation.source.file).read_text("utf-8").splitlines()
        text = " ".join(" ".join(lines[citation.source.line - 1 :]).split())
        assert " ".join(citation.quote.split()) in text
        assert f"[{citation.marker}]" in answer.answer


@pytest.mark.usefixtures("ready")
def test_a_question_from_another_world_is_refused_and_that_is_no_failure(run: Run) -> None:
    outcome = run("ask", FAR, "--json")

    answer = AnswerRecord.model_validate_json(outcome.out)
    assert outcome.code == 0
    assert not answer.answered
    assert answer.citations == []
    assert "library" in answer.answer


@pytest.mark.usefixtures("ready")
def test_earlier_questions_can_be_given(run: Run) -> None:
    earlier = "what should we look for when choosing a training vendor"

    answer = AnswerRecord.model_validate_json(
        run("ask", "and what should we ask them?", "--history", earlier, "--json").out
    )

    assert answer.question == "and what should we ask them?"
    assert "choose-training-vendor" in [c.passage for c in (*answer.citations, *answer.related)]


@pytest.mark.parametrize("question", [[], [""], ["  ", "\t"]])
def test_no_question_is_told_without_loading_anything(question: list[str], run: Run) -> None:
    outcome = run("ask", *question)

    assert outcome.code == 2
    assert "There is no question here" in outcome.err
    assert outcome.out == ""


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("question", "says"),
    [("👍", "no words"), ("\u200b\u200b", "no question"), ("long " * 2_000, "4,000 or less")],
)
def test_what_is_no_question_is_told(question: str, says: str, run: Run) -> None:
    outcome = run("ask", question)

    assert outcome.code == 2
    assert says in outcome.words
    assert outcome.out == ""


def test_an_unknown_option_is_told_with_code_two(run: Run) -> None:
    outcome = run("ask", "how", "--jsn")

    assert outcome.code == 2
    assert "--jsn" in outcome.err


def test_a_missing_index_is_told_before_the_model_is_loaded() -> None:
    # The environment of the test names an empty data folder.
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "ask", QUESTION],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert ended.returncode == 3
    assert ended.stdout == ""
    assert "There is no search index yet. Run `python -m bot index` to build it." in " ".join(
        ended.stderr.split()
    )


@pytest.mark.parametrize("command", [["ask", "how"], ["doctor"], ["check"], ["index"], ["chat"]])
def test_an_unknown_setting_is_told_by_name(command: list[str], run: Run) -> None:
    Path("alliance-guide.yaml").write_text("datadir: here\nmodel:\n  nme: x\n", "utf-8")

    outcome = run(*command)

    assert outcome.code == 2
    assert "datadir" in outcome.err
    assert "model.nme" in outcome.err
    assert "alliance-guide.yaml" in outcome.words


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANSWER__QUESTION_CHARACTERS", "5"),
        ("MODEL__BATCH_SIZE", "many"),
        ("MODEL__SHA256", "abc"),
    ],
)
def test_a_setting_out_of_bounds_is_told_by_name(
    name: str, value: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + name, value)

    outcome = run("doctor")

    assert outcome.code == 2
    assert name.lower().replace("__", ".") in outcome.err


def test_a_configuration_that_is_no_yaml_is_told(run: Run) -> None:
    Path("alliance-guide.yaml").write_text("model: [\n", "utf-8")

    outcome = run("doctor")

    assert outcome.code == 2
    assert "alliance-guide.yaml or .env can't be read" in outcome.words


def test_something_unexpected_gives_an_id_and_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(settings: Settings) -> Guide:
        raise RuntimeError("the sky fell")

    monkeypatch.setattr(resources, "make_guide", burst)

    outcome = run("ask", QUESTION)

    log = read_settings().data_dir / "errors.log"
    [number] = [word.removesuffix(")") for word in outcome.words.split("(error ")[1].split(";")[:1]]
    assert outcome.code == 1
    assert "Traceback" not in outcome.words
    assert "sky" not in outcome.words
    assert number in log.read_text("utf-8")
    assert "RuntimeError: the sky fell" in log.read_text("utf-8")
