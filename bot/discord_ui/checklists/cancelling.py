"""Giving a run up, and going on with it after all: /checklist cancel and reopen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from bot.checklists.rules.events import Became, Cancel, Refusal, Reopen, Why
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Status
from bot.discord_ui.checklists.choosing import (
    UNDER_WAY,
    RunName,
    complete_runs,
    find_run,
    title_and_id,
)
from bot.discord_ui.checklists.moving import actor_of, find_walk, words_for_refusal
from bot.discord_ui.errors import handling
from bot.discord_ui.gate import updating, whisper_beside
from bot.discord_ui.questions import alliance_for
from bot.discord_ui.render import notice
from bot.discord_ui.sending import Interaction, acknowledge, fill, tell
from bot.discord_ui.services import Services
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.discord_ui.client import GuideClient

_OVER = (Status.FINISHED, Status.CANCELLED)


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the commands and the button."""
    client.add_dynamic_items(CancelRun)
    _add_cancel(client, group)
    _add_reopen(client, group)


def _add_cancel(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say

    @group.command(name="cancel", description=say("checklist_cancel_command"))
    @app_commands.describe(run=say("checklist_run_option"))
    async def cancel(interaction: Interaction, run: RunName | None = None) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await alliance_for(client, interaction, None)
            if alliance is not None:
                walk = await find_run(interaction, alliance, run, order=(UNDER_WAY,))
                await _ask(interaction, walk)

    @cancel.autocomplete("run")
    async def runs(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await complete_runs(interaction, typed, UNDER_WAY)


def _add_reopen(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say

    @group.command(name="reopen", description=say("checklist_reopen_command"))
    @app_commands.describe(run=say("checklist_this_run_option"))
    async def reopen(interaction: Interaction, run: RunName) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await alliance_for(client, interaction, None)
            if alliance is not None:
                walk = await find_run(interaction, alliance, run)
                words = walk if isinstance(walk, str) else await _reopen(interaction, walk)
                await tell(interaction, words)

    @reopen.autocomplete("run")
    async def runs(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await complete_runs(interaction, typed, _OVER)


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
    button = CancelRun((run.alliance, run.id), say("label_cancel_run"))
    await fill(interaction, view_of(notice(asked), [button]))


class CancelRun(
    ui.DynamicItem[ui.Button[Any]], template=r"c:cancel:(?P<alliance>\d+):(?P<run>\d+)"
):
    """Gives a run up."""

    def __init__(self, key: tuple[int, int], label: str = "cancel") -> None:
        self.key = key
        style = discord.ButtonStyle.danger
        super().__init__(
            ui.Button(label=label, style=style, custom_id=f"c:cancel:{key[0]}:{key[1]}")
        )

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> CancelRun:
        """The button that was pressed."""
        return cls((int(match["alliance"]), int(match["run"])))

    async def callback(self, interaction: Interaction) -> Any:
        """Give it up, and say so in this place."""
        services: Services = interaction.client.services
        async with handling(interaction), updating(interaction):
            walk = await find_walk(interaction, *self.key)
            if isinstance(walk, str):
                await whisper_beside(interaction, walk)
                return
            by = await actor_of(interaction, self.key[0])
            change = await services.store.checklists.change_run(*self.key, Cancel(), by)
            effects = change.effects if change else ()
            refused = next((one.why for one in effects if isinstance(one, Refusal)), None)
            if refused is not None:
                words = words_for_refusal(refused, walk, None, services.phrases)
                await whisper_beside(interaction, words)
                return
            done = services.phrases.say("run_cancelled", **title_and_id(walk.run, walk.checklist))
            await fill(interaction, view_of(notice(done)))


async def _reopen(interaction: Interaction, walk: StoredRun) -> str:
    services: Services = interaction.client.services
    run = walk.run
    by = await actor_of(interaction, run.alliance)
    change = await services.store.checklists.change_run(run.alliance, run.id, Reopen(), by)
    if change is not None:
        if any(isinstance(effect, Became) for effect in change.effects):
            return services.phrases.say("run_reopened", **title_and_id(walk.run, walk.checklist))
        if Refusal(Why.NOT_OVER) in change.effects:
            return services.phrases.say("run_not_over", **title_and_id(walk.run, walk.checklist))
    return words_for_refusal(Why.NOT_YOURS, walk, None, services.phrases)
