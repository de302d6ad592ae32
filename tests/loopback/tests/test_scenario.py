"""Scenarios read like conversations, and refuse what people could not do."""

from __future__ import annotations

import asyncio

import discord
import pytest

from tests.loopback.errors import ScenarioError
from tests.loopback.server import DiscordServer
from tests.loopback.world.guilds import Guild

from .sample_commands import with_commands
from .small_bot import SmallBot, running


def test_a_world_is_built_by_naming_its_parts(server: DiscordServer, guild: Guild) -> None:
    steward = guild.role("Steward", "manage_guild")
    rosa = guild.member("Rosa", roles=[steward])
    assert guild.member("Rosa") is rosa
    assert guild.channel("questions") is guild.channels[0]
    assert server.guild("Valley Alliance") is guild
    with pytest.raises(ScenarioError, match=r"use gains\(\)"):
        guild.member("Rosa", roles=[guild.role("Partner")])
    elsewhere = server.guild("Ridge Alliance").member("Rosa")
    assert elsewhere is not rosa
    assert elsewhere.user is rosa.user


async def test_people_can_only_do_what_they_are_allowed_to(guild: Guild) -> None:
    rosa, tom = guild.member("Rosa"), guild.member("Tom")
    channel = guild.channel("questions")
    message = await rosa.says(channel, "hello")
    with pytest.raises(ScenarioError, match="can't edit what Rosa wrote"):
        await tom.edits(message, "bye")
    with pytest.raises(ScenarioError, match="Tom lacks manage_messages in #questions"):
        await tom.deletes(message)
    with pytest.raises(ScenarioError, match="at most 2000"):
        await rosa.says(channel, "x" * 2001)
    channel.deny(tom, "send_messages")
    with pytest.raises(ScenarioError, match="Tom lacks send_messages"):
        await tom.says(channel, "me too")
    channel.deny(tom, "view_channel")
    with pytest.raises(ScenarioError, match="Tom lacks view_channel"):
        await tom.uses("/ask", in_=channel)
    rosa.leaves()
    with pytest.raises(ScenarioError, match="Rosa is not in Valley Alliance"):
        await rosa.says(channel, "still me")
    with pytest.raises(ScenarioError, match="not part of direct messages with Rosa"):
        await tom.says(rosa.dm, "psst")


async def test_a_private_answer_can_be_clicked_by_the_one_who_sees_it(
    server: DiscordServer, guild: Guild, bot: SmallBot
) -> None:
    @bot.tree.command(name="private", description="Show a button")
    async def private(interaction: discord.Interaction[SmallBot]) -> None:
        view = discord.ui.View()
        link: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label="Source", url="https://example.org"
        )
        view.add_item(link)
        await interaction.response.send_message("Here", view=view, ephemeral=True)

    rosa, tom = guild.member("Rosa"), guild.member("Tom")
    async with running(server, bot):
        shown = await rosa.uses("/private")
        with pytest.raises(ScenarioError, match="Tom can't see"):
            await tom.clicks("Source", on=shown)
        with pytest.raises(ScenarioError, match="opens a page"):
            await rosa.clicks("Source", on=shown)
        with pytest.raises(ScenarioError, match="no form opened, but:\nAlliance Guide"):
            await rosa.submits(shown, {})
    assert "[Source -> https://example.org]" in guild.channel("questions").transcript()


async def test_many_people_are_served_at_once(
    server: DiscordServer, guild: Guild, bot: SmallBot
) -> None:
    members = [guild.member(f"Member {number}") for number in range(40)]
    async with running(server, with_commands(bot)):
        uses = (member.uses("/ask", question=member.name) for member in members)
        answers = await asyncio.gather(*uses)
    assert [answer.text for answer in answers] == [f"About {member.name}" for member in members]


async def test_two_clicks_at_once_are_two_interactions_on_one_message(
    server: DiscordServer, guild: Guild, bot: SmallBot
) -> None:
    rosa = guild.member("Rosa")
    async with running(server, with_commands(bot)):
        step = await rosa.uses("/step")
        await asyncio.gather(*(rosa.clicks("Skip", on=step) for _ in range(2)))
        late = await rosa.clicks("Skip", on=step, stale=True)
    assert late.text == "Skipped"
    assert len(step.message.versions) == 3


async def test_other_bots_talk_and_are_known_as_bots(
    server: DiscordServer, guild: Guild, bot: SmallBot
) -> None:
    echo = guild.bot("Echo")
    async with running(server, bot):
        await echo.says(guild.channel("questions"), "beep?")
        await bot.saw("on_message")
    assert bot.seen[0].author.bot


async def test_someone_from_no_server_writes_directly_and_is_answered(
    server: DiscordServer, bot: SmallBot
) -> None:
    async def answer(message: discord.Message) -> None:
        await message.channel.send("Welcome")

    bot.on_text = answer
    nora = server.visitor("Nora")
    async with running(server, bot):
        asked = await nora.dms("Hello?")
        assert (await nora.dm.next_message(after=asked)).content == "Welcome"


async def test_the_whole_conversation_can_be_read(
    server: DiscordServer, guild: Guild, bot: SmallBot
) -> None:
    rosa = guild.member("Rosa")
    channel = guild.channel("questions")
    async with running(server, with_commands(bot)):
        await rosa.says(channel, "Let's begin")
        step = await rosa.uses("/step")
        await rosa.selects("Read a passage", "Backbone", on=step)
        await rosa.clicks("Skip", on=step)
    assert channel.transcript().splitlines() == [
        "-- #questions --",
        "Rosa:",
        "    Let's begin",
        "Alliance Guide (edited):",
        "    Skipped",
        "    [Answer] [Skip (disabled)] [Share]",
        "    <Read a passage: Backbone>",
        "Alliance Guide (only Rosa sees this):",
        "    Passage p1",
    ]
