"""Lines and settings that nobody expects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.guide.guide import Guide

from .conftest import Run
from .test_chat import Talk

QUESTION = b'{"id": "after", "question": "how do we share credit"}'


@pytest.fixture
def talk(guide: Guide) -> Talk:
    return Talk(guide)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    "raw",
    [
        b'{"id": "\\ud800", "question": "how do we start"}',
        b'{"id": "q", "question": ' + b"1" * 5_000 + b"}",
    ],
    ids=["half a character in the id", "a number of 5,000 digits"],
)
def test_an_odd_line_costs_its_own_answer_only(raw: bytes, run: Run) -> None:
    outcome = run("ask", "--batch", "-", stdin=[raw, QUESTION])

    answers = [json.loads(text) for text in outcome.lines]
    assert len(answers) == 2
    assert answers[1]["id"] == "after"


@pytest.mark.usefixtures("ready")
def test_a_thumb_in_the_history_does_not_refuse_the_question(run: Run) -> None:
    raw = {"id": "q", "question": "how do we share credit", "history": ["\U0001f44d"]}

    outcome = run("ask", "--batch", "-", stdin=json.dumps(raw).encode())

    assert "error" not in json.loads(outcome.out)


@pytest.mark.parametrize("line", ["/pasage case-sf-hotels", "/hlp", "/zzz", "/"])
def test_an_unknown_command_is_told(line: str, talk: Talk) -> None:
    assert f"There is no command {line.split(maxsplit=1)[0]}" in talk.says(line)


def test_an_unknown_command_is_answered_with_the_one_that_may_be_meant(talk: Talk) -> None:
    assert "did you mean /passage?" in talk.says("/pasage case-sf-hotels")


@pytest.mark.parametrize("content", ["- one\n", "just words\n"])
def test_a_configuration_that_is_no_mapping_is_told(content: str, run: Run) -> None:
    Path("alliance-guide.yaml").write_text(content, "utf-8")

    outcome = run("doctor")

    assert outcome.code == 2
    assert "alliance-guide.yaml" in outcome.words


@pytest.mark.parametrize("wording", [str, str.upper, lambda title: title.rstrip("?.")])
def test_a_passage_is_shown_by_its_title(wording: object, talk: Talk, guide: Guide) -> None:
    passage = guide.library.by_id["accountability-questions"]
    assert callable(wording)

    shown = talk.says(f"/passage {wording(passage.title)}")

    assert " ".join(passage.text.split()) in shown
