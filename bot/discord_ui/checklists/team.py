"""A run of a team: in a thread, a message for each step, and what was left stays to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.limits import MISSING_PERMISSIONS, THREAD_NAME
from bot.adapters.discord.permissions import missing_permissions, named
from bot.adapters.discord.send import Interaction, fill, post, replace, tell, with_retries
from bot.checklists.rules.engine import start
from bot.checklists.rules.events import Cancel, Moved, Refusal, Resume, Why
from bot.checklists.rules.records import Change, StoredRun
from bot.checklists.rules.run import Actor, Run, Status
from bot.core.checklist import Checklist
from bot.core.markup import one_line, shorten
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.items import run_view
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.checklists.steps import (
    SENTENCE,
    Shown,
    place_of_step,
    run_page,
    step_page,
)
from bot.discord_ui.gate import whisper_beside
from bot.discord_ui.render import Page, notice
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient
    from bot.chat.services import Services

_CREATE = "create_public_threads"
_LEFT_OPEN = {Why.ALREADY_ANSWERED, Why.ANSWER_NEEDED, Why.AT_FIRST, Why.NOT_YOURS}
"""Refusals that leave the message as it is."""


async def begin(interaction: Interaction, checklist: Checklist, by: Actor) -> None:
    """Start a run in a thread; the interaction is acknowledged privately."""
    services: Services = interaction.client.services
    place = await _thread_place(interaction)
    if place is None:
        return
    alliance = interaction.guild_id or 0
    run = start(checklist, alliance, by, services.now(), team=True)
    walk = await services.store.checklists.start_run(alliance, run, checklist)
    thread = await _open(interaction, walk, place)
    if thread is None:
        await services.store.checklists.change_run(alliance, walk.run.id, Cancel(), by)
        return
    lead = services.phrases.say(
        "team_begun",
        name=clip(by.name),
        title=clip(checklist.title),
        purpose=clip(checklist.purpose, SENTENCE * 2),
    )
    await post(thread, view_of(notice(lead)), f"t{interaction.id}")
    await _post_step(interaction, thread, walk)
    await tell(interaction, services.phrases.say("team_started", thread=thread.mention))


async def resume(interaction: Interaction, walk: StoredRun, by: Actor, lead: str = "") -> None:
    """Show the current step in the thread anew; the interaction is acknowledged privately.

    Where the thread is gone, another one is opened here.
    """
    client: GuideClient = interaction.client
    services, run = client.services, walk.run
    say = services.phrases.say
    if run.status is Status.PAUSED and run.owner != by.person:
        await tell(interaction, say("only_owner_moves", name=clip(run.owner_name)))
        return
    thread = await thread_of(client, run.thread)
    if thread is None:
        place = await _thread_place(interaction)
        thread = await _open(interaction, walk, place) if place is not None else None
        if thread is None:
            return
    elif not await _may_post(interaction, thread):
        return
    async with client.turns.at(run.id):
        change = await services.store.checklists.change_run(run.alliance, run.id, Resume(), by)
        # For a member nothing changes: it is open already.
        await _post_step(interaction, thread, change.walk if change else walk, lead)
    await tell(interaction, say("team_resumed", thread=thread.mention))


async def show(interaction: Interaction, change: Change, place: int | None, words: str) -> None:
    """Show what came of an event: the next step in a message of its own, all else in place."""
    walk = change.walk
    services: Services = interaction.client.services
    refused = next((one.why for one in change.effects if isinstance(one, Refusal)), None)
    moved = any(isinstance(one, Moved) for one in change.effects)
    thread = interaction.channel
    may_post = not missing_permissions(interaction.app_permissions, in_thread=True)
    if moved and not walk.run.status.over and may_post and isinstance(thread, discord.Thread):
        await _post_step(interaction, thread, walk, words)
        await fill(interaction, _left_view(walk, place, services))
        return
    if refused not in _LEFT_OPEN:
        at = place_of_step(walk, walk.run.current) if moved else place
        await fill(interaction, step_view(walk, at, services))
    if words:
        await whisper_beside(interaction, words)


async def refresh(interaction: Interaction, run: Run, message: int, place: int) -> None:
    """Show the answers of now in a message of the thread that isn't the one at hand."""
    client: GuideClient = interaction.client
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        async with client.turns.at(run.id):
            walk = await client.services.store.checklists.walk(run.alliance, run.id)
            if walk is not None:
                view = step_view(walk, place, client.services)
                await replace(channel.get_partial_message(message), view)


