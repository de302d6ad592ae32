"""The process is killed again and again while opportunities are delivered: all hear once."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.opportunities.rules.models import Inquiry, Mode, Opportunity, Reply, State
from bot.opportunities.rules.records import CHANNEL
from bot.store import Store, open_store
from tests.discord.bench import Now, eventually
from tests.discord.days import forget_nonces
from tests.discord.offers import CARE, TITLE, WELDING, board_of, listens, publish, says, told
from tests.discord.processes import ForkedBot
from tests.loopback import Channel, DiscordServer, Guild, Member
from tests.loopback.errors import BotTimeoutError

pytestmark = pytest.mark.days_pass

KILLS = int(os.environ.get("KILLS", "2"))
SEED = 20_261_122
_MOST_KILLS = 8
"""In one round; fewer, where all is delivered before."""
_REQUESTS = 12
"""About how many it takes to deliver a round."""
PARKING = "Is there parking?"


@dataclass
class Round:
    """What happened eight days ago in a server, while the bot was off."""

    guild: Guild
    board: Channel
    people: dict[str, Member]
    seats: Opportunity
    money: Opportunity

    async def assert_told_once(self, store: Store) -> None:
        """Everybody has what concerns them, once."""
        heard = {name: [*map(_subject, told(who.dm, ""))] for name, who in self.people.items()}
        assert {name: sorted(subjects) for name, subjects in heard.items()} == {
            "instant": ["new"],
            "daily": ["digest"],
            "weekly": ["digest"],
            "closed": [],
            "interested": ["changed", "reminder"],
            "poster": ["asked"],
        }
        assert [len(told(self.board, offer)) for offer in (TITLE, CARE.title)] == [1, 1]
        (thread,) = self.board.threads
        assert len(told(thread, PARKING)) == 1
        fresh, _ = await store.opportunities.waiting_for_digest(self.guild.id, CHANNEL)
        assert [one.id for one in fresh] == [self.seats.id]
        money = await store.opportunities.opportunity(self.guild.id, self.money.id)
        assert money is not None
        assert money.state is State.CLOSED
        assert "Closed" in told(self.board, CARE.title)[0].text


def _subject(message: object) -> str:
    """Which message it is, by its words."""
    words = {
        "fits what you look for": "new",
        "opportunit": "digest",
        "was changed": "changed",
        "in which you are interested, closes": "reminder",
        PARKING: "asked",
    }
    text = str(getattr(message, "text", ""))
    return next(name for part, name in words.items() if part in text)


async def begin(server: DiscordServer, store: Store, clock: Now, number: int) -> Round:
    """Let it all happen, and come back to the present: everything but the closing is due."""
    guild = server.guild(f"Alliance {number}")
    board = await board_of(store, guild)
    names = ("instant", "daily", "weekly", "closed", "interested", "poster")
    people = {name: guild.member(f"{name} {number}") for name in names}
    people["closed"].user.dms_open = False
    present = datetime.now(UTC)
    clock.ahead = timedelta(days=-8)
    money = await publish(store, guild, board, CARE, poster=people["poster"].id)
    for name, mode in (
        ("instant", Mode.INSTANT),
        ("daily", Mode.DAILY),
        ("weekly", Mode.WEEKLY),
        ("closed", Mode.INSTANT),
    ):
        await listens(store, people[name], f"Partner {name}", mode, hour=time(9))
    deadline = present + timedelta(hours=12)
    offer = replace(WELDING, deadline=deadline)
    seats = await publish(store, guild, board, offer, poster=people["poster"].id)
    await says(store, seats, people["interested"], Reply.INTERESTED)
    later = replace(offer, deadline=deadline + timedelta(hours=1))
    assert await store.opportunities.edit(guild.id, seats.id, later)
    inquiry = Inquiry(number, people["interested"].id, "Ines", "", PARKING)
    assert await store.opportunities.ask_about(guild.id, seats.id, inquiry)
    clock.ahead = timedelta()
    return Round(guild, board, people, seats, money)


async def kill_within(server: DiscordServer, bot: ForkedBot, rng: Random) -> None:
    """Start the bot, and kill it at one of its requests, before or after Discord did it."""
    await bot.start()
    wanted = len(server.requests) + rng.randrange(_REQUESTS)
    try:
        await server.until(
            lambda: len(server.requests) >= wanted, what="the request before", within=3
        )
        gate = server.faults.hold("*", "**", after_work=rng.random() < 0.5)
        await gate.arrived(within=1)
    except (TimeoutError, BotTimeoutError):
        pass  # there was less to do: it is killed at rest
    await bot.kill()
    server.faults.clear()
    forget_nonces(server)


async def closes_now(store: Store, one: Round) -> bool:
    """Let the time of what is posted be over; False if it isn't posted yet."""
    money = await store.opportunities.opportunity(one.guild.id, one.money.id)
    if money is None or money.message is None:
        return False
    over = replace(money.offer, deadline=datetime.now(UTC) - timedelta(minutes=1))
    return await store.opportunities.edit(one.guild.id, money.id, over) is not None


async def deliver(store: Store, bot: ForkedBot) -> None:
    """Let it run until nothing is due."""

    async def nothing_due() -> bool:
        return not await store.outbox.due_notices(1)

    await bot.start()
    await eventually(nothing_due)
    await bot.kill()


@pytest.mark.timeout(120 + 15 * KILLS)
async def test_each_recipient_hears_of_each_thing_once_wherever_the_process_is_killed(
    server: DiscordServer, tmp_path: Path
) -> None:
    rng, clock = Random(SEED), Now()
    bot = ForkedBot(server, tmp_path)
    killed = number = 0
    async with await open_store(tmp_path / "guide.db", clock) as store:
        with server.expecting(code=50007):
            while killed < KILLS:
                number += 1
                one = await begin(server, store, clock, number)
                most, closed = min(killed + _MOST_KILLS, KILLS), False
                while killed < most and await store.outbox.due_notices(1):
                    await kill_within(server, bot, rng)
                    killed += 1
                    closed = closed or await closes_now(store, one)
                await deliver(store, bot)
                if not closed:
                    assert await closes_now(store, one)
                    await deliver(store, bot)
                await one.assert_told_once(store)
