"""A digest: one message by kind with what is new and closes soon, and menus to answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMPONENTS_V2_TEXT, SELECT_OPTION_LABEL, SELECT_OPTIONS
from bot.adapters.discord.send import Interaction, tell
from bot.core.markup import one_line, shorten
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.items import belongs
from bot.discord_ui.letters import mark_of
from bot.discord_ui.opportunities.card import link_of, stamp
from bot.discord_ui.opportunities.choosing import kept_first
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items
from bot.opportunities.rules.digest import Digest, closes_soon
from bot.opportunities.rules.models import Opportunity, Reply, Respondent

if TYPE_CHECKING:
    from bot.chat.services import Services

_ROOM_BELOW = 120
_YES, _NO = "yes", "no"
_REPLIES = {_YES: Reply.INTERESTED, _NO: Reply.NOT_FOR_US}
_LABELS = {_YES: "label_digest_interested", _NO: "label_digest_not_for_us"}


def digest_page(
    digest: Digest, phrases: Phrases, now: datetime, alliance: str, mode: str
) -> tuple[Page, tuple[Opportunity, ...]]:
    """The message, and which opportunities it has: as many as fit.

    Args:
        digest: what there is to show, and it isn't empty.
        phrases: the words.
        now: the time.
        alliance: its name, ready to show; empty where that is plain.
        mode: for which occasion, see the phrase.
    """
    say = phrases.say
    groups = [(say("digest_kind", kind=kind.value), ones) for kind, ones in digest.fresh]
    if digest.closing:
        groups.append((say("digest_closing"), digest.closing))
    total = sum(len(ones) for _, ones in groups)
    lead = say("digest_lead", alliance=alliance, count=total, mode=mode)
    room = COMPONENTS_V2_TEXT - len(lead) - _ROOM_BELOW
    texts, shown = [lead], list[Opportunity]()
    for head, ones in groups:
        lines = [head]
        for one in ones:
            line = _line(one, phrases, now)
            if len(shown) == SELECT_OPTIONS or sum(map(len, lines)) + len(line) + 2 > room:
                break
            lines.append(line)
            shown.append(one)
        if lines[1:]:
            texts.append("\n".join(lines))
            room -= len(texts[-1])
    if len(shown) < total:
        texts.append(say("digest_more", count=total - len(shown)))
    return Page(tuple(texts)), tuple(shown)


def digest_rows(
    alliance: int, opportunities: Sequence[Opportunity], phrases: Phrases, notice: int = 0
) -> list[Items]:
    """The two menus under it; `notice` is the one it is delivered for, 0 for none."""
    return [[DigestMenu.of(one, alliance, opportunities, phrases, notice)] for one in _REPLIES]


def _line(one: Opportunity, phrases: Phrases, now: datetime) -> str:
    return phrases.say(
        "digest_line",
        id=one.id,
        title=clip(one.offer.title).replace("[", "(").replace("]", ")"),
        organization=clip(one.organization or one.poster_name, NAME),
        region=clip(one.offer.region, NAME),
        deadline=stamp(one.offer.deadline),
        soon=closes_soon(one, now),
        link=link_of(one),
    )


class DigestMenu(
    ui.DynamicItem[ui.Select[Any]],
    template=rf"d:(?P<reply>{_YES}|{_NO}):(?P<alliance>\d+):n(?P<notice>\d+)",
):
    """Answers one or several opportunities of a digest."""

    def __init__(self, reply: str, alliance: int, notice: int, menu: ui.Select[Any]) -> None:
        self.reply, self.alliance = reply, alliance
        menu.custom_id = f"d:{reply}:{alliance}{mark_of(notice)}"
        super().__init__(menu)

    @classmethod
    def of(
        cls,
        reply: str,
        alliance: int,
        opportunities: Sequence[Opportunity],
        phrases: Phrases,
        notice: int,
    ) -> Self:
        """The menu over the opportunities of a digest."""
        options = [
            discord.SelectOption(
                label=shorten(f"#{one.id} {one_line(one.offer.title)}", SELECT_OPTION_LABEL),
                value=str(one.id),
            )
            for one in opportunities[:SELECT_OPTIONS]
        ]
        placeholder = phrases.say(_LABELS[reply])
        menu: ui.Select[Any] = ui.Select(
            placeholder=placeholder, options=options, max_values=len(options)
        )
        return cls(reply, alliance, notice, menu)

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.Select)
        return cls(match["reply"], int(match["alliance"]), int(match["notice"]), item)

    async def callback(self, interaction: Interaction) -> Any:
        """Keep the answers, then say so privately."""
        picked = [int(value) for value in self.item.values if value.isdecimal()]
        async with handling(interaction):
            keep = answer_all(interaction, self.alliance, picked, _REPLIES[self.reply])
            async with kept_first(interaction, self.alliance, keep) as words:
                await tell(interaction, words)


async def answer_all(
    interaction: Interaction, alliance: int, picked: Sequence[int], reply: Reply
) -> str:
    """Answer several opportunities alike, and say what that did."""
    services: Services = interaction.client.services
    say, store, person = services.phrases.say, services.store, interaction.user
    if not belongs(interaction, alliance):
        return say("digest_nothing", interests=True)
    organization = await store.people.organization_of(alliance, person.id)
    if not organization and reply is Reply.INTERESTED:
        return say("partner_of_none")
    by = Respondent(person.id, person.display_name, organization, reply, "", services.now())
    said: dict[Reply | None, list[str]] = {None: [], **{one: [] for one in Reply}}
    for number in picked:
        replied = await store.opportunities.reply(alliance, number, by)
        found = await store.opportunities.opportunity(alliance, number)
        if replied is not None and found is not None:
            given = replied.given.reply if replied.given else None
            said[given].append(f"**{clip(found.offer.title, NAME)}**")
    interaction.client.dispatch("notices")
    return say(
        "digest_answered",
        organization=clip(organization, NAME),
        interested=said[Reply.INTERESTED],
        waiting=said[Reply.WAITING],
        not_for_us=said[Reply.NOT_FOR_US],
        closed=said[None],
    )
