"""The edges of reading what a person typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.errors import QuestionRefused
from bot.core.text import normalize
from tests.conftest import MakeGuide

LIMIT = 100


@given(st.text(max_size=LIMIT))
@example("\ufdfa" * LIMIT)
@example("\u00bd" * LIMIT)
def test_what_was_read_is_no_longer_than_the_limit(typed: str) -> None:
    try:
        read = normalize(typed, LIMIT)
    except QuestionRefused:
        return
    assert len(read) <= LIMIT


@pytest.mark.parametrize("typed", ["</foo`bar:1> hi", "</a\u2028b:1> hi"])
def test_reading_twice_reads_the_same(typed: str) -> None:
    read = normalize(typed, LIMIT)

    assert normalize(read, LIMIT) == read


def test_earlier_turns_that_are_no_questions_are_left_out(make_guide: MakeGuide) -> None:
    question = make_guide().read("and then?", ["who pays", "\U0001f44d", "??", "\u200b"])

    assert question.history == ("who pays",)
