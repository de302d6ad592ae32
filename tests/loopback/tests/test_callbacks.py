"""The rules of answering interactions: when, how often, with what, for how long."""

from __future__ import annotations

import pytest

from tests.loopback.clock import ManualClock
from tests.loopback.constants import InteractionType, Json
from tests.loopback.server import DiscordServer
from tests.loopback.world.channels import Channel
from tests.loopback.world.guilds import Member
from tests.loopback.world.model import Interaction, Message

from .api import Api

T = InteractionType
ROW: Json = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}


@pytest.fixture
def command(server: DiscordServer, rosa: Member, channel: Channel) -> Interaction:
    return server.world.interact(T.COMMAND, rosa.user, channel, {"name": "ask"})


@pytest.fixture
async def message(api: Api, channel: Channel) -> Message:
    body = {"content": "Step", "components": [ROW]}
    sent = await api.post(f"/channels/{channel.id}/messages", body)
    return channel.messages[int(sent.body["id"])]


@pytest.fixture
def click(server: DiscordServer, rosa: Member, message: Message) -> Interaction:
    data = {"component_type": 2, "custom_id": "go"}
    return server.world.interact(T.COMPONENT, rosa.user, message.channel, data, message=message)


async def test_an_answer_after_three_seconds_is_refused(
    server: DiscordServer, api: Api, command: Interaction, clock: ManualClock
) -> None:
    with server.expecting(kind="unacknowledged"):
        clock.advance(3.1)
    with server.expecting(code=10062):
        assert (await api.callback(command, 4, {"content": "late"})).status == 404
    assert not command.acknowledged


async def test_a_second_answer_is_refused(
    server: DiscordServer, api: Api, command: Interaction
) -> None:
    assert (await api.callback(command, 4, {"content": "x"})).status == 200
    with server.expecting(kind="double acknowledgement"):
        assert (await api.callback(command, 5)).code == 40060


@pytest.mark.parametrize("kind", [1, 6, 7, 8])
async def test_a_command_can_not_be_answered_like_a_click_or_a_completion(
    server: DiscordServer, api: Api, command: Interaction, kind: int
) -> None:
    with server.expecting(code=50035):
        assert (await api.callback(command, kind)).error("type") == "BASE_TYPE_CHOICES"


async def test_a_form_does_not_open_a_form(
    server: DiscordServer, api: Api, rosa: Member, command: Interaction, channel: Channel
) -> None:
    form = server.world.interact(
        T.MODAL_SUBMIT, rosa.user, channel, {"custom_id": "m"}, opened_by=command
    )
    with server.expecting(code=50035):
        assert (await api.callback(form, 9, {})).status == 400


async def test_an_answer_says_what_became_of_it(
    server: DiscordServer, api: Api, command: Interaction
) -> None:
    answer = await api.callback(command, 5, {"flags": 64})
    shown = answer.body["interaction"]
    assert shown["response_message_loading"] is True
    assert shown["response_message_ephemeral"] is True
    assert answer.body["resource"]["message"]["flags"] == 64 | 128


async def test_an_ephemeral_message_is_out_of_reach_for_the_channel_routes(
    server: DiscordServer, api: Api, command: Interaction, channel: Channel
) -> None:
    await api.callback(command, 4, {"content": "private", "flags": 64})
    assert command.original is not None
    path = f"/channels/{channel.id}/messages/{command.original.id}"
    for method, body in (("GET", None), ("PATCH", {"content": "x"}), ("DELETE", None)):
        with server.expecting(code=10008):
            assert (await api.send(method, path, body)).code == 10008
    edited = await api.webhook(command, "PATCH", "/messages/@original", {"content": "changed"})
    assert edited.body["content"] == command.original.content == "changed"
    fetched = await api.webhook(command, "GET", "/messages/@original")
    assert fetched.body["flags"] == 64
    assert channel.history == []


