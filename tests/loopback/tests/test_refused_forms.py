"""What Discord refuses in forms and completions."""

from __future__ import annotations

import pytest

from tests.loopback.constants import InteractionType, Json
from tests.loopback.server import DiscordServer
from tests.loopback.world.model import Interaction

from .api import Api
from .bodies import (
    BAD,
    LONG,
    MISSING,
    Case,
    Path,
    button,
    cases,
    field,
    labeled,
    modal,
    option,
    row,
    select,
)

INPUT = "data", "components", 0, "components", 0
MODALS: list[Case] = [
    ("title", modal(title="x" * 46), ("data", "title"), BAD),
    ("custom id", modal(custom_id="x" * 101), ("data", "custom_id"), BAD),
    (
        "six fields",
        modal(*(row(field(custom_id=str(i))) for i in range(6))),
        ("data", "components"),
        BAD,
    ),
    ("label", modal(row(field(label="x" * 46))), (*INPUT, "label"), BAD),
    ("placeholder", modal(row(field(placeholder="x" * 101))), (*INPUT, "placeholder"), LONG),
    ("value", modal(row(field(value="x" * 4001))), (*INPUT, "value"), LONG),
    ("max length", modal(row(field(max_length=4001))), (*INPUT, "max_length"), "NUMBER_TYPE_MAX"),
    ("two in a row", modal(row(field(), field(custom_id="g"))), INPUT[:-1], BAD),
    (
        "button in a form",
        modal(row(button())),
        (*INPUT, "type"),
        "BASE_TYPE_CHOICES",
    ),
    (
        "label of a label",
        modal(labeled(field(label=None), label="x" * 46)),
        ("data", "components", 0, "label"),
        BAD,
    ),
    (
        "same custom id",
        modal(row(field()), row(field())),
        ("data", "components", 1, "components", 0, "custom_id"),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
]


def an_interaction(server: DiscordServer, kind: InteractionType, data: Json) -> Interaction:
    guild = server.guild("Valley Alliance")
    rosa = guild.member("Rosa")
    return server.world.interact(kind, rosa.user, guild.channel("questions"), data)


@pytest.mark.parametrize(("body", "path", "error"), cases(MODALS))
async def test_a_form_over_a_limit_is_refused(
    server: DiscordServer, api: Api, body: Json, path: Path, error: str
) -> None:
    interaction = an_interaction(server, InteractionType.COMMAND, {"name": "ask"})
    with server.expecting(code=50035, times=1):
        answer = await api.callback(interaction, 9, body)
    assert answer.error(*path) == error
    assert not interaction.acknowledged


@pytest.mark.parametrize(
    "component",
    [
        field(label=None),
        select(),
        {"type": 5, "custom_id": "u"},
        {"type": 19, "custom_id": "f"},
        {"type": 21, "custom_id": "r", "options": [option("a"), option("b")]},
        {"type": 22, "custom_id": "c", "options": [option("a")]},
        {"type": 23, "custom_id": "b"},
    ],
    ids=["text", "menu", "users", "files", "radio", "checkboxes", "checkbox"],
)
async def test_a_label_takes_every_kind_of_field(
    server: DiscordServer, api: Api, component: Json
) -> None:
    interaction = an_interaction(server, InteractionType.COMMAND, {"name": "ask"})
    assert (await api.callback(interaction, 9, modal(labeled(component)))).status == 200


@pytest.mark.parametrize(
    ("choices", "path", "error"),
    [
        ([{"name": str(i), "value": "v"} for i in range(26)], ("choices",), LONG),
        ([{"name": "x" * 101, "value": "v"}], ("choices", 0, "name"), BAD),
        ([{"name": "", "value": "v"}], ("choices", 0, "name"), MISSING),
        ([{"name": "n", "value": "x" * 101}], ("choices", 0, "value"), BAD),
    ],
)
async def test_completions_over_a_limit_are_refused(
    server: DiscordServer,
    api: Api,
    choices: list[Json],
    path: Path,
    error: str,
) -> None:
    typed = {"type": 3, "name": "title", "value": "a", "focused": True}
    data = {"name": "passage", "options": [typed]}
    interaction = an_interaction(server, InteractionType.AUTOCOMPLETE, data)
    with server.expecting(code=50035):
        answer = await api.callback(interaction, 8, {"choices": choices})
    assert answer.error("data", *path) == error
