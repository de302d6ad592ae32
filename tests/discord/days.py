"""Time that passes for the bot and for Discord alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.store import Store
from tests.discord.bench import Bench
from tests.loopback import DiscordServer, ManualClock

HOUR = 3600.0
DAY = 24 * HOUR
NINE = time(9)


def set_clock(bench: Bench, hour: int, minute: int = 0) -> date:
    """Let it be this time (UTC) on a day that is returned, tomorrow by the system's clock."""
    day = (datetime.now(UTC) + timedelta(days=1)).date()
    move_to(bench, datetime.combine(day, time(hour, minute), UTC))
    return day


def move_to(bench: Bench, moment: datetime) -> None:
    """Let time pass until a moment."""
    pass_time(bench, (moment - bench.clock()).total_seconds())


def pass_time(bench: Bench, seconds: float) -> None:
    """Let time pass, for Discord as well, and let the bot look for what is due."""
    bench.clock.advance(seconds)
    if isinstance(bench.server.world.clock, ManualClock):
        bench.server.world.clock.advance(seconds)
    if bench.client is not None and not bench.client.is_closed():
        bench.client.services.due.set()


def forget_nonces(server: DiscordServer) -> None:
    """Let so much time pass for Discord that it no longer knows what was sent before."""
    assert isinstance(server.world.clock, ManualClock)
    server.world.clock.advance(600)


async def remind_at_once(store: Store, alliance: int, person: int) -> None:
    """Let what somebody promised for today be due: the hour of reminders has gone by."""
    now = datetime.now(UTC)
    hour = now.time().replace(hour=max(now.hour - 1, 0), minute=0, second=0, microsecond=0)
    settings = type(await store.people.person_settings(alliance, person))
    await store.people.set_person_settings(
        alliance, person, settings(zone=ZoneInfo("UTC"), at=hour)
    )


def at(day: datetime, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day.date(), time(hour, minute), day.tzinfo)
