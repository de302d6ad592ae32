"""The gateway: identifying, resuming, reconnecting, intents, members."""

from __future__ import annotations

import aiohttp
import discord
import pytest

from tests.loopback.address import discord_at
from tests.loopback.clock import ManualClock
from tests.loopback.constants import Json
from tests.loopback.server import DiscordServer

from .small_bot import SmallBot, running


async def receive(socket: aiohttp.ClientWebSocketResponse, op: int) -> Json:
    """Return the next payload with this op."""
    while True:
        payload: Json = await socket.receive_json()
        if payload["op"] == op:
            return payload


async def test_events_missed_while_disconnected_are_replayed_on_resume(
    server: DiscordServer, bot: SmallBot
) -> None:
    guild = server.guild("Valley Alliance")
    channel, rosa = guild.channel("questions"), guild.member("Rosa")
    async with running(server, bot):
        await rosa.says(channel, "before")
        await bot.saw("on_message")
        await server.gateway.drop()
        await rosa.says(channel, "while it was away")
        await bot.saw("RESUMED")
        await bot.saw("on_message", 2)
        assert [message.content for message in bot.seen] == ["before", "while it was away"]
        assert (server.gateway.identified, server.gateway.resumed) == (1, 1)


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4008])
async def test_a_bot_comes_back_after_the_socket_is_closed_with_a_code(
    server: DiscordServer, bot: SmallBot, code: int
) -> None:
    server.guild("Valley Alliance")
    async with running(server, bot):
        await server.gateway.drop(code)
        await server.connected()
        assert server.gateway.identified + server.gateway.resumed == 2


async def test_a_bot_resumes_when_asked_to_reconnect(server: DiscordServer, bot: SmallBot) -> None:
    async with running(server, bot):
        server.gateway.reconnect()
        await bot.saw("RESUMED")
        assert server.gateway.identified == 1


async def test_a_resumable_invalid_session_is_resumed(server: DiscordServer, bot: SmallBot) -> None:
    async with running(server, bot):
        server.gateway.invalidate(resumable=True)
        await bot.saw("RESUMED")
        assert server.gateway.identified == 1


async def test_after_an_invalid_session_the_bot_identifies_again_and_events_between_are_lost(
    server: DiscordServer, bot: SmallBot
) -> None:
    guild = server.guild("Valley Alliance")
    channel, rosa = guild.channel("questions"), guild.member("Rosa")
    async with running(server, bot):
        server.gateway.invalidate(resumable=False)
        await rosa.says(channel, "nobody hears this")
        await bot.saw("READY", 2)
        await rosa.says(channel, "but this")
        await bot.saw("on_message")
        assert [message.content for message in bot.seen] == ["but this"]
        assert (server.gateway.identified, bot.restarts) == (2, 1)


async def test_a_forgotten_session_can_not_be_resumed(server: DiscordServer, bot: SmallBot) -> None:
    async with running(server, bot):
        await server.gateway.drop(4009, forget=True)
        await bot.saw("READY", 2)
        assert (server.gateway.identified, server.gateway.resumed) == (2, 0)


async def test_a_wrong_token_is_refused_at_login(server: DiscordServer, bot: SmallBot) -> None:
    with discord_at(server), server.expecting(status=401), pytest.raises(discord.LoginFailure):
        await bot.start("wrong")
    await bot.close()


async def test_a_wrong_token_is_refused_by_the_gateway(server: DiscordServer) -> None:
    identify = {"op": 2, "d": {"token": "wrong", "intents": 0, "properties": {}}}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.gateway_url) as socket,
    ):
        with server.expecting(code=4004, times=1):
            await socket.send_json(identify)
            await receive(socket, 10)
            assert (await socket.receive()).data == 4004


async def test_an_intent_that_was_not_granted_is_refused(clock: ManualClock) -> None:
    async with DiscordServer(clock=clock, granted=()) as server:
        bot = SmallBot()
        refused = pytest.raises(discord.PrivilegedIntentsRequired)
        with discord_at(server), server.expecting(code=4014, times=1), refused:
            await bot.start(server.token)
        await bot.close()


async def test_without_compression_the_same_events_come_as_text(server: DiscordServer) -> None:
    guild = server.guild("Valley Alliance")
    channel, rosa = guild.channel("questions"), guild.member("Rosa")
    identify = {"op": 2, "d": {"token": server.token, "intents": 1 | 1 << 9, "properties": {}}}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.gateway_url) as socket,
    ):
        hello = await receive(socket, 10)
        assert hello["d"] == {"heartbeat_interval": 41250}
        await socket.send_json({"op": 1, "d": None})
        await receive(socket, 11)
        await socket.send_json(identify)
        names = [(await receive(socket, 0))["t"] for _ in range(2)]
        assert names == ["READY", "GUILD_CREATE"]
        await rosa.says(channel, "hello")
        event = await receive(socket, 0)
        assert (event["t"], event["s"]) == ("MESSAGE_CREATE", 3)


async def test_connections_can_be_refused_for_a_while(server: DiscordServer) -> None:
    server.gateway.refuses_connections = 1
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
            await session.ws_connect(server.gateway_url)
        async with session.ws_connect(server.gateway_url) as socket:
            await receive(socket, 10)


async def test_a_connection_without_heartbeats_is_closed(clock: ManualClock) -> None:
    async with (
        DiscordServer(clock=clock, heartbeat_interval=0.02) as server,
        aiohttp.ClientSession() as session,
        session.ws_connect(server.gateway_url) as socket,
    ):
        await receive(socket, 10)
        assert (await socket.receive()).data == 4000


