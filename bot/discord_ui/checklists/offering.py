"""A paused run is offered again, with the buttons **Resume** and **Cancel**."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import Interaction, acknowledge
from bot.chat.services import Services
from bot.checklists.rules import engine
from bot.checklists.rules.reminders import OFFERED_AFTER
from bot.core.outbox import Notice
from bot.core.phrases import Phrases
from bot.discord_ui.checklists import cancelling, start, team
from bot.discord_ui.checklists.moving import actor_of, find_walk
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.gate import refuse, updating
from bot.discord_ui.letters import Composer, Letter, mark_of
from bot.discord_ui.render import notice

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_RESUME, _CANCEL = "resume", "cancel"
_BUTTON = rf"n:(?P<action>{_RESUME}|{_CANCEL}):(?P<alliance>\d+):(?P<run>\d+):n(?P<notice>\d+)"
_LABELS = {_RESUME: "label_resume", _CANCEL: "label_cancel"}


def register(client: GuideClient) -> None:
    """Add the buttons."""
    client.add_dynamic_items(OfferButton)


def composer(client: GuideClient) -> Composer:
    """Writes offers."""
    services = client.services

    async def compose(due: Notice) -> Letter | None:
        walk = await services.store.checklists.walk(due.alliance, due.about)
        if walk is None:
            return None
        paused = datetime.fromisoformat(str(due.details["paused"]))
        last = bool(due.details["last"])
        if not last and services.now() >= paused + OFFERED_AFTER[-1]:
            return None  # delivered late: the last one is due as well, and is enough
        number, total = engine.progress(walk.checklist, walk.run)
        guild = client.get_guild(due.alliance)
        settings = await services.store.people.person_settings(due.alliance, walk.run.owner)
        words = services.phrases.say(
            "run_offer",
            title=clip(walk.checklist.title),
            number=number,
            total=total,
            changed=paused.astimezone(settings.zone).date(),
            alliance=clip(guild.name) if guild else "",
            last=last,
        )
        key = (due.alliance, walk.run.id, due.id)
        row = [OfferButton.of(action, key, services.phrases) for action in (_RESUME, _CANCEL)]
        return Letter(walk.run.owner, notice(words), row)

    return compose


class OfferButton(ui.DynamicItem[ui.Button[Any]], template=_BUTTON):
    """**Resume** or **Cancel**."""

    def __init__(self, action: str, key: tuple[int, int, int], label: str = "") -> None:
        self.action, self.key = action, key
        alliance, run, about = key
        primary = discord.ButtonStyle.primary
        super().__init__(
            ui.Button(
                label=label or action,
                style=primary if action == _RESUME else discord.ButtonStyle.secondary,
                custom_id=f"n:{action}:{alliance}:{run}{mark_of(about)}",
            )
        )

    @classmethod
    def of(cls, action: str, key: tuple[int, int, int], phrases: Phrases) -> OfferButton:
        """The button with its label."""
        return cls(action, key, phrases.say(_LABELS[action]))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> OfferButton:
        """The button that was pressed."""
        key = int(match["alliance"]), int(match["run"]), int(match["notice"])
        return cls(match["action"], key)

    async def callback(self, interaction: Interaction) -> Any:
        """Go on with the run, or ask whether to give it up."""
        alliance, run, _ = self.key
        if self.action == _CANCEL:
            await cancelling.ask_to_cancel(interaction, alliance, run)
        else:
            await _resume(interaction, alliance, run)


async def _resume(interaction: Interaction, alliance: int, run: int) -> None:
    """Show a private run in the place of the offer; one of a team goes on in its thread."""
    services: Services = interaction.client.services
    async with handling(interaction):
        walk = await find_walk(interaction, alliance, run)
        if isinstance(walk, str):
            await refuse(interaction, walk)
        elif walk.run.team:
            await acknowledge(interaction, private=True)
            await team.resume(interaction, walk, await actor_of(interaction, alliance))
        else:
            async with updating(interaction):
                await start.resume_private(interaction, walk, start.newer_version(walk, services))
