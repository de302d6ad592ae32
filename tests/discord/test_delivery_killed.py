"""The process is killed between sending a reminder and noting that: it comes once all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.checklists.rules.run import Actor
from bot.store import Store, open_store
from tests.discord.bench import Now, eventually
from tests.discord.commitments import CALL, promised
from tests.discord.processes import process
from tests.loopback import Channel, DiscordServer, Guild, ManualClock, Member

LONG = 40
"""Seconds that starting another process may take."""

SENDS = "/channels/*/messages"
TEN_MINUTES = 600.0
"""Longer than Discord remembers a nonce."""


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(clock=ManualClock(), within=LONG) as running:
        yield running
        running.assert_clean()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await open_store(tmp_path / "guide.db", Now()) as opened:
        yield opened


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.guild("Valley Alliance")


async def due_today(store: Store, guild: Guild, rosa: Member, thread: Channel | None) -> None:
    """A commitment that is due today, at an hour that has gone by."""
    settings = await store.people.person_settings(guild.id, rosa.id)
    now = datetime.now(UTC)
    hour = now.time().replace(hour=max(now.hour - 1, 0), minute=0, second=0, microsecond=0)
    await store.people.set_person_settings(guild.id, rosa.id, type(settings)(at=hour))
    who = Actor(rosa.id, rosa.name)
    await promised(store, Now(), guild.id, who, now.date(), thread=thread)


async def delivered(store: Store) -> None:
    async def none_waits() -> bool:
        return await store.outbox.next_due() is None

    await eventually(none_waits)


def reminders(place: Channel) -> int:
    return sum(CALL in message.text for message in place.history)


@pytest.mark.parametrize(
    ("in_thread", "after_work"),
    [
        (False, True),
        pytest.param(True, True, marks=pytest.mark.slow),
        (True, False),
        pytest.param(False, False, marks=pytest.mark.slow),
    ],
)
async def test_a_reminder_comes_once_when_the_process_is_killed_while_sending_it(
    server: DiscordServer,
    guild: Guild,
    store: Store,
    tmp_path: Path,
    *,
    after_work: bool,
    in_thread: bool,
) -> None:
    rosa, lounge = guild.member("Rosa"), guild.channel("lounge")
    thread = await rosa.opens_thread("Our plan", in_=lounge) if in_thread else None
    place = thread or rosa.dm
    await due_today(store, guild, rosa, thread)
    gate = server.faults.hold("POST", SENDS, after_work=after_work)
    async with process(server, tmp_path) as child:
        await gate.arrived(within=LONG)
        child.kill()
        await child.wait()
    assert reminders(place) == int(after_work)
    gate.release()
    await server.disconnected()
    server.world.clock.advance(TEN_MINUTES)  # type: ignore[attr-defined]
    async with process(server, tmp_path) as child:
        await server.connected(within=LONG)
        await server.until(lambda: reminders(place) > 0, what="a reminder", within=LONG)
        await delivered(store)
        child.kill()
        await child.wait()
    assert reminders(place) == 1
