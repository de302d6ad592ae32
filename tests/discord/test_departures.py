"""The bot is taken out of a server: after a while everything of its alliance is deleted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord.bench import Bench, eventually
from tests.discord.days import DAY, pass_time
from tests.discord.steward import Stewarded, gap_in, stewarded
from tests.loopback import Guild

pytestmark = pytest.mark.days_pass


async def held(bench: Bench, guild: Guild) -> dict[str, Any]:
    """What is kept of a server's alliance, by table; those without rows left out."""
    exported = await bench.store.privacy.export_alliance(guild.id)
    return {name: rows for name, rows in exported["tables"].items() if rows}


async def noted(bench: Bench, guild: Guild, *, as_left: bool) -> None:
    """Wait until it is noted that the bot is out of a server, or in it."""

    async def fits() -> bool:
        return ("departures" in await held(bench, guild)) is as_left

    await eventually(fits)


async def with_a_question(bench: Bench, name: str) -> Stewarded:
    alliance = stewarded(bench, name)
    await gap_in(bench, alliance.guild, f"asked in {name}", alliance.lea.user.id)
    return alliance


async def test_a_month_after_the_bot_was_taken_out_nothing_of_the_alliance_is_left(
    bench: Bench,
) -> None:
    valley, coast = await with_a_question(bench, "Valley"), await with_a_question(bench, "Coast")
    async with bench.started():
        valley.guild.remove_bot()
        await noted(bench, valley.guild, as_left=True)
    pass_time(bench, 29 * DAY)
    async with bench.started():
        await bench.caught_up()
    assert (await held(bench, valley.guild))["exchanges"]
    pass_time(bench, DAY)
    async with bench.started():

        async def nothing_left() -> bool:
            return await held(bench, valley.guild) == {}

        await eventually(nothing_left)
    assert set(await held(bench, coast.guild)) == {"exchanges"}


async def test_where_the_bot_is_invited_again_before_nothing_is_lost(bench: Bench) -> None:
    valley = await with_a_question(bench, "Valley")
    before = await held(bench, valley.guild)
    async with bench.started():
        valley.guild.remove_bot()
        await noted(bench, valley.guild, as_left=True)
        valley.guild.add_bot()
        await noted(bench, valley.guild, as_left=False)
    assert await held(bench, valley.guild) == before


async def test_an_invitation_that_came_while_the_bot_was_off_counts_before_anything_goes(
    bench: Bench,
) -> None:
    valley = await with_a_question(bench, "Valley")
    before = await held(bench, valley.guild)
    await bench.store.privacy.bot_left(valley.guild.id)
    pass_time(bench, 60 * DAY)
    async with bench.started():
        await noted(bench, valley.guild, as_left=False)
    assert await held(bench, valley.guild) == before


async def test_a_removal_that_came_while_the_bot_was_off_is_noted_by_the_next_start(
    bench: Bench,
) -> None:
    valley = await with_a_question(bench, "Valley")
    async with bench.started():
        pass
    valley.guild.remove_bot()
    async with bench.started():
        await noted(bench, valley.guild, as_left=True)


async def test_an_outage_of_discord_is_no_departure(bench: Bench) -> None:
    valley, coast = await with_a_question(bench, "Valley"), await with_a_question(bench, "Coast")
    async with bench.started() as client:
        valley.guild.falls_out()
        coast.guild.remove_bot()
        await noted(bench, coast.guild, as_left=True)  # heard after the outage
        assert client.get_guild(valley.guild.id) is not None
        assert "departures" not in await held(bench, valley.guild)
        valley.guild.comes_back()
        await eventually(lambda: not client.guilds[0].unavailable)
    assert "departures" not in await held(bench, valley.guild)
