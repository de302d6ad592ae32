from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.outbox import NoticeKind
from bot.opportunities import store as opportunity_store
from bot.opportunities.rules.models import Outcome, Reply
from bot.store import Store
from tests.store.offers import (
    SEATS,
    declined,
    dues,
    interested,
    keys,
    press,
    publish,
    replies,
    says,
    stored,
    waiting,
    with_capacity,
)
from tests.store.samples import ANA, BEGIN, BEN, OSLO, PARIS, TurnedClock
from tests.store.walks import statements

CROWD = 200


async def test_two_hundred_partners_who_answer_at_once_are_all_kept_in_order(store: Store) -> None:
    """Quickness is counted in statements, as time depends on the machine."""
    offer = await publish(store, with_capacity(30))
    with statements() as said:
        replied = await asyncio.gather(
            *(
                interested(store, offer.id, person, f"Org {person}")
                for person in range(1, CROWD + 1)
            )
        )
    assert len(said) < CROWD / 2
    answers = await store.opportunities.answers(PARIS, offer.id)
    assert len(answers) == CROWD
    assert [one.reply for one in answers] == [Reply.INTERESTED] * 30 + [Reply.WAITING] * 170
    given = {one.given.person: one.given.reply for one in replied if one.given}
    assert given == dict(replies(answers))
    assert await keys(store) >= {f"opportunity:{offer.id}:refresh"}
    assert len(await waiting(store, NoticeKind.OPPORTUNITY_REFRESH)) == 1


async def test_places_go_to_those_who_wait_in_order_however_people_press(store: Store) -> None:
    chance = random.Random(7)
    offer = await publish(store, with_capacity(20))
    row: list[int] = []  # who wants it, in order, by a model of its own
    presses = [(chance.randint(1, 60), chance.random() < 0.6) for _ in range(CROWD)]
    for person, wants in presses:
        if wants and person not in row:
            row.append(person)
        elif not wants and person in row:
            row.remove(person)
    await asyncio.gather(
        *(
            (interested if wants else declined)(store, offer.id, person, f"Org {person}")
            for person, wants in presses
        )
    )
    answers = await store.opportunities.answers(PARIS, offer.id)
    wanting = [one for one in answers if one.reply is not Reply.NOT_FOR_US]
    assert [one.person for one in wanting] == row
    assert [one.reply for one in wanting[:20]] == [Reply.INTERESTED] * 20
    assert {one.reply for one in wanting[20:]} <= {Reply.WAITING}
    assert len({one.person for one in answers}) == len(answers)
    reminded = {row.person for row in await waiting(store, NoticeKind.OPPORTUNITY_REMINDER)}
    assert reminded == {one.person for one in wanting[:20]}


async def test_pressing_again_changes_nothing_and_the_other_button_moves_it(store: Store) -> None:
    offer = await publish(store)
    first = await interested(store, offer.id, ANA, "Harbor", "Two of us")
    revision = (await stored(store, offer.id)).revision
    before = await waiting(store)
    again = await interested(store, offer.id, ANA, "Harbor")
    assert (first.changed, again.changed, again.given) == (True, False, first.given)
    assert [row.id for row in await waiting(store)] == [row.id for row in before]
    assert (await stored(store, offer.id)).revision == revision
    moved = await declined(store, offer.id, ANA, "Harbor", "Too far")
    assert moved.changed
    (kept,) = await store.opportunities.answers(PARIS, offer.id)
    assert (kept.reply, kept.note) == (Reply.NOT_FOR_US, "Too far")


async def test_an_organization_has_one_answer_that_the_last_who_pressed_speaks_for(
    store: Store,
) -> None:
    offer = await publish(store)
    await interested(store, offer.id, ANA, "Harbor", "Two of us")
    await interested(store, offer.id, 5, "Port")
    taken = await interested(store, offer.id, BEN, "harbor")
    assert taken.changed
    answers = await store.opportunities.answers(PARIS, offer.id)
    assert replies(answers) == [(BEN, Reply.INTERESTED), (5, Reply.INTERESTED)]
    assert answers[0].note == "Two of us"
    assert {*await dues(store, NoticeKind.OPPORTUNITY_REMINDER)} == {BEN, 5}
    await declined(store, offer.id, ANA, "Harbor")
    assert replies(await store.opportunities.answers(PARIS, offer.id)) == [
        (5, Reply.INTERESTED),
        (ANA, Reply.NOT_FOR_US),
    ]
    assert {*await dues(store, NoticeKind.OPPORTUNITY_REMINDER)} == {5}


async def test_a_person_without_an_organization_answers_alone(store: Store) -> None:
    offer = await publish(store)
    for person in (ANA, BEN, ANA):
        await interested(store, offer.id, person)
    assert replies(await store.opportunities.answers(PARIS, offer.id)) == [
        (ANA, Reply.INTERESTED),
        (BEN, Reply.INTERESTED),
    ]


async def test_a_place_that_becomes_free_goes_to_the_first_who_waits_and_they_are_told(
    store: Store,
) -> None:
    offer = await publish(store, with_capacity(1))
    for person in (1, 2, 3):
        await interested(store, offer.id, person, f"Org {person}")
    moved = await declined(store, offer.id, 1, "Org 1")
    assert replies(moved.moved_up) == [(2, Reply.INTERESTED)]
    assert replies(await store.opportunities.answers(PARIS, offer.id)) == [
        (2, Reply.INTERESTED),
        (3, Reply.WAITING),
        (1, Reply.NOT_FOR_US),
    ]
    assert await dues(store, NoticeKind.OPPORTUNITY_MOVED_UP) == {2: BEGIN}
    assert {*await dues(store, NoticeKind.OPPORTUNITY_REMINDER)} == {2}
    await declined(store, offer.id, 2, "Org 2")  # not told any more
    assert {*await dues(store, NoticeKind.OPPORTUNITY_MOVED_UP)} == {3}


