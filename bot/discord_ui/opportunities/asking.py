"""**Ask a question**: it is taken at once, and goes into a thread under the post; see `asked`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import MODAL_TITLE
from bot.adapters.discord.send import Interaction, fill, take, tell
from bot.core.errors import GuideError
from bot.discord_ui.checklists.quoting import quoted
from bot.discord_ui.gate import refuse
from bot.discord_ui.items import belongs
from bot.discord_ui.opportunities.card import link_of
from bot.discord_ui.opportunities.choosing import SHOWN, find_by_id, kept_first
from bot.discord_ui.opportunities.items import KEY, Key, key_of
from bot.discord_ui.render import Page
from bot.discord_ui.views import view_of
from bot.opportunities.rules.models import Inquiry, Opportunity

if TYPE_CHECKING:
    from bot.chat.services import Services

QUESTION_FORM = rf"o:question:{KEY}(?::(?P<form>\d+))?"
_QUESTION = "question"
_QUESTION_LENGTH = 1000
_QUOTED = 2200
"""Characters of a question that is given back, after escaping."""


async def open_question(interaction: Interaction, key: Key) -> None:
    """Open the form for a question about an opportunity."""
    say = interaction.client.services.phrases.say
    async with handling(interaction):
        found = await find_by_id(interaction, *key)
        if found is None or found.state not in SHOWN:
            unknown = say("opportunity_unknown", wanted=f"#{key[1]}", near=[])
            await refuse(interaction, unknown)
            return
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=_QUESTION, style=discord.TextStyle.paragraph, max_length=_QUESTION_LENGTH
        )
        form = ui.Modal(
            title=say("question_form_title")[:MODAL_TITLE],
            custom_id=f"o:question:{key[0]}:{key[1]}:{interaction.id}",
        )
        form.add_item(ui.Label(text=say("field_offer_question"), component=field))
        take(interaction)
        await interaction.response.send_modal(form)
        form.stop()


async def question_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """A question was sent: it is kept, and told where it will stand; what can't be is given back."""
    services: Services = interaction.client.services
    say, key = services.phrases.say, key_of(match)
    text = str(values.get(_QUESTION) or "").strip()

    async def keep() -> Opportunity | None:
        found = await find_by_id(interaction, *key) if belongs(interaction, key[0]) else None
        if found is None or not text or not link_of(found):
            return found
        person = interaction.user
        organization = await services.store.people.organization_of(key[0], person.id)
        number = int(match["form"] or interaction.id)
        inquiry = Inquiry(number, person.id, person.display_name, organization, text)
        taken = await services.store.opportunities.ask_about(*key, inquiry)
        interaction.client.dispatch("notices")
        return found if taken else None

    try:
        async with kept_first(interaction, key[0], keep()) as found:
            if found is None or found.state not in SHOWN or not text:
                words = say("opportunity_unknown", wanted=f"#{key[1]}", near=[])
            elif not link_of(found):
                words = say("question_nowhere")
            else:
                thread = f"<#{found.thread}>" if found.thread else ""
                await tell(interaction, say("question_sent", thread=thread, link=link_of(found)))
                return
    except GuideError as error:
        words = str(error)
    await fill(interaction, view_of(Page((words, quoted(text, _QUOTED)))))
