"""/checklist hand-over: a run goes to somebody else, with all that is in it.

A steward may hand over what others have, above all what people who left have left behind, and
sees of it what it is and whose, nothing more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import Interaction, acknowledge, tell, whisper
from bot.chat.services import Services
from bot.checklists.rules.events import HandOver, Refusal, Why
from bot.checklists.rules.records import RunHead, StoredRun
from bot.checklists.rules.run import Actor, Run
from bot.discord_ui.checklists.choosing import (
    RunName,
    number_of,
    run_choices,
    seen_runs,
    title_and_id,
)
from bot.discord_ui.checklists.moving import actor_of, words_for_refusal
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.gate import is_steward
from bot.discord_ui.render import question_line

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_MOST = 200
_log = structlog.get_logger()


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command."""
    say = client.services.phrases.say

    @group.command(name="hand-over", description=say("checklist_hand_over_command"))
    @app_commands.describe(run=say("checklist_this_run_option"), to=say("checklist_to_option"))
    async def hand_over(
        interaction: Interaction, run: RunName, to: discord.Member | discord.User
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            await tell(interaction, await _hand_over(interaction, run, to))

    @hand_over.autocomplete("run")
    async def runs(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance, person = interaction.guild_id, interaction.user.id
        if alliance is None:
            return []
        heads: list[RunHead] = await seen_runs(interaction, alliance)
        heads = [head for head in heads if head.owner == person]
        if await is_steward(interaction):
            everyones = await client.services.store.checklists.runs(alliance, limit=_MOST)
            heads += [head for head in everyones if head.owner != person]
        return run_choices(client.services, heads, typed, person)


async def _hand_over(
    interaction: Interaction, typed: str, to: discord.Member | discord.User
) -> str:
    """Give a run to somebody, and say so; or say why not."""
    services: Services = interaction.client.services
    say, guild = services.phrases.say, interaction.guild
    if guild is None:
        return say("hand_over_in_server")
    number = number_of(typed)
    walk = await services.store.checklists.walk(guild.id, number) if number is not None else None
    if walk is None:
        return say("run_unknown", run=question_line(typed))
    by = replace(await actor_of(interaction, guild.id), steward=await is_steward(interaction))
    if by.person != walk.run.owner and not by.steward:
        return say("hand_over_owners")
    owner = await _member(guild, walk.run.owner)
    if (hindrance := _hindrance(walk.run, by, owner, to)) is not None:
        named = {"owner": clip(walk.run.owner_name, NAME)} if hindrance in _OWNERS else {}
        return say(hindrance, **(named or {"name": clip(to.display_name, NAME)}))
    change = await services.store.checklists.change_run(
        guild.id, walk.run.id, HandOver(to.id, to.display_name), by
    )
    refused = [one.why for one in change.effects if isinstance(one, Refusal)] if change else []
    if change is None or refused:
        return words_for_refusal((refused or [Why.NOT_YOURS])[0], walk, None, services.phrases)
    told = await _tell_both(interaction, walk, to, owner)
    about = title_and_id(walk.run, walk.checklist)
    return say("handed_over", **about, name=clip(to.display_name, NAME), told=told)


def _hindrance(
    run: Run, by: Actor, owner: discord.Member | None, to: discord.Member | discord.User
) -> str | None:
    """Why a run can't go to somebody."""
    if to.bot:
        return "hand_over_to_bot"
    if not isinstance(to, discord.Member):
        return "hand_over_to_stranger"
    if to.id == run.owner:
        return "hand_over_same"
    if to.id == by.person and not run.team and owner is not None:
        return "hand_over_to_oneself"  # it would be a way to read it
    return None


_OWNERS = {"hand_over_to_oneself"}
"""Refusals that name the owner, not the person it was to go to."""


async def _tell_both(
    interaction: Interaction,
    walk: StoredRun,
    to: discord.Member | discord.User,
    owner: discord.Member | None,
) -> bool:
    """Tell the new owner, and the old one where somebody else did it; whether the new one knows."""
    say = interaction.client.services.phrases.say
    by, guild = interaction.user, interaction.guild
    about = title_and_id(walk.run, walk.checklist)
    about |= {"name": clip(by.display_name, NAME), "alliance": clip(guild.name) if guild else ""}
    if owner is not None and owner.id != by.id:
        lost = say("handed_from_you", **about, to=clip(to.display_name, NAME))
        await _try_to_tell(owner, lost, f"g{interaction.id}")
    if to.id == by.id:
        return True
    yours = say("handed_to_you", **about, over=walk.run.status.over)
    return await _try_to_tell(to, yours, f"h{interaction.id}")


async def _try_to_tell(person: discord.Member | discord.User, words: str, nonce: str) -> bool:
    """Write to somebody about what has happened anyhow."""
    try:
        return await whisper(person, words, nonce)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as problem:
        _log.warning("not_told", kind=type(problem).__name__)
        return False


async def _member(guild: discord.Guild, person: int) -> discord.Member | None:
    """Somebody of the alliance; None once they left it."""
    try:
        return await guild.fetch_member(person)
    except discord.NotFound:
        return None