async def test_who_moves_up_among_presses_taken_together_is_told(store: Store) -> None:
    """They were told that they wait."""
    offer = await publish(store, with_capacity(1))
    replied = await asyncio.gather(
        interested(store, offer.id, 1, "Org 1"),
        interested(store, offer.id, 2, "Org 2"),
        interested(store, offer.id, 3, "Org 3"),
        declined(store, offer.id, 1, "Org 1"),
        declined(store, offer.id, 2, "Org 2"),
    )
    assert [one.given.reply for one in replied if one.given] == [
        Reply.INTERESTED,
        Reply.WAITING,
        Reply.WAITING,
        Reply.NOT_FOR_US,
        Reply.NOT_FOR_US,
    ]
    assert {*await dues(store, NoticeKind.OPPORTUNITY_MOVED_UP)} == {3}
    assert replies(await store.opportunities.answers(PARIS, offer.id)) == [
        (3, Reply.INTERESTED),
        (1, Reply.NOT_FOR_US),
        (2, Reply.NOT_FOR_US),
    ]


@pytest.mark.parametrize(("places", "seated"), [(3, 3), (None, 5), (1, 2)])
async def test_capacity_that_an_edit_changes_moves_people_up_and_nobody_down(
    store: Store, places: int | None, seated: int
) -> None:
    offer = await publish(store, with_capacity(2))
    for person in range(1, 6):
        await interested(store, offer.id, person, f"Org {person}")
    await store.opportunities.edit(PARIS, offer.id, with_capacity(places))
    answers = await store.opportunities.answers(PARIS, offer.id)
    assert replies(answers) == [
        (person, Reply.INTERESTED if person <= seated else Reply.WAITING) for person in range(1, 6)
    ]
    told = {*await dues(store, NoticeKind.OPPORTUNITY_MOVED_UP)}
    assert told == set(range(3, seated + 1))


async def test_a_closed_one_takes_no_answer(store: Store, clock: TurnedClock) -> None:
    closed, late = await publish(store), await publish(store)
    await store.opportunities.close_opportunity(PARIS, closed.id, Outcome.FILLED)
    clock.turn(days=10)
    for offer in (closed, late):
        replied = await interested(store, offer.id, ANA, "A")
        assert (replied.given, replied.changed) == (None, False)
        assert await store.opportunities.answers(PARIS, offer.id) == ()
    assert await store.opportunities.reply(PARIS, 99, says(ANA, Reply.INTERESTED)) is None
    assert await store.opportunities.reply(OSLO, late.id, says(ANA, Reply.INTERESTED)) is None


REMINDED = [(25, None), (26, 2), (48, 24)]


@pytest.mark.parametrize(("left", "due_in"), REMINDED)
async def test_those_interested_are_reminded_a_day_before_unless_that_is_at_once(
    store: Store, left: int, due_in: int | None
) -> None:
    deadline = BEGIN + timedelta(hours=left)
    offer = await publish(store, replace(SEATS, deadline=deadline))
    await interested(store, offer.id, ANA, "A")
    await declined(store, offer.id, BEN, "B")
    expected = {} if due_in is None else {ANA: BEGIN + timedelta(hours=due_in)}
    assert await dues(store, NoticeKind.OPPORTUNITY_REMINDER) == expected
    await declined(store, offer.id, ANA, "A")
    assert await dues(store, NoticeKind.OPPORTUNITY_REMINDER) == {}


async def test_nobody_is_reminded_of_the_end_of_what_has_no_deadline(store: Store) -> None:
    offer = await publish(store, replace(SEATS, deadline=None))
    await interested(store, offer.id, ANA, "A")
    assert await waiting(store, NoticeKind.OPPORTUNITY_REMINDER) == []


async def test_an_error_reaches_all_who_pressed_and_the_next_press_is_taken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = await publish(store)

    async def fail(*_: object) -> None:
        raise LookupError("broken")

    with monkeypatch.context() as patched:
        patched.setattr(opportunity_store, "stored_answers", fail)
        failed = await asyncio.gather(
            *(interested(store, offer.id, n, f"Org {n}") for n in range(5)),
            return_exceptions=True,
        )
    assert [type(one) for one in failed] == [LookupError] * 5
    assert (await interested(store, offer.id, ANA, "A")).changed
    assert len(await store.opportunities.answers(PARIS, offer.id)) == 1


async def test_an_answer_whose_caller_gives_up_is_kept_all_the_same(store: Store) -> None:
    offer = await publish(store)
    pressed = asyncio.create_task(press(store, offer.id, says(ANA, Reply.INTERESTED, "A")))
    await asyncio.sleep(0)
    pressed.cancel()
    with pytest.raises(asyncio.CancelledError):
        await pressed
    assert (await interested(store, offer.id, BEN, "B")).changed
    assert replies(await store.opportunities.answers(PARIS, offer.id)) == [
        (ANA, Reply.INTERESTED),
        (BEN, Reply.INTERESTED),
    ]
