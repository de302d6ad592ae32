"""The answer as JSON: its keys are a promise."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from bot.core.models import Answered, Citation, NotCovered
from bot.guide.contract import AnswerRecord, record, refused
from tests.conftest import make_checklist, make_passage

KEYS = {
    "ask_back",
    "id",
    "question",
    "answered",
    "confidence",
    "answer",
    "citations",
    "related",
    "checklists",
    "elapsed_ms",
}
CITATION_KEYS = {"marker", "passage", "title", "kind", "topics", "quote", "source"}
SOURCE_KEYS = {"document", "title", "authors", "section", "file", "line"}

CITATION = Citation(1, make_passage("share-credit", "Share credit. Often."), "Share credit.")
CHECKLIST = make_checklist("credit-check", "share-credit", "Who gets the applause?")


def test_an_answer_has_exactly_the_documented_keys() -> None:
    answer = Answered("how?", 0.9, "Share credit [1].", (CITATION,), (CHECKLIST,))

    content = json.loads(record(answer, "q1", 12.3456).to_json())

    assert set(content) == KEYS
    [citation] = content["citations"]
    assert set(citation) == CITATION_KEYS
    assert set(citation["source"]) == SOURCE_KEYS


def test_an_answer_says_what_was_read_only_where_slips_were_put_right() -> None:
    answer = NotCovered("hwo?", 0.1, "No.", (), read_as="how?")

    assert json.loads(record(answer, "q1", 1.0).to_json())["read_as"] == "how?"


def test_an_answer_says_what_it_rests_on() -> None:
    answer = Answered("how?", 0.9, "Share credit [1].", (CITATION,), (CHECKLIST,))

    content = json.loads(record(answer, "q1", 12.3456).to_json())

    assert content["answered"] is True
    assert content["id"] == "q1"
    assert content["question"] == "how?"
    assert content["answer"] == "Share credit [1]."
    assert content["confidence"] == 0.9
    assert content["checklists"] == ["credit-check"]
    assert content["related"] == []
    assert content["elapsed_ms"] == 12.35
    [citation] = content["citations"]
    assert citation["passage"] == "share-credit"
    assert citation["kind"] == "guidance"
    assert citation["quote"] == "Share credit."
    assert citation["source"] == {
        "document": "handbook",
        "title": "Handbook",
        "authors": "Ann Author",
        "section": "Section 1",
        "file": "knowledge/guidance/share-credit.md",
        "line": 20,
    }


def test_a_refusal_has_what_lies_nearby_in_its_own_place() -> None:
    refusal = NotCovered("how many?", 0.1, "No figure.", (CITATION,))

    content = json.loads(record(refusal, None, 1.0).to_json())

    assert set(content) == KEYS
    assert content["answered"] is False
    assert content["citations"] == []
    assert [citation["passage"] for citation in content["related"]] == ["share-credit"]


def test_input_that_is_no_question_says_what_was_wrong() -> None:
    content = json.loads(refused("empty", "There is none.", "q2", "").to_json())

    assert set(content) == KEYS | {"error"}
    assert (content["error"], content["answered"], content["citations"]) == ("empty", False, [])


def test_half_a_character_in_a_refused_question_does_not_break_the_line() -> None:
    content = json.loads(refused("empty", "There is none.", "q2", "a \ud800 b").to_json())

    assert content["question"] == "a ? b"


def test_a_record_is_one_line_and_can_be_read_back() -> None:
    answer = Answered("line\nbreak “here”", 0.9, "Share\ncredit [1].", (CITATION,), ())
    written = record(answer, "q1", 1.0)

    line = written.to_json()

    assert "\n" not in line
    assert AnswerRecord.model_validate_json(line) == written


def test_a_record_with_an_unknown_key_is_refused() -> None:
    content = record(NotCovered("how?", 0.1, "No.", ()), "q1", 1.0).model_dump()

    with pytest.raises(ValidationError, match="mood"):
        AnswerRecord.model_validate(content | {"mood": "good"})
