"""Screens as a terminal shows them: texts, lines to choose from, and what can be typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.adapters.terminal.markup import Reader, to_rich
from bot.chat.fit import fit
from bot.chat.screen import Button, Menu, Screen, Style

ROOM = 1_000_000
"""Characters of a screen: a terminal scrolls."""

_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Key:
    """What is typed, behind a slash, to press a button or to pick from a menu."""

    name: str
    control: Button | Menu

    @property
    def typed(self) -> str:
        """The name with its slash."""
        return f"/{self.name}"


def keys_of(screen: Screen) -> tuple[Key, ...]:
    """What can be pressed; labels that come twice are numbered."""
    count: Counter[str] = Counter()
    keys = []
    for control in screen.controls:
        if isinstance(control, Button | Menu):
            name = _NO_LETTER.sub("-", control.label.casefold()).strip("-") or "press"
            count[name] += 1
            number = f"-{count[name]}" if count[name] > 1 else ""
            keys.append(Key(f"{name}{number}", control))
    return tuple(keys)


def lone_menu(screen: Screen) -> Key | None:
    """The menu from which a number alone picks, where plain lines are for nothing else."""
    menus = [key for key in keys_of(screen) if isinstance(key.control, Menu)]
    return menus[0] if len(menus) == 1 else None


def meanings_of(screen: Screen) -> tuple[Key, ...]:
    """What something typed may mean: a number picks it."""
    return tuple(
        key
        for key in keys_of(screen)
        if isinstance(key.control, Button) and key.control.style is Style.CHOICE
    )


def numbered(keys: Sequence[Key], line: str) -> Key | None:
    """The key that a number picks; None where a line is no number of one."""
    typed = line.strip()
    number = int(typed[:4]) if typed.isascii() and typed.isdecimal() else 0
    return keys[number - 1] if 1 <= number <= len(keys) else None


def draw(
    screen: Screen, reader: Reader, lines: Sequence[str] = (), *, free: bool = True
) -> RenderableType:
    """A screen.

    Args:
        screen: what is to be seen.
        reader: whoever sees it.
        lines: what is said below its texts, about its files.
        free: plain lines are for nothing else.
    """
    keys = keys_of(screen)
    named = replace(reader, keys=_by_label(keys))
    blocks: list[RenderableType] = [to_rich(text, named) for text in fit(screen.blocks, ROOM)]
    if lines:
        blocks.append(Text("\n".join(lines), "green"))
    choices = meanings_of(screen)
    if choices:
        blocks.append(_numbered([key.control.label for key in choices]))
    alone = lone_menu(screen) if free else None
    blocks += [_menu(key, reader, alone) for key in keys if isinstance(key.control, Menu)]
    buttons = [key for key in keys if isinstance(key.control, Button) and key not in choices]
    if shown := [key for key in buttons if key.control.id != screen.typed]:
        blocks.append(Text(" · ", "dim").join(Text(key.typed, _style(key)) for key in shown))
    spaced = [part for block in blocks for part in (Text(), block)]
    return Group(*spaced[1:])


def _menu(key: Key, reader: Reader, alone: Key | None) -> RenderableType:
    assert isinstance(key.control, Menu)
    say, label = reader.phrases.say, key.control.label
    # The form that takes a plain line at a step takes the number of an answer, too.
    typed = key == alone or label == say("label_choose_answer")
    head = say("terminal_menu", label=label, name="" if typed else key.name)
    return Group(Text(head, "dim"), _numbered([option.label for option in key.control.options]))


def _numbered(labels: Sequence[str]) -> Table:
    lines = Table.grid(padding=(0, 2))
    for number, label in enumerate(labels, 1):
        words = label.removeprefix(f"{number}. ")
        lines.add_row("", Text(str(number), "cyan", justify="right"), Text(words))
    return lines


def _by_label(keys: Sequence[Key]) -> Mapping[str, str]:
    return {key.control.label: key.typed for key in reversed(keys)}


def _style(key: Key) -> str:
    danger = isinstance(key.control, Button) and key.control.style is Style.DANGER
    return "red" if danger else "cyan"
