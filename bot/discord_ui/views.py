"""From pages to Discord's components. Nothing here is kept: all state is in the custom ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.discord_ui.render import Page

Items = Sequence[ui.Item[Any]]


def view_of(page: Page, *rows: Items) -> ui.LayoutView:
    """A message: the texts of a page with lines between them, then rows of buttons or menus."""
    view = ui.LayoutView(timeout=None)
    for place, text in enumerate(page.texts):
        if place:
            view.add_item(ui.Separator(visible=place > 1))
        view.add_item(ui.TextDisplay(text))
    for items in rows:
        if items:
            view.add_item(ui.ActionRow(*items))
    return view


def options_of(page: Page) -> list[discord.SelectOption]:
    """The passages of a page as options of a menu."""
    return [
        discord.SelectOption(
            label=one.label, value=one.passage, description=one.description or None
        )
        for one in page.readings
    ]


def custom_ids_of(message: discord.Message | None) -> set[str]:
    """The custom ids of all buttons and menus on a message."""
    if message is None:
        return set()
    found: set[str] = set()
    rest: list[Any] = list(message.components)
    while rest:
        part = rest.pop()
        rest += getattr(part, "children", [])
        if (accessory := getattr(part, "accessory", None)) is not None:
            rest.append(accessory)
        if (custom_id := getattr(part, "custom_id", None)) is not None:
            found.add(custom_id)
    return found
