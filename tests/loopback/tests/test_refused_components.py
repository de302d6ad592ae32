"""What Discord refuses in a message's components."""

from __future__ import annotations

import pytest

from tests.loopback.constants import Json
from tests.loopback.server import DiscordServer
from tests.loopback.world.channels import Channel

from .api import Api
from .bodies import (
    BAD,
    LONG,
    MISSING,
    Case,
    Path,
    button,
    cases,
    components,
    option,
    row,
    select,
    text,
    thumbnail,
)

FIVE = range(5)
ROW = "components", 0, "components"
COMPONENTS: list[Case] = [
    (
        "six rows",
        components(*(row(button(custom_id=str(i))) for i in range(6))),
        ("components",),
        LONG,
    ),
    ("six buttons", components(row(*(button(custom_id=str(i)) for i in range(6)))), ROW, BAD),
    ("empty row", components(row()), ROW, BAD),
    ("label", components(row(button("x" * 81))), (*ROW, 0, "label"), LONG),
    ("custom id", components(row(button(custom_id="x" * 101))), (*ROW, 0, "custom_id"), BAD),
    ("no custom id", components(row(button(custom_id=""))), (*ROW, 0, "custom_id"), MISSING),
    (
        "same custom id",
        components(row(button()), row(button())),
        ("components", 1, "components", 0, "custom_id"),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (
        "nothing on a button",
        components(row({"type": 2, "style": 1, "custom_id": "a"})),
        (*ROW, 0),
        "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
    ),
    ("link", components(row({"type": 2, "style": 5, "label": "a"})), (*ROW, 0, "url"), MISSING),
    (
        "26 options",
        components(row(select(*(option(str(i)) for i in range(26))))),
        (*ROW, 0, "options"),
        BAD,
    ),
    (
        "no options",
        components(row({"type": 3, "custom_id": "menu", "options": []})),
        (*ROW, 0, "options"),
        BAD,
    ),
    (
        "option label",
        components(row(select({"label": "x" * 101, "value": "a"}))),
        (*ROW, 0, "options", 0, "label"),
        BAD,
    ),
    (
        "option value",
        components(row(select({"label": "a", "value": "x" * 101}))),
        (*ROW, 0, "options", 0, "value"),
        BAD,
    ),
    (
        "option description",
        components(row(select(option(description="x" * 101)))),
        (*ROW, 0, "options", 0, "description"),
        LONG,
    ),
    (
        "same option",
        components(row(select(option(), option()))),
        (*ROW, 0, "options", 1, "value"),
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    (
        "placeholder",
        components(row(select(placeholder="x" * 151))),
        (*ROW, 0, "placeholder"),
        LONG,
    ),
    (
        "max values",
        components(row(select(max_values=26))),
        (*ROW, 0, "max_values"),
        "NUMBER_TYPE_MAX",
    ),
    (
        "min over max",
        components(row(select(option("a"), option("b"), min_values=2))),
        (*ROW, 0, "min_values"),
        "SELECT_COMPONENT_MIN_VALUES_EXCEEDED",
    ),
    (
        "button beside a menu",
        components(row(button(), select())),
        (*ROW, 1),
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    ("text without the flag", components(text()), ("components", 0, "type"), "BASE_TYPE_CHOICES"),
    (
        "content beside V2",
        {"content": "x", **components(text(), v2=True)},
        ("content",),
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    (
        "embeds beside V2",
        {"embeds": [{"title": "x"}], **components(text(), v2=True)},
        ("embeds",),
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    ("41 components", components(*[text()] * 41, v2=True), ("components",), LONG),
    (
        "41 nested components",
        components({"type": 17, "components": [text("x")] * 40}, v2=True),
        ("components",),
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    (
        "text over all",
        components(text("x" * 2001), text("x" * 2000), v2=True),
        ("components",),
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    ("long text", components(text("x" * 4001), v2=True), ("components", 0, "content"), BAD),
    (
        "four texts in a section",
        components({"type": 9, "components": [text()] * 4, "accessory": thumbnail()}, v2=True),
        ROW,
        BAD,
    ),
    (
        "section without accessory",
        components({"type": 9, "components": [text()]}, v2=True),
        ("components", 0, "accessory"),
        MISSING,
    ),
    (
        "container in a container",
        components({"type": 17, "components": [{"type": 17, "components": [text()]}]}, v2=True),
        (*ROW, 0, "type"),
        "BASE_TYPE_CHOICES",
    ),
    (
        "eleven pictures",
        components(
            {"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}}] * 11},
            v2=True,
        ),
        ("components", 0, "items"),
        BAD,
    ),
    (
        "file by address",
        components({"type": 13, "file": {"url": "https://example.org/a.pdf"}}, v2=True),
        ("components", 0, "file", "url"),
        "UNFURLED_MEDIA_ITEM_ATTACHMENT_REFERENCE_REQUIRED",
    ),
    (
        "file that is not attached",
        components({"type": 13, "file": {"url": "attachment://a.pdf"}}, v2=True),
        ("components",),
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    (
        "spacing",
        components({"type": 14, "spacing": 3}, v2=True),
        ("components", 0, "spacing"),
        "BASE_TYPE_CHOICES",
    ),
]


@pytest.mark.parametrize(("body", "path", "error"), cases(COMPONENTS))
async def test_a_message_with_wrong_components_is_refused_with_the_path_to_the_field(
    server: DiscordServer, api: Api, channel: Channel, body: Json, path: Path, error: str
) -> None:
    with server.expecting(code=50035, times=1):
        answer = await api.post(f"/channels/{channel.id}/messages", body)
    assert answer.status == 400
    assert answer.error(*path) == error
    assert not channel.history


FITS: list[tuple[str, Json]] = [
    ("content", {"content": "x" * 2000}),
    ("embeds", {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3000}]}),
    ("rows", components(*(row(*(button(custom_id=f"{i}{j}") for j in FIVE)) for i in FIVE))),
    ("menu", components(row(select(*(option(str(i)) for i in range(25)), max_values=25)))),
    ("v2", components({"type": 17, "components": [text("x" * 100)] * 39}, v2=True)),
    ("section", components({"type": 9, "components": [text()], "accessory": button()}, v2=True)),
]


@pytest.mark.parametrize("body", cases(FITS))
async def test_a_message_that_just_fits_is_taken(api: Api, channel: Channel, body: Json) -> None:
    answer = await api.post(f"/channels/{channel.id}/messages", body)
    assert answer.status == 200
    assert len(channel.history) == 1
