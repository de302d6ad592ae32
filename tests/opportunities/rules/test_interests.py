"""Completing interests, and noticing those that don't look like English."""

from __future__ import annotations

import pytest

from bot.core.models import Library
from bot.opportunities.rules.interests import complete, seems_foreign, topic_words

TOPICS = ("career ladders", "communication habits", "every voice", "retention")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", TOPICS),
        ("c", ("c", "career ladders", "communication habits")),
        ("welding, re", ("welding, re", "welding, retention")),
        ("retention, re", ("retention, re",)),
        (
            "every voice, ",
            ("every voice", *(f"every voice, {t}" for t in TOPICS if t != "every voice")),
        ),
        ("voice", ("voice", "every voice")),
        ("x,y,z", ("x,y,z",)),
    ],
)
def test_the_last_item_is_completed_and_what_was_typed_stays_possible(
    typed: str, expected: tuple[str, ...]
) -> None:
    assert complete(typed, TOPICS, 25, 100) == expected


def test_completions_keep_within_length_and_number() -> None:
    typed = "w" * 90 + ", "
    assert complete(typed, TOPICS, 25, 100) == ("w" * 90,)
    assert len(complete("", TOPICS, 2, 100)) == 2


@pytest.mark.parametrize(
    "interest",
    ["formación profesional", "cursos para adultos", "焊接", "Ausbildung und Arbeit", "!!!", "42"],
)
def test_another_language_is_noticed(interest: str) -> None:
    assert seems_foreign(interest)


@pytest.mark.parametrize(
    "interest", ["welding", "CDL", "e-learning", "El Paso", "MIT", "Des Moines jobs", "die casting"]
)
def test_english_and_names_are_not(interest: str) -> None:
    assert not seems_foreign(interest)


def test_topics_are_words_of_the_library_without_its_cases(library: Library) -> None:
    topics = topic_words(library)
    assert {"communication habits", "cluster"} <= set(topics)
    assert not [topic for topic in topics if topic.startswith("case") or "-" in topic]
    assert list(topics) == sorted(set(topics))
