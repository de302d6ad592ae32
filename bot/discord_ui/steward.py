"""/guide: everything stewards do. The parts are in the modules that are registered here.

`register` is a feature, see `bot.adapters.discord.client`. Further subcommands hang themselves into the
group: `client.tree.get_command("guide")`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.discord_ui import gap_answers, gaps, notes, places, report, retention, setup

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


def register(client: GuideClient) -> None:
    """Add /guide and its menus, buttons and forms."""
    # Discord can hide commands by permission, but not by a role that this bot knows alone: the
    # group is seen by all and each command looks who uses it.
    group = app_commands.Group(
        name="guide",
        description=client.services.phrases.say("guide_command"),
        guild_only=True,
    )
    setup.register(client, group)
    places.register(client, group)
    report.register(client, group)
    gaps.register(client, group)
    gap_answers.register(client, group)
    notes.register(client, group)
    retention.register(client, group)
    client.tree.add_command(group)
