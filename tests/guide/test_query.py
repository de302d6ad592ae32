"""What a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Question
from bot.guide.query import (
    AskedKind,
    asks_for_several,
    leans_on_earlier,
    split_parts,
    understand,
)


@pytest.mark.parametrize("kind", AskedKind)
def test_no_kind_is_seen_in_a_plain_question(kind: AskedKind) -> None:
    assert kind not in understand(Question("how do partners come to trust each other")).asked


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "how do we share credit and who should pay for training",
            ("how do we share credit", "and who should pay for training"),
        ),
        (
            "how do we pick goals? what makes meetings work?",
            ("how do we pick goals", "what makes meetings work"),
        ),
        (
            "turf fights break out, how should the convener react",
            ("turf fights break out", "how should the convener react"),
        ),
        (
            "how do we pick goals, and recruit firms, and share credit",
            ("how do we pick goals", "and recruit firms", "and share credit"),
        ),
        ("how do we share credit", ()),
        ("what is give and take", ()),
        ("why and how", ()),
        ("", ()),
    ],
)
def test_a_question_for_several_things_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    assert split_parts(text) == parts
    assert understand(Question(text)).parts == parts


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("what's a network versus a cluster", True),
        ("two worries: a skeptical chief, and partners who drift off", True),
        ("how does a coalition leader differ from a boss", True),
        ("how should a chief help, and how do we get chiefs meeting again", True),
        ("who are the three parties, and what does the one in the middle do?", True),
        ("how do we keep employers and unions at the table", False),
        ("we lost the college and the chamber, how do we go on", False),
        ("how do we share credit", False),
    ],
)
def test_a_question_that_surely_asks_for_several_things_is_known(text: str, several: bool) -> None:
    assert asks_for_several(text) is several
    assert understand(Question(text)).several is several


def test_of_very_many_things_the_smallest_neighbors_are_read_together() -> None:
    text = (
        "pick goals. recruit firms. share credit widely. run meetings briskly. meet often outside."
    )

    assert split_parts(f"{text} bring coffee.") == (
        "pick goals, recruit firms",
        "share credit widely",
        "run meetings briskly",
        "meet often outside",
        "bring coffee",
    )


@given(
    st.lists(
        st.sampled_from(["how", "what", "share", "credit", "pay", "and", ",", "?", "or", "we"])
    )
)
def test_parts_stand_in_the_question_each_once(pieces: list[str]) -> None:
    text = " ".join(pieces)
    parts = split_parts(text)

    assert all(part in text for part in parts)
    assert len(parts) < len(pieces) or not pieces


@pytest.mark.parametrize(
    "text",
    [
        "and who pays for it?",
        "what about small firms",
        "why not?",
        "who else",
        "how do they do that",
        "for example?",
        "does it work",
        "more",
        "costs?",
    ],
)
def test_a_short_question_leans_on_the_one_before(text: str) -> None:
    assert leans_on_earlier(text)


@pytest.mark.parametrize(
    "text",
    [
        "how do we keep employers at the table",
        "what makes an alliance fail in the first year",
        "who should chair a meeting of competing firms",
        "they asked us at the last board meeting how a chamber of commerce can help train workers",
    ],
)
def test_a_full_question_stands_alone(text: str) -> None:
    assert not leans_on_earlier(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("is there an example of a chamber that trains workers", True),
        ("which case shows how hotels worked together", True),
        ("has anyone done this", True),
        ("how did this go elsewhere", True),
        ("how do we train workers", False),
        ("what is the purpose of an alliance", False),
    ],
)
def test_a_wish_for_an_example_is_seen(text: str, wanted: bool) -> None:
    assert understand(Question(text)).wants_case is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("is there a checklist for the kickoff", True),
        ("walk me through choosing a vendor", True),
        ("take us through it step by step", True),
        ("assess our partnership", True),
        ("what is a kickoff", False),
        ("how do we choose a vendor", False),
    ],
)
def test_a_wish_to_be_led_is_seen(text: str, wanted: bool) -> None:
    assert understand(Question(text)).wants_checklist is wanted


def test_what_came_before_is_searched_with_the_question() -> None:
    query = understand(Question("and who pays?", ("what is a levy", "how is it split")))

    assert query.text == "and who pays?"
    for words in ("what is a levy", "how is it split", "and who pays?"):
        assert words in query.search
    assert query.search.endswith("and who pays?")


def test_without_history_the_question_itself_is_searched() -> None:
    assert understand(Question("what is a levy")).search == "what is a levy"


def test_every_wording_is_named_once_for_embedding() -> None:
    query = understand(Question("how do we share credit and who should pay for training"))

    assert query.wordings == (query.search, *query.parts)


@pytest.mark.parametrize(
    "text",
    [
        "is there a template",
        "send me the agenda",
        "draft a letter to the board",
        "give us a link to the report",
    ],
)
def test_a_wish_that_something_be_done_is_seen(text: str) -> None:
    assert understand(Question(text)).asked == {AskedKind.SERVICE}
