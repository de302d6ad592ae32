"""Routes for servers, members, the bot's own account and its application."""

from __future__ import annotations

from tests.loopback.errors import ApiError
from tests.loopback.limits import LIMITS
from tests.loopback.payloads import guild as guild_payload
from tests.loopback.payloads import objects
from tests.loopback.validation.problems import Problems

from .routes import Call, Reply, Routes

ROUTES = Routes()


@ROUTES.on("GET", "/gateway")
@ROUTES.on("GET", "/gateway/bot")
def gateway(call: Call) -> Reply:
    assert call.world.gateway is not None
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    url = call.world.gateway.url
    return Reply({"url": url, "shards": 1, "session_start_limit": limit})


@ROUTES.on("GET", "/users/@me")
def me(call: Call) -> Reply:
    return Reply(
        objects.user(call.world.bot) | {"locale": "en-US", "verified": True, "mfa_enabled": True}
    )


@ROUTES.on("GET", "/users/{user_id}")
def user(call: Call) -> Reply:
    found = call.world.users.get(call.number("user_id", 10013))
    if found is None:
        raise ApiError(10013)
    return Reply(objects.user(found))


@ROUTES.on("GET", "/applications/@me")
@ROUTES.on("GET", "/oauth2/applications/@me")
def application(call: Call) -> Reply:
    return Reply(guild_payload.application(call.world))


@ROUTES.on("GET", "/guilds/{guild_id}")
def guild(call: Call) -> Reply:
    found = call.guild()
    counts = {}
    if call.query.get("with_counts") in ("true", "1"):
        counts["approximate_member_count"] = len(found.members)
        counts["approximate_presence_count"] = len(found.members)
    return Reply(guild_payload.guild(found) | counts)


@ROUTES.on("GET", "/guilds/{guild_id}/channels")
def channels(call: Call) -> Reply:
    return Reply([objects.channel(channel) for channel in call.guild().channels])


@ROUTES.on("GET", "/guilds/{guild_id}/roles")
def roles(call: Call) -> Reply:
    return Reply([objects.role(role) for role in call.guild().roles.values()])


@ROUTES.on("GET", "/guilds/{guild_id}/roles/{role_id}")
def role(call: Call) -> Reply:
    found = call.guild().roles.get(call.number("role_id", 10011))
    if found is None:
        raise ApiError(10011)
    return Reply(objects.role(found))


@ROUTES.on("GET", "/guilds/{guild_id}/threads/active")
def active_threads(call: Call) -> Reply:
    guild = call.guild()
    own = guild.bot_member
    assert own is not None
    shown = [t for t in guild.threads if not t.archived and own.permissions_in(t)]
    bot = call.world.bot.id
    return Reply(
        {
            "has_more": False,
            "threads": [objects.channel(thread) for thread in shown],
            "members": [objects.thread_member(t, bot) for t in shown if bot in t.thread_members],
        }
    )


def _limit(call: Call, default: int) -> int:
    limit = int(call.query.get("limit", default))
    problems = Problems()
    problems.number(("limit",), limit, least=1, most=LIMITS["MEMBERS_PAGE"])
    problems.refuse_if_any()
    return limit


@ROUTES.on("GET", "/guilds/{guild_id}/members")
def members(call: Call) -> Reply:
    limit, after = _limit(call, 1), int(call.query.get("after", 0))
    listed = sorted(call.guild().members.values(), key=lambda member: member.id)
    page = [member for member in listed if member.id > after][:limit]
    return Reply([objects.member(member) for member in page])


@ROUTES.on("GET", "/guilds/{guild_id}/members/search")
def search_members(call: Call) -> Reply:
    limit, query = _limit(call, 1), call.query.get("query", "").lower()
    found = [m for m in call.guild().members.values() if m.name.lower().startswith(query)]
    return Reply([objects.member(member) for member in found[:limit]])


@ROUTES.on("GET", "/guilds/{guild_id}/members/{user_id}")
def member(call: Call) -> Reply:
    return Reply(objects.member(call.member()))