async def test_without_the_content_intent_only_mentions_and_direct_messages_can_be_read(
    server: DiscordServer,
) -> None:
    guild = server.guild("Valley Alliance")
    channel, rosa = guild.channel("questions"), guild.member("Rosa")
    bot = SmallBot(discord.Intents(guilds=True, messages=True))
    async with running(server, bot):
        await rosa.says(channel, "talk among people")
        await rosa.says(channel, "a question", mentions=[server.bot])
        await rosa.dms("between us")
        await bot.saw("on_message", 3)
    mention = f"<@{server.bot.id}> a question"
    assert [message.content for message in bot.seen] == ["", mention, "between us"]


async def test_members_come_when_asked_for(server: DiscordServer, bot: SmallBot) -> None:
    guild = server.guild("Valley Alliance")
    rosa = guild.member("Rosa")
    async with running(server, bot):
        await bot.wait_until_ready()
        known = bot.get_guild(guild.id)
        assert known is not None
        assert {member.name for member in known.members} >= {"rosa", "alliance_guide"}
        found = await known.query_members("ro", limit=5)
        assert [member.id for member in found] == [rosa.id]
        found = await known.query_members(user_ids=[rosa.id])
        assert [member.display_name for member in found] == ["Rosa"]


async def test_a_changed_presence_is_accepted(server: DiscordServer, bot: SmallBot) -> None:
    async with running(server, bot):
        await bot.change_presence(activity=discord.Game("checklists"))
        server.gateway.reconnect()
        await bot.saw("RESUMED")


async def test_servers_channels_roles_and_members_change_while_the_bot_runs(
    server: DiscordServer, bot: SmallBot
) -> None:
    async with running(server, bot):
        await bot.wait_until_ready()
        guild = server.guild("Ridge Alliance")
        await bot.saw("GUILD_CREATE")
        channel = guild.channel("opportunities", topic="work")
        steward = guild.role("Steward", "manage_guild")
        rosa = guild.member("Rosa", roles=[steward])
        await bot.saw("GUILD_MEMBER_ADD")
        known = bot.get_guild(guild.id)
        assert known is not None
        member = known.get_member(rosa.id)
        assert member is not None
        assert member.guild_permissions.manage_guild
        place = known.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        rosa.loses(steward)
        channel.deny(guild.everyone, "view_channel")
        await bot.saw("CHANNEL_UPDATE")
        assert not member.guild_permissions.manage_guild
        assert not place.permissions_for(known.me).view_channel
        rosa.leaves()
        await bot.saw("GUILD_MEMBER_REMOVE")
        assert known.get_member(rosa.id) is None
        guild.remove_bot()
        await bot.saw("GUILD_DELETE")
        assert bot.get_guild(guild.id) is None


async def test_the_gateway_can_be_held_back(server: DiscordServer, bot: SmallBot) -> None:
    guild = server.guild("Valley Alliance")
    channel, rosa = guild.channel("questions"), guild.member("Rosa")
    async with running(server, bot):
        await bot.saw("GUILD_CREATE")
        server.gateway.pause()
        await rosa.says(channel, "late")
        known = bot.get_guild(guild.id)
        assert known is not None
        await known.fetch_channels()  # a round trip over HTTP, which is not held back
        assert bot.seen == []
        server.gateway.go_on()
        await bot.saw("on_message")


async def test_an_event_can_come_twice(server: DiscordServer, bot: SmallBot) -> None:
    guild = server.guild("Valley Alliance")
    channel, rosa = guild.channel("questions"), guild.member("Rosa")
    async with running(server, bot):
        server.faults.duplicate("MESSAGE_CREATE")
        await rosa.says(channel, "once")
        await rosa.says(channel, "and on")
        await bot.saw("on_message", 3)
    assert [message.content for message in bot.seen] == ["once", "once", "and on"]


async def test_hidden_channels_are_not_heard(server: DiscordServer, bot: SmallBot) -> None:
    guild = server.guild("Valley Alliance")
    rosa, hidden, shown = guild.member("Rosa"), guild.channel("hidden"), guild.channel("shown")
    assert guild.bot_member is not None
    hidden.deny(guild.bot_member, "view_channel")
    async with running(server, bot):
        await rosa.says(hidden, "secret")
        await rosa.says(shown, "open")
        await bot.saw("on_message")
    assert [message.content for message in bot.seen] == ["open"]


async def test_a_session_closed_normally_can_not_be_resumed(server: DiscordServer) -> None:
    identify = {"op": 2, "d": {"token": server.token, "intents": 1, "properties": {}}}
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(server.gateway_url) as socket:
            await socket.send_json(identify)
            ready = await receive(socket, 0)
            await socket.close(code=1000)
        await server.disconnected()
        async with session.ws_connect(server.gateway_url) as socket:
            data = {"token": server.token, "session_id": ready["d"]["session_id"], "seq": 1}
            await socket.send_json({"op": 6, "d": data})
            assert (await receive(socket, 9))["d"] is False


async def test_a_second_bot_can_take_over(server: DiscordServer, bot: SmallBot) -> None:
    guild = server.guild("Valley Alliance")
    channel, rosa = guild.channel("questions"), guild.member("Rosa")
    async with running(server, bot):
        pass
    await server.disconnected()
    successor = SmallBot()
    async with running(server, successor):
        await rosa.says(channel, "still there?")
        await successor.saw("on_message")
    assert bot.seen == []
