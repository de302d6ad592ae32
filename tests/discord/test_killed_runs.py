"""A run is walked through while the process is killed again and again: nothing is lost or doubled."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from bot.core.models import Library
from bot.store import Store
from tests.discord.bench import eventually
from tests.discord.days import remind_at_once
from tests.discord.kills import Walker, runs_of
from tests.discord.processes import ForkedBot
from tests.loopback import DiscordServer

pytestmark = pytest.mark.days_pass

KILLS = int(os.environ.get("KILLS", "3"))
SEED = 20_260_504


@pytest.mark.timeout(60 + 10 * KILLS)
async def test_what_was_acknowledged_outlives_kills_at_any_point_and_nothing_happens_twice(
    server: DiscordServer, store: Store, library: Library, tmp_path: Path
) -> None:
    rng, bot = Random(SEED), ForkedBot(server, tmp_path)
    guild = server.guild("Valley Alliance")
    rosa, lounge = guild.member("Rosa"), guild.channel("lounge")
    await remind_at_once(store, guild.id, rosa.id)
    walker = Walker(server, bot, library, rosa, lounge, rng)
    await bot.start()
    try:
        await server.registered("checklist")
        for kills in runs_of(KILLS - 1):
            run = await walker.walks(kills)
            await run.assert_whole(store, guild.id)
        await walker.dies()  # and whatever was left undone is done now
        await eventually(lambda: delivered(store))
    finally:
        await bot.kill()
    assert walker.killed == KILLS
    assert walker.reminded() == dict.fromkeys(walker.promised, 1)
    assert all(count <= 1 for count in walker.briefs().values()), walker.briefs()


async def delivered(store: Store) -> bool:
    return await store.outbox.next_due() is None
