"""Commands with a word behind them, and the numbers people type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import process
from rich.console import RenderableType
from rich.text import Text

from bot.core.phrases import Phrases

_NEAR = 55
_NO_SUCH = -1

Command = Callable[[str], RenderableType]


def subcommand(
    command: str, known: Mapping[str, Command], line: str, phrases: Phrases
) -> RenderableType:
    """What comes of `line` behind `command`; alone it lists."""
    name, _, rest = (line or "list").partition(" ")
    if name.lower() in known:
        return known[name.lower()](rest.strip().removeprefix("name:").removeprefix("run:"))
    near = process.extractOne(name.lower(), list(known), score_cutoff=_NEAR)
    return unknown_command(
        f"{command} {name}", f"{command} {near[0]}" if near else "", phrases, [*known]
    )


def unknown_command(
    name: str, near: str, phrases: Phrases, known: Sequence[str] = ()
) -> RenderableType:
    """Says that there is no such command, and what there is."""
    return Text(phrases.say("command_unknown", name=name, near=near, known=known))


def number_of(text: str) -> int | None:
    """The number of a run or commitment, with or without its #; None if it is something else."""
    digits = text.removeprefix("run:").removeprefix("#").strip()
    if not (digits.isascii() and digits.isdecimal()):
        return None
    return int(digits) if len(digits) < 16 else _NO_SUCH
