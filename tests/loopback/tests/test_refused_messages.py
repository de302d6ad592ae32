"""What Discord refuses in a message's text, embeds, files and references."""

from __future__ import annotations

import pytest

from tests.loopback.constants import Json
from tests.loopback.limits import LIMITS
from tests.loopback.server import DiscordServer
from tests.loopback.world.channels import Channel

from .api import Api
from .bodies import LONG, MISSING, Case, Path, cases, embed

MESSAGES: list[Case] = [
    ("content", {"content": "x" * 2001}, ("content",), LONG),
    ("nonce", {"content": "x", "nonce": "n" * 26}, ("nonce",), LONG),
    ("embed title", embed(title="x" * 257), ("embeds", 0, "title"), LONG),
    ("embed description", embed(description="x" * 4097), ("embeds", 0, "description"), LONG),
    ("embed footer", embed(footer={"text": "x" * 2049}), ("embeds", 0, "footer", "text"), LONG),
    ("embed author", embed(author={"name": "x" * 257}), ("embeds", 0, "author", "name"), LONG),
    ("fields", embed(fields=[{"name": "n", "value": "v"}] * 26), ("embeds", 0, "fields"), LONG),
    (
        "field name",
        embed(fields=[{"name": "x" * 257, "value": "v"}]),
        ("embeds", 0, "fields", 0, "name"),
        LONG,
    ),
    (
        "field value",
        embed(fields=[{"name": "n", "value": "x" * 1025}]),
        ("embeds", 0, "fields", 0, "value"),
        LONG,
    ),
    (
        "empty field value",
        embed(fields=[{"name": "n", "value": " "}]),
        ("embeds", 0, "fields", 0, "value"),
        MISSING,
    ),
    ("eleven embeds", {"embeds": [{"title": "t"}] * 11}, ("embeds",), LONG),
    (
        "embeds together",
        {"embeds": [{"description": "x" * 3001}, {"description": "x" * 3000}]},
        ("embeds",),
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    (
        "users twice",
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        ("allowed_mentions",),
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    (
        "reply to nothing",
        {"content": "x", "message_reference": {"message_id": "1"}},
        ("message_reference",),
        "REPLIES_UNKNOWN_MESSAGE",
    ),
]


@pytest.mark.parametrize(("body", "path", "error"), cases(MESSAGES))
async def test_a_message_over_a_limit_is_refused_with_the_path_to_the_field(
    server: DiscordServer, api: Api, channel: Channel, body: Json, path: Path, error: str
) -> None:
    with server.expecting(code=50035, times=1):
        answer = await api.post(f"/channels/{channel.id}/messages", body)
    assert answer.status == 400
    assert answer.error(*path) == error
    assert not channel.history


@pytest.mark.parametrize("body", [{}, {"content": "  \n "}, {"embeds": [{}]}])
async def test_an_empty_message_is_refused(
    server: DiscordServer, api: Api, channel: Channel, body: Json
) -> None:
    with server.expecting(code=50006):
        answer = await api.post(f"/channels/{channel.id}/messages", body)
    assert (answer.status, answer.code) == (400, 50006)


async def test_files_are_limited_in_number_and_size(
    server: DiscordServer, api: Api, channel: Channel
) -> None:
    path = f"/channels/{channel.id}/messages"
    many = {f"files[{i}]": (f"{i}.txt", b"x") for i in range(11)}
    with server.expecting(code=50035):
        assert (await api.post(path, files=many)).error("attachments") == LONG
    big = {"files[0]": ("big.bin", b"x" * (LIMITS["ATTACHMENT_BYTES"] + 1))}
    with server.expecting(code=40005):
        assert (await api.post(path, files=big)).status == 413
    missing = {"attachments": [{"id": 3, "filename": "a.txt"}], "content": "x"}
    with server.expecting(code=50035):
        answer = await api.post(path, missing)
    assert answer.error("attachments", 0, "id") == "ATTACHMENT_NOT_FOUND"


async def test_an_unknown_route_is_a_violation_of_its_own_kind(
    server: DiscordServer, api: Api
) -> None:
    with server.expecting(kind="unimplemented route", times=1) as expected:
        answer = await api.post("/guilds/1/soundboard-sounds", {})
    assert (answer.status, answer.body) == (404, {"message": "404: Not Found", "code": 0})
    assert expected.seen[0].path == "/guilds/1/soundboard-sounds"


async def test_a_wrong_token_is_refused(server: DiscordServer, api: Api) -> None:
    api.headers["Authorization"] = "Bot wrong"
    with server.expecting(status=401):
        assert (await api.send("GET", "/users/@me")).code == 0
