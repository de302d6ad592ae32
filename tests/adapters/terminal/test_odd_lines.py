"""Lines and settings that nobody expects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.adapters.terminal.conftest import Run

QUESTION = b'{"id": "after", "question": "how do we share credit"}'


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


@pytest.mark.parametrize("content", ["- one\n", "just words\n"])
def test_a_configuration_that_is_no_mapping_is_told(content: str, run: Run) -> None:
    Path("alliance-guide.yaml").write_text(content, "utf-8")

    outcome = run("doctor")

    assert outcome.code == 2
    assert "alliance-guide.yaml" in outcome.words
