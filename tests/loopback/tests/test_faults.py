"""What goes wrong on demand."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from tests.loopback.errors import BotTimeoutError, UnexpectedRefusalError
from tests.loopback.server import DiscordServer
from tests.loopback.world.channels import Channel
from tests.loopback.world.model import File

from .api import Api
from .sample_commands import with_commands
from .small_bot import SmallBot, running

MESSAGES = "/channels/*/messages"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_request_fails_as_often_as_asked_and_nothing_is_done(
    server: DiscordServer, api: Api, channel: Channel, status: int
) -> None:
    server.faults.fail("POST", MESSAGES, status=status, times=2)
    path = f"/channels/{channel.id}/messages"
    got = [(await api.post(path, {"content": "x"})).status for _ in range(3)]
    assert got == [status, status, 200]
    assert len(channel.history) == 1
    assert [request.fault for request in server.requests] == [f"status {status}"] * 2 + [None]
    assert [request.status for request in server.requests] == got


async def test_a_rate_limit_says_how_long_to_wait(
    server: DiscordServer, api: Api, channel: Channel
) -> None:
    server.faults.rate_limit("POST", MESSAGES, retry_after=0.25, scope="global")
    url = f"{server.api_url}/channels/{channel.id}/messages"
    async with api.session.post(url, json={"content": "x"}, headers=api.headers) as got:
        assert got.status == 429
        assert (await got.json()) == {
            "message": "You are being rate limited.",
            "retry_after": 0.25,
            "global": True,
        }
        assert got.headers["Via"] == "1.1 google"
        assert got.headers["Retry-After"] == "0.250"
        assert got.headers["X-RateLimit-Global"] == "true"
        assert got.headers["X-RateLimit-Scope"] == "global"


async def test_a_cut_connection_may_come_before_or_after_the_work(
    server: DiscordServer, api: Api, channel: Channel
) -> None:
    path = f"/channels/{channel.id}/messages"
    for after_work, messages in ((False, 0), (True, 1)):
        server.faults.cut("POST", MESSAGES, after_work=after_work)
        with pytest.raises(aiohttp.ClientError):
            await api.post(path, {"content": "x"})
        assert len(channel.history) == messages


async def test_a_pattern_meets_only_its_own_routes(
    server: DiscordServer, api: Api, channel: Channel
) -> None:
    server.faults.fail("POST", "/channels/*", times=9)
    server.faults.fail("GET", "/channels/{channel_id}/messages/*", times=9)
    server.faults.fail("*", "/gateway/**")
    assert (await api.post(f"/channels/{channel.id}/messages", {"content": "x"})).status == 200
    assert (await api.send("GET", f"/channels/{channel.id}/messages")).status == 200
    assert (await api.send("GET", "/gateway/bot")).status == 500


async def test_a_request_can_be_held_until_it_is_released(
    server: DiscordServer, api: Api, channel: Channel
) -> None:
    gate = server.faults.hold("POST", MESSAGES)
    sending = asyncio.create_task(api.post(f"/channels/{channel.id}/messages", {"content": "x"}))
    await gate.arrived()
    assert channel.history == []
    gate.release()
    assert (await sending).status == 200


async def test_an_answer_can_be_late(server: DiscordServer, api: Api, channel: Channel) -> None:
    server.faults.delay("POST", MESSAGES, seconds=0.02)
    assert (await api.post(f"/channels/{channel.id}/messages", {"content": "x"})).status == 200
    assert not any(rule.decides for rule in server.faults.rules)


async def test_a_client_waits_out_rate_limits_and_retries_what_was_lost_without_doubling_it(
    server: DiscordServer, bot: SmallBot, channel: Channel
) -> None:
    async with running(server, bot):
        await bot.wait_until_ready()
        place = bot.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        server.faults.rate_limit("POST", MESSAGES)
        await place.send("first")
        server.faults.rate_limit("POST", MESSAGES, via=False)
        with pytest.raises(discord.HTTPException, match="429"):
            await place.send("refused by the proxy")
        server.faults.fail("POST", MESSAGES, status=502, after_work=True)
        await place.send("second", nonce="n-2")
    assert [message.content for message in channel.history] == ["first", "second"]


async def test_an_acknowledgement_lost_on_the_way_back_is_refused_the_second_time(
    server: DiscordServer, bot: SmallBot, channel: Channel
) -> None:
    assert channel.guild is not None
    rosa = channel.guild.member("Rosa")
    async with running(server, with_commands(bot)):
        server.faults.fail("POST", "/interactions/**", status=500, after_work=True)
        with server.expecting(code=40060, kind="double acknowledgement", times=1):
            answer = await rosa.uses("/ask", question="trust")
            await bot.saw("error")
    assert answer.text == "About trust"
    assert isinstance(bot.errors[0], discord.HTTPException)


async def test_violations_are_kept_until_someone_expects_them(
    server: DiscordServer, api: Api
) -> None:
    await api.send("GET", "/channels/1")
    with pytest.raises(UnexpectedRefusalError, match="GET /channels/1 404 10003 Unknown Channel"):
        server.assert_clean()
    server.violations.clear()
    missing = pytest.raises(
        UnexpectedRefusalError, match=r"expected at least one violation \(50013\)"
    )
    with missing, server.expecting(code=50013):
        pass
    with server.expecting(code=10003) as expected:
        await api.send("GET", "/channels/1")
        await api.send("GET", "/channels/2")
    assert [violation.path for violation in expected.seen] == ["/channels/1", "/channels/2"]


async def test_waiting_in_vain_shows_what_was_said_and_refused(
    server: DiscordServer, api: Api, channel: Channel
) -> None:
    assert channel.guild is not None
    asked = await channel.guild.member("Rosa").says(channel, "Is anyone there?")
    await api.send("GET", "/channels/1")
    with pytest.raises(BotTimeoutError) as problem:
        await channel.next_message(after=asked, by=server.bot, within=0.01)
    text = str(problem.value)
    assert "no message in #questions by Alliance Guide within 0.01 s" in text
    assert "Is anyone there?" in text
    assert "Unknown Channel" in text
    server.violations.clear()


async def test_a_file_can_fail_to_download_and_claim_any_size(
    server: DiscordServer, bot: SmallBot, channel: Channel
) -> None:
    assert channel.guild is not None
    rosa = channel.guild.member("Rosa")
    huge = File("huge.pdf", b"%PDF", "application/pdf", claimed_size=1 << 40)
    async with running(server, bot):
        await rosa.says(channel, files=[huge])
        await bot.saw("on_message")
        attachment = bot.seen[0].attachments[0]
        assert attachment.size == 1 << 40
        server.faults.fail("GET", "/cdn/**", status=503)
        with pytest.raises(discord.HTTPException, match="503"):
            await attachment.read()
        assert await attachment.read() == b"%PDF"


async def test_a_slow_gateway_still_delivers_in_order(
    server: DiscordServer, bot: SmallBot, channel: Channel
) -> None:
    assert channel.guild is not None
    rosa = channel.guild.member("Rosa")
    async with running(server, bot):
        server.gateway.lag = 0.005
        for text in "abc":
            await rosa.says(channel, text)
        await bot.saw("on_message", 3)
    assert [message.content for message in bot.seen] == ["a", "b", "c"]
