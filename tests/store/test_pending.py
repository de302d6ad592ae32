from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.answers.records import PendingQuestion
from bot.privacy.records import Purged
from bot.store import Store
from tests.store.samples import ANA, BEGIN, OSLO, PARIS, TurnedClock, rows


async def take(store: Store, alliance: int, message: int, **more: Any) -> bool:
    values: dict[str, Any] = {"channel": 11, "thread": None, "person": ANA, "received": BEGIN}
    return await store.answers.claim_question(alliance, message, **(values | more))


async def waiting(store: Store) -> list[tuple[int, int]]:
    return [
        (one.alliance, one.message) for one in await store.answers.pending_questions_everywhere()
    ]


async def test_a_question_that_was_taken_waits_until_it_is_dropped(store: Store) -> None:
    assert await take(store, PARIS, 21, thread=12, previous=3)
    assert await store.answers.pending_questions_everywhere() == (
        PendingQuestion(PARIS, 21, 11, 12, ANA, BEGIN, 3),
    )
    assert not await store.answers.drop_pending(OSLO, 21)
    assert await store.answers.drop_pending(PARIS, 21)
    assert not await store.answers.drop_pending(PARIS, 21)
    assert await waiting(store) == []
    assert not await take(store, PARIS, 21)


async def test_what_belongs_to_a_question_waits_and_is_dropped_with_it(store: Store) -> None:
    assert await take(store, PARIS, 21)
    assert await take(store, PARIS, 22, part_of=21)
    assert not await take(store, PARIS, 22)
    pending = await store.answers.pending_questions_everywhere()
    assert [one.part_of for one in pending] == [None, 21]
    assert await store.answers.drop_pending(PARIS, 21, 22)
    assert await waiting(store) == []


async def test_of_many_who_take_a_question_one_does(store: Store) -> None:
    taken = await asyncio.gather(*(take(store, PARIS, 21) for _ in range(20)))
    assert sorted(taken) == [False] * 19 + [True]
    assert await waiting(store) == [(PARIS, 21)]


async def test_an_event_is_claimed_once_whether_it_waits_or_not(store: Store) -> None:
    assert await store.alliances.claim(PARIS, 21)
    assert not await take(store, PARIS, 21)
    assert await waiting(store) == []
    assert await take(store, OSLO, 21)
    assert not await store.alliances.claim(OSLO, 21)


async def test_questions_of_all_alliances_wait_the_oldest_first(
    store: Store, clock: TurnedClock
) -> None:
    clock.turn(minutes=1)
    await take(store, PARIS, 23, received=clock.now)
    await take(store, OSLO, 24)
    await take(store, PARIS, 22, received=clock.now)
    assert await waiting(store) == [(OSLO, 24), (PARIS, 22), (PARIS, 23)]


async def test_a_claim_that_fails_keeps_nothing(store: Store, file: Path) -> None:
    before = rows(file)
    with pytest.raises(Exception, match="time zone"):
        await take(store, PARIS, 21, received=BEGIN.replace(tzinfo=None))
    assert rows(file) == before
    assert await take(store, PARIS, 21)


async def test_what_would_be_answered_too_late_is_purged(store: Store, clock: TurnedClock) -> None:
    await take(store, PARIS, 21)
    clock.turn(minutes=59)
    assert await store.privacy.purge_all_expired() == Purged()
    await take(store, PARIS, 22, received=clock.now)
    clock.turn(minutes=2)
    assert await store.privacy.purge_all_expired() == Purged(pending=1)
    assert await waiting(store) == [(PARIS, 22)]
