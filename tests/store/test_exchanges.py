from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.answers.records import FeedbackChange, FeedbackCounts
from bot.store import Store, open_store
from tests.store.samples import (
    ANA,
    BEGIN,
    BEN,
    OSLO,
    PARIS,
    TurnedClock,
    asked,
    gap,
    outcome,
)


async def test_an_exchange_comes_back_as_it_was_stored(store: Store) -> None:
    first = await store.answers.add_exchange(PARIS, asked())
    new = asked("And then?", thread=12, private=True, previous=first.id, answer_message=31)
    stored = await store.answers.add_exchange(PARIS, new)
    assert await store.answers.exchange(PARIS, stored.id) == stored
    assert (stored.question, stored.outcome) == (new.question, new.outcome)
    assert (stored.channel, stored.thread, stored.person, stored.source) == (11, 12, ANA, 21)
    assert (stored.private, stored.previous, stored.answer_message) == (True, first.id, 31)
    assert (stored.created, stored.alliance, stored.shared) == (BEGIN, PARIS, False)


@pytest.mark.sqlite
async def test_a_reopened_store_has_what_was_stored(file: Path, clock: TurnedClock) -> None:
    async with await open_store(file, clock) as store:
        stored = await store.answers.add_exchange(PARIS, asked())
    async with await open_store(f"sqlite:///{file}", clock) as store:
        assert await store.answers.exchange(PARIS, stored.id) == stored


async def test_an_exchange_is_found_by_its_messages_and_only_in_its_alliance(
    store: Store,
) -> None:
    stored = await store.answers.add_exchange(PARIS, asked(thread=12))
    assert await store.answers.exchange_by_answer(PARIS, 31) is None
    assert await store.answers.set_answer_message(PARIS, stored.id, 31)
    assert not await store.answers.set_answer_message(OSLO, stored.id, 32)
    for alliance, found in ((PARIS, stored.id), (OSLO, None)):
        results = (
            await store.answers.exchange(alliance, stored.id),
            await store.answers.exchange_by_answer(alliance, 31),
            await store.answers.exchange_by_source(alliance, 21),
            await store.answers.last_exchange_in_thread(alliance, 12),
        )
        assert [result and result.id for result in results] == [found] * 4


async def test_the_last_exchange_of_a_thread_is_the_newest(store: Store) -> None:
    for question in ("First?", "Second?"):
        await store.answers.add_exchange(PARIS, asked(question, thread=12))
    await store.answers.add_exchange(PARIS, asked("Elsewhere?", thread=13))
    last = await store.answers.last_exchange_in_thread(PARIS, 12)
    assert last is not None
    assert last.question == "Second?"


async def test_history_has_the_last_questions_oldest_first(store: Store) -> None:
    previous = None
    for number in range(5):
        previous = (
            await store.answers.add_exchange(PARIS, asked(f"{number}?", previous=previous))
        ).id
    assert previous is not None
    assert await store.answers.history(PARIS, previous, 3) == ("2?", "3?", "4?")
    assert await store.answers.history(PARIS, previous, 9) == ("0?", "1?", "2?", "3?", "4?")
    assert await store.answers.history(PARIS, previous, 0) == ()
    assert await store.answers.history(OSLO, previous, 3) == ()


async def test_a_follow_up_cannot_reach_into_another_alliance(store: Store) -> None:
    elsewhere = await store.answers.add_exchange(OSLO, asked("Secret?"))
    stored = await store.answers.add_exchange(PARIS, asked("And?", previous=elsewhere.id))
    assert stored.previous is None
    assert await store.answers.history(PARIS, stored.id, 5) == ("And?",)


async def test_history_ends_where_an_exchange_was_purged(store: Store, clock: TurnedClock) -> None:
    first = await store.answers.add_exchange(PARIS, asked("Old?"))
    clock.turn(days=1)
    second = await store.answers.add_exchange(PARIS, asked("New?", previous=first.id))
    await store.privacy.purge(PARIS, clock.now)
    assert await store.answers.history(PARIS, second.id, 5) == ("New?",)


async def test_ids_of_purged_exchanges_are_never_given_again(
    store: Store, clock: TurnedClock
) -> None:
    first = await store.answers.add_exchange(PARIS, asked())
    clock.turn(days=1)
    await store.privacy.purge(PARIS, clock.now)
    assert (await store.answers.add_exchange(PARIS, asked())).id > first.id


