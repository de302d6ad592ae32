from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.checklists.rules.events import Cancel, HandOver, Reopen
from bot.checklists.rules.records import CommitmentStatus, PersonSettings
from bot.core.outbox import NoticeKind
from bot.store import Store
from tests.store.samples import ANA, BEN, OSLO, PARIS, TurnedClock, rows
from tests.store.walks import FRIDAY, MONDAY, ana, answer, begin, ben, change, only, sol

OPEN, DONE, DROPPED = CommitmentStatus.OPEN, CommitmentStatus.DONE, CommitmentStatus.DROPPED
FRIDAY_AT_NINE = datetime(2026, 3, 6, 9, tzinfo=UTC)
MONDAY_AT_NINE = datetime(2026, 3, 9, 9, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")


async def promised(
    store: Store, what: str = "Report", day: date | None = FRIDAY, *, team: bool = False
) -> int:
    run = await begin(store, team=team)
    await change(store, run, answer("promise", "Yes", what=what, day=day))
    return run


async def deliver(store: Store) -> list[int]:
    """Send everything that is due; what it was about."""
    due = await store.outbox.due_notices(10)
    for notice in due:
        assert await store.outbox.try_notice(notice.id)
        await store.outbox.notice_sent(notice.id)
    return [notice.about for notice in due]


async def test_a_promise_becomes_a_commitment_with_a_reminder_on_its_day(
    store: Store, clock: TurnedClock
) -> None:
    run = await promised(store)
    (made,) = await store.checklists.commitments(PARIS)
    assert (made.run, made.step, made.person, made.what, made.who, made.day) == (
        run,
        "promise",
        ANA,
        "Report",
        "the board",
        FRIDAY,
    )
    assert (made.status, made.made, made.settled, made.thread) == (OPEN, clock.now, None, None)
    assert await store.checklists.commitment(PARIS, made.id) == made
    assert await store.checklists.commitment(OSLO, made.id) is None
    assert await store.outbox.next_due() == FRIDAY_AT_NINE
    clock.now = FRIDAY_AT_NINE
    (notice,) = await store.outbox.due_notices(5)
    assert (notice.kind, notice.about, notice.person, notice.channel) == (
        NoticeKind.COMMITMENT_DUE,
        made.id,
        ANA,
        None,
    )


async def test_without_a_day_nobody_is_reminded(store: Store) -> None:
    await promised(store, day=None)
    assert await store.outbox.next_due() is None


async def test_an_edit_changes_the_commitment_and_its_reminder(store: Store) -> None:
    run = await promised(store)
    before = await only(store, run)
    await change(store, run, answer("promise", "Yes", 1, what="A better report", day=MONDAY))
    after = await only(store, run)
    assert (after.id, after.what, after.day) == (before.id, "A better report", MONDAY)
    assert await store.outbox.next_due() == MONDAY_AT_NINE


async def test_an_edit_that_takes_the_promise_away_drops_it_and_another_brings_it_back(
    store: Store, file: Path
) -> None:
    run = await promised(store)
    await change(store, run, answer("promise", "No", 1))
    dropped = await only(store, run)
    assert (dropped.status, await store.checklists.commitments(PARIS)) == (DROPPED, ())
    assert dropped.settled is not None
    assert rows(file)["outbox"] == []
    await change(store, run, answer("promise", "Yes", 2, what="Report", day=MONDAY))
    assert (await only(store, run)).status is OPEN
    assert await store.outbox.next_due() == MONDAY_AT_NINE


async def test_what_was_made_of_a_commitment_stays_when_only_the_answer_is_edited(
    store: Store,
) -> None:
    run = await promised(store)
    commitment = await only(store, run)
    await store.checklists.move_commitment(PARIS, commitment.id, MONDAY)
    await change(store, run, answer("promise", "Sure", 1, what="Report", day=FRIDAY))
    assert (await only(store, run)).day == MONDAY
    await change(store, run, answer("promise", "Sure", 2, what="Reports", day=FRIDAY))
    assert ((await only(store, run)).what, (await only(store, run)).day) == ("Reports", MONDAY)
    await store.checklists.settle_commitment(PARIS, commitment.id, DONE)
    await change(store, run, answer("promise", "Sure!", 3, what="Reports", day=FRIDAY))
    assert (await only(store, run)).status is DONE
    await change(store, run, answer("promise", "Never mind", 4))
    assert (await only(store, run)).status is DONE
    await change(store, run, answer("promise", "Again", 5, what="More", day=FRIDAY))
    assert (await only(store, run)).status is OPEN


async def test_each_member_of_a_team_promises_for_one_step(store: Store) -> None:
    run = await promised(store, team=True)
    await change(store, run, answer("promise", "Too", what="Money", day=MONDAY), ben)
    await change(store, run, answer("promise", "Yes", 1, what="Report!", day=FRIDAY))
    found = await store.checklists.commitments(PARIS, run=run)
    assert [(one.person, one.what) for one in found] == [(ANA, "Report!"), (BEN, "Money")]


async def test_a_team_is_reminded_in_its_thread(store: Store, clock: TurnedClock) -> None:
    run = await promised(store, team=True)
    await store.checklists.set_thread(PARIS, run, 77)
    await change(store, run, answer("promise", "Too", what="Money", day=FRIDAY), ben)
    assert {one.thread for one in await store.checklists.commitments(PARIS)} == {77}
    clock.now = FRIDAY_AT_NINE
    due = await store.outbox.due_notices(5)
    assert [(one.person, one.channel) for one in due] == [(None, 77), (None, 77)]


async def test_a_commitment_is_settled_once_and_not_recalled_then(store: Store) -> None:
    commitment = await only(store, await promised(store))
    settled = await asyncio.gather(
        *(store.checklists.settle_commitment(PARIS, commitment.id, DONE) for _ in range(5))
    )
    assert sorted(settled) == [False] * 4 + [True]
    assert await store.outbox.next_due() is None
    assert await store.checklists.settle_commitment(PARIS, commitment.id, OPEN)
    found = await store.checklists.commitment(PARIS, commitment.id)
    assert found == commitment
    assert await store.outbox.next_due() == FRIDAY_AT_NINE
    assert not await store.checklists.settle_commitment(OSLO, commitment.id, DROPPED)
    assert not await store.checklists.settle_commitment(PARIS, commitment.id + 1, DROPPED)


async def test_only_an_open_commitment_moves(store: Store) -> None:
    commitment = await only(store, await promised(store, day=None))
    assert not await store.checklists.move_commitment(OSLO, commitment.id, MONDAY)
    assert await store.checklists.move_commitment(PARIS, commitment.id, MONDAY)
    assert await store.outbox.next_due() == MONDAY_AT_NINE
    await store.checklists.settle_commitment(PARIS, commitment.id, DONE)
    assert not await store.checklists.move_commitment(PARIS, commitment.id, FRIDAY)


async def test_a_cancelled_run_drops_what_was_open_and_reopened_brings_that_back(
    store: Store,
) -> None:
    run = await promised(store, team=True)
    await change(store, run, answer("promise", "Too", what="Money", day=MONDAY), ben)
    await change(store, run, answer("promise", "Me", what="Room", day=MONDAY), sol)
    first, second, third = await store.checklists.commitments(PARIS)
    await store.checklists.settle_commitment(PARIS, first.id, DONE)
    await store.checklists.settle_commitment(PARIS, second.id, DROPPED)
    await change(store, run, Cancel())
    assert await store.checklists.commitments(PARIS) == ()
    assert await store.outbox.next_due() is None
    await change(store, run, Reopen())
    assert await store.checklists.commitments(PARIS) == (third,)
    assert await store.outbox.next_due() == MONDAY_AT_NINE
    done = await store.checklists.commitment(PARIS, first.id)
    assert done is not None
    assert done.status is DONE


async def test_what_was_settled_after_its_run_was_cancelled_stays_so(store: Store) -> None:
    run = await promised(store)
    await change(store, run, Cancel())
    await store.checklists.settle_commitment(PARIS, (await only(store, run)).id, DONE)
    await change(store, run, Reopen())
    assert (await only(store, run)).status is DONE


async def test_handing_a_run_over_leaves_commitments_until_their_step_is_answered_anew(
    store: Store, clock: TurnedClock
) -> None:
    run = await promised(store)
    before = await only(store, run)
    await change(store, run, HandOver(BEN, "Ben B."), sol)
    assert await only(store, run) == before
    await change(store, run, answer("promise", "Yes", 1, what="Report", day=FRIDAY), ben)
    after = await only(store, run)
    assert (after.id, after.person) == (before.id, BEN)
    clock.now = FRIDAY_AT_NINE
    assert [notice.person for notice in await store.outbox.due_notices(5)] == [BEN]


async def test_of_one_day_a_commitment_is_recalled_once(store: Store, clock: TurnedClock) -> None:
    run = await promised(store)
    commitment = await only(store, run)
    clock.now = FRIDAY_AT_NINE
    assert await deliver(store) == [commitment.id]
    clock.turn(hours=1)
    await store.checklists.settle_commitment(PARIS, commitment.id, DONE)
    await store.checklists.settle_commitment(PARIS, commitment.id, OPEN)
    await store.people.set_person_settings(PARIS, ANA, PersonSettings(at=time(17)))
    await change(store, run, answer("promise", "Yes", 1, what="Reports", day=FRIDAY))
    await change(store, run, Cancel())
    await change(store, run, Reopen())
    assert await store.outbox.next_due() is None
    await store.checklists.move_commitment(PARIS, commitment.id, MONDAY)
    clock.now = MONDAY_AT_NINE.replace(hour=17)
    assert await deliver(store) == [commitment.id]


@pytest.mark.parametrize("late", [False, True])
async def test_a_commitment_moved_while_its_reminder_is_sent_is_recalled_on_the_new_day(
    store: Store, clock: TurnedClock, late: bool
) -> None:
    commitment = await only(store, await promised(store))
    clock.now = FRIDAY_AT_NINE
    (notice,) = await store.outbox.due_notices(5)
    await store.outbox.try_notice(notice.id)
    if not late:
        await store.outbox.notice_sent(notice.id)
    await store.checklists.move_commitment(PARIS, commitment.id, MONDAY)
    if late:
        await store.outbox.notice_sent(notice.id)
    assert await store.outbox.next_due() == MONDAY_AT_NINE


async def test_settings_move_the_reminders_that_wait_and_nothing_else(
    store: Store, clock: TurnedClock
) -> None:
    run = await promised(store, team=True)
    await change(store, run, answer("promise", "Too", what="Money", day=MONDAY), ben)
    in_oslo = await begin(store, OSLO)
    late = answer("promise", "Yes", what="Report", day=date(2026, 3, 10))
    await change(store, in_oslo, late, alliance=OSLO)
    clock.now = FRIDAY_AT_NINE
    (waiting,) = await store.outbox.due_notices(5)
    await store.outbox.try_notice(waiting.id)
    await store.people.set_person_settings(PARIS, ANA, PersonSettings(NEW_YORK, time(16, 30)))
    assert await store.outbox.due_notices(5) == ()
    assert await store.outbox.next_due() == datetime(2026, 3, 6, 21, 30, tzinfo=UTC)
    await store.outbox.notice_sent(waiting.id)  # it was under way, and is the same notice still
    assert await store.outbox.next_due() == MONDAY_AT_NINE
    clock.now = datetime(2026, 3, 11, tzinfo=UTC)
    assert [notice.due.hour for notice in await store.outbox.due_notices(5)] == [9, 9]


async def test_new_commitments_are_recalled_when_the_person_wants(store: Store) -> None:
    await store.people.set_person_settings(PARIS, ANA, PersonSettings(NEW_YORK, time(7)))
    await promised(store)
    assert await store.outbox.next_due() == datetime(2026, 3, 6, 12, tzinfo=UTC)


async def test_commitments_are_listed_by_day_and_those_without_one_last(store: Store) -> None:
    for what, day in (("c", None), ("b", MONDAY), ("a", FRIDAY), ("d", None)):
        await promised(store, what, day)
    assert [one.what for one in await store.checklists.commitments(PARIS)] == ["a", "b", "c", "d"]
    assert await store.checklists.commitments(PARIS, person=BEN) == ()
    assert len(await store.checklists.commitments(PARIS, person=ANA)) == 4
    assert await store.checklists.commitments(PARIS, statuses=[DONE, DROPPED]) == ()


async def test_what_is_promised_again_unchanged_is_one_commitment(store: Store, file: Path) -> None:
    run = await promised(store)
    before = rows(file)["commitments"], rows(file)["outbox"]
    await change(store, run, answer("promise", "Really", 1, what="Report", day=FRIDAY), ana)
    assert (rows(file)["commitments"], rows(file)["outbox"]) == before
