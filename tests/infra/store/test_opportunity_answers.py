from __future__ import annotations

import asyncio
import random
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.opportunities.models import Outcome, Reply
from bot.core.outbox import NoticeKind
from bot.infra.store import Store
from tests.infra.store.offers import (
    SEATS,
    declined,
    dues,
    everybody,
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
from tests.infra.store.samples import ANA, BEGIN, BEN, OSLO, PARIS, TurnedClock

CROWD = 200


async def test_two_hundred_partners_who_answer_at_once_are_all_kept_in_order(store: Store) -> None:
    """The bound on time is generous for a loaded machine; alone it takes a fraction of it."""
    offer = await publish(store, with_capacity(30))
    begun = time.perf_counter()
    replied = await asyncio.gather(
        *(interested(store, offer.id, person, f"Org {person}") for person in range(1, CROWD + 1))
    )
    took = time.perf_counter() - begun
    print(f"{took:.2f} s")
    answers = await store.answers(PARIS, offer.id)
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
    answers = await store.answers(PARIS, offer.id)
    wanting = [one for one in answers if one.reply is not Reply.NOT_FOR_US]
    assert [one.person for one in wanting] == row
    assert [one.reply for one in wanting[:20]] == [Reply.INTERESTED] * 20
    assert {one.reply for one in wanting[20:]} <= {Reply.WAITING}
    assert len({one.person for one in answers}) == len(answers)
    reminded = {row.person for row in await waiting(store, NoticeKind.OPPORTUNITY_REMINDER)}
    assert reminded == {one.person for one in wanting[:20]}
