"""The HTTP API: matching routes, faults before and after the work, errors, records."""

from __future__ import annotations

import asyncio
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.loopback.constants import Json
from tests.loopback.errors import ApiError
from tests.loopback.faults import Rule
from tests.loopback.permissions import Permission
from tests.loopback.records import RequestRecord, Violation
from tests.loopback.world.channels import Channel
from tests.loopback.world.guilds import Guild, Member
from tests.loopback.world.model import File, Message

from .wire import json_response, rate_limited, read_request

if TYPE_CHECKING:
    from tests.loopback.world.world import World

# generous, so that the client's limiter is exercised without ever waiting
_BUCKET_SIZE = 50
_KINDS = {40060: "double acknowledgement"}


@dataclass(frozen=True)
class Reply:
    """A route's answer; without a body it is empty."""

    body: Any = None
    status: int = 200


NO_CONTENT = Reply(status=204)


@dataclass
class Call:
    """One request, as a route sees it."""

    world: World
    method: str
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    files: dict[int, File] = field(default_factory=dict)

    @property
    def form(self) -> Json:
        """The body, when it has to be an object."""
        if not isinstance(self.body, dict):
            raise ApiError(50109)
        return self.body

    def number(self, name: str, error: int) -> int:
        """Return an id from the path, or refuse it with that error."""
        try:
            return int(self.params[name])
        except ValueError:
            raise ApiError(error) from None

    def guild(self) -> Guild:
        """Return the server the path names, if the bot is in it."""
        guild = self.world.guilds.get(self.number("guild_id", 10004))
        if guild is None or guild.bot_member is None:
            raise ApiError(10004)
        return guild

    def member(self, name: str = "user_id") -> Member:
        """Return the member the path names."""
        member = self.guild().members.get(self.number(name, 10013))
        if member is None:
            raise ApiError(10007)
        return member

    def channel(self) -> Channel:
        """Return the channel the path names, if the bot can see it."""
        channel = self.world.channels.get(self.number("channel_id", 10003))
        if channel is None or channel.deleted:
            raise ApiError(10003)
        self.require(channel)
        return channel

    def allowed(self, channel: Channel, permission: Permission) -> bool:
        """Tell whether the bot has a permission in a channel."""
        if channel.guild is None:
            return True
        own = channel.guild.bot_member
        return own is not None and own.permissions_in(channel) & permission == permission

    def require(self, channel: Channel, *permissions: Permission) -> None:
        """Refuse what the bot may not do in a channel.

        Raises:
            ApiError: 50001 if it can't see the channel, 50013 if it lacks a permission there.
        """
        if not self.allowed(channel, Permission.VIEW_CHANNEL):
            raise ApiError(50001)
        if not all(self.allowed(channel, permission) for permission in permissions):
            raise ApiError(50013)

    def message(self, channel: Channel) -> Message:
        """Return the message the path names; ephemeral ones don't exist for these routes."""
        message = channel.messages.get(self.number("message_id", 10008))
        if message is None or message.deleted or message.visible_to is not None:
            raise ApiError(10008)
        return message


Handler = Callable[[Call], Reply]


@dataclass(frozen=True)
class Route:
    method: str
    template: str
    handler: Handler
    token: bool  # whether the bot's token is needed

    @property
    def calls_back(self) -> bool:
        """Whether an interaction is answered by it."""
        return self.template.endswith("/callback")

    def match(self, path: str) -> dict[str, str] | None:
        """Return the path's parameters if it belongs to this route."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None


class Routes:
    """A table of routes, filled by decorators."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def on(self, method: str, template: str, *, token: bool = True) -> Callable[[Handler], Handler]:
        """Register the function below for a method and path."""

        def register(handler: Handler) -> Handler:
            self.routes.append(Route(method, template, handler, token))
            return handler

        return register


class Rest:
    """Serves the API for a world."""

    def __init__(self, world: World, token: str, tables: list[Routes]) -> None:
        self.world = world
        self.token = token
        self.routes = [route for table in tables for route in table.routes]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        world, path = self.world, "/" + request.match_info["tail"]
        body, files = await read_request(request)
        record = RequestRecord(
            number=len(world.records.requests) + 1,
            method=request.method,
            path=path,
            query=dict(request.query),
            body=body,
            files=[file.name for file in files.values()],
            time=world.clock.now(),
        )
        route, params = self._find(record)
        world.records.note(record)
        if route is not None and route.calls_back:
            world.called_back(params["token"])
        world.signal.notify()
        rules = world.faults.take(request.method, path)
        for rule in rules:
            if rule.gate is not None and not rule.after_work:
                await rule.gate.passing()
            if rule.seconds:
                await asyncio.sleep(rule.seconds)
        fault = next((rule for rule in rules if rule.decides), None)
        record.fault = fault.name if fault else None
        reply = None
        if fault is None or fault.after_work:
            call = Call(world, request.method, path, params, record.query, body, files)
            reply = self._work(route, call, request.headers.get("Authorization"), record)
        for rule in rules:
            if rule.gate is not None and rule.after_work:
                await rule.gate.passing()
        response = self.fault(fault, request) if fault else self._respond(reply, record)
        record.status = response.status
        world.signal.notify()
        return response

    def _find(self, record: RequestRecord) -> tuple[Route | None, dict[str, str]]:
        """Return the route of a request, which is noted on it, and what stands in its path."""
        for route in self.routes:
            params = route.match(record.path) if route.method == record.method else None
            if params is not None:
                record.route = route.template
                return route, params
        return None, {}

    def _work(
        self, route: Route | None, call: Call, authorization: str | None, record: RequestRecord
    ) -> Reply:
        if route is None:
            text = "404: Not Found"
            self._violated(call, Violation("unimplemented route", 0, 404, message=text))
            return Reply({"message": text, "code": 0}, 404)
        try:
            if route.token and authorization != f"Bot {self.token}":
                raise ApiError(0)
            return route.handler(call)
        except ApiError as error:
            record.code = error.code
            kind = _KINDS.get(error.code, "refused")
            violation = Violation(
                kind, error.code, error.status, message=error.message, errors=error.errors
            )
            self._violated(call, violation)
            return Reply(error.body(), error.status)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            # a body of the wrong shape; told in full, as it may be a mistake of the server too
            text = "".join(traceback.format_exception(error))
            self._violated(call, Violation("malformed", 50035, 400, message=text))
            return Reply(ApiError(50035).body(), 400)

    def _violated(self, call: Call, violation: Violation) -> None:
        where = replace(violation, method=call.method, path=call.path)
        self.world.records.violated(where)

    def _respond(self, reply: Reply | None, record: RequestRecord) -> web.Response:
        assert reply is not None
        headers = {
            "X-RateLimit-Limit": str(_BUCKET_SIZE),
            "X-RateLimit-Remaining": str(_BUCKET_SIZE - 1),
            "X-RateLimit-Reset": f"{self.world.clock.now() + 1:.3f}",
            "X-RateLimit-Reset-After": "1.000",
            "X-RateLimit-Bucket": f"{record.method}{record.route}",
        }
        if reply.status == 204:
            return web.Response(status=204, headers=headers)
        return json_response(reply.body, reply.status, headers)

    def fault(self, rule: Rule, request: web.Request) -> web.Response:
        """Return what comes in the place of an answer."""
        if rule.cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=499)
        if rule.status == 429:
            return rate_limited(rule, self.world.clock.now())
        assert rule.status is not None
        text = f"{rule.status}: a fault of the server"
        return json_response({"message": text, "code": 0}, rule.status, {})
