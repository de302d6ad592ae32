"""Everything around walking through a checklist, as one feature: see `bot.adapters.discord.client`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_ui.checklists import (
    commitments,
    exporting,
    handing,
    listing,
    recalling,
    showing,
)
from bot.discord_ui.checklists.group import checklist_group

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


def register(client: GuideClient) -> None:
    """Add the commands, with their buttons and menus."""
    group = checklist_group(client)
    listing.register(client, group)
    showing.register(client, group)
    exporting.register(client, group)
    recalling.register(client, group)
    handing.register(client, group)
    commitments.register(client)
