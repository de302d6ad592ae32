"""Reminders, notices, digests and steps answered in words instead of by their buttons."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.checklists.rules.records import CommitmentStatus
from bot.opportunities.rules.models import Reply
from tests.discord.bench import ASKS, Alliance, Bench, eventually
from tests.discord.commitments import CALL, paused, promise, status_of
from tests.discord.days import move_to, set_clock
from tests.loopback import Message

DONE, OPEN = CommitmentStatus.DONE, CommitmentStatus.OPEN


async def reminded(bench: Bench, valley: Alliance, day: date) -> Message:
    move_to(bench, datetime.combine(day, time(9), UTC))
    message = await valley.rosa.dm.next_message(after=0, by=bench.server.bot)

    async def noted() -> bool:
        return await bench.store.outbox.next_due() is None

    await eventually(noted)
    return message


@pytest.mark.parametrize("text", ["done", "Done, sent it this morning", "I did it yesterday"])
async def test_who_writes_that_it_is_done_settles_the_commitment(
    bench: Bench, valley: Alliance, text: str
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    async with bench.started():
        reminder = await reminded(bench, valley, today)
        said = await bench.answer(await valley.rosa.dms(text))
        assert said.text == f"Done: {CALL}"
        await bench.idle()
        assert reminder.text == f"Done: {CALL}"
    assert await status_of(bench, commitment) is DONE
