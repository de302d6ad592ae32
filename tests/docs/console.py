"""Blocks of pages that show commands: what was typed, and what is to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"(?:you|answer) › (.*)")


@dataclass
class Shown:
    """A command, the lines typed into it, and those that are printed."""

    command: str
    typed: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


@dataclass
class Block:
    """A block marked `console`, by its place."""

    place: str
    runs: Sequence[Shown]


def blocks() -> Iterator[Block]:
    """All of them, page by page."""
    for page in PAGES:
        for number, block in enumerate(_BLOCK.findall(page.read_text("utf-8")), 1):
            yield Block(f"{page.name} {number}", list(_runs(block)))


def _runs(block: str) -> Iterator[Shown]:
    run = None
    for line in block.splitlines():
        if line.startswith("$ "):
            if run is not None:
                yield run
            run = Shown(line.removeprefix("$ ").strip())
        elif run is not None and (typed := _TYPED.fullmatch(line)) is not None:
            run.typed.append(typed[1])
        elif run is not None:
            run.shown.append(line)
    if run is not None:
        yield run


def require_shown(run: Shown, printed: str, place: str) -> None:
    """Assert that what is shown was printed, in this order, however its lines are broken.

    … stands for anything.
    """
    text = "".join(printed.split())
    at = 0
    for piece in "".join("".join(run.shown).split()).split("…"):
        found = text.find(piece, at)
        assert found >= 0, f"{place}: {piece!r} isn't printed after {text[:at][-80:]!r}: {text}"
        at = found + len(piece)
