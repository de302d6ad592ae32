"""/commitments: what was promised in checklists, and when to remind of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import (
    CHOICE_NAME,
    CHOICES,
    COMMAND_OPTION_LENGTH,
    COMPONENTS_V2_TEXT,
)
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.chat.services import Services
from bot.checklists.rules.records import Commitment
from bot.core.markup import one_line, shorten
from bot.discord_ui.checklists import offering, reminding
from bot.discord_ui.checklists.choosing import alliance_to_complete, number_of
from bot.discord_ui.checklists.quoting import TITLE, clip
from bot.discord_ui.questions import alliance_for
from bot.discord_ui.render import Page, question_line
from bot.discord_ui.times import read_times, zone_choices
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Typed = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
_ROOM_BELOW = 200
"""Characters kept for the line that says a list is cut."""


def register(client: GuideClient) -> None:
    """Add the commands, and the buttons of reminders and offers."""
    reminding.register(client)
    offering.register(client)
    say = client.services.phrases.say
    group = app_commands.Group(name="commitments", description=say("commitments_command"))
    client.tree.add_command(group)
    _add_list(client, group)
    _add_done(client, group)
    _add_move(client, group)
    _add_settings(client, group)


def _add_list(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say

    @group.command(name="list", description=say("commitments_list_command"))
    async def show_list(interaction: Interaction) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await alliance_for(client, interaction, None)
            if alliance is not None:
                found = await _open_here(interaction, alliance)
                await fill(interaction, view_of(await _page(interaction, found)))


def _add_done(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say

    @group.command(name="done", description=say("commitments_done_command"))
    @app_commands.describe(commitment=say("commitment_option"))
    async def done(interaction: Interaction, commitment: Typed) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            found = await _find(interaction, commitment)
            if found is not None:
                await tell(interaction, await reminding.settle(client.services, found))

    done.autocomplete("commitment")(_complete)


def _add_move(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say

    @group.command(name="move", description=say("commitments_move_command"))
    @app_commands.describe(commitment=say("commitment_option"), date=say("commitment_date_option"))
    async def move(interaction: Interaction, commitment: Typed, date: Typed) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            found = await _find(interaction, commitment)
            if found is not None:
                _, words = await reminding.move(interaction, found, date)
                await tell(interaction, words)

    move.autocomplete("commitment")(_complete)


def _add_settings(client: GuideClient, group: app_commands.Group) -> None:
    phrases, zones = client.services.phrases, client.services.library.zones
    say, store = phrases.say, client.services.store

    @group.command(name="settings", description=say("commitments_settings_command"))
    @app_commands.describe(
        timezone=say("timezone_option"), quiet=say("quiet_option"), at=say("at_option")
    )
    async def settings(
        interaction: Interaction,
        timezone: Typed | None = None,
        quiet: Typed | None = None,
        at: Typed | None = None,
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await alliance_for(client, interaction, None)
            if alliance is None:
                return
            person = interaction.user.id
            before = await store.people.person_settings(alliance, person)
            wanted = read_times(client.services.phrases, zones, before, timezone, quiet, at)
            if isinstance(wanted, str):
                await tell(interaction, wanted)
                return
            if wanted != before:
                await store.people.set_person_settings(alliance, person, wanted)
                client.dispatch("notices")
            hours = wanted.quiet
            words = say(
                "reminders_are",
                zone=wanted.zone.key,
                at=wanted.at,
                start=hours.start if hours else None,
                end=hours.end if hours else None,
                changed=wanted != before,
            )
            await tell(interaction, words)

    @settings.autocomplete("timezone")
    async def named_zones(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return zone_choices(zones, typed)


async def _open_here(interaction: Interaction, alliance: int) -> list[Commitment]:
    """Somebody's open commitments, and in the thread of a team the team's; the next due first."""
    store = interaction.client.services.store
    found = list(await store.checklists.commitments(alliance, person=interaction.user.id))
    if isinstance(interaction.channel, discord.Thread):
        for head in await store.checklists.runs(alliance, thread=interaction.channel.id):
            if head.team:
                found += await store.checklists.commitments(alliance, run=head.id)
    distinct = {one.id: one for one in found}.values()
    return sorted(distinct, key=lambda one: (one.day is None, one.day or one.made.date(), one.id))


async def _page(interaction: Interaction, found: list[Commitment]) -> Page:
    services: Services = interaction.client.services
    say, store = services.phrases.say, services.store
    if not found:
        return Page((say("commitments_none"),))
    person = interaction.user.id
    settings = await store.people.person_settings(found[0].alliance, person)
    today = services.now().astimezone(settings.zone).date()
    lead = say("commitments_lead", count=len(found))
    room = COMPONENTS_V2_TEXT - len(lead) - _ROOM_BELOW
    titles: dict[int, str] = {}
    lines: list[str] = []
    for one in found:
        if one.run not in titles:
            walk = await store.checklists.walk(one.alliance, one.run)
            titles[one.run] = clip(walk.checklist.title) if walk else ""
        line = say(
            "commitment_line",
            id=one.id,
            what=clip(one.what, TITLE * 2),
            who=clip(one.who),
            day=one.day,
            overdue=one.day is not None and one.day < today,
            title=titles[one.run],
            name="" if one.person == person else f"<@{one.person}>",
        )
        if sum(len(known) + 1 for known in lines) + len(line) > room:
            more = say("commitments_more", count=len(found) - len(lines))
            return Page((lead, "\n".join(lines), more))
        lines.append(line)
    return Page((lead, "\n".join(lines)))


async def _find(interaction: Interaction, typed: str) -> Commitment | None:
    """The commitment that is meant; None after telling why there is none."""
    client: GuideClient = interaction.client
    alliance = await alliance_for(client, interaction, None)
    if alliance is None:
        return None
    number = number_of(typed)
    say = client.services.phrases.say
    unknown = say("commitment_unknown", commitment=question_line(typed))
    found = await reminding.find_own(interaction, alliance, number) if number else unknown
    if not isinstance(found, str):
        return found
    await tell(interaction, unknown if found == say("commitment_gone") else found)
    return None


async def _complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The open commitments somebody may change that fit what was typed."""
    say = interaction.client.services.phrases.say
    alliance = await alliance_to_complete(interaction)
    choices = []
    for one in await _open_here(interaction, alliance):
        name = say("commitment_choice", id=one.id, what=one_line(one.what), day=one.day)
        if all(word in name.casefold() for word in typed.casefold().split()):
            choices.append(app_commands.Choice(name=shorten(name, CHOICE_NAME), value=str(one.id)))
    return choices[:CHOICES]
