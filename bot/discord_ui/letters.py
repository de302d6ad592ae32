"""Letters made of pages and items, until those who write them use `bot.chat.letters`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat import letters
from bot.chat.action import mark_of
from bot.chat.letters import NOBODY_IN_PERSON, Undeliverable
from bot.chat.screen import Button, Control, Menu, Option, Screen, Style
from bot.core.outbox import Notice
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items


@dataclass(frozen=True, slots=True)
class Letter:
    """See `bot.chat.letters.Letter`."""

    person: int
    page: Page
    row: Items
    in_channel: Page | None = None
    more: Sequence[Items] = ()
    mark: str = ""
    place: Callable[[], Awaitable[discord.Thread]] | None = None
    arrived: Callable[[int, int], Awaitable[object]] | None = None
    refused: Callable[[], Awaitable[object]] | None = None


Composer = Callable[[Notice], Awaitable[Letter | None]]
Work = Callable[[Notice], Awaitable[None]]


async def adapted(written: Awaitable[Letter | None]) -> letters.Letter | None:
    """A letter of today as the port has it."""
    letter = await written
    if letter is None:
        return None
    find = letter.place

    async def place() -> int:
        assert find is not None
        return (await find()).id

    rows = [[_control(item) for item in items] for items in (letter.row, *letter.more)]
    return letters.Letter(
        letter.person,
        Screen(*letter.page.texts, rows=rows),
        Screen(*letter.in_channel.texts, rows=rows) if letter.in_channel else None,
        letter.mark,
        place if find else None,
        letter.arrived,
        letter.refused,
    )


def _control(item: discord.ui.Item[Any]) -> Control:
    inner = item.item if isinstance(item, discord.ui.DynamicItem) else item
    if isinstance(inner, discord.ui.Button):
        styles = {
            discord.ButtonStyle.primary: Style.PRIMARY,
            discord.ButtonStyle.success: Style.SUCCESS,
            discord.ButtonStyle.danger: Style.DANGER,
        }
        style = styles.get(inner.style, Style.PLAIN)
        return Button(inner.label or "", inner.custom_id or "", style)
    assert isinstance(inner, discord.ui.Select)
    options = [Option(one.label, one.value, one.description or "") for one in inner.options]
    return Menu(inner.placeholder or "", inner.custom_id, tuple(options), inner.max_values)


__all__ = [
    "NOBODY_IN_PERSON",
    "Composer",
    "Letter",
    "Undeliverable",
    "Work",
    "adapted",
    "mark_of",
]
