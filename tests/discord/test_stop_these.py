"""Who answers a reminder or a notice with "stop these" gets no more of them, and hears how to undo it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.run import Status
from bot.opportunities.rules.models import Mode
from tests.discord.bench import Alliance, Bench
from tests.discord.commitments import paused, promise, status_of
from tests.discord.days import DAY, move_to, pass_time, set_clock
from tests.discord.offers import CARE, board_of, listens, publish, settled, told
from tests.discord.test_words_for_buttons import reminded, reminded_again, told_by
from tests.discord.walks import buttons

DONE = CommitmentStatus.DONE


async def test_who_wants_no_more_reminders_of_it_gets_none_until_it_has_another_day(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    async with bench.started():
        reminder = await reminded(bench, valley.rosa.dm, today)
        stop = await told_by(bench, valley.rosa, "stop these", reminder)
        assert "Noted: no reminder of this comes any more. It stays open" in stop.text
        assert "/commitments move" in stop.text
        assert buttons(reminder) == ["Done", "Move"]
        later, last = today + timedelta(days=2), today + timedelta(days=5)
        await moved(valley, commitment.id, later)
        stop = await told_by(bench, valley.rosa, "no more of these please", reminder)
        assert f"also not on {later:%A, %B} {later.day}" in stop.text
        move_to(bench, datetime.combine(later, time(10), UTC))
        await settled(bench)
        assert len(told(valley.rosa.dm, "due today")) == 1
        # With another day it is recalled again.
        await moved(valley, commitment.id, last)
        again = await reminded_again(bench, valley.rosa.dm, last, stop)
        await valley.rosa.clicks("Done", on=again)
    assert await status_of(bench, commitment) is DONE


async def moved(valley: Alliance, commitment: int, day: date) -> None:
    said = await valley.rosa.uses(
        "/commitments move", in_=valley.lounge, commitment=str(commitment), date=day.isoformat()
    )
    assert "Moved to" in said.text


async def test_who_wants_no_more_notices_gets_none_and_is_told_how_to_undo_it(
    bench: Bench, valley: Alliance
) -> None:
    set_clock(bench, 10)
    board = await board_of(bench.store, valley.guild)
    await listens(bench.store, valley.rosa, "City College")
    async with bench.started():
        await publish(bench.store, valley.guild, board)
        await settled(bench)
        (notice,) = told(valley.rosa.dm)
        # In a channel it is the channel's card, and the command is named.
        public = await valley.rosa.says(board, "stop these", reply_to=board.history[0])
        assert "`mode:off` ends messages about opp" in (await bench.answer(public)).text
        assert await mode_of(bench, valley) is Mode.INSTANT
        said = await told_by(bench, valley.rosa, "please stop these messages", notice)
        assert "Noted: you are no longer told of opportunities in Valley Alliance" in said.text
        assert "mode:instant` brings them back" in said.text
        assert buttons(notice) == ["Interested", "Not for us", "Ask a question"][:2]
        assert await mode_of(bench, valley) is Mode.OFF
        await publish(bench.store, valley.guild, board, CARE)
        await settled(bench)
        assert len(told(valley.rosa.dm, CARE.title)) == 0
        twice = await told_by(bench, valley.rosa, "stop these", notice)
        assert "already" in twice.text
        assert "Noted" not in twice.text


async def mode_of(bench: Bench, valley: Alliance) -> Mode:
    return (await bench.store.people.person(valley.guild.id, valley.rosa.id)).notifications.mode


async def test_who_wants_no_more_offers_of_a_paused_run_keeps_it_paused(
    bench: Bench, valley: Alliance
) -> None:
    set_clock(bench, 8)
    stored = await paused(bench, valley.guild.id, valley.rosa)
    async with bench.started():
        pass_time(bench, 8 * DAY)
        offer = await valley.rosa.dm.next_message(after=0, by=bench.server.bot)
        await settled(bench)
        alone = await told_by(bench, valley.rosa, "stop", offer)
        assert "Give up" in alone.text
        await bench.idle()
        said = await told_by(bench, valley.rosa, "no more of these please", offer)
        assert "Noted: I won't ask about" in said.text
        assert "/checklist resume" in said.text
        pass_time(bench, 8 * DAY)
        await settled(bench)
        assert len(told(valley.rosa.dm, "You paused")) == 1
        step = await valley.rosa.clicks("Resume", on=offer)
        assert "Where do we stand?" in step.text
    now = await bench.store.checklists.walk(valley.guild.id, stored.run.id)
    assert now is not None
    assert now.run.status is Status.OPEN
