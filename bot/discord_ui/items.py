"""The menu of passages, and pages one below the other, for what isn't a flow yet."""

from __future__ import annotations

from discord import ui

from bot.adapters.discord.send import NOBODY, Interaction, fill
from bot.answers.actions import READ_PASSAGE
from bot.core.phrases import Phrases
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items, options_of, view_of


def reading_rows(phrases: Phrases, page: Page, key: tuple[int, int]) -> list[Items]:
    """The menu of passages, where there are any."""
    if not page.readings:
        return []
    placeholder, custom_id = phrases.say("label_read"), READ_PASSAGE(*key)
    options = options_of(page)
    return [[ui.Select(placeholder=placeholder, options=options, custom_id=custom_id)]]


def belongs(interaction: Interaction, alliance: int) -> bool:
    """Whether a custom id may be used here: in a server only those of its own alliance."""
    return interaction.guild_id is None or interaction.guild_id == alliance


async def show_pages(interaction: Interaction, pages: tuple[Page, ...], *rows: Items) -> None:
    """Show pages in one message after the other where the acknowledgement stands."""
    for number, page in enumerate(pages):
        view = view_of(page, *(rows if page is pages[-1] else ()))
        if number == 0:
            await fill(interaction, view)
        else:
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)
