"""A process that writes to a store and is killed: `python -m tests.store.child HOW FILE`."""

from __future__ import annotations

import asyncio
import sys

from bot.answers.tables import NoteRow
from bot.store import open_store
from tests.store.samples import BEGIN, PARIS, TurnedClock, asked


async def main(how: str, file: str) -> None:
    store = await open_store(file, TurnedClock())
    if how == "committed":
        stored = await store.answers.add_exchange(PARIS, asked("Before the kill?"))
        await store.answers.give_feedback(PARIS, stored.id, 5, helpful=True)
        await wait_to_be_killed()
    async with store.database.writing_everywhere() as session:
        for number in range(2000):  # more than the page cache would hold back
            session.add(
                NoteRow(
                    alliance=PARIS,
                    question="?",
                    text=f"{number} half " * 100,
                    author=None,
                    author_name="",
                    created=BEGIN,
                    retracted=False,
                )
            )
        await session.flush()
        await wait_to_be_killed()


async def wait_to_be_killed() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
