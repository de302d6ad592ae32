from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.store import open_store
from tests.databases import location, on_postgresql
from tests.store.samples import PARIS, TurnedClock, asked, told

ROOT = Path(__file__).resolve().parents[2]


async def kill_when_ready(how: str, file: Path) -> None:
    """Start a process that writes, and kill it once it says it is where it should be."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.store.child",
        how,
        str(location(file)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert child.stdout is not None
    try:
        said = await child.stdout.readline()
    finally:
        child.kill()
        await child.wait()
    assert said == b"ready\n"


async def test_what_was_committed_survives_a_kill(file: Path, clock: TurnedClock) -> None:
    await kill_when_ready("committed", file)
    async with await open_store(file, clock) as store:
        found = await store.answers.exchange_by_source(PARIS, 21)
        assert found is not None
        assert found.question == "Before the kill?"
        assert (await store.answers.feedback_counts(PARIS, found.id)).helpful == 1


async def test_a_kill_within_a_transaction_leaves_nothing_of_it(
    file: Path, clock: TurnedClock
) -> None:
    await kill_when_ready("unfinished", file)
    async with await open_store(file, clock) as store:
        assert await store.answers.notes(PARIS) == ()
        assert (await store.answers.add_exchange(PARIS, asked())).id == 1
    if not on_postgresql():
        assert told(file, "PRAGMA integrity_check") == [[("ok",)]]
