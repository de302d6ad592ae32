"""What an answer did, told to whoever gave it: privately, or on the direct message it was given on.

A direct message is shown anew with each press, without what nothing would keep up to date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.adapters.discord.limits import COMPONENTS_V2_TEXT
from bot.adapters.discord.send import Interaction, fill
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.opportunities.card import link_of, post_page
from bot.discord_ui.opportunities.choosing import SHOWN
from bot.discord_ui.opportunities.items import Key, NoteButton, answer_row
from bot.discord_ui.render import Page, notice
from bot.discord_ui.views import Items, custom_ids_of, view_of
from bot.opportunities.rules.models import Opportunity, Reply, Respondent
from bot.opportunities.rules.replies import Replied, is_open, same_side

if TYPE_CHECKING:
    from bot.chat.services import Services

_MARK = re.compile(r":n(\d+)$")


def on_card(interaction: Interaction) -> bool:
    """Whether what was pressed is a direct message, which then shows what was answered."""
    return interaction.guild_id is None


async def show_answer(
    interaction: Interaction, key: Key, by: Respondent, replied: Replied | None, *, also: str = ""
) -> None:
    """Tell what an answer did; `also` stands below that."""
    services: Services = interaction.client.services
    phrases: Phrases = services.phrases
    found = await services.store.opportunities.opportunity(*key) if replied is not None else None
    if replied is None or found is None or found.state not in SHOWN:
        unknown = phrases.say("opportunity_unknown", wanted=f"#{key[1]}", near=[])
        await fill(interaction, view_of(notice(unknown)))
        return
    if replied.given is None:
        await show_words(interaction, key, phrases.say("opportunity_closed", id=found.id))
        return
    words = _words(found, by, replied, replied.given, phrases, placed=not on_card(interaction))
    yes = replied.given.reply is not Reply.NOT_FOR_US
    note = NoteButton.of(key, phrases, yes=yes)
    await show_words(interaction, key, "\n".join(filter(None, (words, also))), [note])


async def show_words(
    interaction: Interaction, key: Key, words: str, row: Sequence[ui.Item[Any]] = ()
) -> None:
    """Tell something privately, with buttons; on a direct message above what that is about."""
    services: Services = interaction.client.services
    found = await services.store.opportunities.opportunity(*key) if on_card(interaction) else None
    if found is None or found.state not in SHOWN:
        await fill(interaction, view_of(notice(words), row))
        return
    page = _card(interaction, found, words)
    buttons: Items = ()
    if is_open(found, services.now()):
        buttons = [*answer_row(key, services.phrases, _notice_on(interaction.message)), *row]
    await fill(interaction, view_of(page, buttons))


def _card(interaction: Interaction, found: Opportunity, words: str) -> Page:
    services: Services = interaction.client.services
    guild = interaction.client.get_guild(found.alliance)
    lead = services.phrases.say(
        "answered_card",
        words=words,
        alliance=clip(guild.name) if guild else "",
        link=link_of(found),
    )
    room = COMPONENTS_V2_TEXT - len(lead)
    card = post_page(found, None, services.phrases, services.now(), room)
    return Page((lead, *card.texts))


def _notice_on(message: discord.Message | None) -> int:
    """The notice a message was delivered for, by its mark: that has to stay; 0 for none."""
    marks = filter(None, map(_MARK.search, custom_ids_of(message)))
    return max((int(mark[1]) for mark in marks), default=0)


def _words(
    found: Opportunity,
    by: Respondent,
    replied: Replied,
    given: Respondent,
    phrases: Phrases,
    *,
    placed: bool,
) -> str:
    before = replied.before
    waiting = [one for one in replied.answers if one.reply is Reply.WAITING]
    place = next((n for n, one in enumerate(waiting, 1) if same_side(one, given)), 0)
    other = before is not None and before.person != by.person
    return phrases.say(
        "answer_taken",
        reply=given.reply.value,
        before=before.reply.value if before else "",
        other=clip(before.name, NAME) if before is not None and other else "",
        organization=clip(by.organization, NAME),
        title=clip(found.offer.title),
        place=place if placed else 0,
    )
