"""What a notice says, and what one that is no message brings about.

    @letter_of(NoticeKind.RUN_OFFERED)
    async def offer(context: Context, notice: Notice) -> Letter | None: ...

    @work_of(NoticeKind.OPPORTUNITY_CLOSE)
    async def close(context: Context, notice: Notice) -> None: ...

They are collected like flows, see `bot.chat.flow.Flows`; where a letter goes, and when, is up to
those who deliver.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.chat.screen import Screen
from bot.core.outbox import Notice, NoticeKind

NOBODY_IN_PERSON = 0
_LETTER, _WORK = "_letter_of", "_work_of"
F = TypeVar("F", bound=Callable[..., Any])


class Undeliverable(Exception):
    """Nobody is there to get a notice, or there is no place for it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice, ready to be sent.

    Attributes:
        person: whose hours count; who gets it where the notice names no channel, or that is gone.
            NOBODY_IN_PERSON for what belongs into the channel alone.
        screen: what it shows; in a channel that is `in_channel`, which names the person. Each id of
            its buttons ends with a `NoticeMark`, unless there is `mark`.
        mark: the id it is known by instead, where that isn't of the notice.
        place: finds the channel or thread where it goes, or makes that, where the notice's isn't it.
        arrived: what to note once it stands somewhere (a place and a message), before it counts as
            sent.
        refused: what to do where the person takes no direct messages; else it is given up.
    """

    person: int
    screen: Screen
    in_channel: Screen | None = None
    mark: str = ""
    place: Callable[[], Awaitable[int]] | None = None
    arrived: Callable[[int, int], Awaitable[object]] | None = None
    refused: Callable[[], Awaitable[object]] | None = None


Composer = Callable[[Any, Notice], Awaitable[Letter | None]]
"""Writes the letter of a notice in a context; None where there is nothing left to say."""

Work = Callable[[Any, Notice], Awaitable[None]]
"""Does what a notice that is no message is about; doing it twice does no harm."""


def letter_of(*kinds: NoticeKind) -> Callable[[F], F]:
    """Write the letters of notices of these kinds.

    What is some adapter's own takes that adapter's kind of `Context`.
    """
    return _marking(_LETTER, kinds)


def work_of(*kinds: NoticeKind) -> Callable[[F], F]:
    """Do what notices of these kinds are about; see `letter_of`."""
    return _marking(_WORK, kinds)


def letters_in(call: object) -> dict[NoticeKind, Composer]:
    """The kinds whose letters a function writes, with it."""
    return dict.fromkeys(getattr(call, _LETTER, ()), call)  # type: ignore[arg-type]


def works_in(call: object) -> dict[NoticeKind, Work]:
    """The kinds whose work a function does, with it."""
    return dict.fromkeys(getattr(call, _WORK, ()), call)  # type: ignore[arg-type]


def _marking(name: str, kinds: tuple[NoticeKind, ...]) -> Callable[[F], F]:
    def mark(call: F) -> F:
        setattr(call, name, kinds)
        return call

    return mark
