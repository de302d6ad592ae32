from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.checklists.rules.events import HandOver, Pause, Resume
from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.reminders import OFFERED_AFTER
from bot.core.alliance import AT_TERMINAL, NO_ALLIANCE, TERMINAL
from bot.core.outbox import NewNotice, Notice, NoticeKind, Schedule
from bot.outbox.store_notices import carry_out
from bot.store import Store, open_store
from tests.store.samples import ANA, BEGIN, BEN, OSLO, PARIS, TurnedClock, rows, told
from tests.store.walks import MONDAY, answer, begin, change, only, sol

MARSEILLE = 800000000000000003


async def put(store: Store, alliance: int, key: str, due: datetime = BEGIN) -> None:
    new = NewNotice(NoticeKind.RUN_OFFERED, 1, key, due, person=ANA, details={"key": key})
    async with store.database.writing(alliance) as session:
        await carry_out(session, Schedule(add=(new,)))


async def keys(store: Store, limit: int = 50) -> list[object]:
    return [notice.details["key"] for notice in await store.outbox.due_notices(limit)]


async def paused(store: Store) -> int:
    run = await begin(store)
    await change(store, run, Pause(0))
    return run


async def one_due(store: Store) -> Notice:
    (notice,) = await store.outbox.due_notices(5)
    return notice


async def test_what_is_due_comes_oldest_first_and_each_alliance_in_its_turn(store: Store) -> None:
    for minute in range(6):
        await put(store, PARIS, f"p{minute}", BEGIN - timedelta(minutes=60 - minute))
    for minute in range(2):
        await put(store, OSLO, f"o{minute}", BEGIN - timedelta(minutes=30 - minute))
    await put(store, MARSEILLE, "m0", BEGIN - timedelta(minutes=1))
    assert await keys(store) == ["p0", "o0", "m0", "p1", "o1", "p2", "p3", "p4", "p5"]
    assert await keys(store, 4) == ["p0", "o0", "m0", "p1"]


async def test_only_what_is_due_is_delivered(store: Store, clock: TurnedClock) -> None:
    assert await store.outbox.next_due() is None
    await put(store, PARIS, "now", BEGIN)
    await put(store, PARIS, "later", BEGIN + timedelta(seconds=1))
    assert await keys(store) == ["now"]
    assert await store.outbox.next_due() == BEGIN
    clock.turn(seconds=1)
    assert await keys(store) == ["now", "later"]


async def test_what_was_sent_or_given_up_does_not_come_again(
    store: Store, clock: TurnedClock
) -> None:
    run = await paused(store)
    clock.turn(days=20)
    first, second = await store.outbox.due_notices(5)
    assert (first.about, first.person, first.attempts, first.tried) == (run, ANA, 0, None)
    assert await store.outbox.try_notice(first.id)
    await store.outbox.notice_sent(first.id)
    assert await store.outbox.due_notices(5) == (second,)
    await store.outbox.give_up_notice(second.id, "closed")
    assert await store.outbox.due_notices(5) == ()
    assert await store.outbox.next_due() is None
    for notice in (first, second):
        assert not await store.outbox.try_notice(notice.id)
        await store.outbox.put_off_notice(notice.id, BEGIN, failed=True)
    assert await store.outbox.due_notices(5) == ()


