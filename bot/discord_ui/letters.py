"""What a notice says, before it is known where it can be delivered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.core.outbox import Notice
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice, ready to be sent.

    Attributes:
        person: whose hours count; who gets it where the notice names no channel, or that is gone.
        page: its text; in a channel it is `in_channel`, which names the person.
        row: its buttons. Each has the notice's id in its custom id, see `mark_of`.
    """

    person: int
    page: Page
    row: Items
    in_channel: Page | None = None


Composer = Callable[[Notice], Awaitable[Letter | None]]
"""Writes the letter of a notice; None where there is nothing left to say."""


def mark_of(notice: int) -> str:
    """What every custom id of a notice's buttons ends with."""
    return f":n{notice}"
