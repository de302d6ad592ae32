"""What may mean several days, hours or clocks is asked about, and a press on one takes it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.checklists.rules.records import PersonSettings
from tests.discord.bench import Alliance, Bench
from tests.discord.commitments import CALL, PLAN, promise
from tests.discord.days import move_to, set_clock
from tests.discord.market import WELDING, market
from tests.discord.walks import (
    answers,
    begin,
    buttons,
    opened,
    skips,
    use_library,
    with_checklist,
)

NEW_YORK = ZoneInfo("America/New_York")
UNKNOWN = "as I don't know yours: `/commitments settings timezone:`"


def lined(day: date) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}"


def at_evening(bench: Bench) -> date:
    """Let it be 20:42 on a Thursday in New York, and Friday in UTC; the Thursday."""
    today = set_clock(bench, 12)
    thursday = today + timedelta(days=(3 - today.weekday()) % 7 or 7)
    move_to(bench, datetime.combine(thursday + timedelta(days=1), time(1, 42), UTC))
    return thursday


async def test_a_commitment_is_moved_to_the_day_that_was_meant(
    bench: Bench, valley: Alliance
) -> None:
    thursday = at_evening(bench)
    friday = thursday + timedelta(days=1)
    commitment = await promise(bench, valley, thursday)
    number, store = str(commitment.id), bench.store.checklists

    async def moved(typed: str) -> str:
        shown = await valley.rosa.uses(
            "/commitments move", in_=valley.lounge, commitment=number, date=typed
        )
        return shown.text

    async with bench.started():
        assert lined(friday) in await moved("Friday 5pm")
        unsure = await valley.rosa.uses(
            "/commitments move", in_=valley.lounge, commitment=number, date="tomorrow"
        )
        assert "may be one of several days" in unsure.text
        assert buttons(unsure) == [lined(friday), lined(friday + timedelta(days=1))]
        shown = await valley.rosa.clicks(lined(friday), on=unsure)
        assert f"Moved to {lined(friday)}: {CALL}" in shown.text
        assert UNKNOWN in shown.text
        kept = await store.commitment(valley.guild.id, commitment.id)
        assert kept is not None
        assert kept.day == friday
        await valley.rosa.uses("/commitments settings", in_=valley.lounge, timezone="New York, NY")
        assert await moved("tmrw") == f"Moved to {lined(friday)}: {CALL}"
        assert await moved("a week Friday") == f"Moved to {lined(friday + timedelta(7))}: {CALL}"


async def test_a_reminder_answered_in_words_that_name_two_days_asks_which(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    days = [today + timedelta(days=ahead) for ahead in (2, 3)]
    async with bench.started():
        move_to(bench, datetime.combine(today, time(9), UTC))
        reminder = await valley.rosa.dm.next_message(after=0, by=bench.server.bot)
        words = "move it to {:%A} or {:%A}".format(*days)
        asked = await bench.answer(await valley.rosa.says(valley.rosa.dm, words, reply_to=reminder))
        assert buttons(asked) == [*map(lined, days)]
        shown = await valley.rosa.clicks(lined(days[1]), on=asked)
        assert f"Moved to {lined(days[1])}: {CALL}" in shown.text
    kept = await bench.store.checklists.commitment(valley.guild.id, commitment.id)
    assert kept is not None
    assert kept.day == days[1]


async def test_a_day_in_an_answer_that_may_be_two_is_asked_about(
    bench: Bench, valley: Alliance
) -> None:
    use_library(bench, with_checklist(bench.content.library, PLAN))
    today = set_clock(bench, 12)
    days = [date(year, 12, 5) for year in (today.year, today.year + 1)]
    december = next(day for day in days if day >= today)
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge, "plan")
        step = await skips(valley.rosa, step, "later")
        asked = await answers(valley.rosa, step, "We call", what=CALL, by_when="5.12.")
        assert "may be one of several days; which do you mean?" in asked.text
        assert "By when: 5.12." in asked.text
        assert lined(december) in buttons(asked)
        assert "Edit" in buttons(asked)
    async with bench.started():  # the question outlives the program
        shown = await valley.rosa.clicks(lined(december), on=asked)
        assert f"Noted: {lined(december)}" in shown.text
        assert UNKNOWN in shown.text
        assert "Anything else?" in shown.text
    (kept,) = await bench.store.checklists.commitments(valley.guild.id)
    assert (kept.what, kept.day) == (CALL, december)


async def test_in_a_team_only_whoever_typed_the_day_is_asked(
    bench: Bench, valley: Alliance
) -> None:
    use_library(bench, with_checklist(bench.content.library, PLAN))
    today = set_clock(bench, 12)
    async with bench.started():
        thread, step = await opened(valley, name="plan")
        await answers(valley.rosa, step, "In the middle")
        await valley.rosa.clicks("Next", on=step)
        step = await thread.next_message(after=step, containing="What is next?")
        before = step.text
        asked = await answers(valley.omar, step, "", what=CALL, by_when="in 2 or 3 days")
        assert asked.message.ephemeral
        assert step.text == before
        days = [today + timedelta(days=ahead) for ahead in (2, 3)]
        assert buttons(asked) == [*map(lined, days), "Edit"]
        await valley.omar.clicks(lined(days[1]), on=asked)
        await bench.idle()
        assert f"> {CALL}" in step.text
    (kept,) = await bench.store.checklists.commitments(valley.guild.id)
    assert (kept.person, kept.day) == (valley.omar.id, days[1])


async def test_a_deadline_that_may_be_two_is_asked_about(small: Bench) -> None:
    valley = await market(small)
    thursday = at_evening(small)
    friday = thursday + timedelta(days=1)
    async with small.started():
        form = await valley.form()
        asked = await valley.ivy.submits(form, WELDING | {"Deadline": "Friday at 5"})
        assert "“Friday at 5” may mean one of these; which is it?" in asked.text
        morning, evening = (f"{lined(friday)}, 5:00 {half}M" for half in "AP")
        assert buttons(asked) == [morning, evening, "Edit"]
        preview = await valley.ivy.clicks(evening, on=asked)
        by_utc = datetime.combine(friday, time(17), UTC)
        assert f"<t:{int(by_utc.timestamp())}:f>" in preview.text
        assert f"{friday:%A, %B} {friday.day}, 17:00 by the clock of UTC" in preview.text
        assert UNKNOWN in preview.text
        await valley.ivy.clicks("Discard", on=preview)
        form = await valley.form()
        named = await valley.ivy.submits(form, WELDING | {"Deadline": "5pm ET Friday"})
        moment = datetime.combine(friday, time(17), NEW_YORK)
        assert f"<t:{int(moment.timestamp())}:f>" in named.text
        await valley.ivy.clicks("Discard", on=named)
        form = await valley.form()
        today = f"{thursday:%b} {thursday.day}"
        bare = await valley.ivy.submits(form, WELDING | {"Deadline": today})
        over = datetime.combine(thursday, time(23, 59), ZoneInfo("Etc/GMT+12"))
        assert f"<t:{int(over.timestamp())}:f>" in bare.text


async def test_a_clock_and_an_hour_that_may_be_several_are_asked_about(
    bench: Bench, valley: Alliance
) -> None:
    person = (valley.guild.id, valley.rosa.id)
    async with bench.started():
        first = await valley.rosa.uses("/commitments settings", in_=valley.lounge)
        assert "I don't know your clock" in first.text
        asked = await valley.rosa.uses(
            "/commitments settings",
            in_=valley.lounge,
            timezone="Tennessee",
            at="5",
            quiet="9pm to 7am",
        )
        assert "from 21:00 to 07:00" in asked.text  # what is certain is kept
        assert "Which clock is yours?" in asked.text
        zones = ["America/Chicago", "America/New_York"]
        assert buttons(asked) == [*zones, "5:00 AM", "5:00 PM"]
        hour = await valley.rosa.clicks("5:00 PM", on=asked)
        assert "I remind you at 17:00, by the clock in UTC" in hour.text
        again = await valley.rosa.uses(
            "/partner notifications", in_=valley.lounge, mode="daily", timezone="Tennessee"
        )
        assert buttons(again) == zones
        shown = await valley.rosa.clicks("America/Chicago", on=again)
        assert "by the clock in America/Chicago" in shown.text
        assert "I don't know" not in shown.text
        kept = await bench.store.people.person_settings(*person)
        assert (kept.zone, kept.at) == (ZoneInfo("America/Chicago"), time(17))
        said = await valley.rosa.uses("/commitments settings", in_=valley.lounge, timezone="UTC")
        assert "by the clock in UTC" in said.text
        assert "I don't know" not in said.text
    assert await bench.store.people.person_settings(*person) != PersonSettings()
