"""`doctor`, `check`, `index`, `eval` and the help of every command."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from bot.adapters.terminal.doctor import examine
from bot.cli import app
from bot.core.models import Library
from bot.guide.guide import Guide
from bot.settings import PREFIX, ModelSettings, Settings
from tests.adapters.terminal.conftest import Run
from tests.conftest import KNOWLEDGE

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped content that the program uses instead."""
    folder = shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    monkeypatch.setenv(f"{PREFIX}KNOWLEDGE_DIR", str(folder))
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_has_an_example(command: str, run: Run) -> None:
    outcome = run(command, "--help")

    assert outcome.code == 0
    assert f"Example: python -m bot {command}" in outcome.words


def test_the_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    outcome = run("--help")

    assert outcome.code == 0
    assert all(command in outcome.out for command in COMMANDS)
    assert "Exit codes: 0 done" in outcome.words


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert "Usage" in run().words


def test_an_unknown_command_is_told(run: Run) -> None:
    outcome = run("aks")

    assert outcome.code == 2
    assert "aks" in outcome.err


def test_doctor_says_what_to_run_when_there_is_no_index(run: Run) -> None:
    outcome = run("doctor")

    assert outcome.code == 1
    [fix] = [line for line in outcome.lines if line.startswith("FIX")]
    assert fix.startswith("FIX index: There is no search index yet.")
    assert "python -m bot index" in outcome.words


def test_doctor_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    empty = tmp_path / "data"

    examine(settings.model_copy(update={"data_dir": empty}))

    assert not empty.exists()


def test_doctor_finds_nothing_wrong_where_nothing_is(settings: Settings, guide: Guide) -> None:
    findings = examine(settings)

    assert [str(finding.line) for finding in findings if not finding.good] == []
    assert {"program", "model", "index", "content"} <= {finding.name for finding in findings}


def test_doctor_names_a_stale_index(settings: Settings, guide: Guide, copied: Path) -> None:
    file = copied / "guidance" / "accountability-questions.md"
    file.write_text(file.read_text("utf-8").replace("Alliances get", "Alliances do get"), "utf-8")

    findings = examine(settings.model_copy(update={"knowledge_dir": copied}))

    [wrong] = [finding for finding in findings if not finding.good]
    assert wrong.name == "index"
    assert "python -m bot index" in wrong.says


def test_doctor_names_broken_content_and_still_looks_at_the_rest(
    settings: Settings, guide: Guide, copied: Path
) -> None:
    (copied / "glossary.md").unlink()

    findings = {
        finding.name: finding
        for finding in examine(settings.model_copy(update={"knowledge_dir": copied}))
    }

    assert not findings["content"].good
    assert "knowledge/glossary.md:0: this file is missing" in findings["content"].says
    assert findings["model"].good


def test_doctor_names_a_model_folder_that_is_not_there(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}MODEL__NAME", "./no-such-model")

    outcome = run("doctor")

    assert outcome.code == 1
    assert "FIX model: There is no model folder ./no-such-model" in outcome.words


def test_doctor_says_whether_the_weights_of_another_model_are_verified(
    settings: Settings, tmp_path: Path
) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"weights")
    given = hashlib.sha256(b"weights").hexdigest()

    def says(name: str, sha256: str | None) -> str:
        model = ModelSettings(name=name, sha256=sha256)
        findings = examine(settings.model_copy(update={"model": model}))
        return next(one.says for one in findings if one.name == "model" and one.good)

    for sha256 in (None, given):  # nothing is downloaded to look
        assert "some/model, weights not verified" in says("some/model", sha256)
    assert "weights not verified; to have them verified, set" in says(str(tmp_path), None)
    assert "weights as they should be" in says(str(tmp_path), given)


def test_check_is_content_with_the_shipped_content(run: Run, library: Library) -> None:
    outcome = run("check")

    assert outcome.code == 0
    assert f"All good: {len(library.passages)} passages" in outcome.words


def test_check_prints_every_problem_of_a_broken_copy(run: Run, copied: Path) -> None:
    passage = copied / "guidance" / "accountability-questions.md"
    passage.write_text(passage.read_text("utf-8").replace("\nstage:", "\nstagge:"), "utf-8")
    checklist = copied / "checklists" / "goal-test.yaml"
    checklist.write_text(f"{checklist.read_text('utf-8')}\tx: 1\n", "utf-8")
    (copied / "schemas" / "passage.schema.json").unlink()

    outcome = run("check")

    assert outcome.code == 1
    places = [line.split(": ")[0].rsplit(":", 1)[0] for line in outcome.lines]
    assert {
        "knowledge/guidance/accountability-questions.md",
        "knowledge/checklists/goal-test.yaml",
        "knowledge/schemas/passage.schema.json",
    } <= set(places)
    line = passage.read_text("utf-8").splitlines().index("stagge: starting") + 1
    assert (
        f"knowledge/guidance/accountability-questions.md:{line}: unknown key 'stagge' "
        "(did you mean 'stage'?)"
    ) in outcome.lines


def test_check_writes_the_schemas_when_told(run: Run, copied: Path) -> None:
    (copied / "schemas" / "passage.schema.json").unlink()

    assert run("check", "--write-schemas").code == 0
    assert (copied / "schemas" / "passage.schema.json").is_file()


def test_a_broken_copy_is_not_indexed_nor_answered_from(run: Run, copied: Path) -> None:
    (copied / "documents.yaml").unlink()

    outcome = run("ask", "how do we share credit")

    assert outcome.code == 1
    assert "knowledge/documents.yaml:0: this file is missing" in outcome.words
    assert "python -m bot check" in outcome.words


@pytest.mark.usefixtures("ready")
def test_eval_scores_a_file_of_questions(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    rows = [
        {
            "id": "q1",
            "question": "what should we look for when choosing a training vendor",
            "type": "paraphrase",
            "gold": ["choose-training-vendor"],
        },
        {"id": "q2", "question": "boiling point of nitrogen", "type": "offdomain", "gold": []},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")

    outcome = run("eval", str(file), "--json")

    report = json.loads(outcome.out)
    assert outcome.code == 0
    assert report["questions"] == 2
    values = {figure["name"]: figure["value"] for figure in report["figures"]}
    assert values["hit1"] == 1.0
    assert values["verbatim"] == values["marked"] == 1.0
    assert values["refused_offdomain"] == 1.0
    assert "hit1" in run("eval", str(file)).words


@pytest.mark.usefixtures("ready")
def test_eval_of_a_file_that_can_t_be_used_names_its_lines(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("{}\n{\n", "utf-8")

    outcome = run("eval", str(file))

    assert outcome.code == 1
    assert "questions.jsonl:1: " in outcome.words
    assert "questions.jsonl:2: not JSON" in outcome.words
