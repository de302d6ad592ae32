"""Messages over HTTP, through a real client: sending, editing, finding, files, direct messages."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable

import discord
import pytest

from tests.loopback.clock import ManualClock
from tests.loopback.server import DiscordServer
from tests.loopback.world.channels import Channel
from tests.loopback.world.guilds import Member
from tests.loopback.world.model import File, Message

from .small_bot import SmallBot, running

Place = discord.TextChannel


async def in_place(
    server: DiscordServer, bot: SmallBot, channel: Channel, act: Callable[[Place], Awaitable[None]]
) -> None:
    """Run a bot and let it act in a channel."""
    async with running(server, bot):
        await bot.wait_until_ready()
        place = bot.get_channel(channel.id)
        assert isinstance(place, Place)
        await act(place)


async def test_the_same_nonce_makes_one_message(
    server: DiscordServer, bot: SmallBot, channel: Channel, clock: ManualClock
) -> None:
    async def act(place: Place) -> None:
        first = await place.send("once", nonce="n-1")
        again = await place.send("once", nonce="n-1")
        other = await place.send("once", nonce="n-2")
        assert first.id == again.id != other.id
        clock.advance(600)
        assert (await place.send("once", nonce="n-1")).id != first.id

    await in_place(server, bot, channel, act)
    assert len(channel.history) == 3


async def test_messages_are_edited_deleted_and_found_again(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    hers = await rosa.says(channel, "mine")

    async def act(place: Place) -> None:
        sent = [await place.send(str(number)) for number in range(4)]
        await sent[0].edit(content="zero", embed=discord.Embed(title="A title"))
        await sent[1].delete()
        assert (await place.fetch_message(sent[0].id)).embeds[0].title == "A title"
        assert [m.content async for m in place.history()] == ["3", "2", "zero", "mine"]
        later = place.history(after=sent[0], oldest_first=True)
        assert [m.content async for m in later] == ["2", "3"]
        with server.expecting(code=10008), pytest.raises(discord.NotFound):
            await place.fetch_message(sent[1].id)
        with server.expecting(code=50005), pytest.raises(discord.Forbidden):
            await place.get_partial_message(hers.id).edit(content="not mine")
        with server.expecting(code=50013), pytest.raises(discord.Forbidden):
            await place.get_partial_message(hers.id).delete()

    await in_place(server, bot, channel, act)


async def test_files_can_be_sent_kept_and_read(
    server: DiscordServer, bot: SmallBot, channel: Channel
) -> None:
    async def act(place: Place) -> None:
        brief = discord.File(io.BytesIO(b"# Brief"), "brief.md", description="The brief")
        message = await place.send("Here", file=brief)
        assert await message.attachments[0].read() == b"# Brief"
        more = discord.File(io.BytesIO(b"%PDF"), "brief.pdf")
        await message.edit(attachments=[*message.attachments, more])

    await in_place(server, bot, channel, act)
    message = channel.history[0]
    assert [(file.name, file.data) for file in message.files] == [
        ("brief.md", b"# Brief"),
        ("brief.pdf", b"%PDF"),
    ]
    assert message.files[0].description == "The brief"
    assert "(file brief.md, 7 bytes)" in channel.transcript()


async def test_a_layout_is_sent_as_components_and_shown_in_the_transcript(
    server: DiscordServer, bot: SmallBot, channel: Channel
) -> None:
    async def act(place: Place) -> None:
        view = discord.ui.LayoutView()
        button = discord.ui.Button[discord.ui.LayoutView](label="Open", custom_id="open")
        section = discord.ui.Section[discord.ui.LayoutView]("## Step 1", accessory=button)
        file = discord.ui.File[discord.ui.LayoutView]("attachment://brief.md")
        view.add_item(discord.ui.Container(section, discord.ui.Separator(), file))
        await place.send(view=view, file=discord.File(io.BytesIO(b"x"), "brief.md"))

    await in_place(server, bot, channel, act)
    assert channel.history[0].text == "## Step 1"
    assert "[Open]" in channel.transcript()
    assert "/brief.md)" in channel.transcript()


async def test_members_edit_delete_and_attach(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    async with running(server, bot):
        message = await rosa.says(channel, "helo", files=[File("notes.txt", b"n", "text/plain")])
        await bot.saw("on_message")
        assert bot.seen[0].attachments[0].filename == "notes.txt"
        assert await bot.seen[0].attachments[0].read() == b"n"
        await rosa.edits(message, "hello")
        await bot.saw("MESSAGE_UPDATE")
        assert bot.cached_messages[0].content == "hello"
        await rosa.deletes(message)
        await bot.saw("MESSAGE_DELETE")
    assert channel.history == []


async def test_people_and_the_bot_write_to_each_other_directly(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    async def answer(message: discord.Message) -> None:
        await message.channel.send(f"You wrote: {message.content}")

    bot.on_text = answer
    async with running(server, bot):
        asked = await rosa.dms("May I ask?")
        answered = await rosa.dm.next_message(after=asked, by=server.bot)
        assert answered.content == "You wrote: May I ask?"
        user = await bot.fetch_user(rosa.id)
        await user.send("A notice")
        assert rosa.dm.last_message is not None
        assert rosa.dm.last_message.content == "A notice"


async def test_a_person_with_closed_or_no_common_ground_gets_no_direct_message(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    rosa.user.dms_open = False
    stranger = server.person("Stranger")
    async with running(server, bot):
        for person in (rosa, stranger):
            user = await bot.fetch_user(person.id)
            with server.expecting(code=50007), pytest.raises(discord.Forbidden):
                await user.send("A notice")
    assert rosa.dm.history == []


async def test_reactions_and_typing_are_seen(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    async def answer(message: discord.Message) -> None:
        async with message.channel.typing():
            await message.add_reaction("👀")

    bot.on_text = answer

    def reacted() -> Message | None:
        return message if message.reactions else None

    async with running(server, bot):
        message = await rosa.says(channel, "hello")
        await channel.until(reacted, what="reaction")
        await rosa.reacts("👍", on=message)
        await bot.saw("MESSAGE_REACTION_ADD", 2)
    assert message.reactions == {"👀": {server.bot.id}, "👍": {rosa.id}}
    assert server.typing == [channel]


async def test_a_reply_to_a_deleted_message_is_refused_unless_it_may_be_missing(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    asked = await rosa.says(channel, "hello")
    await rosa.deletes(asked)

    async def act(place: Place) -> None:
        target = place.get_partial_message(asked.id)
        with server.expecting(code=50035), pytest.raises(discord.HTTPException):
            await target.reply("answer")
        await place.send("answer", reference=target.to_reference(fail_if_not_exists=False))

    await in_place(server, bot, channel, act)
    assert [message.reference for message in channel.history] == [None]


async def test_members_and_roles_can_be_looked_up(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    guild = rosa.guild
    steward = guild.role("Steward")
    rosa.gains(steward)

    async def act(place: Place) -> None:
        known = await bot.fetch_guild(guild.id, with_counts=True)
        assert known.approximate_member_count == len(guild.members)
        assert (await known.fetch_member(rosa.id)).roles[-1].name == "Steward"
        assert {m.id async for m in known.fetch_members()} == set(guild.members)
        assert [c.name for c in await known.fetch_channels()] == ["questions"]
        assert "Steward" in [role.name for role in await known.fetch_roles()]
        with server.expecting(code=10007), pytest.raises(discord.NotFound):
            await known.fetch_member(server.person("Stranger").id)
        with server.expecting(code=10004), pytest.raises(discord.NotFound):
            await bot.fetch_guild(server.guild("Elsewhere", with_bot=False).id)

    await in_place(server, bot, channel, act)


async def test_what_is_forwarded_is_a_snapshot_without_who_wrote_it(
    server: DiscordServer, bot: SmallBot, channel: Channel, rosa: Member
) -> None:
    hers = await rosa.says(channel, "as it was", files=[File("a.txt", b"text", "text/plain")])
    forward = await rosa.forwards(hers, to=channel, text="look")
    await rosa.edits(hers, "as it is")

    async def act(place: Place) -> None:
        found = await place.fetch_message(forward.id)
        (snapshot,) = found.message_snapshots
        assert (found.content, snapshot.content) == ("look", "as it was")
        assert await snapshot.attachments[0].read() == b"text"
        assert found.reference is not None
        assert found.reference.type is discord.MessageReferenceType.forward
        assert found.reference.resolved is None

    await in_place(server, bot, channel, act)
    assert forward.text == "as it was\nlook"
