"""What Discord refuses in commands and threads."""

from __future__ import annotations

import pytest

from tests.loopback.constants import Json
from tests.loopback.server import DiscordServer
from tests.loopback.world.channels import Channel

from .api import Api
from .bodies import BAD, LONG, MISSING, Path, cases, choice, command, parameter

COMMANDS: list[tuple[str, list[Json], Path, str]] = [
    ("upper case", [command("Ask")], (0, "name"), "APPLICATION_COMMAND_INVALID_NAME"),
    ("space", [command("ask me")], (0, "name"), "APPLICATION_COMMAND_INVALID_NAME"),
    ("long name", [command("x" * 33)], (0, "name"), "APPLICATION_COMMAND_INVALID_NAME"),
    ("description", [command(description="x" * 101)], (0, "description"), BAD),
    ("no description", [command(description="")], (0, "description"), MISSING),
    ("twice", [command(), command()], (1, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME"),
    (
        "26 options",
        [command(options=[parameter(f"o{i}") for i in range(26)])],
        (0, "options"),
        LONG,
    ),
    (
        "required last",
        [command(options=[parameter("a"), parameter("b", required=True)])],
        (0, "options", 1),
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    (
        "26 choices",
        [command(options=[parameter(choices=[choice(str(i)) for i in range(26)])])],
        (0, "options", 0, "choices"),
        LONG,
    ),
    (
        "option description",
        [command(options=[parameter(description="x" * 101)])],
        (0, "options", 0, "description"),
        BAD,
    ),
    (
        "too much in all",
        [command(options=[parameter(f"o{i}", choices=[choice("x" * 99)] * 9) for i in range(5)])],
        (0,),
        "APPLICATION_COMMAND_TOO_LARGE",
    ),
]


@pytest.mark.parametrize(("body", "path", "error"), cases(COMMANDS))
async def test_a_command_over_a_limit_is_refused_and_none_is_registered(
    server: DiscordServer, api: Api, body: list[Json], path: Path, error: str
) -> None:
    application = server.world.application_id
    with server.expecting(code=50035):
        answer = await api.send("PUT", f"/applications/{application}/commands", body)
    assert answer.error(*path) == error
    assert not server.world.commands[0]


async def test_there_are_at_most_a_hundred_commands(server: DiscordServer, api: Api) -> None:
    path = f"/applications/{server.world.application_id}/commands"
    body = [command(f"c{i}") for i in range(101)]
    with server.expecting(code=30032):
        await api.send("PUT", path, body)
    assert (await api.send("PUT", path, body[:100])).status == 200
    with server.expecting(code=30032):
        await api.post(path, body[100])


async def test_a_command_keeps_its_id_when_registered_again(
    server: DiscordServer, api: Api
) -> None:
    path = f"/applications/{server.world.application_id}/commands"
    first = await api.send("PUT", path, [command("ask"), command("cases"), command("größe")])
    second = await api.send("PUT", path, [command("ask", description="Ask on")])
    assert [c["name"] for c in second.body] == ["ask"]
    assert second.body[0]["id"] == first.body[0]["id"]
    assert (await api.send("GET", f"{path}/{first.body[0]['id']}")).body["description"] == "Ask on"


@pytest.mark.parametrize(("name", "error"), [("", MISSING), ("x" * 101, BAD)])
async def test_a_thread_name_has_a_hundred_characters(
    server: DiscordServer, api: Api, channel: Channel, name: str, error: str
) -> None:
    with server.expecting(code=50035):
        answer = await api.post(f"/channels/{channel.id}/threads", {"name": name, "type": 11})
    assert answer.error("name") == error
