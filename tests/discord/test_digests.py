"""Digests: one message, by kind, when it is wanted and there is something to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.discord.draw import ROOM
from bot.adapters.discord.limits import SELECT_OPTIONS
from bot.chat.fit import fit
from bot.chat.turn import Context
from bot.core.phrases import Phrases
from bot.opportunities.digest_screen import digest_screen
from bot.opportunities.rules.digest import make_digest
from bot.opportunities.rules.models import Kind, Mode, Offer, Reply
from bot.services import Services
from tests.discord.bench import Alliance, Bench, alliance_of
from tests.discord.days import DAY, NINE, move_to, pass_time, set_clock
from tests.discord.offers import (
    CARE,
    TITLE,
    WELDING,
    board_of,
    listens,
    publish,
    says,
    settled,
    told,
)
from tests.discord.walks import MEAN
from tests.loopback import Channel

pytestmark = pytest.mark.days_pass

NOW = "/opportunity digest now"


def digests(where: Channel) -> list[str]:
    return [one.text for one in where.history if one.text.startswith("###")]


# -- daily and weekly ----------------------------------------------------------------------------


async def test_what_came_during_a_day_is_one_message_by_kind_and_can_be_answered_there(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 10)
    await listens(bench.store, valley.rosa, "City College", Mode.DAILY)
    ids = [(await publish(bench.store, valley.guild, board, one)).id for one in (WELDING, CARE)]
    async with bench.started():
        move_to(bench, datetime.combine(today + timedelta(days=1), NINE, UTC))
        await settled(bench)
        (message,) = told(valley.rosa.dm)
        assert "2 opportunities" in message.text
        assert message.text.index("Training seats") < message.text.index("Funding calls")
        assert "in Valley Alliance" in message.text
    async with bench.started():
        taken = await valley.rosa.selects("Interested in…", f"#{ids[0]} {TITLE}", on=message)
        assert taken.ephemeral
        assert f"Interested, for City College: **{TITLE}**" in taken.text
        gone = await valley.rosa.selects("Not for us…", f"#{ids[1]} {CARE.title}", on=message)
        assert f"Not for you: **{CARE.title}**" in gone.text
        pass_time(bench, 10 * DAY)
        await settled(bench)
    assert len(digests(valley.rosa.dm)) == 1
    replies = [
        (await bench.store.opportunities.answers(valley.guild.id, one))[0].reply for one in ids
    ]
    assert replies == [Reply.INTERESTED, Reply.NOT_FOR_US]


async def test_there_is_no_digest_when_there_is_nothing_left_to_say(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    set_clock(bench, 10)
    await listens(bench.store, valley.rosa, "City College", Mode.DAILY)
    answered = await publish(bench.store, valley.guild, board)
    closed = await publish(bench.store, valley.guild, board, CARE)
    async with bench.started():
        await settled(bench)
        await says(bench.store, answered, valley.rosa)
        await bench.store.opportunities.close_opportunity(valley.guild.id, closed.id, None)
        pass_time(bench, 10 * DAY)
        await settled(bench)
    assert not digests(valley.rosa.dm)


async def test_what_was_shown_comes_once_more_when_it_closes_soon_and_then_never(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 10)
    await listens(bench.store, valley.rosa, "City College", Mode.DAILY)
    deadline = datetime.combine(today + timedelta(days=8), time(12), UTC)
    await publish(bench.store, valley.guild, board, replace(WELDING, deadline=deadline))
    async with bench.started():
        counts = []
        for day in range(1, 9):
            move_to(bench, datetime.combine(today + timedelta(days=day), NINE, UTC))
            await settled(bench)
            counts.append(len(digests(valley.rosa.dm)))
    assert counts == [1, 1, 1, 1, 1, 2, 2, 2]
    assert "Closing soon" in digests(valley.rosa.dm)[1]
    assert "Closing soon" not in digests(valley.rosa.dm)[0]


async def test_a_weekly_digest_missed_while_the_bot_was_off_is_sent_once_and_late(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    set_clock(bench, 10)
    await listens(bench.store, valley.rosa, "City College", Mode.WEEKLY)
    await publish(bench.store, valley.guild, board)
    pass_time(bench, 16 * DAY)  # over two Mondays at least
    async with bench.started():
        await settled(bench)
        assert len(digests(valley.rosa.dm)) == 1
        pass_time(bench, 15 * DAY)
        await settled(bench)
    assert len(digests(valley.rosa.dm)) == 1


@pytest.mark.parametrize("change", ["spring", "autumn"])
async def test_a_digest_comes_at_the_same_hour_of_the_clock_when_clocks_change(
    bench: Bench, valley: Alliance, board: Channel, change: str
) -> None:
    zone = ZoneInfo("America/New_York")
    today = datetime.now(UTC).date() + timedelta(days=2)
    before, after = clock_change(today, zone, forward=change == "spring")
    move_to(bench, datetime.combine(before - timedelta(days=1), time(12), zone))
    await listens(bench.store, valley.rosa, "City College", Mode.DAILY, zone=zone, hour=time(8))
    async with bench.started():
        for number, day in enumerate((before, after), 1):
            offer = replace(WELDING, title=f"{TITLE} {number}")
            await publish(bench.store, valley.guild, board, offer)
            due = datetime.combine(day, time(8), zone)
            move_to(bench, due - timedelta(minutes=1))
            await settled(bench)
            assert len(digests(valley.rosa.dm)) == number - 1
            move_to(bench, due)
            await settled(bench)
            assert len(digests(valley.rosa.dm)) == number
    hours = [datetime.combine(day, time(8), zone).astimezone(UTC).hour for day in (before, after)]
    assert hours[0] != hours[1]


def clock_change(day: date, zone: ZoneInfo, *, forward: bool) -> tuple[date, date]:
    """The next two days between which the clocks change that way."""
    while True:
        first, second = (
            datetime.combine(day + timedelta(days=ahead), time(8), zone).utcoffset()
            for ahead in (0, 1)
        )
        assert first is not None
        assert second is not None
        if first != second and (second > first) is forward:
            return day, day + timedelta(days=1)
        day += timedelta(days=1)


async def test_who_wants_to_hear_at_once_from_now_on_gets_what_waited(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 10)
    await listens(bench.store, valley.rosa, "City College", Mode.WEEKLY)
    await publish(bench.store, valley.guild, board)
    async with bench.started():
        await settled(bench)
        assert not digests(valley.rosa.dm)
        shown = await valley.rosa.uses("/partner notifications", in_=valley.lounge, mode="instant")
        assert "at once" in shown.text
        await settled(bench)
    assert today
    assert len(digests(valley.rosa.dm)) == 1


async def test_closed_direct_messages_turn_a_digest_into_that_of_the_channel(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 10)
    await listens(bench.store, valley.rosa, "City College", Mode.DAILY)
    valley.rosa.user.dms_open = False
    one = await publish(bench.store, valley.guild, board)
    async with bench.started():
        move_to(bench, datetime.combine(today + timedelta(days=1), NINE, UTC))
        with bench.server.expecting(code=50007, times=1):
            await settled(bench)
        pass_time(bench, DAY)
        await settled(bench)
        (message,) = told(board, "Open opportunities")
        assert TITLE in message.text
        assert "Rosa" not in message.text
        nora = valley.guild.member("Nora")
        first = await nora.selects("Interested in…", f"#{one.id} {TITLE}", on=message)
        assert "/partner join" in first.text
        assert not await bench.store.opportunities.answers(valley.guild.id, one.id)
        pass_time(bench, 3 * DAY)
        await settled(bench)
    assert len(told(board, "Open opportunities")) == 1


# -- asked for -----------------------------------------------------------------------------------


async def test_digest_now_has_what_fits_and_is_not_answered_and_the_next_digest_does_not_repeat_it(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    set_clock(bench, 10)
    coast = await alliance_of(bench, "Coast Alliance", ("Nora", "Ines"))
    shore = await board_of(bench.store, coast.guild)
    await listens(bench.store, valley.rosa, "City College", Mode.DAILY)
    await publish(bench.store, valley.guild, board)
    answered = await publish(bench.store, valley.guild, board, CARE)
    await says(bench.store, answered, valley.rosa, Reply.NOT_FOR_US)
    await publish(bench.store, valley.guild, board, Offer("Chess night", "Bring a board."))
    store = bench.store
    own = replace(WELDING, title="Our welding days")
    await publish(store, valley.guild, board, own, valley.omar.id, "City College")
    await publish(store, coast.guild, shore, replace(WELDING, title="Welding at the coast"))
    async with bench.started():
        shown = await valley.rosa.uses(NOW, in_=valley.lounge)
        assert shown.ephemeral
        assert TITLE in shown.text
        for other in (CARE.title, "Chess", "Our welding", "coast"):
            assert other not in shown.text
        pass_time(bench, 5 * DAY)
        await settled(bench)
        assert not digests(valley.rosa.dm)
        nothing = await valley.omar.uses(NOW, in_=valley.lounge)
        assert "Nothing is open that fits" in nothing.text
        assert "/partner interests" in nothing.text


async def test_everything_open_is_a_markdown_file_for_stewards(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    deadline = datetime(2090, 1, 2, 15, tzinfo=UTC)
    offer = replace(
        WELDING, deadline=deadline, contact="pat@example.org", link="https://example.org/x"
    )
    await publish(bench.store, valley.guild, board, offer, organization="City College")
    steward = valley.guild.owner
    async with bench.started():
        refused = await valley.rosa.uses(NOW, in_=valley.lounge, format="file")
        assert not refused.files
        given = await steward.uses(NOW, in_=valley.lounge, format="file")
        (file,) = given.files
        text = file.data.decode()
    assert file.name.endswith(".md")
    assert "# Open opportunities in Valley Alliance" in text
    assert "## Training seats" in text
    for fact in (TITLE, "Evenings, paid", "City College", "2090-01-02 15:00", "pat@example.org"):
        assert fact in text.replace("\\", "")


# -- what it looks like --------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_digest_of_far_too_much_keeps_within_limits_and_the_rest_comes_next(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 10)
    await listens(bench.store, valley.rosa, "City College", Mode.DAILY)
    for number in range(40):
        offer = replace(WELDING, title=f"{number:02} welding {MEAN}"[:100])
        await publish(bench.store, valley.guild, board, offer)
    async with bench.started():
        for day in (1, 2, 3):
            move_to(bench, datetime.combine(today + timedelta(days=day), NINE, UTC))
            await settled(bench)
    messages = [one for one in valley.rosa.dm.history if one.text.startswith("###")]
    shown = "".join(one.text for one in messages)
    assert len(messages) >= 2
    assert [number for number in range(40) if f"{number:02} welding" not in shown] == []
    assert not any(one.pings for one in messages)


def test_a_page_has_each_opportunity_once_and_says_how_many_are_left(
    phrases: Phrases,
) -> None:
    from bot.opportunities.rules.models import Opportunity, State

    now = datetime(2090, 1, 1, tzinfo=UTC)
    known = [
        Opportunity(
            number,
            1,
            2,
            "Pat",
            "x" * 200,
            Offer("y" * 100, "z", kind, region="r" * 100, deadline=now + timedelta(days=1)),
            State.OPEN,
            now,
            now,
            now + timedelta(days=1),
        )
        for number, kind in enumerate([*Kind] * 12)
    ]
    services = cast("Services", SimpleNamespace(phrases=phrases, now=lambda: now))
    context = Context(services, 1, "Valley", ROOM)
    screen, shown = digest_screen(context, make_digest(known[:40], known[40:], now), "daily", "A")
    texts = fit(screen.blocks, ROOM)
    assert len(shown) <= SELECT_OPTIONS
    assert len({one.id for one in shown}) == len(shown)
    assert f"and {len(known) - len(shown)} more" in texts[-1]
    assert sum(map(len, texts)) <= ROOM
