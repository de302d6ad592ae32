"""A process that walks through a run and is killed on its way; it says what it did, step by step."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bot.checklists.rules.events import Cancel, Event, GoTo, Pause, Reopen, Resume
from bot.checklists.rules.run import Run
from bot.store import open_store
from tests.store.samples import TurnedClock
from tests.store.walks import FRIDAY, ana, answer, change, stored


def event(number: int, run: Run) -> Event:
    """What happens after so many events; each of them has an effect."""
    match number % 6:
        case 0:
            return GoTo("promise", run.revision)
        case 1:
            seen, day = run.revision_of("promise", ana.person), FRIDAY + timedelta(number)
            return answer("promise", f"Answer {number}", seen, what=f"No. {number}", day=day)
        case 2:
            return Pause(run.revision)
        case 3:
            return Resume()
        case 4:
            return Cancel()
        case _:
            return Reopen()


def walk_on(file: Path, run: int, done: int, said: Connection) -> None:
    """Go on after so many events, and tell after each one how many it were."""

    async def go() -> None:
        async with await open_store(file, TurnedClock()) as store:
            for number in range(done, done + 1000):
                await change(store, run, event(number, await stored(store, run)))
                said.send(number + 1)

    asyncio.run(go())
