"""Asking about a step: a question that is read with what the step asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.adapters.discord import draw
from bot.adapters.discord.limits import MODAL_TITLE, TEXT_INPUT_VALUE
from bot.adapters.discord.send import Interaction, acknowledge, fill, take, tell
from bot.answers.discord_incoming import place_of
from bot.answers.find_answer import Asked, exchange_screen, store_answer
from bot.discord_ui.checklists.items import KEY, Key
from bot.discord_ui.checklists.moving import find_walk, step_at
from bot.discord_ui.render import notice, question_line
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import FormHandler, GuideClient
    from bot.chat.services import Services

ASK_FORM = rf"c:askform:{KEY}"
QUESTION = "question"


async def open_question(interaction: Interaction, key: Key) -> None:
    """Open the form for a question about a step."""
    services: Services = interaction.client.services
    say = services.phrases.say
    form = ui.Modal(title=say("ask_form_title")[:MODAL_TITLE], custom_id=f"c:askform:{key}")
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=QUESTION,
        style=discord.TextStyle.paragraph,
        max_length=min(services.limits.question_characters, TEXT_INPUT_VALUE),
    )
    form.add_item(ui.Label(text=say("field_question"), component=field))
    take(interaction)
    await interaction.response.send_modal(form)
    form.stop()


def question_handler(client: GuideClient) -> FormHandler:
    """Answers questions about steps, to one person not more than may be."""
    cooldown = client.services.pace

    async def asked(
        interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
    ) -> None:
        await acknowledge(interaction, private=True)
        services: Services = interaction.client.services
        say = services.phrases.say
        key, text = Key.read(match), str(values.get(QUESTION) or "")
        walk = await find_walk(interaction, key.alliance, key.run)
        if isinstance(walk, str):
            await tell(interaction, walk)
            return
        verdict = cooldown.take(interaction.user.id, services.now())
        if not verdict.allowed:
            await tell(interaction, say("cooldown", seconds=verdict.seconds))
            return
        step = step_at(walk, key.place)
        about = step.question if step is not None else walk.checklist.title
        if not services.answers.ready:
            await fill(interaction, view_of(notice(say("loading"))))
        here = interaction.channel_id or 0
        channel, thread = place_of(interaction.channel, here, direct=interaction.guild is None)
        exchange = await store_answer(
            services,
            Asked(
                alliance=key.alliance,
                channel=channel,
                person=interaction.user.id,
                source=interaction.id,
                text=text,
                received=services.now(),
                thread=thread,
                private=True,
                context=(about,),
            ),
        )
        heading = say("asked_about_step", step=question_line(about), question=question_line(text))
        shareable = interaction.guild is not None
        screen = await exchange_screen(
            services, exchange, draw.ROOM, heading=heading, shareable=shareable
        )
        shown = await fill(interaction, draw.view_of(screen))
        await services.store.answers.set_answer_message(key.alliance, exchange.id, shown.id)

    return asked
