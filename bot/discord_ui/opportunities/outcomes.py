"""The menu *What came of it*, under the question how it went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import Interaction, fill
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.gate import updating, whisper_beside
from bot.discord_ui.letters import mark_of
from bot.discord_ui.opportunities.choosing import find_by_id, may_manage
from bot.discord_ui.opportunities.items import KEY, Key, key_of
from bot.discord_ui.render import notice
from bot.discord_ui.views import view_of
from bot.opportunities.rules.models import Outcome, State

if TYPE_CHECKING:
    from bot.chat.services import Services


class OutcomeMenu(ui.DynamicItem[ui.Select[Any]], template=rf"d:outcome:{KEY}:n(?P<notice>\d+)"):
    """Notes what came of an opportunity."""

    def __init__(self, key: Key, notice: int, menu: ui.Select[Any]) -> None:
        self.key = key
        menu.custom_id = f"d:outcome:{key[0]}:{key[1]}{mark_of(notice)}"
        super().__init__(menu)

    @classmethod
    def of(cls, key: Key, phrases: Phrases, notice: int) -> Self:
        """The menu, under what is delivered for a notice."""
        options = [
            discord.SelectOption(
                label=phrases.say("letter_outcome_option", outcome=one.value), value=one.value
            )
            for one in Outcome
        ]
        placeholder = phrases.say("label_letter_outcome")
        return cls(key, notice, ui.Select(placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.Select)
        return cls(key_of(match), int(match["notice"]), item)

    async def callback(self, interaction: Interaction) -> Any:
        """Note it, and thank in the place of the question."""
        async with handling(interaction), updating(interaction):
            services: Services = interaction.client.services
            say = services.phrases.say
            if interaction.guild_id is None:
                await interaction.client.memberships.require(self.key[0], interaction.user.id)
            found = await find_by_id(interaction, *self.key)
            if found is None or not await may_manage(interaction, found):
                await whisper_beside(interaction, say("letter_outcome_gone"))
                return
            again = found.state is State.CLOSED and found.outcome is not None
            outcome = found.outcome if again and found.outcome else Outcome(self.item.values[0])
            if not again:
                await services.store.opportunities.close_opportunity(*self.key, outcome)
                interaction.client.dispatch("notices")
            words = say(
                "letter_outcome_noted",
                title=clip(found.offer.title),
                id=found.id,
                outcome=outcome.value,
                again=again,
            )
            await fill(interaction, view_of(notice(words)))
