from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.checklists.rules.events import Cancel, Event, Finish, HandOver, Pause
from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.run import Status
from bot.privacy.records import FORMER_MEMBER, NOBODY, Forgotten, Purged
from bot.store import Store
from tests.store.samples import ANA, BEN, PARIS, TurnedClock, rows
from tests.store.walks import (
    FRIDAY,
    NEWER,
    ana,
    answer,
    begin,
    ben,
    change,
    fill_checklists,
    only,
    sol,
    stored,
    walk,
)


async def test_an_export_has_a_private_run_whole_and_of_a_team_only_what_the_person_said(
    store: Store,
) -> None:
    await fill_checklists(store, PARIS, ANA)
    exported = await store.privacy.export_person(PARIS, ANA)
    private, team, handed = exported["runs"]
    assert [one["text"] for one in private["answers"]] == ["Anas yes"]
    assert private["skipped"][0]["reason"] == "Anas reason"
    for run in (team, handed):
        assert {one["text"] for one in run["answers"]} == {"Anas who", "Anas yes"}
    assert "Bens" not in json.dumps(exported)
    assert [one["name"] for one in exported["organizations"]] == ["Harbor"]
    of_ben = await store.privacy.export_person(PARIS, BEN)
    assert len(of_ben["runs"]) == 2
    assert "Ana" not in json.dumps(of_ben)


async def test_a_team_run_goes_on_without_the_words_of_a_forgotten_owner(store: Store) -> None:
    run = await begin(store, team=True)
    for by in (ana, ben):
        promise = answer("promise", f"{by.name} yes", what="Report", day=FRIDAY)
        await change(store, run, promise, by)
    await change(store, run, Pause(0))
    await store.privacy.forget_person(PARIS, ANA)
    left = await stored(store, run)
    assert (left.owner, left.owner_name, left.status) == (NOBODY, FORMER_MEMBER, Status.PAUSED)
    assert [one.person for one in left.answers["promise"]] == [BEN]
    assert [one.person for one in await store.checklists.commitments(PARIS)] == [BEN]
    assert await store.outbox.due_notices(5) == ()
    await change(store, run, HandOver(BEN, ben.name), sol)
    assert (await stored(store, run)).owner == BEN
    again = await change(store, run, answer("promise", "Ana again"), ana)
    assert [one.person for one in again.walk.run.answers["promise"]] == [BEN, ANA]
    assert await walk(store, run) == again.walk


async def test_forgetting_takes_the_notices_along_and_leaves_those_of_others(
    store: Store, file: Path
) -> None:
    await fill_checklists(store, PARIS, ANA)
    waiting = len(rows(file)["outbox"])
    await store.privacy.forget_person(PARIS, ANA)
    # Of Ana go three reminders and two offers of the paused run; Bens two in the thread stay.
    assert (waiting, len(rows(file)["outbox"])) == (7, 2)
    kept = {commitment.id for commitment in await store.checklists.commitments(PARIS, person=BEN)}
    assert {row[3] for row in rows(file)["outbox"]} == kept


async def test_what_a_former_owner_said_in_a_private_run_goes_with_the_person(
    store: Store,
) -> None:
    run = await begin(store)
    await change(store, run, answer("who", "Anas words"))
    await change(store, run, HandOver(BEN, ben.name), sol)
    assert await store.privacy.forget_person(PARIS, ANA) == Forgotten(answers=1)
    assert (await stored(store, run)).answers == {}
    assert await store.privacy.forget_person(PARIS, BEN) == Forgotten(runs=1)
    assert await store.checklists.walk(PARIS, run) is None


ENDS: dict[Status, tuple[Event | None, int]] = {
    Status.OPEN: (None, 1),
    Status.PAUSED: (Pause(2), 3),
    Status.FINISHED: (Finish(2), 1),
    Status.CANCELLED: (Cancel(), 0),
}


@pytest.mark.parametrize("status", ENDS)
async def test_a_run_goes_by_its_last_change_whatever_became_of_it(
    store: Store, clock: TurnedClock, file: Path, status: Status
) -> None:
    run = await begin(store, checklist=NEWER)
    await change(store, run, answer("who", "A"))
    clock.turn(days=100)
    soon = FRIDAY + timedelta(days=110)
    await change(store, run, answer("promise", "B", what="Report", day=soon))
    end, notices = ENDS[status]
    if end is not None:
        await change(store, run, end)
    assert (await stored(store, run)).status is status
    await store.checklists.save_draft(PARIS, run, "who", BEN, {"text": "?"})
    clock.turn(days=179)
    assert await store.privacy.purge_all_expired() == Purged()
    clock.turn(days=2)
    assert await store.privacy.purge_all_expired() == Purged(runs=1, commitments=1, notices=notices)
    left = rows(file)
    assert not [table for table in left if left[table]]


async def test_a_run_stays_until_the_day_of_its_open_commitment_is_over(
    store: Store, clock: TurnedClock, file: Path
) -> None:
    run = await begin(store, checklist=NEWER)
    day = FRIDAY + timedelta(days=300)
    await change(store, run, answer("promise", "B", what="Report", day=day))
    kept = await begin(store, checklist=NEWER)
    await change(store, kept, answer("promise", "B", what="Report", day=FRIDAY))
    number = (await only(store, kept)).id
    await store.checklists.move_commitment(PARIS, number, day)
    clock.turn(days=290)
    assert await store.privacy.purge_all_expired() == Purged()
    clock.turn(days=20 - 6)
    (first, second) = await store.outbox.due_notices(5)
    assert {first.about, second.about} == {(await only(store, run)).id, number}
    assert await store.privacy.purge_all_expired() == Purged()
    await store.checklists.settle_commitment(PARIS, number, CommitmentStatus.DONE)
    assert (await store.privacy.purge_all_expired()).runs == 1  # done, so nothing waits any more
    assert await store.checklists.walk(PARIS, run) is not None
    clock.turn(days=4)
    assert (await store.privacy.purge_all_expired()).runs == 1
    left = rows(file)
    assert not [table for table in left if left[table]]


async def test_a_checklist_goes_with_the_last_run_that_keeps_it(
    store: Store, clock: TurnedClock, file: Path
) -> None:
    await begin(store)
    clock.turn(days=100)
    await begin(store, now=clock.now)
    await begin(store, checklist=NEWER, now=clock.now)
    clock.turn(days=100)
    assert await store.privacy.purge_all_expired() == Purged(runs=1)
    assert len(rows(file)["definitions"]) == 2
    clock.turn(days=100)
    assert await store.privacy.purge_all_expired() == Purged(runs=2)
    assert rows(file)["definitions"] == []


async def test_notices_are_known_for_a_month_after_they_are_through(
    store: Store, clock: TurnedClock
) -> None:
    for number in range(3):
        run = await begin(store)
        await change(store, run, answer("promise", f"{number}", what="Report", day=FRIDAY))
    clock.turn(days=5)
    first, second, third = await store.outbox.due_notices(5)
    await store.outbox.notice_sent(first.id)
    await store.outbox.give_up_notice(second.id, "closed")
    clock.turn(days=29)
    assert (
        await store.privacy.purge_all_expired()
    ).notices == 1  # given up, and due four days before
    clock.turn(days=2)
    assert (await store.privacy.purge_all_expired()).notices == 1
    assert [notice.id for notice in await store.outbox.due_notices(5)] == [third.id]
    assert len(await store.checklists.commitments(PARIS, statuses=[CommitmentStatus.OPEN])) == 3
