"""Direct messages: which alliance a person is answered for.

Someone in one alliance is answered for it. Someone in several is asked once, and the choice kept.
Someone in none is answered from the shared library alone.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.send import with_retries
from bot.chat.action import Action
from bot.chat.screen import Menu, Option, Screen
from bot.core.alliance import NO_ALLIANCE
from bot.core.errors import GuideError
from bot.core.phrases import Phrases

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_REMEMBERED = timedelta(minutes=5)
_MOST_AT_ONCE = 8
_MOST_PEOPLE = 5000


@dataclass(frozen=True, slots=True)
class Several:
    """A person who has to choose among alliances."""

    guilds: tuple[discord.Guild, ...]


CHOOSE = Action("q:choose", message=int)
"""Picks the alliance that a person is answered for, and answers the message that waits."""


class LeftAlliance(GuideError):
    """Somebody uses what they got directly and is no longer in the server it is about."""


class Memberships:
    """Which of the bot's servers people are in; asked of Discord, remembered for minutes."""

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._known: dict[int, tuple[datetime, tuple[discord.Guild, ...]]] = {}
        self._slots = asyncio.Semaphore(_MOST_AT_ONCE)

    async def of(self, person: int) -> tuple[discord.Guild, ...]:
        """The servers of a person, by name."""
        now = self._client.services.now()
        seen = self._known.get(person)
        if seen is not None and now - seen[0] < _REMEMBERED:
            return tuple(guild for guild in seen[1] if guild in self._client.guilds)
        found = await asyncio.gather(*(self._has(guild, person) for guild in self._client.guilds))
        guilds = tuple(sorted(filter(None, found), key=lambda guild: (guild.name, guild.id)))
        if len(self._known) >= _MOST_PEOPLE:
            self._known.clear()
        self._known[person] = (now, guilds)
        return guilds

    async def alliance(self, person: int) -> int | Several:
        """Whom a person is answered for in direct messages."""
        guilds = await self.of(person)
        if not guilds:
            return NO_ALLIANCE
        if len(guilds) == 1:
            return guilds[0].id
        store = self._client.services.store
        chosen = await store.alliances.alliance_of_person_in_direct_messages(person)
        if chosen is not None and chosen in {guild.id for guild in guilds}:
            return chosen
        return Several(guilds)

    async def require(self, alliance: int, person: int) -> None:
        """Make sure that somebody is in a server now, whatever is remembered.

        Raises:
            LeftAlliance: they aren't, or the bot isn't.
        """
        guild = self._client.get_guild(alliance)
        if guild is None or await with_retries(lambda: self._has(guild, person)) is None:
            raise LeftAlliance(self._client.services.phrases.say("left_alliance"))

    async def _has(self, guild: discord.Guild, person: int) -> discord.Guild | None:
        if guild.get_member(person) is not None:
            return guild
        async with self._slots:
            try:
                await guild.fetch_member(person)
            except (discord.NotFound, discord.Forbidden):
                return None
        return guild


def alliance_choice(phrases: Phrases, several: Several, message: int) -> Screen:
    """The question which alliance is meant; `message` waits for the answer, 0 for none."""
    options = [Option(guild.name, str(guild.id)) for guild in several.guilds]
    menu = Menu(phrases.say("label_choose_alliance"), CHOOSE(message), tuple(options))
    return Screen(phrases.say("choose_alliance"), rows=[[menu]])
