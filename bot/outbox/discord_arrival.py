"""Whether an earlier try of a delivery arrived: looked for where it would have gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.adapters.discord.limits import (
    COMPONENTS_V2_TOTAL,
    HISTORY_PAGE,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
)

_LOOKED_THROUGH = 3 * HISTORY_PAGE


def text_id_of(notice: int) -> int:
    """The component id of the first text of a notice without buttons.

    It is beyond those that Discord gives by itself.
    """
    return COMPONENTS_V2_TOTAL + notice


async def message_with(
    place: discord.abc.Messageable, author: discord.ClientUser | None, mark: str, notice: int
) -> discord.Message | None:
    """The message of a notice, for all that is known: by its mark, or the id of its text."""
    text_id = text_id_of(notice)
    try:
        async for message in place.history(limit=_LOOKED_THROUGH):
            if message.author == author and any(
                part.id == text_id or (getattr(part, "custom_id", None) or "").endswith(mark)
                for part in _parts(message.components)
            ):
                return message
    except discord.Forbidden as error:
        if error.code not in {MISSING_ACCESS, MISSING_PERMISSIONS}:
            raise
    return None


def _parts(components: Sequence[Any]) -> Iterator[Any]:
    """Components with all that is inside them, in order."""
    for part in components:
        yield part
        yield from _parts(getattr(part, "children", ()))
