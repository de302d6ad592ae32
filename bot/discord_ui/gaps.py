"""/guide gaps: what could not be answered, grouped by meaning, page by page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import (
    SELECT_OPTION_LABEL,
)
from bot.adapters.discord.send import Interaction, fill
from bot.answers.records import GapReason
from bot.chat.services import Services
from bot.core.markup import escape, one_line, shorten
from bot.core.phrases import Phrases
from bot.discord_ui.gap_answers import LARGEST_ID, Group, grouped_gaps, open_form
from bot.discord_ui.gate import is_steward, steward_here, updating, whisper_beside
from bot.discord_ui.items import belongs
from bot.discord_ui.render import Page, notice, question_line
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_ON_PAGE = 5
_REMARKS = 2
_WORDINGS = 2
_WORDING = 80


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command, the buttons between pages and the menu."""
    say = client.services.phrases.say
    client.add_dynamic_items(TurnPage, PickGap)

    @group.command(name="gaps", description=say("guide_gaps_command"))
    async def gaps(interaction: Interaction) -> None:
        async with handling(interaction):
            if await steward_here(interaction):
                services = client.services
                if not services.answers.ready:
                    await fill(interaction, view_of(notice(say("loading"))))
                await _show(interaction, (interaction.guild_id or 0, LARGEST_ID, 0))


async def _show(interaction: Interaction, key: tuple[int, int, int]) -> None:
    """Show a page of gaps: of an alliance, up to a gap, by its number from 0."""
    services: Services = interaction.client.services
    phrases = services.phrases
    alliance, newest, number = key
    groups = await grouped_gaps(services, alliance, newest)
    if not groups:
        await fill(interaction, view_of(notice(phrases.say("gaps_none"))))
        return
    newest = min(newest, groups[0][0].exchange)
    pages = -(-len(groups) // _ON_PAGE)
    number = max(0, min(number, pages - 1))
    shown = groups[number * _ON_PAGE : (number + 1) * _ON_PAGE]
    lead = phrases.say(
        "gaps_lead",
        gaps=sum(map(len, groups)),
        groups=len(groups),
        page=number + 1,
        pages=pages,
    )
    buttons: list[ui.Item[Any]] = []
    if number > 0:
        buttons.append(TurnPage.of(phrases, (alliance, newest, number - 1), "label_newer"))
    if number + 1 < pages:
        buttons.append(TurnPage.of(phrases, (alliance, newest, number + 1), "label_older"))
    page = Page((lead, "\n\n".join(_group_line(group, phrases) for group in shown)))
    view = view_of(page, [PickGap.of(phrases, alliance, shown)], buttons)
    await fill(interaction, view)


def _group_line(group: Group, phrases: Phrases) -> str:
    newest = group[0]
    wordings = {one_line(gap.question).casefold(): one_line(gap.question) for gap in group}
    wordings.pop(one_line(newest.question).casefold(), None)
    remarks = [one_line(remark) for gap in group for remark in gap.remarks]
    return phrases.say(
        "gap_group",
        number=newest.exchange,
        question=question_line(newest.question),
        count=len(group),
        others=[shorten(escape(text), _WORDING) for text in list(wordings.values())[:_WORDINGS]],
        date=newest.created.date(),
        unhelpful=newest.reason is GapReason.NOT_HELPFUL,
        private=newest.private,
        remarks=[shorten(escape(text), _WORDING) for text in remarks[:_REMARKS]],
    )


class TurnPage(
    ui.DynamicItem[ui.Button[Any]],
    template=r"g:gaps:(?P<alliance>\d+):(?P<newest>\d+):(?P<page>\d+)",
):
    """Shows another page; gaps that came since the first page don't move the pages."""

    def __init__(self, key: tuple[int, int, int], label: str = "page") -> None:
        self.key = key
        alliance, newest, page = key
        super().__init__(ui.Button(label=label, custom_id=f"g:gaps:{alliance}:{newest}:{page}"))

    @classmethod
    def of(cls, phrases: Phrases, key: tuple[int, int, int], label: str) -> Self:
        """The button with its label."""
        return cls(key, phrases.say(label))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls((int(match["alliance"]), int(match["newest"]), int(match["page"])))

    async def callback(self, interaction: Interaction) -> Any:
        """Show the page in place of this one."""
        async with handling(interaction), updating(interaction):
            if await _may(interaction, self.key[0]):
                await _show(interaction, self.key)


class PickGap(ui.DynamicItem[ui.Select[Any]], template=r"g:pick:(?P<alliance>\d+)"):
    """Opens the form for a group of gaps."""

    def __init__(self, alliance: int, menu: ui.Select[Any]) -> None:
        self.alliance = alliance
        menu.custom_id = f"g:pick:{alliance}"
        super().__init__(menu)

    @classmethod
    def of(cls, phrases: Phrases, alliance: int, groups: Sequence[Group]) -> Self:
        """The menu over the groups of a page."""
        options = [
            discord.SelectOption(
                label=shorten(one_line(group[0].question), SELECT_OPTION_LABEL) or "?",
                value=str(group[0].exchange),
            )
            for group in groups
        ]
        placeholder = phrases.say("label_pick_gap")
        return cls(alliance, ui.Select(placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.Select)
        return cls(int(match["alliance"]), item)

    async def callback(self, interaction: Interaction) -> Any:
        """Open the form."""
        async with handling(interaction):
            if belongs(interaction, self.alliance):
                await open_form(interaction, self.alliance, self.item.values[0], alike=True)


async def _may(interaction: Interaction, alliance: int) -> bool:
    if interaction.guild is not None and belongs(interaction, alliance):
        if await is_steward(interaction):
            return True
        phrase = interaction.client.services.phrases.say("stewards_only")
        await whisper_beside(interaction, phrase)
    return False
