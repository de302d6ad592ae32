"""SIGKILL while a run is walked through: what was acknowledged is there, with its reminders."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import random
from dataclasses import replace
from pathlib import Path

from bot.checklists.rules.engine import apply, start
from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.reminders import OFFERED_AFTER
from bot.checklists.rules.run import Run, Status
from bot.store import Store, open_store
from tests.examples import tries
from tests.store.samples import BEGIN, PARIS, TurnedClock
from tests.store.walker import event, walk_on
from tests.store.walks import CHECKLIST, ana, begin, stored

KILLS = tries(5)
MOST_BETWEEN = 12
"""Events acknowledged before the next kill."""


def played(run: Run, begun: int, done: int) -> Run:
    """What the engine makes of the events in between."""
    for number in range(begun, done):
        run, _ = apply(CHECKLIST, run, event(number, run), ana, BEGIN)
    return run


async def assert_notices_fit(store: Store, run: Run) -> None:
    """What waits is exactly what follows from the run and its commitment."""
    expected = set()
    for made in await store.checklists.commitments(PARIS, run=run.id):
        assert made.day is not None
        expected.add(
            (made.id, BEGIN.replace(month=made.day.month, day=made.day.day, hour=9, minute=0))
        )
    if run.status is Status.PAUSED:
        expected |= {(run.id, BEGIN + wait) for wait in OFFERED_AFTER}
    assert {(notice.about, notice.due) for notice in await store.outbox.due_notices(50)} == expected
    answered = run.answers.get("promise")
    kept = await store.checklists.commitments(PARIS, run=run.id, statuses=tuple(CommitmentStatus))
    assert [made.what for made in kept] == (
        [answered[0].given.promise.what] if answered and answered[0].given.promise else []
    )
    dropped = run.status is Status.CANCELLED
    assert {made.status for made in kept} <= {
        CommitmentStatus.DROPPED if dropped else CommitmentStatus.OPEN
    }


async def begun_in(file: Path) -> int:
    async with await open_store(file, TurnedClock()) as store:
        return await begin(store)


async def reopened(file: Path, expected: Run, acknowledged: int) -> int:
    """Look at what is there after a kill, and tell how many events that are."""
    late = TurnedClock()
    late.turn(days=100_000)  # so that all that waits is due
    async with await open_store(file, late) as store:
        found = await stored(store, expected.id)
        committed = acknowledged
        if found != expected:  # killed after it committed one more, before it could say so
            committed += 1
            expected = played(expected, acknowledged, committed)
        assert found == expected
        await assert_notices_fit(store, found)
        return committed


def test_a_walk_killed_anywhere_has_lost_nothing_that_was_acknowledged(file: Path) -> None:
    points = random.Random(4)
    forks = multiprocessing.get_context("fork")  # starts at once, with everything imported
    number = asyncio.run(begun_in(file))
    first = replace(start(CHECKLIST, PARIS, ana, BEGIN), id=number)
    done = 0
    for _ in range(KILLS):
        receiving, sending = forks.Pipe(duplex=False)
        child = forks.Process(target=walk_on, args=(file, number, done, sending))
        child.start()
        sending.close()
        for _ in range(points.randint(1, MOST_BETWEEN)):
            done = receiving.recv()
        child.kill()
        child.join()
        with contextlib.suppress(EOFError):  # what it said before it was killed
            while True:
                done = receiving.recv()
        receiving.close()
        done = asyncio.run(reopened(file, played(first, 0, done), done))
    assert done >= KILLS
