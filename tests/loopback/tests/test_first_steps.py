"""The thinnest path: connect, hear a message, answer it."""

from __future__ import annotations

import discord

from tests.loopback.server import DiscordServer

from .small_bot import SmallBot, running


async def test_a_bot_connects_hears_a_message_and_replies(
    server: DiscordServer, bot: SmallBot
) -> None:
    guild = server.guild("Valley Alliance")
    channel, rosa = guild.channel("questions"), guild.member("Rosa")

    async def answer(message: discord.Message) -> None:
        await message.reply(f"You said: {message.content}")

    bot.on_text = answer
    async with running(server, bot):
        asked = await rosa.says(channel, "What is a backbone?")
        replied = await channel.next_message(after=asked, by=server.bot)

    assert replied.content == "You said: What is a backbone?"
    assert replied.reference is asked
    assert rosa in replied.pings
    assert channel.transcript().splitlines() == [
        "-- #questions --",
        "Rosa:",
        "    What is a backbone?",
        "Alliance Guide (replies to Rosa):",
        "    You said: What is a backbone?",
    ]


async def test_a_bot_becomes_ready_and_knows_the_server(
    server: DiscordServer, bot: SmallBot
) -> None:
    guild = server.guild("Valley Alliance")
    channel = guild.channel("questions")
    async with running(server, bot):
        await bot.wait_until_ready()
        known = bot.get_guild(guild.id)
        assert known is not None
        assert known.name == "Valley Alliance"
        assert known.get_channel(channel.id) is not None
        assert known.me.guild_permissions.send_messages
        assert known.member_count == 2
