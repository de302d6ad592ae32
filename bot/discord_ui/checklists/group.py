"""The commands /checklist: one group that each part hangs its own commands into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_NAME = "checklist"


def checklist_group(client: GuideClient) -> app_commands.Group:
    """The group of a client; whoever asks first makes it."""
    known = client.tree.get_command(_NAME)
    if isinstance(known, app_commands.Group):
        return known
    group = app_commands.Group(
        name=_NAME, description=client.services.phrases.say("checklist_command")
    )
    client.tree.add_command(group)
    return group
