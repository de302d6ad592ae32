"""The process is killed between sending a reminder and noting that: it comes once all the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.checklists.rules.run import Actor
from bot.store import Store
from tests.discord.bench import Now, eventually
from tests.discord.commitments import CALL, promised
from tests.discord.days import forget_nonces, remind_at_once
from tests.discord.processes import LONG, process
from tests.examples import further
from tests.loopback import Channel, DiscordServer, Guild, Member

pytestmark = pytest.mark.days_pass


SENDS = "/channels/*/messages"


async def due_today(store: Store, guild: Guild, rosa: Member, thread: Channel | None) -> None:
    """A commitment that is due today, at an hour that has gone by."""
    await remind_at_once(store, guild.id, rosa.id)
    who, today = Actor(rosa.id, rosa.name), datetime.now(UTC).date()
    await promised(store, Now(), guild.id, who, today, thread=thread)


async def delivered(store: Store) -> None:
    async def none_waits() -> bool:
        return await store.outbox.next_due() is None

    await eventually(none_waits)


def reminders(place: Channel) -> int:
    return sum(CALL in message.text for message in place.history)


@pytest.mark.parametrize(
    ("in_thread", "after_work"),
    [
        (True, True),
        *further((False, True), (True, False), (False, False)),
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
    async with process(server, tmp_path):
        await gate.arrived(within=LONG)
    assert reminders(place) == int(after_work)
    gate.release()
    await server.disconnected()
    forget_nonces(server)
    async with process(server, tmp_path):
        await server.connected(within=LONG)
        await server.until(lambda: reminders(place) > 0, what="a reminder", within=LONG)
        await delivered(store)
    assert reminders(place) == 1
