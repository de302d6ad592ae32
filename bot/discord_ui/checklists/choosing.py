"""Which run is meant: by its number, else the newest; and completing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.adapters.discord.limits import CHOICE_NAME, CHOICES, COMMAND_OPTION_LENGTH
from bot.adapters.discord.memberships import Several
from bot.adapters.discord.send import Interaction
from bot.chat.services import Services
from bot.checklists.rules.records import RunHead, StoredRun
from bot.checklists.rules.run import Run, Status
from bot.core.alliance import NO_ALLIANCE
from bot.core.checklist import Checklist
from bot.core.markup import one_line, shorten
from bot.discord_ui.checklists.moving import find_walk
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.render import question_line

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

RunName = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
UNDER_WAY = (Status.OPEN, Status.PAUSED)
_NUMBER = re.compile(r"#?(\d{1,18})(?:\s.*)?", re.DOTALL)
_MOST = 100


def number_of(typed: str) -> int | None:
    """The number in "#42", "42", or in a completion that begins with it."""
    match = _NUMBER.fullmatch(typed.strip())
    return int(match[1]) if match else None


async def find_run(
    interaction: Interaction,
    alliance: int,
    typed: str | None,
    order: Sequence[Sequence[Status]] = (UNDER_WAY, (Status.FINISHED,)),
) -> StoredRun | str:
    """The run that somebody means and may see, or the words why there is none.

    Args:
        interaction: of whoever asks, where they do.
        alliance: whose run it is.
        typed: the option; None if it was left out.
        order: the newest run of the first statuses is meant then, else of the next.
    """
    services: Services = interaction.client.services
    if typed is not None:
        number = number_of(typed)
        if number is None:
            return services.phrases.say("run_unknown", run=question_line(typed))
        return await find_walk(interaction, alliance, number)
    for statuses in order:
        heads = await seen_runs(interaction, alliance, statuses, 1)
        if heads:
            return await find_walk(interaction, alliance, heads[0].id)
    return services.phrases.say("runs_none")


async def seen_runs(
    interaction: Interaction,
    alliance: int,
    statuses: Sequence[Status] = tuple(Status),
    limit: int = _MOST,
) -> list[RunHead]:
    """The runs somebody may see here: those of this thread's team first, then their own."""
    store = interaction.client.services.store
    found: list[RunHead] = []
    if isinstance(interaction.channel, discord.Thread):
        thread = interaction.channel.id
        found += await store.checklists.runs(
            alliance, thread=thread, statuses=statuses, limit=limit
        )
    person = interaction.user.id
    found += await store.checklists.runs(alliance, owner=person, statuses=statuses, limit=limit)
    heads = {head.id: head for head in found}
    return list(heads.values())[:limit]


async def alliance_to_complete(interaction: Interaction) -> int:
    """Whose runs to complete; in direct messages those of the alliance that was chosen."""
    if interaction.guild_id is not None:
        return interaction.guild_id
    client: GuideClient = interaction.client
    found = await client.memberships.alliance(interaction.user.id)
    return NO_ALLIANCE if isinstance(found, Several) else found


def run_choices(
    services: Services, heads: Iterable[RunHead], typed: str, person: int
) -> list[app_commands.Choice[str]]:
    """The runs that fit what was typed, as completions; others' with who has them."""
    choices = []
    for head in heads:
        name = services.phrases.say(
            "run_choice",
            id=head.id,
            title=one_line(head.title),
            status=head.status.value,
            owner="" if head.owner == person else one_line(head.owner_name),
            changed=head.changed,
        )
        if all(word in name.casefold() for word in typed.casefold().split()):
            choices.append(app_commands.Choice(name=shorten(name, CHOICE_NAME), value=str(head.id)))
    return choices[:CHOICES]


async def complete_runs(
    interaction: Interaction, typed: str, statuses: Sequence[Status] = tuple(Status)
) -> list[app_commands.Choice[str]]:
    """The runs somebody may see here, as completions."""
    alliance = await alliance_to_complete(interaction)
    heads = await seen_runs(interaction, alliance, statuses)
    return run_choices(interaction.client.services, heads, typed, interaction.user.id)


def title_and_id(run: Run, checklist: Checklist) -> dict[str, Any]:
    """How a run is called: two variables of many phrases."""
    return {"title": clip(checklist.title), "id": run.id}
