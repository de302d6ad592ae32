"""/help: what the bot can do, from the commands it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMPONENTS_V2_TEXT
from bot.adapters.discord.send import Interaction, acknowledge
from bot.core.markup import split_text
from bot.discord_ui.render import Page

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


def register(client: GuideClient) -> None:
    """Add /help; see `bot.adapters.discord.client` about features."""
    say = client.services.phrases.say

    @client.tree.command(name="help", description=say("help_command"))
    async def show_help(interaction: Interaction) -> None:
        from bot.discord_ui.items import show_pages

        async with handling(interaction):
            await acknowledge(interaction, private=True)
            await show_pages(interaction, help_pages(client))


def help_pages(client: GuideClient) -> tuple[Page, ...]:
    """The help, on as many pages as it takes."""
    say = client.services.phrases.say
    name = client.user.display_name if client.user else ""
    lines = "\n".join(sorted(_lines(client)))
    text = "\n\n".join([say("help_lead", name=name), lines, say("help_privacy")])
    return tuple(Page((piece,)) for piece in split_text(text, COMPONENTS_V2_TEXT))


def _lines(client: GuideClient) -> Iterator[str]:
    for command in client.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield f"`/{command.qualified_name}` · {command.description}"
