"""Putting texts into the room there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.markup import shorten

GAP = 1
"""Characters between two lines."""


@dataclass(frozen=True, slots=True)
class Elastic:
    """A text that may be cut, and never has more than `most` characters."""

    text: str
    most: int = 10**9


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of which as many are shown as there is room for.

    Attributes:
        lines: all of them; `head` stands above them.
        more: says how many are left out.
        most: lines that are shown at most.
        between: stands between two lines.
    """

    lines: Sequence[str]
    more: Callable[[int], str] | None = None
    head: str = ""
    most: int = 10**9
    between: str = "\n"


Block = str | Elastic | Listing
"""A text as it is, or one that takes what room the others leave."""


def fit(blocks: Sequence[Block], room: int) -> tuple[str, ...]:
    """The texts of blocks, in `room` characters together; empty ones are left out.

    Blocks that give share what is left by those that don't, the earlier ones first.
    """
    left = spare(blocks, room)
    texts = []
    for block in blocks:
        if isinstance(block, str):
            texts.append(block)
            continue
        text = _cut(block, max(left, 0))
        left -= len(text)
        texts.append(text)
    return tuple(text for text in texts if text.strip())


def spare(blocks: Sequence[Block], room: int) -> int:
    """The characters that blocks leave of a room before any gives."""
    return room - sum(len(block) for block in blocks if isinstance(block, str))


def fitting(listing: Listing, room: int) -> int:
    """How many lines of a listing are shown in so many characters."""
    used = len(listing.head) + GAP if listing.head else 0
    lines = listing.lines[: listing.most]
    for count, line in enumerate(lines):
        used += len(line) + (len(listing.between) if count else 0)
        left = len(listing.lines) - count - 1
        below = len(listing.more(max(left, 1))) + GAP if listing.more else 0
        fits = used <= room if left == 0 else used + below <= room
        if not fits and (used > room or not _all_fit(listing, used, count, room)):
            return count
    return len(lines)


def _all_fit(listing: Listing, used: int, count: int, room: int) -> bool:
    """Whether everything fits although a line that says what is left out would not."""
    rest = listing.lines[count + 1 :]
    whole = used + sum(len(line) + len(listing.between) for line in rest)
    return len(listing.lines) <= listing.most and whole <= room


def _cut(block: Elastic | Listing, room: int) -> str:
    if isinstance(block, Elastic):
        return shorten(block.text, min(room, block.most))
    shown = fitting(block, room)
    left = len(block.lines) - shown
    texts = [block.head] if block.head else []
    if shown:
        texts.append(block.between.join(block.lines[:shown]))
    if left and block.more is not None:
        texts.append(block.more(left))
    return "\n".join(texts) if block.lines else ""
