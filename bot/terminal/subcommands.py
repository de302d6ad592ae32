"""Commands with a word behind them, and the numbers people type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapidfuzz import process
from rich.console import RenderableType
from rich.text import Text

_NEAR = 55
_NO_SUCH = -1

Command = Callable[[str], RenderableType]


def subcommand(command: str, known: Mapping[str, Command], line: str) -> RenderableType:
    """What comes of `line` behind `command`; alone it lists."""
    name, _, rest = (line or "list").partition(" ")
    if name.lower() in known:
        return known[name.lower()](rest.strip().removeprefix("name:").removeprefix("run:"))
    near = process.extractOne(name.lower(), list(known), score_cutoff=_NEAR)
    meant = f"did you mean {command} {near[0]}?" if near else f"there is {', '.join(known)}."
    return Text(f"There is no {command} {name}; {meant}")


def number_of(text: str) -> int | None:
    """The number of a run or commitment, with or without its #; None if it is something else."""
    digits = text.removeprefix("run:").removeprefix("#").strip()
    if not (digits.isascii() and digits.isdecimal()):
        return None
    return int(digits) if len(digits) < 16 else _NO_SUCH
