"""/checklist list: all checklists, page by page, with a menu that starts one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import (
    COMPONENTS_V2_TEXT,
    SELECT_OPTION_DESCRIPTION,
    SELECT_OPTION_LABEL,
    SELECT_OPTION_VALUE,
    SELECT_OPTIONS,
)
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.chat.services import Services
from bot.core.checklist import Checklist
from bot.core.markup import one_line, shorten
from bot.core.phrases import Phrases
from bot.core.text import split_sentences
from bot.discord_ui.checklists import start
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.gate import updating
from bot.discord_ui.questions import alliance_for
from bot.discord_ui.render import SENTENCE, Page
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_ROOM_ABOVE = 300
"""Characters kept for the lead of a page."""


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command, its menu and its buttons."""
    client.add_dynamic_items(PickChecklist, TurnPage)

    @group.command(name="list", description=client.services.phrases.say("checklist_list_command"))
    async def show_list(interaction: Interaction) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            await fill(interaction, list_view(client.services, 0))


def list_view(services: Services, number: int) -> ui.LayoutView:
    """A page of the list; the last one where there are fewer."""
    phrases = services.phrases
    pages = pages_of(services.library.checklists, phrases)
    number = min(number, len(pages) - 1)
    shown = pages[number]
    lead = phrases.say(
        "checklists_lead",
        count=len(services.library.checklists),
        page=number + 1,
        pages=len(pages),
    )
    text = "\n".join(_line(one, phrases) for one in shown)
    turns = ((number - 1, "label_earlier_page"), (number + 1, "label_later_page"))
    buttons = [
        TurnPage(page, phrases.say(label)) for page, label in turns if 0 <= page < len(pages)
    ]
    menu = [PickChecklist.of(phrases, shown)] if shown else []
    return view_of(Page((lead, text) if text else (lead,)), menu, buttons)


def pages_of(checklists: Sequence[Checklist], phrases: Phrases) -> list[list[Checklist]]:
    """The checklists as many to a page as fit, at least one page."""
    pages: list[list[Checklist]] = [[]]
    room = COMPONENTS_V2_TEXT - _ROOM_ABOVE
    used = 0
    for one in checklists:
        length = len(_line(one, phrases)) + 1
        if pages[-1] and (used + length > room or len(pages[-1]) == SELECT_OPTIONS):
            pages.append([])
            used = 0
        pages[-1].append(one)
        used += length
    return pages


def _line(checklist: Checklist, phrases: Phrases) -> str:
    return phrases.say(
        "checklist_line",
        title=clip(checklist.title),
        purpose=clip(checklist.purpose, SENTENCE),
        minutes=checklist.minutes,
        steps=len(checklist.steps),
    )


class TurnPage(ui.DynamicItem[ui.Button[Any]], template=r"c:list:(?P<page>\d{1,4})"):
    """Turns to another page of the list."""

    def __init__(self, page: int, label: str = "page") -> None:
        self.page = page
        super().__init__(ui.Button(label=label, custom_id=f"c:list:{page}"))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(int(match["page"]))

    async def callback(self, interaction: Interaction) -> Any:
        """Show the page in place of this one."""
        async with handling(interaction), updating(interaction):
            await fill(interaction, list_view(interaction.client.services, self.page))


class PickChecklist(ui.DynamicItem[ui.Select[Any]], template="c:begin"):
    """The menu that starts one of the checklists of a page."""

    def __init__(self, menu: ui.Select[Any]) -> None:
        menu.custom_id = "c:begin"
        super().__init__(menu)

    @classmethod
    def of(cls, phrases: Phrases, shown: Sequence[Checklist]) -> Self:
        """The menu."""
        options = [
            discord.SelectOption(
                label=shorten(one_line(one.title), SELECT_OPTION_LABEL) or one.id,
                value=one.id,
                description=shorten(_first(one), SELECT_OPTION_DESCRIPTION),
            )
            for one in shown
            if len(one.id) <= SELECT_OPTION_VALUE
        ]
        return cls(ui.Select(placeholder=phrases.say("label_start_one"), options=options))

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


def _first(checklist: Checklist) -> str:
    sentences = split_sentences(checklist.purpose)
    return one_line(sentences[0] if sentences else checklist.purpose)
