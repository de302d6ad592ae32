"""Threads, opened and used through a real client."""

from __future__ import annotations

import discord
import pytest

from tests.loopback.server import DiscordServer
from tests.loopback.world.channels import Channel
from tests.loopback.world.guilds import Member

from .api import Api
from .small_bot import SmallBot, running


async def test_a_thread_opened_from_a_message_goes_on_there(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    async def answer(message: discord.Message) -> None:
        if isinstance(message.channel, discord.Thread):
            await message.channel.send(f"In {message.channel.name}: {message.content}")
        else:
            thread = await message.create_thread(name="Follow-up")
            await thread.send("Go on here")

    bot.on_text = answer
    async with running(server, bot):
        asked = await rosa.says(channel, "A question")
        thread = await channel.next_thread(after=asked)
        first = await thread.next_message(after=asked, by=server.bot)
        more = await rosa.says(thread, "And now?")
        second = await thread.next_message(after=more, by=server.bot)
    assert first.content == "Go on here"
    assert second.content == "In Follow-up: And now?"
    assert thread.id == asked.id
    assert asked.thread is thread
    assert set(thread.thread_members) == {server.bot.id, rosa.id}
    assert bot.errors == []


async def test_a_message_has_at_most_one_thread(
    server: DiscordServer, api: Api, channel: Channel, rosa: Member
) -> None:
    message = await rosa.says(channel, "A question")
    path = f"/channels/{channel.id}/messages/{message.id}/threads"
    opened = await api.post(path, {"name": "team"})
    assert opened.status == 201
    with server.expecting(code=160004):
        await api.post(path, {"name": "team"})
    with server.expecting(code=50024):
        await api.post(f"/channels/{opened.body['id']}/threads", {"name": "inner", "type": 11})


async def test_people_join_a_thread_by_being_mentioned_or_added(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    tom, maya = rosa.guild.member("Tom"), rosa.guild.member("Maya")
    async with running(server, bot):
        await bot.wait_until_ready()
        place = bot.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        thread = await place.create_thread(name="team", type=discord.ChannelType.public_thread)
        await thread.send(f"Welcome {rosa.mention}")
        await thread.add_user(discord.Object(tom.id))
        assert {member.id for member in await thread.fetch_members()} == {
            server.bot.id,
            rosa.id,
            tom.id,
        }
        await thread.remove_user(discord.Object(server.bot.id))
        with server.expecting(code=10007), pytest.raises(discord.NotFound):
            await thread.add_user(discord.Object(server.person("Stranger").id))
    known = channel.threads[0]
    assert set(known.thread_members) == {rosa.id, tom.id}
    assert maya.id not in known.thread_members


async def test_a_thread_is_archived_by_itself_and_wakes_when_someone_writes(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    thread = await rosa.opens_thread("team", in_=channel)
    async with running(server, bot):
        await bot.wait_until_ready()
        assert server.bot.id not in thread.thread_members
        place = await bot.fetch_channel(thread.id)
        assert isinstance(place, discord.Thread)
        thread.archive()
        await bot.saw("THREAD_UPDATE")
        await place.send("Still here")
        assert not thread.archived
        thread.archive(locked=True)
        with server.expecting(code=50083), pytest.raises(discord.HTTPException):
            await place.send("Not any more")
        with server.expecting(code=50013), pytest.raises(discord.Forbidden):
            await place.edit(archived=False)


async def test_the_bot_renames_and_archives_its_own_thread(
    server: DiscordServer, bot: SmallBot, channel: Channel
) -> None:
    async with running(server, bot):
        await bot.wait_until_ready()
        place = bot.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        thread = await place.create_thread(name="team")
        await thread.edit(name="team, done", archived=True)
    known = channel.threads[0]
    assert (known.name, known.archived) == ("team, done", True)
    assert known.is_private_thread
    assert channel.guild is not None
    assert channel.guild.find_channel("team, done") is known


async def test_a_post_in_a_forum_is_a_thread_with_a_first_message_of_its_id(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    heard: list[discord.Message] = []

    async def answer(message: discord.Message) -> None:
        heard.append(message)
        await message.reply("Read")

    bot.on_text = answer
    assert channel.guild is not None
    forum = channel.guild.forum("help", tags=["training"])
    async with running(server, bot):
        post = await rosa.posts(forum, "Seats", "Who has seats?", tags=["training"])
        reply = await post.channel.next_message(after=post, by=server.bot)
    thread = heard[0].channel
    assert isinstance(thread, discord.Thread)
    assert isinstance(thread.parent, discord.ForumChannel)
    assert (thread.id, thread.name) == (heard[0].id, "Seats")
    assert [tag.name for tag in thread.applied_tags] == ["training"]
    assert reply.channel is post.channel
    assert forum.threads == [post.channel]


async def test_many_messages_deleted_at_once_and_a_deleted_role_are_told(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    guild = rosa.guild
    role = guild.role("Posters")
    rosa.gains(role, guild.role("Moderators", "manage_messages"))

    @bot.event
    async def on_raw_bulk_message_delete(payload: discord.RawBulkMessageDeleteEvent) -> None:
        place = bot.get_channel(payload.channel_id)
        assert isinstance(place, discord.TextChannel)
        known = place.guild.get_role(role.id)
        await place.send(f"{sorted(payload.message_ids)} {known}")

    async with running(server, bot):
        said = [await rosa.says(channel, text) for text in ("one", "two")]
        guild.delete_role(role)
        await rosa.deletes_all(*said)
        told = await channel.next_message(after=said[1], by=server.bot)
    assert told.text == f"{[one.id for one in said]} None"
    assert role not in rosa.roles
