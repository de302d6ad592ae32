"""Whom a message would notify."""

from __future__ import annotations

from tests.loopback.constants import InteractionType, Json
from tests.loopback.server import DiscordServer
from tests.loopback.world.channels import Channel
from tests.loopback.world.guilds import Guild, Member
from tests.loopback.world.model import Message, Pings

from .api import Api


async def send(api: Api, channel: Channel, body: Json) -> Message:
    answer = await api.post(f"/channels/{channel.id}/messages", body)
    return channel.messages[int(answer.body["id"])]


async def test_a_mention_pings_unless_it_is_not_allowed(
    api: Api, channel: Channel, rosa: Member
) -> None:
    content = f"Hello {rosa.mention}"
    assert rosa in (await send(api, channel, {"content": content})).pings
    for allowed, pinged in (
        ({"parse": []}, False),
        ({"parse": ["users"]}, True),
        ({"parse": ["roles", "everyone"]}, False),
        ({"users": [str(rosa.id)]}, True),
        ({"users": ["1"]}, False),
    ):
        body: Json = {"content": content, "allowed_mentions": allowed}
        assert (rosa in (await send(api, channel, body)).pings) is pinged


async def test_a_reply_pings_its_author_unless_told_otherwise(
    api: Api, channel: Channel, rosa: Member
) -> None:
    asked = await rosa.says(channel, "hello")
    reply: Json = {"content": "x", "message_reference": {"message_id": str(asked.id)}}
    assert rosa in (await send(api, channel, reply)).pings
    nobody: Json = {"parse": []}
    quiet = await send(api, channel, reply | {"allowed_mentions": nobody})
    assert not quiet.pings
    loud = {"parse": [], "replied_user": True}
    assert rosa in (await send(api, channel, reply | {"allowed_mentions": loud})).pings


async def test_everyone_and_roles_need_a_permission(
    api: Api, guild: Guild, channel: Channel
) -> None:
    steward, partner = guild.role("Steward"), guild.role("Partner", mentionable=True)
    body = {"content": f"@everyone {steward.mention} {partner.mention}"}
    assert (await send(api, channel, body)).pings == Pings(roles=frozenset({partner.id}))
    assert guild.bot_member is not None
    guild.bot_member.gains(guild.role("Loud", "mention_everyone"))
    pings = (await send(api, channel, body)).pings
    assert "everyone" in pings
    assert steward in pings
    quiet = await send(api, channel, body | {"allowed_mentions": {"parse": ["users"]}})
    assert not quiet.pings


async def test_code_embeds_and_strangers_ping_nobody(
    server: DiscordServer, api: Api, channel: Channel, rosa: Member
) -> None:
    stranger = server.person("Stranger")
    for body in (
        {"content": f"`{rosa.mention}`"},
        {"content": f"```\n{rosa.mention}\n```"},
        {"embeds": [{"description": rosa.mention}]},
        {"content": stranger.mention},
    ):
        assert not (await send(api, channel, body)).pings


async def test_who_can_not_see_the_channel_is_not_pinged(
    api: Api, channel: Channel, rosa: Member
) -> None:
    channel.deny(rosa, "view_channel")
    assert not (await send(api, channel, {"content": rosa.mention})).pings


async def test_text_components_ping(api: Api, channel: Channel, rosa: Member) -> None:
    text: Json = {"type": 10, "content": rosa.mention}
    body: Json = {"flags": 1 << 15, "components": [text]}
    assert rosa in (await send(api, channel, body)).pings


async def test_an_edit_pings_nobody(api: Api, channel: Channel, rosa: Member) -> None:
    message = await send(api, channel, {"content": "x"})
    path = f"/channels/{channel.id}/messages/{message.id}"
    await api.send("PATCH", path, {"content": rosa.mention})
    assert message.content == rosa.mention
    assert not message.pings


async def test_a_private_answer_pings_nobody_and_a_public_one_does(
    server: DiscordServer, api: Api, channel: Channel, rosa: Member
) -> None:
    tom = rosa.guild.member("Tom")
    for flags, pinged in ((64, False), (0, True)):
        data: Json = {"name": "ask"}
        interaction = server.world.interact(InteractionType.COMMAND, rosa.user, channel, data)
        await api.callback(interaction, 4, {"content": tom.mention, "flags": flags})
        assert interaction.original is not None
        assert (tom in interaction.original.pings) is pinged


async def test_people_ping_too(server: DiscordServer, channel: Channel, rosa: Member) -> None:
    tom = rosa.guild.member("Tom")
    asked = await rosa.says(channel, "look", mentions=[tom, server.bot])
    assert tom in asked.pings
    assert server.bot in asked.pings
    assert not (await tom.says(channel, "yes", reply_to=asked, ping=False)).pings
    assert rosa in (await tom.says(channel, "yes", reply_to=asked)).pings
