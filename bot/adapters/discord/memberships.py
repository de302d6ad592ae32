"""Direct messages: which alliance a person is answered for.

Someone in one alliance is answered for it. Someone in several is asked once, and the choice kept.
Someone in none is answered from the shared library alone.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.adapters.discord.send import with_retries
from bot.chat.action import Action
from bot.chat.screen import Menu, Option, Screen
from bot.core.alliance import NO_ALLIANCE
from bot.core.errors import GuideError
from bot.core.phrases import Phrases

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_REMEMBERED, _ABSENT = 5.0, 300.0
"""Seconds for which somebody who was in a server counts as in it, and who wasn't as not in it."""
_MOST_AT_ONCE = 8
_FEW, _MOST_ASKED = 3, 100
"""Servers that are asked anyhow, and at most, where nothing speaks for one of them."""
_PATIENCE = 3.0
"""Seconds that all of them have to answer."""
_MOST_PEOPLE = 5000
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Several:
    """A person who has to choose among alliances."""

    guilds: tuple[discord.Guild, ...]


CHOOSE = Action("q:choose", message=int)
"""Picks the alliance that a person is answered for, and answers the message that waits."""


class LeftAlliance(GuideError):
    """Somebody uses what they got directly and is no longer in the server it is about."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Servers that somebody is in, and not in, by their ids, with the time when that was so."""

    there: dict[int, float] = field(default_factory=dict)
    absent: dict[int, float] = field(default_factory=dict)


class Memberships:
    """Which of the bot's servers people are in.

    Whatever somebody does in a server tells; of other servers Discord is asked, those first where
    the person has left something. A server that can't say counts as one they aren't in, this once.
    """

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._people: OrderedDict[int, _Known] = OrderedDict()
        self._slots = asyncio.Semaphore(_MOST_AT_ONCE)

    def note(self, guild: discord.Guild | None, person: int) -> None:
        """Somebody did something in a server, and so is in it."""
        if guild is not None:
            known = self._known(person)
            known.there[guild.id] = time.monotonic()
            known.absent.pop(guild.id, None)

    async def of(
        self, person: int, *, widely: bool = True, surely: bool = False
    ) -> tuple[discord.Guild, ...]:
        """The servers of a person, by name.

        Args:
            person: their id.
            widely: also those are asked where nothing speaks for it, as many as is bearable.
            surely: whatever was known seconds ago is asked again.
        """
        guilds = {guild.id: guild for guild in self._client.guilds if not guild.unavailable}
        known, now = self._known(person), time.monotonic()
        within = 0.0 if surely else _REMEMBERED
        there = {id_ for id_, at in known.there.items() if now - at < within}
        absent = {id_ for id_, at in known.absent.items() if now - at < _ABSENT}
        left = await self._client.services.store.privacy.alliances_everywhere(person)
        likely = ({*known.there, *left} & guilds.keys()) - there
        found = there & guilds.keys()
        found |= await self._ask(person, [guilds[id_] for id_ in likely])
        rest = [guild for id_, guild in guilds.items() if id_ not in there | likely | absent]
        if len(rest) <= _FEW or (widely and not found):
            found |= await self._ask(person, rest[:_MOST_ASKED])
        return tuple(
            sorted((guilds[id_] for id_ in found), key=lambda guild: (guild.name, guild.id))
        )

    async def alliance(
        self, person: int, *, widely: bool = True, surely: bool = False
    ) -> int | Several:
        """Whom a person is answered for in direct messages; see `of`."""
        guilds = await self.of(person, widely=widely, surely=surely)
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
        if guild is None or not await with_retries(lambda: self._has(guild, person)):
            self._known(person).there.pop(alliance, None)
            raise LeftAlliance(self._client.services.phrases.say("left_alliance"))

    async def _ask(self, person: int, guilds: Sequence[discord.Guild]) -> set[int]:
        """Those of some servers that somebody surely is in; none waits long for another."""

        async def ask(guild: discord.Guild) -> int | None:
            try:
                async with self._slots:
                    there = await self._has(guild, person)
            except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
                _log.info("membership_unknown", alliance=guild.id, kind=type(error).__name__)
                return None
            if there:
                self.note(guild, person)
                return guild.id
            known = self._known(person)
            known.there.pop(guild.id, None)
            known.absent[guild.id] = time.monotonic()
            return None

        if not guilds:
            return set()
        tasks = [asyncio.create_task(ask(guild)) for guild in guilds]
        try:
            done, late = await asyncio.wait(tasks, timeout=_PATIENCE)
        finally:
            for task in tasks:
                task.cancel()
        if late:
            _log.info("membership_unknown", count=len(late), kind="late")
        return {id_ for task in done if (id_ := task.result()) is not None}

    async def _has(self, guild: discord.Guild, person: int) -> bool:
        if guild.get_member(person) is not None:
            return True
        try:
            await guild.fetch_member(person)
        except (discord.NotFound, discord.Forbidden):
            return False
        return True

    def _known(self, person: int) -> _Known:
        """What is known of a person; whoever comes now is forgotten last."""
        known = self._people.setdefault(person, _Known())
        self._people.move_to_end(person)
        if len(self._people) > _MOST_PEOPLE:
            self._people.popitem(last=False)
        return known


def alliance_choice(phrases: Phrases, several: Several, message: int) -> Screen:
    """The question which alliance is meant; `message` waits for the answer, 0 for none."""
    options = [Option(guild.name, str(guild.id)) for guild in several.guilds]
    menu = Menu(phrases.say("label_choose_alliance"), CHOOSE(message), tuple(options))
    return Screen(phrases.say("choose_alliance"), rows=[[menu]])
