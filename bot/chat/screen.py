"""What is to be seen, and what is to be typed: values that every adapter draws in its way.

Texts are Markdown as Discord reads it. Ids of buttons, menus and forms are made by
`bot.chat.action.Action` and find their way back to a flow.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from bot.chat.fit import Block

LONGEST_TEXT = 4000
"""Characters that can be typed into a field."""


class Style(StrEnum):
    """What pressing a button means; CHOICE is one of the things that something typed may mean."""

    PLAIN = "plain"
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press."""

    label: str
    id: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a menu; `value` is what the flow gets."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """Something to pick from, one line or up to `most`."""

    label: str
    id: str
    options: tuple[Option, ...]
    most: int = 1


@dataclass(frozen=True, slots=True)
class Picker:
    """A menu over the channels or roles of the alliance.

    Attributes:
        chosen: those that are picked already.
        forums: forums are among the channels.
    """

    kind: Literal["channel", "role"]
    label: str
    id: str
    chosen: tuple[int, ...] = ()
    most: int = 1
    forums: bool = False


Control = Button | Menu | Picker
Row = Sequence[Control]


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a screen; a picture is shown as one."""

    name: str
    data: bytes = field(repr=False)
    picture: bool = False

    @classmethod
    def of_json(cls, name: str, content: Mapping[str, Any]) -> File:
        """A file of JSON that people can read."""
        text = json.dumps(content, ensure_ascii=False, indent=2)
        return cls(name, text.encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True, init=False)
class Screen:
    """One message.

    Attributes:
        blocks: texts below each other; empty ones are left out, see `bot.chat.fit.fit`.
        rows: buttons next to each other, or a menu; empty rows are left out.
        files: what goes with it.
        typed: the id of the button whose form takes a line that is typed here, where there is one.
    """

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Control, ...], ...]
    files: tuple[File, ...]
    typed: str

    def __init__(
        self,
        *blocks: Block,
        rows: Sequence[Row] = (),
        files: Sequence[File] = (),
        typed: str = "",
    ) -> None:
        object.__setattr__(self, "blocks", blocks)
        object.__setattr__(self, "rows", tuple(tuple(row) for row in rows if row))
        object.__setattr__(self, "files", tuple(files))
        object.__setattr__(self, "typed", typed)

    def below(self, lead: Block) -> Screen:
        """The same with something above it."""
        return Screen(lead, *self.blocks, rows=self.rows, files=self.files, typed=self.typed)

    @property
    def controls(self) -> tuple[Control, ...]:
        """All buttons and menus, in order."""
        return tuple(control for row in self.rows for control in row)


@dataclass(frozen=True, slots=True)
class Field:
    """Something to type.

    Attributes:
        id: the name under which the flow gets it.
        value: what it is filled with.
        hint: stands in it while it is empty; `help` below its label.
        most: characters it takes.
        long: several lines.
    """

    id: str
    label: str
    value: str = ""
    hint: str = ""
    help: str = ""
    most: int = LONGEST_TEXT
    required: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Fields to fill in; sending them calls the flow that `submits` its id.

    `again` opens it once more where it could not be shown in time; a form behind a button needs none.
    """

    title: str
    id: str
    fields: tuple[Field, ...]
    again: Button | None = None