async def test_a_token_works_for_fifteen_minutes(
    server: DiscordServer, api: Api, command: Interaction, clock: ManualClock
) -> None:
    await api.callback(command, 4, {"content": "x"})
    clock.advance(14 * 60)
    assert (await api.webhook(command, "POST", "", {"content": "more"})).status == 200
    clock.advance(61)
    with server.expecting(code=50027):
        refused = await api.webhook(command, "POST", "", {"content": "too late"})
    assert refused.status == 401


async def test_there_is_no_webhook_before_the_answer(
    server: DiscordServer, api: Api, command: Interaction
) -> None:
    with server.expecting(code=10015):
        assert (await api.webhook(command, "POST", "", {"content": "early"})).status == 404


async def test_follow_ups_are_edited_and_deleted_by_their_own_interaction_only(
    server: DiscordServer, api: Api, command: Interaction, click: Interaction
) -> None:
    await api.callback(command, 4, {"content": "x"})
    await api.callback(click, 6)
    sent = (await api.webhook(command, "POST", "", {"content": "more", "flags": 64})).body
    end = f"/messages/{sent['id']}"
    assert (await api.webhook(command, "PATCH", end, {"content": "changed"})).status == 200
    with server.expecting(code=10008):
        await api.webhook(click, "PATCH", end, {"content": "stolen"})
    assert (await api.webhook(command, "DELETE", end)).status == 204
    with server.expecting(code=10008):
        await api.webhook(command, "GET", end)


async def test_a_deferred_click_changes_the_message_it_was_made_on(
    api: Api, click: Interaction, message: Message
) -> None:
    await api.callback(click, 6)
    assert click.outcomes == []
    await api.webhook(click, "PATCH", "/messages/@original", {"content": "Step 2"})
    assert message.content == "Step 2"
    assert message.components
    assert [outcome.kind for outcome in click.outcomes] == ["update"]


async def test_an_edit_over_the_channel_also_answers_a_deferred_click(
    api: Api, click: Interaction, message: Message
) -> None:
    await api.callback(click, 6)
    path = f"/channels/{message.channel.id}/messages/{message.id}"
    await api.send("PATCH", path, {"content": "Step 2", "components": []})
    assert [outcome.kind for outcome in click.outcomes] == ["update"]


async def test_the_errors_of_an_answer_stand_below_data(
    server: DiscordServer, api: Api, command: Interaction
) -> None:
    with server.expecting(code=50035):
        answer = await api.callback(command, 4, {"content": "x" * 2001})
    assert answer.error("data", "content") == "BASE_TYPE_MAX_LENGTH"
    with server.expecting(code=50006):
        await api.callback(command, 4, {"content": ""})
    assert (await api.callback(command, 4, {"content": "short"})).status == 200


async def test_an_edit_can_turn_a_message_into_components_only_when_its_content_goes(
    server: DiscordServer, api: Api, message: Message
) -> None:
    path = f"/channels/{message.channel.id}/messages/{message.id}"
    body: Json = {"flags": 1 << 15, "components": [{"type": 10, "content": "text"}]}
    with server.expecting(code=50035):
        await api.send("PATCH", path, body)
    assert (await api.send("PATCH", path, body | {"content": None})).status == 200
    with server.expecting(code=50035):
        await api.send("PATCH", path, {"content": "back again"})
    assert message.text == "text"


async def test_a_file_that_stays_can_be_shown_by_an_edit(api: Api, channel: Channel) -> None:
    path = f"/channels/{channel.id}/messages"
    shown: Json = {"type": 13, "file": {"url": "attachment://a.md"}}
    body: Json = {"flags": 1 << 15, "components": [shown]}
    sent = await api.post(path, body, files={"files[0]": ("a.md", b"abc")})
    text: Json = {"type": 10, "content": "The brief"}
    edited = await api.send("PATCH", f"{path}/{sent.body['id']}", {"components": [text, shown]})
    file = edited.body["components"][1]
    assert (file["name"], file["size"]) == ("a.md", 3)
    assert file["file"]["url"].startswith("http://127.0.0.1")
