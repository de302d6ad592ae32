"""The example of README.md: a bot of ten lines, and a test of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord
from discord import app_commands

from tests.loopback import DiscordServer, discord_at


# -- the example ---
@asynccontextmanager
async def seats_bot(server: DiscordServer) -> AsyncIterator[None]:
    """The bot under test: an unmodified discord.py client."""
    client = discord.Client(intents=discord.Intents.default(), guild_ready_timeout=0.01)
    tree = app_commands.CommandTree(client)

    @tree.command(name="seats", description="How many seats are free")
    async def seats(interaction: discord.Interaction, course: str) -> None:
        await interaction.response.send_message(f"{course}: 12", ephemeral=True)

    with discord_at(server):
        running = asyncio.create_task(client.start(server.token))
        try:
            await server.connected()
            await tree.sync()
            yield
        finally:
            await client.close()
            await asyncio.gather(running, return_exceptions=True)


async def test_seats_are_told_to_whoever_asks_and_to_nobody_else() -> None:
    async with DiscordServer() as server:
        guild = server.guild("Valley Alliance")
        lounge, rosa, omar = guild.channel("lounge"), guild.member("Rosa"), guild.member("Omar")
        async with seats_bot(server):
            with server.counting() as requests:
                told = await rosa.uses("/seats", in_=lounge, course="Welding")
        assert told.text == "Welding: 12"
        assert told.ephemeral
        assert "Welding" not in lounge.transcript(omar)
        assert requests.of("/callback") == 1
        assert requests.of("/members") == 0
        assert told.ack_seconds < 1.0
        server.assert_clean()  # nothing was refused, and nothing left unanswered


# -- end of the example ---


def test_the_page_shows_this_example() -> None:
    example = Path(__file__).read_text("utf-8").split("# -- the example ---\n")[1]
    page = Path(__file__).parents[1].joinpath("README.md").read_text("utf-8")
    assert example.split("# -- end of the example ---")[0].strip() in page
