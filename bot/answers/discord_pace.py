"""Who asks too much at once by message: told until when, in one notice a while for each place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.draw import view_of
from bot.adapters.discord.send import replace, reply
from bot.chat.screen import Screen
from bot.core.markup import stamp
from bot.core.pace import Cost

if TYPE_CHECKING:
    from bot.services import Services


@dataclass(frozen=True, slots=True)
class _Slowed:
    """That somebody was asked to slow down: until when, how often since, and where it is said."""

    until: datetime
    left_out: int
    notice: discord.Message


class MessagePace:
    """How much people may ask by message."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._slowed: dict[tuple[int, int], _Slowed] = {}

    async def admit(self, message: discord.Message, cost: Cost) -> bool:
        """Whether somebody may ask for so much now; else they are told."""
        person, now = message.author.id, self._services.now()
        verdict = self._services.pace.take(person, now, cost)
        if verdict.allowed:
            return True
        where = (person, message.channel.id)
        async with self._services.locks.at(("slowed", *where)):
            self._slowed = {key: one for key, one in self._slowed.items() if one.until > now}
            slowed = self._slowed.get(where)
            left_out = slowed.left_out + 1 if slowed else 1
            words = self._services.phrases.say(
                "slowed", seconds=verdict.seconds, until=stamp(verdict.until), left_out=left_out
            )
            if slowed is None:
                notice = await reply(message, view_of(Screen(words)), f"a{message.id}")
            else:
                notice = slowed.notice
                await replace(notice, view_of(Screen(words)))
            self._slowed[where] = _Slowed(verdict.until, left_out, notice)
        return False
