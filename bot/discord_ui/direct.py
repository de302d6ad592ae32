"""Direct messages: which alliance a person is answered for.

Someone in one alliance is answered for it. Someone in several is asked once, and the choice kept.
Someone in none is answered from the shared library alone.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.core.errors import GuideError
from bot.core.phrases import Phrases
from bot.core.records import NO_ALLIANCE
from bot.discord_ui.errors import handling
from bot.discord_ui.limits import SELECT_OPTION_LABEL, SELECT_OPTIONS
from bot.discord_ui.markup import escape, one_line, shorten
from bot.discord_ui.render import notice
from bot.discord_ui.sending import Interaction, acknowledge, tell, with_retries
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.discord_ui.client import GuideClient

_REMEMBERED = timedelta(minutes=5)
_MOST_AT_ONCE = 8
_MOST_PEOPLE = 5000


@dataclass(frozen=True, slots=True)
class Several:
    """A person who has to choose among alliances."""

    guilds: tuple[discord.Guild, ...]


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


class ChooseAlliance(ui.DynamicItem[ui.Select[Any]], template=r"q:choose:(?P<message>\d+)"):
    """The menu of a person's alliances; choosing answers the message that waits."""

    def __init__(self, message: int, menu: ui.Select[Any]) -> None:
        self.message = message
        menu.custom_id = f"q:choose:{message}"
        super().__init__(menu)

    @classmethod
    def of(cls, phrases: Phrases, several: Several, message: int) -> Self:
        """The menu."""
        options = [
            discord.SelectOption(
                label=shorten(one_line(guild.name), SELECT_OPTION_LABEL), value=str(guild.id)
            )
            for guild in several.guilds[:SELECT_OPTIONS]
        ]
        placeholder = phrases.say("label_choose_alliance")
        return cls(message, ui.Select(placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.Select)
        return cls(int(match["message"]), item)

    async def callback(self, interaction: Interaction) -> Any:
        """Keep the choice, then answer what was asked."""
        client: GuideClient = interaction.client
        services = client.services
        async with handling(interaction):
            await acknowledge(interaction, private=False)
            guild = client.get_guild(int(self.item.values[0]))
            if guild is None or guild not in await client.memberships.of(interaction.user.id):
                await tell(interaction, services.phrases.say("stale_button"))
                return
            await services.store.alliances.choose_alliance_for_person_in_direct_messages(
                guild.id, interaction.user.id
            )
            name = escape(one_line(guild.name))
            await tell(interaction, services.phrases.say("alliance_chosen", name=name))
            channel = interaction.channel
            if self.message and isinstance(channel, discord.DMChannel):
                client.dispatch("alliance_chosen", await channel.fetch_message(self.message))


def choice_view(phrases: Phrases, several: Several, message: int) -> ui.LayoutView:
    """The question which alliance is meant."""
    page = notice(phrases.say("choose_alliance"))
    return view_of(page, [ChooseAlliance.of(phrases, several, message)])
