"""/checklist list: all checklists, page by page, with a menu that starts one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import Interaction, acknowledge, tell
from bot.discord_ui.checklists import start
from bot.discord_ui.questions import alliance_for

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


class PickChecklist(ui.DynamicItem[ui.Select[Any]], template="c:begin"):
    """The menu that starts one of the checklists of a page."""

    def __init__(self, menu: ui.Select[Any]) -> None:
        menu.custom_id = "c:begin"
        super().__init__(menu)

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], __: re.Match[str], /) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.Select)
        return cls(item)

    async def callback(self, interaction: Interaction) -> Any:
        """Start it, for whoever chose it."""
        client: GuideClient = interaction.client
        services = client.services
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            checklist = services.library.checklists_by_id.get(self.item.values[0])
            alliance = await alliance_for(client, interaction, None)
            if checklist is None:
                await tell(interaction, services.phrases.say("checklist_gone"))
            elif alliance is not None and await services.store.alliances.claim(
                alliance, interaction.id
            ):
                await start.propose(interaction, alliance, checklist)
