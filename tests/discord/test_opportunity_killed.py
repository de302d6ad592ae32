"""The process is killed between sending and noting that: everybody is told once all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.opportunities.rules.models import Mode
from bot.store import Store, open_store
from tests.discord.bench import Now, eventually
from tests.discord.days import forget_nonces
from tests.discord.offers import board_of, listens, publish, told
from tests.discord.processes import LONG, process
from tests.loopback import DiscordServer, Guild

pytestmark = pytest.mark.days_pass


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store in which it was eight days ago: a weekly digest was missed since."""
    clock = Now(timedelta(days=-8))
    async with await open_store(tmp_path / "guide.db", clock) as opened:
        yield opened


@pytest.mark.parametrize(
    ("killed_at", "after_work"),
    [
        ("post", True),
        ("message", True),
        pytest.param("digest", True, marks=pytest.mark.slow),
        pytest.param("post", False, marks=pytest.mark.slow),
        pytest.param("message", False, marks=pytest.mark.slow),
        pytest.param("digest", False, marks=pytest.mark.slow),
    ],
)
async def test_post_message_and_digest_come_once_each_when_the_process_is_killed_while_sending(
    server: DiscordServer,
    guild: Guild,
    store: Store,
    tmp_path: Path,
    killed_at: str,
    *,
    after_work: bool,
) -> None:
    rosa, omar = guild.member("Rosa"), guild.member("Omar")
    board = await board_of(store, guild)
    await listens(store, rosa, "City College")
    await listens(store, omar, "Hotel League", Mode.WEEKLY)
    one = await publish(store, guild, board)
    places = {"post": board, "message": rosa.dm, "digest": omar.dm}
    place = places[killed_at]
    gate = server.faults.hold("POST", f"/channels/{place.id}/messages", after_work=after_work)
    async with process(server, tmp_path):
        await gate.arrived(within=LONG)
    assert len(told(place)) == int(after_work)
    gate.release()
    await server.disconnected()
    forget_nonces(server)
    async with process(server, tmp_path):
        await server.connected(within=LONG)

        await server.until(lambda: all(map(told, places.values())), what="all three", within=LONG)

        async def noted() -> bool:
            due = await store.outbox.next_due()
            return due is not None and due > Now()()

        await eventually(noted)
    assert {name: len(told(where)) for name, where in places.items()} == dict.fromkeys(places, 1)
    stored = await store.opportunities.opportunity(guild.id, one.id)
    assert stored is not None
    assert stored.message == told(board)[0].id