async def test_of_many_who_share_at_once_one_does(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, asked(private=True))
    assert not await store.answers.mark_shared(OSLO, stored.id)
    shares = await asyncio.gather(*(store.answers.mark_shared(PARIS, stored.id) for _ in range(20)))
    assert sorted(shares) == [False] * 19 + [True]
    found = await store.answers.exchange(PARIS, stored.id)
    assert found is not None
    assert found.shared


async def test_a_share_that_did_not_happen_can_be_taken_back(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, asked(private=True))
    assert not await store.answers.unmark_shared(PARIS, stored.id)
    assert await store.answers.mark_shared(PARIS, stored.id)
    assert not await store.answers.unmark_shared(OSLO, stored.id)
    assert not await store.answers.mark_shared(PARIS, stored.id)
    assert await store.answers.unmark_shared(PARIS, stored.id)
    assert await store.answers.mark_shared(PARIS, stored.id)


async def test_the_latest_feedback_of_a_person_holds(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, asked())
    await store.answers.give_feedback(PARIS, stored.id, ANA, helpful=False, reason="Too long")
    await store.answers.give_feedback(PARIS, stored.id, BEN, helpful=True)
    await store.answers.give_feedback(PARIS, stored.id, ANA, helpful=True)
    assert await store.answers.feedback_counts(PARIS, stored.id) == FeedbackCounts(2, 0)
    assert (await store.privacy.export_person(PARIS, ANA))["feedback"][0]["reason"] == ""


async def test_feedback_tells_what_it_changed(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, asked())
    changes = []
    for person, helpful in [(ANA, True), (BEN, False), (ANA, True), (ANA, False), (ANA, False)]:
        changes.append(await store.answers.give_feedback(PARIS, stored.id, person, helpful=helpful))
    first, same, changed = FeedbackChange.FIRST, FeedbackChange.SAME, FeedbackChange.CHANGED
    assert changes == [first, first, same, changed, same]


async def test_the_same_feedback_again_leaves_the_reason_unless_there_is_a_new_one(
    store: Store,
) -> None:
    stored = await store.answers.add_exchange(PARIS, asked())
    reasons = []
    for helpful, reason in [(False, "Too long"), (False, ""), (False, "Too dry"), (True, "")]:
        await store.answers.give_feedback(PARIS, stored.id, ANA, helpful=helpful, reason=reason)
        reasons.append((await store.privacy.export_person(PARIS, ANA))["feedback"][0]["reason"])
    assert reasons == ["Too long", "Too long", "Too dry", ""]


async def test_feedback_is_taken_only_where_the_exchange_is(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, asked())
    for alliance, exchange in ((OSLO, stored.id), (PARIS, stored.id + 1)):
        change = await store.answers.give_feedback(alliance, exchange, ANA, helpful=True)
        assert change is FeedbackChange.NOT_KEPT
    assert await store.answers.feedback_counts(PARIS) == FeedbackCounts(0, 0)


async def test_an_edited_question_replaces_the_answer_and_its_feedback(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, gap())
    await store.answers.give_feedback(PARIS, stored.id, BEN, helpful=False)
    revised = outcome(text="Better [1].")
    assert not await store.answers.revise_exchange(OSLO, stored.id, "Other?", revised)
    assert await store.answers.revise_exchange(PARIS, stored.id, "Better?", revised)
    found = await store.answers.exchange(PARIS, stored.id)
    assert found is not None
    assert (found.question, found.outcome) == ("Better?", revised)
    assert await store.answers.feedback_counts(PARIS, stored.id) == FeedbackCounts(0, 0)
    assert await store.answers.open_gaps(PARIS, 5) == ()


async def test_text_that_no_database_takes_is_stored_without_what_breaks_it(
    store: Store,
) -> None:
    stored = await store.answers.add_exchange(
        PARIS, asked("Wh\0y \ud83d \U0001f600 '; DROP TABLE x")
    )
    assert stored.question == "Why ? \U0001f600 '; DROP TABLE x"


async def test_times_are_kept_in_utc_whatever_zone_the_clock_shows(
    store: Store, clock: TurnedClock
) -> None:
    clock.now = datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=5)))
    stored = await store.answers.add_exchange(PARIS, asked())
    assert stored.created.tzinfo is UTC
    assert stored.created == clock.now


async def test_a_clock_without_a_zone_is_refused(store: Store, clock: TurnedClock) -> None:
    clock.now = datetime(2026, 3, 2)  # noqa: DTZ001
    with pytest.raises(Exception, match="time zone"):
        await store.answers.add_exchange(PARIS, asked())
    clock.now = BEGIN
    assert await store.answers.exchange_by_source(PARIS, 21) is None
