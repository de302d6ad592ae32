"""SIGKILL while opportunities are posted: what was acknowledged has its notices, nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import random
from pathlib import Path
from typing import Any

from bot.store import open_store
from tests.examples import tries
from tests.store.poster import STEPS, do, fill, post_on
from tests.store.samples import TurnedClock, rows

KILLS = tries(5)
MOST_BETWEEN = 12
"""Steps acknowledged before the next kill."""


async def filled(file: Path) -> None:
    async with await open_store(file, TurnedClock()) as store:
        await fill(store)


async def play(file: Path, begun: int, done: int) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a store that nobody killed, after so many steps."""
    async with await open_store(file, TurnedClock()) as store:
        for number in range(begun, done):
            await do(store, number)
    return rows(file)


def test_posting_killed_anywhere_loses_nothing_acknowledged_and_tells_of_nothing_else(
    tmp_path: Path,
) -> None:
    points = random.Random(5)
    forks = multiprocessing.get_context("fork")  # starts at once, with everything imported
    file, unharmed = tmp_path / "killed.db", tmp_path / "unharmed.db"
    for one in (file, unharmed):
        asyncio.run(filled(one))
    done = played = 0
    for _ in range(KILLS):
        receiving, sending = forks.Pipe(duplex=False)
        child = forks.Process(target=post_on, args=(file, done, sending))
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
        expected = asyncio.run(play(unharmed, played, done))
        played = done
        found = asyncio.run(play(file, 0, 0))
        if found != expected:  # killed after it committed one more, before it could say so
            done += 1
            expected = asyncio.run(play(unharmed, played, done))
            played = done
        assert found == expected
    assert done >= max(KILLS, STEPS)
    assert rows(file)["outbox"]