def step_view(walk: StoredRun, place: int | None, services: Services) -> discord.ui.LayoutView:
    """The message of a step: with buttons while the run stands at it, else to be read only."""
    if walk.run.status.over or place != place_of_step(walk, walk.run.current):
        return _left_view(walk, place, services)
    return run_view(run_page(walk, services.library, services.phrases), walk, services.phrases)


async def thread_of(client: GuideClient, thread: int | None) -> discord.Thread | None:
    """The thread of a run; None if there is none any more."""
    if thread is None:
        return None
    channel = client.get_channel(thread)
    if channel is None:
        try:
            channel = await with_retries(lambda: client.fetch_channel(thread))
        except (discord.NotFound, discord.Forbidden):
            return None
    return channel if isinstance(channel, discord.Thread) else None


def _left_view(walk: StoredRun, place: int | None, services: Services) -> discord.ui.LayoutView:
    phrases = services.phrases
    if place is None or place >= len(walk.checklist.steps):
        shown = Shown(Page((f"-# {clip(walk.checklist.title)}",)))
    else:
        step = walk.checklist.steps[place]
        shown = step_page(walk, step, services.library, phrases, live=False)
    return run_view(shown, walk, phrases)


async def _post_step(
    interaction: Interaction, thread: discord.Thread, walk: StoredRun, lead: str = ""
) -> None:
    services: Services = interaction.client.services
    shown = run_page(walk, services.library, services.phrases, lead)
    await post(thread, run_view(shown, walk, services.phrases), f"c{interaction.id}")


async def _thread_place(interaction: Interaction) -> discord.TextChannel | discord.Thread | None:
    """Where a thread is or can be opened; None after telling the person what hinders."""
    phrases: Phrases = interaction.client.services.phrases
    channel = interaction.channel
    if interaction.guild is None or not isinstance(channel, (discord.TextChannel, discord.Thread)):
        await tell(interaction, phrases.say("team_needs_channel"))
        return None
    in_thread = isinstance(channel, discord.Thread)
    may = interaction.permissions
    if not (may.send_messages_in_threads if in_thread else may.create_public_threads):
        await tell(interaction, phrases.say("team_refused"))
        return None
    missing = missing_permissions(interaction.app_permissions, in_thread=True)
    if not in_thread and not interaction.app_permissions.create_public_threads:
        missing.append(_CREATE)
    if missing:
        await tell(interaction, phrases.say("team_forbidden", permissions=named(missing)))
        return None
    return channel


async def _may_post(interaction: Interaction, thread: discord.Thread) -> bool:
    """Whether the bot may post in a thread; if not, the person is told why."""
    missing = missing_permissions(thread.permissions_for(thread.guild.me), in_thread=True)
    if missing:
        say = interaction.client.services.phrases.say
        await tell(interaction, say("team_forbidden", permissions=named(missing)))
    return not missing


async def _open(
    interaction: Interaction, walk: StoredRun, place: discord.TextChannel | discord.Thread
) -> discord.Thread | None:
    """The thread that a team walks in from now on; None after telling what hinders."""
    services: Services = interaction.client.services
    if isinstance(place, discord.TextChannel):
        name = shorten(one_line(walk.checklist.title), THREAD_NAME)
        try:
            thread = await place.create_thread(name=name, type=discord.ChannelType.public_thread)
        except discord.Forbidden as error:
            if error.code != MISSING_PERMISSIONS:
                raise
            words = services.phrases.say("team_forbidden", permissions=named([_CREATE]))
            await tell(interaction, words)
            return None
    else:
        thread = place
    await services.store.checklists.set_thread(walk.run.alliance, walk.run.id, thread.id)
    return thread