async def test_a_try_that_was_not_ended_is_known_after_a_restart(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    await paused(store)
    clock.turn(days=8)
    notice = await one_due(store)
    assert await store.outbox.try_notice(notice.id)
    async with await open_store(file, clock) as restarted:
        again = await one_due(restarted)
        assert (again.id, again.attempts, again.tried) == (notice.id, 1, clock.now)
        assert await restarted.outbox.try_notice(notice.id)
        assert (await one_due(restarted)).attempts == 2


@pytest.mark.parametrize(("failed", "attempts"), [(True, 1), (False, 0)])
async def test_what_is_put_off_comes_later_and_counts_as_tried_only_if_it_failed(
    store: Store, clock: TurnedClock, failed: bool, attempts: int
) -> None:
    await paused(store)
    clock.turn(days=8)
    notice = await one_due(store)
    await store.outbox.try_notice(notice.id)
    tried = clock.now
    await store.outbox.put_off_notice(notice.id, clock.now + timedelta(hours=1), failed=failed)
    assert await store.outbox.due_notices(5) == ()
    assert await store.outbox.next_due() == clock.now + timedelta(hours=1)
    clock.turn(hours=1)
    assert (await one_due(store)).attempts == attempts
    # An earlier try may have arrived all the same, so that it is looked for before the next.
    assert (await one_due(store)).tried == tried
    await store.outbox.put_off_notice(notice.id, clock.now, failed=False)
    assert (await one_due(store)).attempts == attempts


async def test_a_paused_run_is_offered_after_a_week_and_after_two_unless_it_goes_on(
    store: Store,
) -> None:
    run = await paused(store)
    assert await store.outbox.next_due() == BEGIN + OFFERED_AFTER[0]
    await change(store, run, Resume())
    assert await store.outbox.next_due() is None


async def test_a_paused_run_that_changed_hands_is_offered_to_whoever_has_it(
    store: Store, clock: TurnedClock
) -> None:
    run = await paused(store)
    clock.turn(days=3)
    await change(store, run, HandOver(BEN, "Ben B."), sol)
    clock.turn(days=20)
    due = await store.outbox.due_notices(5)
    assert [notice.person for notice in due] == [BEN, BEN]
    assert due[0].due == BEGIN + timedelta(days=3) + OFFERED_AFTER[0]


async def test_a_notice_that_makes_no_sense_any_more_is_taken_back(
    store: Store, clock: TurnedClock, file: Path
) -> None:
    """What else than the store's own methods could have changed meanwhile, a repair by hand does."""
    run = await paused(store)
    other = await begin(store)
    await change(store, other, answer("promise", "Yes", what="Report", day=MONDAY))
    commitment = await only(store, other)
    clock.turn(days=10)
    due = await store.outbox.due_notices(5)
    assert [notice.about for notice in due] == [commitment.id, run]
    await by_hand(store, "UPDATE runs SET status = 'open'")
    await by_hand(store, f"UPDATE commitments SET status = '{CommitmentStatus.DONE.value}'")
    assert [await store.outbox.try_notice(notice.id) for notice in due] == [False, False]
    assert [row[4] for row in rows(file)["outbox"]] == [f"run:{run}:2"]


@pytest.mark.parametrize(
    "change_by_hand",
    [
        "UPDATE commitments SET day = '2026-03-10'",
        "UPDATE commitments SET day = NULL",
        "DELETE FROM commitments",
    ],
)
async def test_a_reminder_of_another_day_is_not_tried(
    store: Store, clock: TurnedClock, change_by_hand: str
) -> None:
    run = await begin(store)
    await change(store, run, answer("promise", "Yes", what="Report", day=MONDAY))
    clock.turn(days=10)
    notice = await one_due(store)
    await by_hand(store, change_by_hand)
    assert not await store.outbox.try_notice(notice.id)
    assert await store.outbox.due_notices(5) == ()


async def by_hand(store: Store, statement: str) -> None:
    async with store.database.writing_everywhere() as session:
        await (await session.connection()).exec_driver_sql(statement)


async def test_a_waiting_notice_of_the_same_key_is_moved_or_replaced(store: Store) -> None:
    await put(store, PARIS, "same", BEGIN)
    await put(store, OSLO, "same", BEGIN)
    first = await store.outbox.due_notices(5)
    await put(store, PARIS, "same", BEGIN - timedelta(hours=1))
    assert [notice.id for notice in await store.outbox.due_notices(5)] == [one.id for one in first]
    other = NewNotice(NoticeKind.RUN_OFFERED, 1, "same", BEGIN, person=BEN, details={"key": "new"})
    async with store.database.writing(PARIS) as session:
        await carry_out(session, Schedule(add=(other,)))
    assert await keys(store) == ["same", "new"]
    assert (await store.outbox.due_notices(5))[1].id not in {one.id for one in first}
    async with store.database.writing(PARIS) as session:
        await carry_out(session, Schedule(remove=("same", "none")))
    assert await keys(store) == ["same"]


async def test_what_is_for_the_terminal_comes_there_alone(store: Store) -> None:
    new = NewNotice(NoticeKind.RUN_OFFERED, 1, "t", BEGIN, person=AT_TERMINAL)
    async with store.database.writing(TERMINAL) as session:
        await carry_out(session, Schedule(add=(new,)))
    assert await store.outbox.next_due() is None
    assert await store.outbox.due_notices(5) == ()
    assert await store.outbox.due_notices(5, seated=BEN) == ()
    (notice,) = await store.outbox.due_notices(5, seated=AT_TERMINAL)
    assert notice.person == AT_TERMINAL
    await put(store, NO_ALLIANCE, "direct")
    assert await keys(store) == ["direct"]


async def test_a_notice_of_an_unknown_kind_stops_no_other_and_is_told_once(
    store: Store, file: Path
) -> None:
    for key in ("strange", "p0", "p1"):
        await put(store, PARIS, key, BEGIN - timedelta(minutes=len(key)))
    told(file, "UPDATE outbox SET kind = 'of tomorrow' WHERE key = 'strange'")
    with capture_logs() as logs:
        assert await keys(store) == ["p0", "p1"]
        assert await keys(store, 1) == ["p0"]
    assert [(log["event"], log["kinds"]) for log in logs] == [
        ("notices_of_unknown_kind", {"of tomorrow": 1})
    ]
    assert await store.outbox.next_due() == BEGIN - timedelta(minutes=2)
    for notice in await store.outbox.due_notices(5):
        await store.outbox.notice_sent(notice.id)
    assert await store.outbox.next_due() is None
    # The version that knows it.
    told(file, "UPDATE outbox SET kind = 'run offered' WHERE kind = 'of tomorrow'")
    assert await keys(store) == ["strange"]
