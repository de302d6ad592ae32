"""Finding a passage or checklist by what someone typed, and completing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from discord import app_commands
from rapidfuzz import fuzz, process, utils

from bot.adapters.discord.limits import CHOICE_NAME, CHOICE_VALUE, CHOICES
from bot.core.markup import one_line, shorten


class Titled(Protocol):
    """What has an id and a title."""

    @property
    def id(self) -> str:
        """Unique among its kind."""

    @property
    def title(self) -> str:
        """What people call it."""


T = TypeVar("T", bound=Titled)

_MOST_NEAR = 3
_NEAR, _SAME = 55, 95
"""Of 100: how much a name resembles what was typed."""


def named(known: Sequence[T], wanted: str) -> T | None:
    """The one of an id or title."""
    wanted = wanted.strip()
    for one in known:
        if one.id == wanted:
            return one
    for one in known:
        names = (one.id, one.title, f"{one.title} ({one.id})")
        if wanted.casefold() in map(str.casefold, names):
            return one
    return None


def find_titled(known: Sequence[T], wanted: str) -> T | list[T]:
    """The one of an id or title, written nearly so, or the few that come near."""
    if (exact := named(known, wanted)) is not None:
        return exact
    near = _nearest(wanted, known, _MOST_NEAR)
    scores = [fuzz.ratio(wanted.strip().casefold(), one.title.casefold()) for one in near]
    return near[0] if scores and scores[0] >= _SAME else near


def choices_of(known: Sequence[Titled], typed: str) -> list[app_commands.Choice[str]]:
    """Those that fit what was typed, as completions."""
    fitting = [one for one in known if len(one.id) <= CHOICE_VALUE]
    return [
        app_commands.Choice(
            name=shorten(one_line(f"{one.title} ({one.id})"), CHOICE_NAME), value=one.id
        )
        for one in _nearest(typed, fitting, CHOICES)
    ]


def _nearest(typed: str, known: Sequence[T], limit: int) -> list[T]:
    """Those whose title or id fits what was typed; the first ones where nothing was."""
    if not typed.strip():
        return list(known[:limit])
    names = {place: f"{one.title} {one.id}" for place, one in enumerate(known)}
    found = process.extract(
        typed, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit
    )
    return [known[place] for _, score, place in found if score >= _NEAR]
