"""Commitments: listed, kept, moved, and reminded of when a person wants."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.checklists.rules.records import CommitmentStatus, PersonSettings
from bot.core.quiet_hours import QuietHours
from tests.discord.bench import Alliance, Bench, alliance_of, eventually
from tests.discord.commitments import CALL, PLAN, promise, status_of
from tests.discord.days import move_to, set_clock
from tests.discord.walks import MEAN, pings
from tests.loopback import Channel, Message

DONE, OPEN = CommitmentStatus.DONE, CommitmentStatus.OPEN


async def reminded(bench: Bench, where: Channel, day: date) -> Message:
    move_to(bench, datetime.combine(day, time(9), UTC))
    message = await where.next_message(after=0, by=bench.server.bot)

    async def noted() -> bool:
        return await bench.store.outbox.next_due() is None

    await eventually(noted)
    return message


def lined(day: date) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}"


# -- the buttons of a reminder -------------------------------------------------------------------


async def test_done_settles_it_and_says_so_also_when_pressed_again(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    async with bench.started():
        message = await reminded(bench, valley.rosa.dm, today)
    async with bench.started():
        await valley.rosa.clicks("Done", on=message)
        assert message.text == f"Noted as done: {CALL}"
        again = await valley.rosa.clicks("Done", on=message, stale=True)
        assert "no longer" in again.text or "already" in again.text
    assert await status_of(bench, commitment) is DONE


async def test_move_asks_by_when_and_the_reminder_comes_again_on_that_day(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    later = today + timedelta(days=10)
    async with bench.started():
        message = await reminded(bench, valley.rosa.dm, today)
        form = await valley.rosa.clicks("Move", on=message)
        assert form.fields == ["By when"]
    async with bench.started():  # the form was open while the bot was started anew
        await valley.rosa.submits(form, {"By when": "in 10 days"})
        assert message.text.startswith(f"Moved to {lined(later)}: {CALL}\n")
        assert "I go by the clock of UTC, as I don't know yours" in message.text
        moved = await bench.store.checklists.commitment(valley.guild.id, commitment.id)
        assert moved is not None
        assert moved.day == later
        move_to(bench, datetime.combine(later, time(9), UTC))
        await valley.rosa.dm.next_message(after=message, containing="due today")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("soon", "can't tell which day"),
        ("yesterday", "That day is over"),
        ("in 20 years", "more than five years"),
    ],
)
async def test_a_day_that_cant_be_taken_is_asked_for_again(
    bench: Bench, valley: Alliance, typed: str, why: str
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    async with bench.started():
        message = await reminded(bench, valley.rosa.dm, today)
        before = message.text
        form = await valley.rosa.clicks("Move", on=message)
        refused = await valley.rosa.submits(form, {"By when": typed})
        note = refused.message
        assert why in note.text
        assert f"You wrote: {typed}" in note.text
        assert message.text == before  # its buttons are still there
        await valley.rosa.submits(
            await valley.rosa.clicks("Move", on=message), {"By when": "tomorrow"}
        )
    moved = await bench.store.checklists.commitment(valley.guild.id, commitment.id)
    assert moved is not None
    assert moved.day == today + timedelta(days=1)


async def test_in_a_teams_thread_only_who_promised_and_the_owner_settle_it(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    nora = valley.guild.member("Nora")
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    commitment = await promise(bench, valley, today, valley.omar, thread=thread)
    async with bench.started():
        message = await reminded(bench, thread, today)
        assert valley.omar.mention in message.text
        for button in ("Done", "Move"):
            other = await nora.clicks(button, on=message)
            note = other.message
            assert "belongs to somebody else" in note.text
            assert note.ephemeral
        assert await status_of(bench, commitment) is OPEN
        await valley.rosa.clicks("Done", on=message)
    assert await status_of(bench, commitment) is DONE


async def test_a_reminder_with_markup_in_it_pings_nobody(bench: Bench, valley: Alliance) -> None:
    today = set_clock(bench, 8)
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    await promise(bench, valley, today, what=MEAN, thread=thread)
    async with bench.started():
        message = await reminded(bench, thread, today)
    assert not message.pings
    assert "\\*\\*big\\*\\*" in message.text


# -- the commands --------------------------------------------------------------------------------


async def test_the_list_has_ones_own_open_commitments_the_next_due_first(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    await promise(bench, valley, None, what="Some day")
    await promise(bench, valley, today + timedelta(days=9), what="Later")
    soon = await promise(bench, valley, today + timedelta(days=2), what="Soon")
    await promise(bench, valley, today, valley.omar, what="Of Omar")
    async with bench.started():
        shown = await valley.rosa.uses("/commitments list", in_=valley.lounge)
        assert shown.ephemeral
        assert "3 open commitments" in shown.text
        places = [shown.text.index(what) for what in ("Soon", "Later", "Some day")]
        assert places == sorted(places)
        assert lined(today + timedelta(days=2)) in shown.text
        assert PLAN.title in shown.text
        assert "Of Omar" not in shown.text
        await valley.rosa.uses("/commitments done", in_=valley.lounge, commitment=f"#{soon.id}")
        less = await valley.rosa.uses("/commitments list", in_=valley.lounge)
        assert "2 open commitments" in less.text
        nobody = await valley.guild.member("Nora").uses("/commitments list", in_=valley.lounge)
        assert "no open commitments" in nobody.text


async def test_the_list_in_a_thread_has_the_teams_with_whose_they_are(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    await promise(bench, valley, today, valley.omar, thread=thread)
    async with bench.started():
        here = await valley.rosa.uses("/commitments list", in_=thread)
        assert f"promised by {valley.omar.mention}" in here.text
        assert not pings(here)
        elsewhere = await valley.rosa.uses("/commitments list", in_=valley.lounge)
        assert "no open commitments" in elsewhere.text


async def test_a_long_list_of_long_commitments_keeps_within_one_message(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    for number in range(40):
        await promise(bench, valley, today, what=f"{number} " + "*word* " * 500)
    async with bench.started():
        shown = await valley.rosa.uses("/commitments list", in_=valley.lounge)
    assert "40 open commitments" in shown.text
    assert "more; the list of the option" in shown.text


async def test_done_and_move_take_the_number_and_complete_it(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    first = await promise(bench, valley, today + timedelta(days=2))
    second = await promise(bench, valley, None, what="Write the letter")
    async with bench.started():
        choices = await valley.rosa.types_into(
            "/commitments done", in_=valley.lounge, commitment="letter"
        )
        assert [choice.value for choice in choices] == [str(second.id)]
        moved = await valley.rosa.uses(
            "/commitments move",
            in_=valley.lounge,
            commitment=str(second.id),
            date="tomorrow",
        )
        assert "Moved to" in moved.text
        done = await valley.rosa.uses(
            "/commitments done", in_=valley.lounge, commitment=f"#{first.id}"
        )
        assert done.text == f"Noted as done: {CALL}"
        again = await valley.rosa.uses(
            "/commitments done", in_=valley.lounge, commitment=str(first.id)
        )
        assert "done already" in again.text
        late = await valley.rosa.uses(
            "/commitments move", in_=valley.lounge, commitment=str(first.id), date="tomorrow"
        )
        assert "done already" in late.text
        unclear = await valley.rosa.uses(
            "/commitments move", in_=valley.lounge, commitment=str(second.id), date="soon"
        )
        assert "can't tell which day" in unclear.text
    now = await bench.store.checklists.commitment(valley.guild.id, second.id)
    assert now is not None
    assert now.day == today + timedelta(days=1)


@pytest.mark.parametrize("typed", ["nothing", "#999999", "0", "@everyone"])
async def test_an_unknown_commitment_is_said_to_be_unknown(
    bench: Bench, valley: Alliance, typed: str
) -> None:
    async with bench.started():
        shown = await valley.rosa.uses("/commitments done", in_=valley.lounge, commitment=typed)
    assert "You have no open commitment" in shown.text
    assert shown.ephemeral


async def test_a_commitment_of_another_person_or_alliance_is_out_of_reach(
    bench: Bench, valley: Alliance
) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Rosa", "Omar"))
    today = set_clock(bench, 8)
    omars = await promise(bench, valley, today + timedelta(days=2), valley.omar)
    rosas = await promise(bench, valley, today + timedelta(days=2))
    async with bench.started():
        other = await valley.rosa.uses(
            "/commitments done", in_=valley.lounge, commitment=str(omars.id)
        )
        assert "belongs to somebody else" in other.text
        assert CALL not in other.text
        elsewhere = await coast.rosa.uses(
            "/commitments done", in_=coast.lounge, commitment=str(rosas.id)
        )
        assert "You have no open commitment" in elsewhere.text
        assert not await coast.rosa.types_into("/commitments done", in_=coast.lounge, commitment="")
    assert {await status_of(bench, one) for one in (omars, rosas)} == {OPEN}


# -- settings ------------------------------------------------------------------------------------


async def test_settings_are_read_from_words_and_shown(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        shown = await valley.rosa.uses("/commitments settings", in_=valley.lounge)
        assert "09:00, by the clock in UTC" in shown.text
        assert "no quiet hours" in shown.text
        changed = await valley.rosa.uses(
            "/commitments settings",
            in_=valley.lounge,
            timezone="Eastern",
            quiet="10pm to 7am",
            at="8:30",
        )
        assert "08:30, by the clock in America/New_York" in changed.text
        assert "from 22:00 to 07:00" in changed.text
        none = await valley.rosa.uses("/commitments settings", in_=valley.lounge, quiet="none")
        assert "no quiet hours" in none.text
        hour = await valley.rosa.uses("/commitments settings", in_=valley.lounge, at="7")
        assert "07:00" in hour.text
        digests = await valley.rosa.uses(
            "/partner notifications", in_=valley.lounge, mode="daily", hour="6"
        )
        again = await valley.rosa.uses("/commitments settings", in_=valley.lounge)
    for said in (shown, changed, none, hour, again):
        assert "also those of daily and weekly messages about opportunities" in said.text
    assert "once a day at 06:00" in digests.text
    assert "also those of reminders of commitments" in digests.text
    assert "I remind you at 06:00" in again.text
    kept = await bench.store.people.person_settings(valley.guild.id, valley.rosa.id)
    assert kept == PersonSettings(ZoneInfo("America/New_York"), time(6), None)
    others = await bench.store.people.person_settings(valley.guild.id, valley.omar.id)
    assert others == PersonSettings()


@pytest.mark.parametrize(
    ("option", "typed", "says"),
    [
        ("timezone", "Chicagoo", "Did you mean America/Chicago"),
        ("timezone", "xqzw", "no time zone"),
        ("quiet", "at night", "can't tell which hours"),
        ("quiet", "10-7", "can't tell which hours"),
        ("at", "late", "can't tell what time"),
        ("at", "25:00", "can't tell what time"),
    ],
)
async def test_settings_that_cant_be_read_change_nothing(
    bench: Bench, valley: Alliance, option: str, typed: str, says: str
) -> None:
    before = PersonSettings(ZoneInfo("UTC"), time(8), QuietHours(time(22), time(7)))
    await bench.store.people.set_person_settings(valley.guild.id, valley.rosa.id, before)
    async with bench.started():
        shown = await valley.rosa.uses(
            "/commitments settings", in_=valley.lounge, **{option: typed}
        )
    assert says in shown.text
    assert "Nothing was changed" in shown.text
    assert await bench.store.people.person_settings(valley.guild.id, valley.rosa.id) == before


async def test_time_zones_are_completed(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        choices = await valley.rosa.types_into(
            "/commitments settings", in_=valley.lounge, timezone="louisville"
        )
        assert "America/Kentucky/Louisville" in [choice.value for choice in choices]


async def test_a_new_zone_moves_the_reminders_that_wait(bench: Bench, valley: Alliance) -> None:
    today = set_clock(bench, 10)  # past nine in UTC, before nine in Hawaii
    tomorrow = today + timedelta(days=1)
    await promise(bench, valley, tomorrow)
    async with bench.started():
        await valley.rosa.uses("/commitments settings", in_=valley.lounge, timezone="Hawaii")
    due = await bench.store.outbox.next_due()
    assert due == datetime.combine(tomorrow, time(9), ZoneInfo("Pacific/Honolulu"))


async def test_in_direct_messages_it_is_about_the_alliance_of_the_person(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today + timedelta(days=2))
    async with bench.started():
        shown = await valley.rosa.uses("/commitments list", in_=valley.rosa.dm)
        assert CALL in shown.text
        done = await valley.rosa.uses(
            "/commitments done", in_=valley.rosa.dm, commitment=str(commitment.id)
        )
        assert done.text == f"Noted as done: {CALL}"


async def test_in_direct_messages_who_is_in_several_alliances_chooses_first(
    bench: Bench, valley: Alliance
) -> None:
    await alliance_of(bench, "Coast Alliance", ("Rosa", "Nora"))
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    async with bench.started():
        message = await reminded(bench, valley.rosa.dm, today)
        assert "Valley Alliance" in message.text
        asked = await valley.rosa.uses("/commitments list", in_=valley.rosa.dm)
        assert CALL not in asked.text
        await valley.rosa.clicks("Done", on=message)  # a button says itself whose it is
    assert await status_of(bench, commitment) is DONE
