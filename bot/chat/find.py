"""Finding what somebody means by what they typed, and completing it while they type.

A noun is used in a command's signature, once for all commands that take one:

    UnderWayRun = Annotated[StoredRun, Noun(find_run, complete_under_way)]
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from rapidfuzz import fuzz, process, utils

from bot.core.markup import one_line

if TYPE_CHECKING:
    from bot.chat.turn import Turn

T = TypeVar("T")

MOST_CHOICES = 25
_NEAR, _SAME = 55, 95
"""Of 100: how much a name resembles what was typed."""
_MOST_NEAR = 3
_NUMBER = re.compile(r"#?(\d{1,18})(?:\s.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """A completion: what people see, and what is typed for it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Noun(Generic[T]):
    """A kind of thing that commands take.

    Attributes:
        find: the thing somebody means; raises `Refused` with why there is none.
        complete: what fits what was typed so far.
    """

    find: Callable[[Turn, str], Awaitable[T]]
    complete: Callable[[Turn, str], Awaitable[Sequence[Choice]]]


async def as_typed(_: Turn, typed: str) -> str:
    """Finds a text: what was typed, on one line."""
    return one_line(typed)


def number_of(typed: str) -> int | None:
    """The number in "#42", "42", or in a completion that begins with it."""
    match = _NUMBER.fullmatch(typed.strip())
    return int(match[1]) if match else None


class Titled(Protocol):
    """What has an id and a title."""

    @property
    def id(self) -> str:
        """Unique among its kind."""

    @property
    def title(self) -> str:
        """What people call it."""


N = TypeVar("N", bound=Titled)


def by_name(known: Sequence[N], wanted: str) -> N | None:
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


def find_titled(known: Sequence[N], wanted: str) -> N | list[N]:
    """The one of an id or title, written nearly so, or the few that come near."""
    if (exact := by_name(known, wanted)) is not None:
        return exact
    near = nearest_titled(known, wanted, _MOST_NEAR)
    scores = [fuzz.ratio(wanted.strip().casefold(), one.title.casefold()) for one in near]
    return near[0] if scores and scores[0] >= _SAME else near


def titled_choices(known: Sequence[Titled], typed: str) -> list[Choice]:
    """Those that fit what was typed, as completions."""
    fitting = nearest_titled(known, typed, MOST_CHOICES)
    return [Choice(one_line(f"{one.title} ({one.id})"), one.id) for one in fitting]


def nearest_titled(known: Sequence[N], typed: str, limit: int) -> list[N]:
    """Those whose title or id fits what was typed; the first ones where nothing was."""
    if not typed.strip():
        return list(known[:limit])
    names = {place: f"{one.title} {one.id}" for place, one in enumerate(known)}
    found = process.extract(
        typed, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit
    )
    return [known[place] for _, score, place in found if score >= _NEAR]


def fitting_choices(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """The completions that have every word that was typed."""
    words = typed.casefold().split()
    return [one for one in choices if all(word in one.label.casefold() for word in words)]
