"""Which opportunity is meant: by its number or title; completing it; who may do what with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import discord
from discord import app_commands

from bot.adapters.discord.limits import (
    ALREADY_ACKNOWLEDGED,
    CHOICE_NAME,
    CHOICES,
    COMMAND_OPTION_LENGTH,
)
from bot.adapters.discord.send import ACKNOWLEDGED_WITHIN, Interaction, take, with_retries
from bot.core.markup import one_line, shorten
from bot.discord_ui.checklists.choosing import number_of
from bot.discord_ui.finding import find_titled
from bot.discord_ui.gate import acknowledge_update, is_steward
from bot.discord_ui.items import belongs
from bot.discord_ui.render import question_line
from bot.opportunities.rules.models import Opportunity, State

if TYPE_CHECKING:
    from bot.chat.services import Services

T = TypeVar("T")
OpportunityName = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
SHOWN = (State.OPEN, State.CLOSED)
"""The states in which everybody may see an opportunity."""
QUICK = 0.8
"""Seconds in which something is kept before it is acknowledged; people wait for that."""


@dataclass(frozen=True, slots=True)
class _Named:
    """An opportunity as something to find by its title."""

    opportunity: Opportunity

    @property
    def id(self) -> str:
        return str(self.opportunity.id)

    @property
    def title(self) -> str:
        return one_line(self.opportunity.offer.title)


async def find_by_id(interaction: Interaction, alliance: int, number: int) -> Opportunity | None:
    """An opportunity that somebody may see here: what is posted, and their own drafts."""
    services: Services = interaction.client.services
    if not belongs(interaction, alliance):
        return None
    found = await services.store.opportunities.opportunity(alliance, number)
    if found is None or found.state in SHOWN:
        return found
    own = found.poster == interaction.user.id
    return found if own and found.state is State.DRAFT else None


async def find_named(interaction: Interaction, alliance: int, typed: str) -> Opportunity | str:
    """The opportunity that somebody means and may see, or the words why there is none."""
    services: Services = interaction.client.services
    near: list[str] = []
    number = number_of(typed)
    found = await find_by_id(interaction, alliance, number) if number is not None else None
    if found is None:
        known = [_Named(one) for one in await seen(interaction, alliance, SHOWN)]
        best = find_titled(known, typed)
        if isinstance(best, list):
            near = [f"#{one.id} {question_line(one.title)}" for one in best]
        else:
            found = best.opportunity
    wanted = question_line(typed)
    return found or services.phrases.say("opportunity_unknown", wanted=wanted, near=near)


async def seen(
    interaction: Interaction, alliance: int, states: Sequence[State]
) -> list[Opportunity]:
    """Opportunities in these states, those that close first first, and one's own drafts."""
    services: Services = interaction.client.services
    drafts = await services.store.opportunities.opportunities(
        alliance, states=(State.DRAFT,), poster=interaction.user.id
    )
    return [*await services.store.opportunities.opportunities(alliance, states=states), *drafts]


def choices_of(
    services: Services, known: Sequence[Opportunity], typed: str
) -> list[app_commands.Choice[str]]:
    """Those whose name fits what was typed, as completions."""
    choices = []
    for one in known:
        name = services.phrases.say(
            "opportunity_choice",
            id=one.id,
            title=one_line(one.offer.title),
            state=one.state.value,
        )
        if all(word in name.casefold() for word in typed.casefold().split()):
            choices.append(app_commands.Choice(name=shorten(name, CHOICE_NAME), value=str(one.id)))
    return choices[:CHOICES]


async def may_manage(interaction: Interaction, opportunity: Opportunity) -> bool:
    """Whether somebody sees who answered, and may close it: the poster, and stewards."""
    return opportunity.poster == interaction.user.id or await is_steward(interaction)


async def why_not_post(interaction: Interaction) -> str:
    """The words for somebody who may not post; empty for somebody who may.

    Whoever has the intermediary role may; stewards, where there is none.
    """
    services: Services = interaction.client.services
    say, person = services.phrases.say, interaction.user
    if interaction.guild is None or not isinstance(person, discord.Member):
        return say("post_in_server")
    settings = await services.store.alliances.settings(interaction.guild.id)
    role = settings.intermediary_role
    if role is None or interaction.guild.get_role(role) is None:
        allowed, mention = await is_steward(interaction), ""
    else:
        allowed, mention = person.get_role(role) is not None, f"<@&{role}>"
    return "" if allowed else say("post_not_allowed", role=mention)


async def why_not_edit(interaction: Interaction, opportunity: Opportunity) -> str:
    """The words for somebody who may not edit it; a poster may for as long as they may post."""
    services: Services = interaction.client.services
    if opportunity.poster == interaction.user.id:
        return "" if await is_steward(interaction) else await why_not_post(interaction)
    if await is_steward(interaction):
        return ""
    return services.phrases.say("opportunity_not_yours", id=opportunity.id)


@asynccontextmanager
async def kept_first(
    interaction: Interaction,
    alliance: int,
    keep: Coroutine[Any, Any, T],
    *,
    update: bool = False,
    seconds: float = QUICK,
) -> AsyncIterator[T]:
    """Keep something, then acknowledge, so that what was acknowledged is never lost.

    Where keeping takes longer than some `seconds`, it is acknowledged meanwhile; in direct messages
    always, as Discord is asked first whether somebody is still in the `alliance`. The answer is a
    private message of its own, or with `update` the message of the button or form.

    Raises:
        LeftAlliance: they aren't, and nothing was kept.
    """
    try:
        take(interaction)
    except BaseException:
        keep.close()
        raise
    direct = interaction.guild_id is None
    task = asyncio.ensure_future(_of_member(interaction, alliance, keep) if direct else keep)
    await asyncio.wait({task}, timeout=0 if direct else seconds)
    if update:
        await acknowledge_update(interaction)
    else:
        await _acknowledge(interaction)
    kept = await task
    async with interaction.client.telling:
        yield kept


async def _of_member(interaction: Interaction, alliance: int, keep: Coroutine[Any, Any, T]) -> T:
    try:
        await interaction.client.memberships.require(alliance, interaction.user.id)
    except BaseException:
        keep.close()
        raise
    return await keep


async def _acknowledge(interaction: Interaction) -> None:
    async def defer() -> None:
        if interaction.response.is_done():
            return
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise

    await with_retries(defer, seconds=ACKNOWLEDGED_WITHIN)
