"""Buttons, menus and forms as an earlier version sent them, put where it had sent them.

`custom_ids.json` says what there was; nothing here knows the program that is tested.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp

from tests.loopback import (
    Channel,
    DiscordServer,
    Interaction,
    Member,
    Message,
    Modal,
    Response,
)
from tests.loopback.constants import (
    ChannelType,
    Component,
    InteractionType,
    Json,
    MessageFlag,
)

T = TypeVar("T", bound=Callable[..., object])

KINDS: Mapping[str, Json] = {
    kind["name"]: kind
    for kind in json.loads(Path(__file__).with_name("custom_ids.json").read_text("utf-8"))["kinds"]
}
"""Everything that had a custom id, by name."""

USED: set[str] = set()
"""The kinds that some test uses."""

_MENUS = {
    "string select": Component.STRING_SELECT,
    "role select": Component.ROLE_SELECT,
    "channel select": Component.CHANNEL_SELECT,
}
_STYLES = {"short": 1, "paragraph": 2}


def uses(*names: str) -> Callable[[T], T]:
    """Marks a test with the kinds that it uses."""
    assert set(names) <= KINDS.keys(), names
    USED.update(names)
    return lambda test: test


def custom_id(kind: str, shape: int = 0, /, **parts: object) -> str:
    """A custom id; `shape` picks one of those that it could have."""
    return str(KINDS[kind]["shapes"][shape].format(**parts))


def button(kind: str, shape: int = 0, /, **parts: object) -> Json:
    """A button with its label."""
    shown = {"type": int(Component.BUTTON), "style": 2, "label": KINDS[kind]["label"]}
    return shown | {"custom_id": custom_id(kind, shape, **parts)}


def menu(kind: str, *picks: object, **parts: object) -> Json:
    """A menu from which these can be picked."""
    control = KINDS[kind]["control"]
    shown: Json = {
        "type": int(_MENUS[control]),
        "custom_id": custom_id(kind, **parts),
        "placeholder": KINDS[kind]["label"],
        "min_values": 0,
        "max_values": max(len(picks), 1),
    }
    if control == "string select":
        shown["options"] = [{"label": str(pick), "value": str(pick)} for pick in picks]
    return shown


class Earlier:
    """What an earlier version sent.

    People press, pick and send what is named by its kind; `parts` fill its custom id, in which the
    alliance is that of the place unless it is given. With `private` only they see the message.
    """

    def __init__(self, server: DiscordServer) -> None:
        self._server = server
        self._http = aiohttp.ClientSession(headers={"Authorization": f"Bot {server.token}"})
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.close()

    async def sent(
        self,
        place: Channel,
        *controls: Json,
        to: Member | None = None,
        text: str = "Some text.",
        text_id: int = 0,
    ) -> Message:
        """A message of the bot, with buttons or a menu.

        Only `to` sees it, if that is given. Notices without buttons were known by a `text_id`.
        """
        shown: list[Json] = [{"type": int(Component.TEXT_DISPLAY), "content": text}]
        if text_id:
            shown[0]["id"] = text_id
        if controls:
            shown.append({"type": int(Component.ACTION_ROW), "components": list(controls)})
        body = {"flags": int(MessageFlag.COMPONENTS_V2), "components": shown}
        message = place.messages[await self._posts(f"/channels/{place.id}/messages", body)]
        if to is not None:
            message.visible_to = to.user
            message.flags |= MessageFlag.EPHEMERAL
        return message

    async def opens_thread(
        self, place: Channel, name: str, *, on: Message | None = None
    ) -> Channel:
        """A thread of the bot, under a message or by itself."""
        body = {"name": name} if on else {"name": name, "type": int(ChannelType.PUBLIC_THREAD)}
        start = f"/messages/{on.id}" if on else ""
        number = await self._posts(f"/channels/{place.id}{start}/threads", body)
        return next(thread for thread in place.threads if thread.id == number)

    async def clicks(
        self,
        who: Member,
        kind: str,
        /,
        *,
        in_: Channel,
        private: bool = False,
        shape: int = 0,
        **parts: object,
    ) -> Response:
        """Somebody presses a button."""
        control = button(kind, shape, **_with_alliance(in_, parts))
        message = await self.sent(in_, control, to=who if private else None)
        return await who.clicks(control["custom_id"], on=message)

    async def selects(
        self,
        who: Member,
        kind: str,
        /,
        *picks: object,
        in_: Channel,
        private: bool = False,
        **parts: object,
    ) -> Response:
        """Somebody picks something in a menu: values, or channels or roles."""
        control = menu(kind, *picks, **_with_alliance(in_, parts))
        message = await self.sent(in_, control, to=who if private else None)
        return await who.selects(control["custom_id"], *picks, on=message)

    async def submits(
        self,
        who: Member,
        kind: str,
        answers: Mapping[str, str],
        /,
        *,
        in_: Channel,
        on: Message | None = None,
        fields: Sequence[str] = (),
        shape: int = 0,
        **parts: object,
    ) -> Response:
        """Somebody sends a form that they had open.

        Args:
            who: the person.
            kind: of form.
            answers: by the label of the field.
            in_: where it was opened.
            on: the message with the button that opened it; without one it was a command.
            fields: the ids of the fields it had; all when left out.
            shape: which of the custom ids it can have.
            parts: fill that.
        """
        form = KINDS[kind]
        opener = Interaction(
            id=in_.id - next(self._numbers),
            token=f"earlier-{next(self._numbers)}",
            type=InteractionType.COMMAND if on is None else InteractionType.COMPONENT,
            user=who.user,
            channel=in_,
            data={},
            created=0.0,
            member=who if in_.guild else None,
            guild=in_.guild,
            message=on,
        )
        rows = [
            _row(field) for field in form["fields"] if not fields or field["custom_id"] in fields
        ]
        id_ = custom_id(kind, shape, **_with_alliance(in_, parts))
        return await who.submits(Modal(opener, id_, form["title"], rows), answers)

    async def _posts(self, path: str, body: Json) -> int:
        """Post something in the bot's name; its id."""
        async with self._http.post(self._server.api_url + path, json=body) as answer:
            assert answer.ok, await answer.text()
            return int((await answer.json())["id"])


def _with_alliance(place: Channel, parts: Mapping[str, object]) -> Mapping[str, object]:
    return parts if place.guild is None else {"alliance": place.guild.id, **parts}


def _row(field: Mapping[str, Any]) -> Json:
    component = {
        "type": int(Component.TEXT_INPUT),
        "custom_id": field["custom_id"],
        "style": _STYLES[field["style"]],
        "required": field["required"],
        "max_length": field["max_length"],
    }
    return {"type": int(Component.LABEL), "label": field["label"], "component": component}
