from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.opportunities.rules.models import Reply, Respondent, State
from bot.opportunities.rules.replies import Counts, counts, is_open, same_side, seat, take_reply
from tests.opportunities.rules.samples import NOW, SEATS, opportunity, says

PRESSES = st.lists(st.tuples(st.integers(1, 8), st.booleans()), max_size=40)


@given(PRESSES, st.one_of(st.none(), st.integers(1, 5)))
def test_places_are_filled_in_order_and_never_more_than_there_are(
    presses: list[tuple[int, bool]], capacity: int | None
) -> None:
    offered = opportunity(offer=replace(SEATS, capacity=capacity))
    answers: tuple[Respondent, ...] = ()
    row: list[int] = []  # a model of its own: who wants it, in order
    for person, wants in presses:
        by = says(person, Reply.INTERESTED if wants else Reply.NOT_FOR_US, f"Org {person}")
        seated = {one.person for one in answers if one.reply is Reply.INTERESTED}
        replied = take_reply(offered, answers, by, NOW)
        answers = replied.answers
        again = wants == (person in row)
        if wants and person not in row:
            row.append(person)
        elif not wants and person in row:
            row.remove(person)
        wanting = [one for one in answers if one.reply is not Reply.NOT_FOR_US]
        assert [one.person for one in wanting] == row
        places = len(row) if capacity is None else capacity
        assert [one.reply for one in wanting] == [
            Reply.INTERESTED if place < places else Reply.WAITING for place in range(len(row))
        ]
        now_seated = {one.person for one in answers if one.reply is Reply.INTERESTED}
        assert {one.person for one in replied.moved_up} == now_seated - seated - {person}
        if replied.before is not None and again:
            assert not replied.changed
            assert not replied.went_last
    assert len({one.person for one in answers}) == len(answers)


def test_a_colleague_takes_an_answer_over_and_keeps_its_place_and_note() -> None:
    first = says(1, Reply.INTERESTED, "Harbor", "Two of us")
    other = says(2, Reply.INTERESTED, "Port")
    replied = take_reply(opportunity(), [first, other], says(3, Reply.INTERESTED, "HARBOR"), NOW)
    assert replied.changed
    assert not replied.went_last
    assert [one.person for one in replied.answers] == [3, 2]
    assert replied.answers[0].note == "Two of us"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((1, "Harbor"), (2, "ＨARBOR "), True),
        ((1, "Harbor"), (1, "Port"), False),
        ((1, ""), (1, ""), True),
        ((1, ""), (2, ""), False),
        ((1, ""), (1, "Harbor"), False),
        ((1, "person 2"), (2, ""), False),
    ],
)
def test_a_side_is_an_organization_or_a_person_without_one(
    one: tuple[int, str], other: tuple[int, str], same: bool
) -> None:
    first, second = (says(person, Reply.WAITING, name) for person, name in (one, other))
    assert same_side(first, second) is same


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({}, True),
        ({"closes": NOW + timedelta(seconds=1)}, True),
        ({"closes": NOW}, False),
        ({"closes": None}, True),
        ({"state": State.CLOSED}, False),
        ({"state": State.DRAFT}, False),
        ({"state": State.DISCARDED}, False),
    ],
)
def test_only_an_open_one_takes_answers(changes: dict[str, object], taken: bool) -> None:
    offered = opportunity(**changes)
    replied = take_reply(offered, [], says(1, Reply.INTERESTED), NOW)
    assert (replied.changed, is_open(offered, NOW)) == (taken, taken)
    assert len(replied.answers) == taken


def test_fewer_places_throw_nobody_out() -> None:
    answers = [says(n, Reply.INTERESTED, f"Org {n}") for n in range(3)]
    answers.append(says(3, Reply.WAITING, "Org 3"))
    assert seat(answers, 1) == (tuple(answers), ())
    seated, moved = seat(answers, 4)
    assert moved == (replace(answers[3], reply=Reply.INTERESTED),)
    assert counts(seated) == Counts(interested=4)
