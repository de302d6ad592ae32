"""Reminders and offers are delivered on time, to the right place, and exactly once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.checklists.rules.records import CommitmentStatus, PersonSettings
from bot.core.quiet_hours import QuietHours
from tests.discord.bench import Alliance, Bench, alliance_of, eventually
from tests.discord.commitments import CALL, PLAN, paused, promise, status_of
from tests.discord.days import DAY, NINE, move_to, pass_time, set_clock
from tests.loopback import Channel, Message

pytestmark = pytest.mark.days_pass

SENDS = "/channels/*/messages"


def reminders(where: Channel) -> list[Message]:
    return [message for message in where.history if CALL in message.text]


# -- when ----------------------------------------------------------------------------------------


async def test_a_commitment_is_recalled_on_its_day_at_nine_and_once(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    tomorrow = today + timedelta(days=1)
    commitment = await promise(bench, valley, tomorrow)
    async with bench.started():
        move_to(bench, datetime.combine(tomorrow, time(8, 59), UTC))
        await bench.settled()
        assert not reminders(valley.rosa.dm)
        move_to(bench, datetime.combine(tomorrow, NINE, UTC))
        message = await valley.rosa.dm.next_message(after=0, by=bench.server.bot)
        assert "due today" in message.text
        assert PLAN.title in message.text
        assert "Valley Alliance" in message.text
        await bench.settled()
        pass_time(bench, 30 * DAY)
        await bench.settled()
    async with bench.started():
        await bench.caught_up()
        await bench.settled()
    assert len(reminders(valley.rosa.dm)) == 1
    assert await status_of(bench, commitment) is CommitmentStatus.OPEN


async def test_the_hour_is_that_of_the_persons_own_clock(bench: Bench, valley: Alliance) -> None:
    today = set_clock(bench, 8)
    zone = ZoneInfo("America/Los_Angeles")
    settings = PersonSettings(zone, time(7, 30))
    await bench.store.people.set_person_settings(valley.guild.id, valley.rosa.id, settings)
    day = today + timedelta(days=2)
    await promise(bench, valley, day)
    async with bench.started():
        due = datetime.combine(day, time(7, 30), zone)
        move_to(bench, due - timedelta(minutes=1))
        await bench.settled()
        assert not reminders(valley.rosa.dm)
        move_to(bench, due)
        await valley.rosa.dm.next_message(after=0, containing=CALL)


async def test_quiet_hours_put_a_reminder_off_to_their_end(bench: Bench, valley: Alliance) -> None:
    today = set_clock(bench, 8)
    quiet = PersonSettings(quiet=QuietHours(time(20), time(10, 15)))
    await bench.store.people.set_person_settings(valley.guild.id, valley.rosa.id, quiet)
    await promise(bench, valley, today)
    async with bench.started():
        move_to(bench, datetime.combine(today, time(10, 14), UTC))
        await bench.settled()
        assert not reminders(valley.rosa.dm)
        move_to(bench, datetime.combine(today, time(10, 15), UTC))
        await valley.rosa.dm.next_message(after=0, containing=CALL)
        await bench.settled()
    assert len(reminders(valley.rosa.dm)) == 1


async def test_what_fell_due_while_the_bot_was_away_comes_late_and_says_so(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    await promise(bench, valley, today)
    pass_time(bench, 3 * DAY)
    async with bench.started():
        message = await valley.rosa.dm.next_message(after=0, containing=CALL)
        assert "was due on" in message.text
        await bench.settled()


async def test_a_commitment_without_a_day_is_never_recalled(bench: Bench, valley: Alliance) -> None:
    set_clock(bench, 8)
    await promise(bench, valley, None)
    async with bench.started():
        pass_time(bench, 400 * DAY)
        await bench.settled()
    assert not reminders(valley.rosa.dm)


# -- once ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("after_work", [False, True])
async def test_a_connection_cut_while_sending_makes_one_reminder(
    bench: Bench, valley: Alliance, *, after_work: bool
) -> None:
    today = set_clock(bench, 8)
    await promise(bench, valley, today)
    bench.server.faults.cut("POST", SENDS, times=1, after_work=after_work)
    async with bench.started():
        move_to(bench, datetime.combine(today, NINE, UTC))
        await eventually(lambda: bench.server.faults.rules[0].hits == 1)
        await bench.settled()
        pass_time(bench, 600)  # longer than a nonce is remembered
        await valley.rosa.dm.next_message(after=0, containing=CALL)
        await bench.settled()
        pass_time(bench, DAY)
        await bench.settled()
    assert len(reminders(valley.rosa.dm)) == 1


async def test_a_reminder_that_was_sent_but_not_noted_is_found_and_not_sent_again(
    bench: Bench, valley: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = set_clock(bench, 8)
    await promise(bench, valley, today)

    async def broken(_: int) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(bench.store.outbox, "notice_sent", broken)
        async with bench.started():
            move_to(bench, datetime.combine(today, NINE, UTC))
            await valley.rosa.dm.next_message(after=0, containing=CALL)
            await bench.settled()
    pass_time(bench, 3600)
    for number in range(20):  # people and the bot went on talking meanwhile
        await valley.rosa.dms(f"Still there? {number}")
    async with bench.started():
        await bench.caught_up()
        await bench.settled()
    assert len(reminders(valley.rosa.dm)) == 1
    assert await bench.store.outbox.next_due() is None


async def test_what_fails_is_tried_ever_more_rarely_and_given_up_after_a_day(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    rule = bench.server.faults.cut("POST", SENDS, times=1000)
    async with bench.started():
        move_to(bench, datetime.combine(today, NINE, UTC))
        for tries in range(1, 13):
            await eventually(lambda tries=tries: rule.hits == tries)  # type: ignore[misc]
            await bench.settled()
            due = await bench.store.outbox.next_due()
            if tries < 12:
                assert due is not None
                wait = (due - bench.clock()).total_seconds()
                assert wait == pytest.approx(60 * 2 ** (tries - 1), abs=30)
                pass_time(bench, wait)
        pass_time(bench, 30 * DAY)
        await bench.settled()
    assert rule.hits == 12
    assert await bench.store.outbox.next_due() is None
    assert await status_of(bench, commitment) is CommitmentStatus.OPEN
    assert not reminders(valley.rosa.dm)


async def test_many_due_at_once_all_arrive_once(bench: Bench, valley: Alliance) -> None:
    today = set_clock(bench, 8)
    people = [valley.guild.member(f"Leader {n}") for n in range(30)]
    for person in people:
        await promise(bench, valley, today, person)
    async with bench.started():
        move_to(bench, datetime.combine(today, NINE, UTC))
        for person in people:
            await person.dm.next_message(after=0, containing=CALL)
        await bench.settled()
    assert all(len(reminders(person.dm)) == 1 for person in people)


# -- to whom -------------------------------------------------------------------------------------


async def test_closed_direct_messages_end_it_and_keep_the_commitment(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    valley.rosa.user.dms_open = False
    async with bench.started():
        with bench.server.expecting(code=50007, times=1):
            move_to(bench, datetime.combine(today, NINE, UTC))

            async def over() -> bool:
                return await bench.store.outbox.next_due() is None

            await eventually(over)
    assert await status_of(bench, commitment) is CommitmentStatus.OPEN


async def test_who_left_the_alliance_is_not_written_to(bench: Bench, valley: Alliance) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Rosa", "Nora"))
    today = set_clock(bench, 8)
    await promise(bench, valley, today)
    valley.rosa.leaves()  # she is still in the other one and could be reached
    async with bench.started():
        with bench.server.expecting(code=10007, times=1):
            move_to(bench, datetime.combine(today, NINE, UTC))
            await bench.settled()
    assert not reminders(coast.rosa.dm)


async def test_nobody_is_written_to_for_an_alliance_that_the_bot_left(
    bench: Bench, valley: Alliance
) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Rosa", "Nora"))
    today = set_clock(bench, 8)
    await promise(bench, valley, today)
    valley.guild.remove_bot()
    async with bench.started():
        move_to(bench, datetime.combine(today, NINE, UTC))
        await bench.settled()
    assert not reminders(coast.rosa.dm)


async def test_who_was_forgotten_is_not_reminded(bench: Bench, valley: Alliance) -> None:
    today = set_clock(bench, 8)
    await promise(bench, valley, today)
    await bench.store.privacy.forget_person(valley.guild.id, valley.rosa.id)
    async with bench.started():
        move_to(bench, datetime.combine(today, NINE, UTC))
        await bench.settled()
    assert not reminders(valley.rosa.dm)


# -- in the thread of a team ---------------------------------------------------------------------


@pytest.mark.parametrize("archived", [False, True])
async def test_a_team_is_reminded_in_its_thread_without_a_ping(
    bench: Bench, valley: Alliance, *, archived: bool
) -> None:
    today = set_clock(bench, 8)
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    await promise(bench, valley, today, thread=thread)
    if archived:
        thread.archive()
    async with bench.started():
        move_to(bench, datetime.combine(today, NINE, UTC))
        message = await thread.next_message(after=0, by=bench.server.bot)
        await bench.settled()
    assert valley.rosa.mention in message.text
    assert not message.pings
    assert len(reminders(thread)) == 1
    assert not reminders(valley.rosa.dm)


@pytest.mark.parametrize(("lost", "code"), [("deleted", 10003), ("locked", 50083)])
async def test_where_the_thread_is_gone_the_person_is_reminded_directly(
    bench: Bench, valley: Alliance, lost: str, code: int
) -> None:
    today = set_clock(bench, 8)
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    await promise(bench, valley, today, thread=thread)
    if lost == "deleted":
        thread.delete()
    else:
        thread.archive(locked=True)
    async with bench.started():
        with bench.server.expecting(code=code, times=1):
            move_to(bench, datetime.combine(today, NINE, UTC))
            await valley.rosa.dm.next_message(after=0, containing=CALL)
            await bench.settled()
    assert len(reminders(valley.rosa.dm)) == 1


# -- paused runs ---------------------------------------------------------------------------------


def offers(where: Channel) -> list[Message]:
    return [message for message in where.history if "Go on with it?" in message.text]


async def test_a_paused_run_is_offered_after_one_week_and_two_and_never_again(
    bench: Bench, valley: Alliance
) -> None:
    walk = await paused(bench, valley.guild.id, valley.rosa)
    dm = valley.rosa.dm
    async with bench.started():
        counts = []
        for days in (6, 1.01, 6, 1.01, 30):
            pass_time(bench, days * DAY)
            await bench.settled()
            counts.append(len(offers(dm)))
    assert counts == [0, 1, 1, 2, 2]
    first, second = offers(dm)
    assert walk.checklist.title in first.text
    assert "step 1 of 3" in first.text
    assert "won't remind you" not in first.text
    assert "won't remind you" in second.text


async def test_offers_that_were_missed_come_as_one(bench: Bench, valley: Alliance) -> None:
    await paused(bench, valley.guild.id, valley.rosa)
    pass_time(bench, 20 * DAY)
    async with bench.started():
        await valley.rosa.dm.next_message(after=0, containing="Go on with it?")
        await bench.settled()
    assert len(offers(valley.rosa.dm)) == 1
