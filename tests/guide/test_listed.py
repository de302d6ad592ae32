"""Follow-ups that point at a thing in a list by its place there."""

from __future__ import annotations

import pytest

from bot.core.models import Library
from bot.guide.listed import Listed, lists_in, pointed_at

STEPS = "The method has four steps: study the field; hold a conference; find what fits; and offer staff."
LEGS = "It needs at least three legs: employers, workers, and a go-between."
CAUSES = "They fail for one of two reasons: trouble with the goal or trouble with the process."


def test_a_list_has_as_many_things_as_it_says() -> None:
    assert [listed.things for listed in lists_in([STEPS, LEGS, CAUSES])] == [
        ("study the field", "hold a conference", "find what fits", "offer staff"),
        ("employers", "workers", "a go-between"),
        ("trouble with the goal", "trouble with the process"),
    ]
    assert lists_in(["Ask three things: who and when.", "There are two of them."]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and the third one?", "and find what fits?"),
        ("Step two. Expand.", "hold a conference. Expand."),
        ("what about number 3", "what about find what fits"),
        ("say more about the last of them", "say more about offer staff"),
        ("why is the second needed", "why is hold a conference needed"),
        ("First step, what do I ask?", "study the field, what do I ask?"),
        ("the 4th?", "offer staff?"),
    ],
)
def test_a_place_in_a_list_becomes_the_thing_there(text: str, expected: str) -> None:
    assert pointed_at(text, lists_in([STEPS])) == expected


@pytest.mark.parametrize(
    "text",
    [
        "what happened in the first year",
        "who came last winter",
        "what do I check first",
        "did they breed a second?",
        "how many were there",
        "and the fifth one?",
    ],
)
def test_what_points_at_nothing_in_the_list_stays_as_it_is(text: str) -> None:
    assert pointed_at(text, lists_in([STEPS])) == text


def test_what_comes_before_or_after_goes_by_the_question_before() -> None:
    steps = lists_in([STEPS])
    assert pointed_at("and before that?", steps, "who gets to the conference") == (
        "and study the field?"
    )
    assert pointed_at("and the step after that?", steps, "what is step two") == (
        "and find what fits?"
    )
    assert pointed_at("and before that?", steps, "why study anything") == "and before that?"
    assert pointed_at("and after that?", steps, "who pays") == "and after that?"


def test_the_list_with_that_kind_of_thing_is_meant() -> None:
    both = lists_in([STEPS, LEGS])
    assert pointed_at("the third leg, what is it for", both) == "a go-between, what is it for"


def test_lists_of_the_library_are_found(library: Library) -> None:
    found = {
        passage.id: lists_in(passage.sentences)
        for passage in library.passages
        if lists_in(passage.sentences)
    }
    assert all(
        isinstance(listed, Listed) and len(listed.things) > 1
        for lists in found.values()
        for listed in lists
    )
