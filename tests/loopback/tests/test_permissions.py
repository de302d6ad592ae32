"""What the bot may not do, and how permissions add up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.loopback.constants import Json
from tests.loopback.permissions import Permission
from tests.loopback.world.channels import Channel
from tests.loopback.world.guilds import Guild

from .api import Answer, Api

P = Permission


def forbid(channel: Channel, *names: str) -> None:
    """Deny the bot permissions in a channel."""
    assert channel.guild is not None
    assert channel.guild.bot_member is not None
    channel.deny(channel.guild.bot_member, *names)


async def refused(api: Api, code: int, method: str, path: str, body: Any = None) -> Answer:
    """Send a request that has to be refused with this code."""
    with api.server.expecting(code=code, times=1):
        answer = await api.send(method, path, body)
    assert answer.code == code
    return answer


@pytest.mark.parametrize(
    ("missing", "method", "end", "body", "code"),
    [
        ("view_channel", "POST", "/messages", {"content": "x"}, 50001),
        ("view_channel", "GET", "", None, 50001),
        ("send_messages", "POST", "/messages", {"content": "x"}, 50013),
        ("send_messages", "POST", "/typing", None, 50013),
        ("read_message_history", "GET", "/messages/{id}", None, 50001),
        ("create_public_threads", "POST", "/messages/{id}/threads", {"name": "t"}, 50013),
        ("create_public_threads", "POST", "/threads", {"name": "t", "type": 11}, 50013),
        ("create_private_threads", "POST", "/threads", {"name": "t", "type": 12}, 50013),
        ("add_reactions", "PUT", "/messages/{id}/reactions/x/@me", None, 50013),
        ("manage_messages", "DELETE", "/messages/{id}", None, 50013),
        ("manage_channels", "PATCH", "", {"name": "new"}, 50013),
    ],
)
async def test_without_a_permission_a_request_is_refused(
    *,
    api: Api,
    channel: Channel,
    missing: str,
    method: str,
    end: str,
    body: Json | None,
    code: int,
) -> None:
    assert channel.guild is not None
    message = await channel.guild.member("Rosa").says(channel, "hello")
    forbid(channel, missing)
    path = f"/channels/{channel.id}" + end.format(id=message.id)
    answer = await refused(api, code, method, path, body)
    assert answer.status == 403


async def test_a_reply_needs_the_history(api: Api, channel: Channel) -> None:
    assert channel.guild is not None
    message = await channel.guild.member("Rosa").says(channel, "hello")
    forbid(channel, "read_message_history")
    body = {"content": "x", "message_reference": {"message_id": str(message.id)}}
    path = f"/channels/{channel.id}/messages"
    assert (await refused(api, 160002, "POST", path, body)).status == 403
    assert (await api.send("GET", path)).body == []


async def test_without_embed_links_embeds_are_left_out_silently(api: Api, channel: Channel) -> None:
    forbid(channel, "embed_links")
    path = f"/channels/{channel.id}/messages"
    body = {"content": "x", "embeds": [{"title": "lost"}]}
    assert (await api.post(path, body)).body["embeds"] == []
    await refused(api, 50006, "POST", path, {"embeds": [{"title": "lost"}]})


async def test_files_need_attach_files(api: Api, channel: Channel) -> None:
    forbid(channel, "attach_files")
    with api.server.expecting(code=50013):
        files = {"files[0]": ("a.txt", b"a")}
        answer = await api.post(f"/channels/{channel.id}/messages", files=files)
    assert answer.status == 403


async def test_threads_have_their_own_permission_to_send(
    api: Api, guild: Guild, channel: Channel
) -> None:
    opened = await api.post(f"/channels/{channel.id}/threads", {"name": "team", "type": 11})
    path = f"/channels/{opened.body['id']}/messages"
    forbid(channel, "send_messages")
    assert (await api.post(path, {"content": "x"})).status == 200
    forbid(channel, "send_messages_in_threads")
    await refused(api, 50013, "POST", path, {"content": "x"})


async def test_a_private_thread_is_hidden_from_those_who_are_not_in_it(
    api: Api, guild: Guild, channel: Channel
) -> None:
    rosa, tom = guild.member("Rosa"), guild.member("Tom")
    opened = await api.post(f"/channels/{channel.id}/threads", {"name": "team", "type": 12})
    thread = next(thread for thread in channel.threads if str(thread.id) == opened.body["id"])
    members = f"/channels/{thread.id}/thread-members"
    assert not rosa.permissions_in(thread)
    assert (await api.send("PUT", f"{members}/{rosa.id}")).status == 204
    assert rosa.permissions_in(thread) & P.SEND_MESSAGES_IN_THREADS
    assert not tom.permissions_in(thread)
    listed = await api.send("GET", members)
    assert {entry["user_id"] for entry in listed.body} == {
        str(rosa.id),
        str(api.server.bot.id),
    }
    assert (await api.send("DELETE", f"{members}/@me")).status == 204
    await refused(api, 50001, "POST", f"/channels/{thread.id}/messages", {"content": "x"})


async def test_unknown_things_have_their_own_codes(api: Api, channel: Channel) -> None:
    place = f"/channels/{channel.id}"
    await refused(api, 10003, "GET", "/channels/1")
    await refused(api, 10008, "GET", f"{place}/messages/1")
    await refused(api, 10013, "GET", "/users/1")
    await refused(api, 10004, "GET", "/guilds/1")
    await refused(api, 50033, "POST", "/users/@me/channels", {"recipient_id": "1"})
    application = api.server.world.application_id
    await refused(api, 10063, "DELETE", f"/applications/{application}/commands/1")
    await refused(api, 20012, "GET", "/applications/1/commands")
    await refused(api, 10062, "POST", "/interactions/1/token/callback", {"type": 5})
    await refused(api, 10015, "POST", f"/webhooks/{application}/token", {"content": "x"})


async def test_a_member_may_what_roles_allow_and_the_channel_decides_last(
    guild: Guild, channel: Channel
) -> None:
    steward = guild.role("Steward", "manage_messages")
    rosa = guild.member("Rosa", roles=[steward])
    tom = guild.member("Tom")
    assert rosa.permissions_in(channel) & P.MANAGE_MESSAGES
    channel.deny(guild.everyone, "send_messages")
    assert not tom.permissions_in(channel) & P.SEND_MESSAGES
    assert not tom.permissions_in(channel) & P.ATTACH_FILES
    channel.allow(steward, "send_messages")
    assert rosa.permissions_in(channel) & P.SEND_MESSAGES
    channel.deny(rosa, "send_messages")
    assert not rosa.permissions_in(channel) & P.SEND_MESSAGES
    channel.deny(guild.everyone, "view_channel")
    assert tom.permissions_in(channel) == P.NONE


async def test_owners_and_administrators_may_everything(guild: Guild, channel: Channel) -> None:
    maya = guild.member("Maya", permissions=["administrator"])
    channel.deny(guild.everyone, "view_channel")
    for member in (maya, guild.owner):
        assert member.permissions_in(channel) & P.MANAGE_CHANNELS
        assert member.permissions_in(channel) & P.VIEW_CHANNEL
