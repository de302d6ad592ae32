"""Routes for application commands, global and of one server."""

from __future__ import annotations

from tests.loopback.constants import Json
from tests.loopback.errors import ApiError
from tests.loopback.limits import LIMITS
from tests.loopback.validation.commands import check_command, check_commands
from tests.loopback.validation.problems import Problems

from .routes import NO_CONTENT, Call, Reply, Routes

ROUTES = Routes()
_GLOBAL = "/applications/{application_id}/commands"
_LOCAL = "/applications/{application_id}/guilds/{guild_id}/commands"


def _table(call: Call) -> dict[int, Json]:
    if int(call.params["application_id"]) != call.world.application_id:
        raise ApiError(20012)
    place = call.guild().id if "guild_id" in call.params else 0
    return call.world.commands.setdefault(place, {})


def _known(table: dict[int, Json], command: Json) -> Json | None:
    for known in table.values():
        if (known["name"], known["type"]) == (command["name"], command.get("type") or 1):
            return known
    return None


def _register(call: Call, table: dict[int, Json], command: Json) -> Json:
    known = _known(table, command)
    identity = int(known["id"]) if known else call.world.snowflakes.next()
    permissions = command.get("default_member_permissions")
    registered: Json = {
        "name_localizations": None,
        "description_localizations": None,
        "options": [],
        "nsfw": False,
        "contexts": None,
        "integration_types": [0],
        "dm_permission": True,
        **command,
        "type": command.get("type") or 1,
        "description": command.get("description") or "",
        "id": str(identity),
        "application_id": str(call.world.application_id),
        "version": str(call.world.snowflakes.next()),
        "default_member_permissions": None if permissions is None else str(permissions),
    }
    if "guild_id" in call.params:
        registered["guild_id"] = call.params["guild_id"]
    table[identity] = registered
    call.world.signal.notify()
    return registered


@ROUTES.on("GET", _GLOBAL)
@ROUTES.on("GET", _LOCAL)
def listing(call: Call) -> Reply:
    return Reply(list(_table(call).values()))


@ROUTES.on("PUT", _GLOBAL)
@ROUTES.on("PUT", _LOCAL)
def overwrite(call: Call) -> Reply:
    table = _table(call)
    check_commands(call.body)
    keep = {r["id"] for r in [_register(call, table, command) for command in call.body]}
    for identity in [i for i in table if str(i) not in keep]:
        del table[identity]
    return Reply(list(table.values()))


@ROUTES.on("POST", _GLOBAL)
@ROUTES.on("POST", _LOCAL)
def create(call: Call) -> Reply:
    table = _table(call)
    _check(call.form)
    known = _known(table, call.form)
    if known is None and len(table) >= LIMITS["COMMANDS"]:
        raise ApiError(30032)
    return Reply(_register(call, table, call.form), 200 if known else 201)


def _check(command: Json) -> None:
    problems = Problems()
    check_command(problems, command)
    problems.refuse_if_any()


def _one(call: Call) -> Json:
    command = _table(call).get(call.number("command_id", 10063))
    if command is None:
        raise ApiError(10063)
    return command


@ROUTES.on("GET", _GLOBAL + "/{command_id}")
@ROUTES.on("GET", _LOCAL + "/{command_id}")
def fetch(call: Call) -> Reply:
    return Reply(_one(call))


@ROUTES.on("PATCH", _GLOBAL + "/{command_id}")
@ROUTES.on("PATCH", _LOCAL + "/{command_id}")
def change(call: Call) -> Reply:
    command = _one(call) | call.form
    _check(command)
    _one(call).update(command)
    return Reply(_one(call))


@ROUTES.on("DELETE", _GLOBAL + "/{command_id}")
@ROUTES.on("DELETE", _LOCAL + "/{command_id}")
def delete(call: Call) -> Reply:
    del _table(call)[int(_one(call)["id"])]
    return NO_CONTENT
