"""What a notice says, before it is known where it can be delivered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import discord

from bot.adapters.discord.limits import COMPONENTS_V2_TOTAL
from bot.core.outbox import Notice
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items


class Undeliverable(Exception):
    """Nobody is there to get a notice, or there is no place for it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice, ready to be sent.

    Attributes:
        person: whose hours count; who gets it where the notice names no channel, or that is gone.
            NOBODY_IN_PERSON for what belongs into the channel alone.
        page: its text; in a channel it is `in_channel`, which names the person.
        row: its buttons. Each has the notice's id in its custom id, see `mark_of`; without any its
            first text has it, see `text_id_of`.
        more: further rows.
        mark: the custom id it is known by instead, where that isn't of the notice.
        place: finds where it goes, or makes that, where the notice's channel isn't it.
        arrived: what to note once it stands somewhere, before it counts as sent.
        refused: what to do where the person takes no direct messages; else it is given up.
    """

    person: int
    page: Page
    row: Items
    in_channel: Page | None = None
    more: Sequence[Items] = ()
    mark: str = ""
    place: Callable[[], Awaitable[discord.abc.Messageable]] | None = None
    arrived: Callable[[discord.Message], Awaitable[object]] | None = None
    refused: Callable[[], Awaitable[object]] | None = None


NOBODY_IN_PERSON = 0

Composer = Callable[[Notice], Awaitable[Letter | None]]
"""Writes the letter of a notice; None where there is nothing left to say."""

Work = Callable[[Notice], Awaitable[None]]
"""Does what a notice that is no message is about; doing it twice does no harm."""


def mark_of(notice: int) -> str:
    """What every custom id of a notice's buttons ends with."""
    return f":n{notice}"


def text_id_of(notice: int) -> int:
    """The component id of a notice's first text, beyond those that Discord gives by itself."""
    return COMPONENTS_V2_TOTAL + notice
