"""What leans on another sentence brings it, and what is listed stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Library
from bot.core.sentences import split_sentences
from bot.guide.units import unit_of


def units(text: str) -> list[list[int]]:
    sentences = split_sentences(text)
    return [sorted(unit_of(sentences, number)) for number in range(len(sentences))]


@pytest.mark.parametrize(
    "second",
    [
        "They share it.",
        "Its members share it.",
        "However, few share it.",
        "But few share it.",
        "Such firms share it.",
        "Both share it.",
        "For example, Holyoke shares it.",
        "Firms, however, share it.",
        "Unions also share it.",
        "If they share it, all gain.",
        "Without this, nobody gains.",
        "One of them shares it.",
        "The other kind shares it.",
        "A third way is to share it.",
        "So share it.",
        "Share it with all.",
        "Within two years they shared it.",
        "Ask your staff for that support.",
        "Nobody likes any of them.",
        "The smaller ones share it.",
    ],
)
def test_what_leans_on_the_sentence_before_brings_it(second: str) -> None:
    assert units(f"Firms train people. {second}") == [[0], [0, 1]]


@pytest.mark.parametrize(
    "second",
    [
        "Firms share it.",
        "It is wise to share what you know.",
        "It takes time to share.",
        "There are limits to sharing.",
        "The lesson is to share.",
        "Share your plan.",
        "Thessaloniki shares it.",
        "Organizations share it.",
    ],
)
def test_what_stands_alone_brings_nothing(second: str) -> None:
    assert units(f"Firms train people. {second}") == [[0], [1]]


def test_what_leans_on_what_leans_brings_all() -> None:
    assert units("Firms train. They pay. This costs them much. Unions help.") == [
        [0], [0, 1], [0, 1, 2], [3],
    ]  # fmt: skip


def test_the_thing_that_another_sentence_brought_in_brings_that_sentence() -> None:
    text = "Cleveland had a new cable program. Firms paid. The program slept. The firms left."

    assert units(text) == [[0], [1], [0, 2], [3]]


@pytest.mark.parametrize(
    "last",
    ["Check it against all four.", "Go through the steps again.", "Training comes second."],
)
def test_what_was_counted_or_named_is_brought_along(last: str) -> None:
    text = f"There are four steps: talk, training, work and rest. Firms pay. Unions help. {last}"

    assert units(text) == [[0], [1], [2], [0, 3]]


@pytest.mark.parametrize(
    "text",
    [
        "They differ in three ways. First, they ask. Second, they wait. Third, they share.",
        "They differ in two ways. First, they ask. Nobody minds. Second, they wait. This is hard.",
        "Two pulls tear at you. The first pull is pay. You need it. The second pull is trust.",
        "Leaders have two charges. The inner charge is home. The outer charge is the town.",
        "Give each of them:\n\n- a task.\n\n- a date.",
        "There are three kinds of ends. One is near. Another is far. A third is none.",
    ],
)
def test_a_list_stays_whole_with_what_announces_it(text: str) -> None:
    every = list(range(len(split_sentences(text))))

    assert units(f"{text} Trust grows.") == [*[every] * len(every), [len(every)]]


def test_a_lead_in_with_a_colon_brings_what_it_announces() -> None:
    assert units("Ask yourself this:\n\nWho pays?\n\nWho gains?") == [[0, 1], [0, 1], [2]]


@given(
    st.lists(
        st.sampled_from(["First, ask.", "Then go.", "They do:", "A firm.", "The firm.", "- It."]),
        min_size=1,
        max_size=12,
    )
)
def test_units_are_closed(sentences: list[str]) -> None:
    said = tuple(sentences)
    for number in range(len(said)):
        unit = unit_of(said, number)
        assert number in unit
        assert all(unit_of(said, other) <= unit for other in unit)


def test_most_sentences_of_the_library_fit_an_answer_with_what_they_need(library: Library) -> None:
    sizes = [
        len(unit_of(passage.sentences, number))
        for passage in library.passages
        for number in range(len(passage.sentences))
    ]

    assert sum(size <= 4 for size in sizes) > 0.9 * len(sizes)
