"""A practice note as a passage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.notes import clean_note, note_passage
from bot.answers.records import Note
from bot.content.phrases import TemplatePhrases
from bot.core.models import PassageKind
from bot.core.sentences import split_sentences


def note(text: str = "Call Maria. She knows.", question: str = "whom to call", **changes: object):
    values: dict[str, object] = {
        "id": 3,
        "alliance": 1,
        "gaps": (7, 9),
        "question": question,
        "text": text,
        "author": 5,
        "author_name": "Rosa",
        "created": datetime(2026, 3, 9, 12, tzinfo=UTC),
        "retracted": False,
    }
    return Note(**(values | changes))  # type: ignore[arg-type]


def test_a_note_has_document_author_date_and_its_questions_as_asks(
    phrases: TemplatePhrases,
) -> None:
    passage = note_passage(note(), {7: "whom to call", 9: "who  knows"}, phrases)
    assert passage.kind is PassageKind.NOTE
    assert passage.id == "note-3"
    assert (passage.document.id, passage.document.authors) == ("practice-notes", "Rosa")
    assert passage.document.year == 2026
    assert passage.section == "Rosa, 9 March 2026"
    assert passage.asks == ("whom to call", "who knows")
    assert passage.title == "whom to call"
    assert passage.sentences == ("Call Maria.", "She knows.")


def test_a_note_whose_question_was_forgotten_still_has_a_title(phrases: TemplatePhrases) -> None:
    passage = note_passage(note(question=""), {}, phrases)
    assert passage.title == "Practice note 3"
    assert passage.asks == ()


def test_a_long_question_is_a_short_title(phrases: TemplatePhrases) -> None:
    assert len(note_passage(note(question="why " * 500), {}, phrases).title) <= 200


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("See [1] and [22].", "See (1) and (22)."),
        ("  a  \r\n\r\n\r\n\r\n b ", "a\n\nb"),
        ("a [link] stays", "a [link] stays"),
    ],
)
def test_a_note_has_nothing_that_looks_like_a_marker(text: str, clean: str) -> None:
    assert clean_note(text) == clean


@given(st.text(max_size=400))
def test_every_sentence_stands_verbatim_in_the_note(text: str) -> None:
    clean = clean_note(text)
    at = 0
    for sentence in split_sentences(clean):
        at = clean.index(sentence, at) + len(sentence)
