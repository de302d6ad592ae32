"""Giving a run up, and going on with it after all: /checklist cancel and reopen."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.chat.services import Services
from bot.checklists.actions import CANCEL
from bot.checklists.rules.events import Why
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Status
from bot.discord_ui.checklists.choosing import (
    title_and_id,
)
from bot.discord_ui.checklists.moving import find_walk, words_for_refusal
from bot.discord_ui.render import notice
from bot.discord_ui.views import view_of

_OVER = (Status.FINISHED, Status.CANCELLED)


async def ask_to_cancel(interaction: Interaction, alliance: int, run: int) -> None:
    """Ask somebody privately whether to give a run up; nothing was acknowledged."""
    async with handling(interaction):
        await acknowledge(interaction, private=True)
        await _ask(interaction, await find_walk(interaction, alliance, run))


async def _ask(interaction: Interaction, walk: StoredRun | str) -> None:
    services: Services = interaction.client.services
    say = services.phrases.say
    if isinstance(walk, str):
        await tell(interaction, walk)
        return
    run = walk.run
    if run.owner != interaction.user.id or run.status.over:
        why = Why.NOT_YOURS if run.owner != interaction.user.id else Why(run.status.value)
        await tell(interaction, words_for_refusal(why, walk, None, services.phrases))
        return
    promised = await services.store.checklists.commitments(run.alliance, run=run.id)
    asked = say(
        "cancel_asked",
        **title_and_id(walk.run, walk.checklist),
        answered=len(run.answers),
        commitments=len(promised),
    )
    button: ui.Button[Any] = ui.Button(
        label=say("label_cancel_run"),
        style=discord.ButtonStyle.danger,
        custom_id=CANCEL(run.alliance, run.id),
    )
    await fill(interaction, view_of(notice(asked), [button]))
