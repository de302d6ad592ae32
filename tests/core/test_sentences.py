"""Sentences end where a reader would say they do, in every passage of the library."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Library
from bot.core.sentences import doubtful_sentences, split_sentences

ANYTHING = st.text(max_size=400)
SHORTENED_IN_THE_LIBRARY = ("U.S.",)
"""The only words of the library that end with a mark and go on before a capital."""


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("First part.\n\nSecond part.", ["First part.", "Second part."]),
        ("no full stop", ["no full stop"]),
        ("", []),
        (" \n\n ", []),
        ("Dr. Smith met the U.S. team. It went well.", 2),
        ("Draw in helpers for the work at hand. Colleges may help.", 2),
        ("It brings skills that agencies lack. Networks grow.", 2),
        ("Jobs etc. The rest. Nobody knew.", 3),
        ("HRTP. The second. In 1996. Unions left.", 4),
        ("The U.S. Chamber of Commerce led it. It works in the U.S. The others fail.", 3),
        ("They met at 5 p.m. The mayor came.", 2),
        ("He said: “Do it.” She did. “Why?” Nobody knew. (So it went.) All left.", 6),
        ("1. Ask them. 2. Tell them.", ["1. Ask them.", "2. Tell them."]),
        ("See fig. 3 and no. 5 of Prof. Wu. It is there.", 2),
        ("J. F. Kennedy spoke. Version 3.5 came.", 2),
        ("Wait… Then go. So they did … and went.", 3),
    ],
)
def test_sentences_are_found(text: str, sentences: list[str] | int) -> None:
    found = split_sentences(text)

    assert (len(found) if isinstance(sentences, int) else list(found)) == sentences


@given(
    st.lists(st.sampled_from(["A b.", "Why?", "No 3.5 yet!", "\n\n", " ", "Dr. X", "“Q.”", "…"]))
)
def test_sentences_stand_verbatim_in_the_text_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)

    at = 0
    for sentence in split_sentences(text):
        assert sentence == sentence.strip() != ""
        assert "\n\n" not in sentence
        at = text.index(sentence, at) + len(sentence)


@given(ANYTHING)
def test_splitting_any_text_loses_nothing_but_white_space(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


def test_every_sentence_of_the_library_begins_and_ends_as_one(library: Library) -> None:
    wrong = [
        (passage.id, sentence)
        for passage in library.passages
        for sentence in passage.sentences
        if not re.match(r"[\"“(]?[A-Z0-9]", sentence) or not re.search(r"[.!?][\"”)]*$", sentence)
    ]

    assert wrong == []


def test_no_sentence_of_the_library_holds_the_end_of_another(library: Library) -> None:
    ends = [
        (passage.id, sentence)
        for passage in library.passages
        for sentence in passage.sentences
        for end in re.finditer(r"\S*[.!?][\"”)]*(?=\s+[\"“(]?[A-Z0-9])", sentence)
        if end[0] not in SHORTENED_IN_THE_LIBRARY
    ]

    assert ends == []


def test_each_passage_has_as_many_sentences_as_a_simple_rule_counts(library: Library) -> None:
    """The rule: a mark, with signs that close, at the end of a paragraph or before a capital."""
    for passage in library.passages:
        text = passage.text
        for word in SHORTENED_IN_THE_LIBRARY:
            text = text.replace(f"{word} ", f"{word.replace('.', '')} ")
        count = len(re.findall(r"[.!?][\"”)]*(?:\s+(?=[\"“(]?[A-Z0-9])|\s*$)", text))
        assert len(passage.sentences) == count, passage.id


def test_no_sentence_of_the_library_is_doubtful(library: Library) -> None:
    for passage in library.passages:
        assert list(doubtful_sentences(passage.text)) == []


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Ask Mr. Wu of the U.S. Chamber of Commerce. Dr. Ito knows.", []),
        ("It works in the U.S. Training is good. So it is.", ["It works in the U.S. Training is good."]),
        ("Ask them, e.g. Networks and firms.", ["Ask them, e.g. Networks and firms."]),
        ("It ends. and goes on.", ["and goes on."]),
        ("Nothing ends here", ["Nothing ends here"]),
        ("so it goes. It went.", ["so it goes."]),
    ],
)  # fmt: skip
def test_what_may_be_no_sentence_is_told(text: str, doubtful: list[str]) -> None:
    assert list(doubtful_sentences(text)) == doubtful
