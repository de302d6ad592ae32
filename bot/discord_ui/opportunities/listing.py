"""/opportunity list, show and close: what there is, who is interested, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import CHOICES, COMMAND_OPTION_LENGTH, COMPONENTS_V2_TEXT
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.chat.services import Services
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.choosing import alliance_to_complete
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.gate import is_steward
from bot.discord_ui.items import show_pages
from bot.discord_ui.opportunities.card import link_of, post_page, stamp
from bot.discord_ui.opportunities.choosing import (
    SHOWN,
    OpportunityName,
    choices_of,
    find_named,
    may_manage,
    seen,
)
from bot.discord_ui.opportunities.reach import fits_topic
from bot.discord_ui.questions import own_alliance
from bot.discord_ui.render import Page, question_line
from bot.discord_ui.views import view_of
from bot.opportunities.rules.models import Kind, Opportunity, Outcome, Reply, Respondent, State
from bot.opportunities.rules.replies import Counts, counts, is_open

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Typed = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
OUTCOMES = [app_commands.Choice(name=one.value, value=one.value) for one in Outcome]
_MOST_LISTED = 25
_ROOM_BELOW = 200
_NOTE = 600


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as the poster sees it, with whom to write to."""

    answered: Respondent
    contact: str


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the commands."""
    _add_list(client, group)
    _add_show(client, group)
    _add_close(client, group)


def _add_list(client: GuideClient, group: app_commands.Group) -> None:
    services = client.services
    say, store = services.phrases.say, services.store

    @group.command(name="list", description=say("opportunity_list_command"))
    @app_commands.describe(topic=say("topic_option"))
    async def show_list(interaction: Interaction, topic: Typed | None = None) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await own_alliance(client, interaction)
            if alliance is None:
                return
            known: Sequence[Opportunity] = await store.opportunities.opportunities(alliance)
            total = len(known)
            if topic is not None and topic.strip():
                known = await fits_topic(services, topic, known)
            drafts = await store.opportunities.opportunities(
                alliance, states=(State.DRAFT,), poster=interaction.user.id
            )
            listed = [
                (one, counts(await store.opportunities.answers(alliance, one.id)))
                for one in known[:_MOST_LISTED]
            ]
            asked = question_line(topic) if topic else ""
            page = list_page(listed, len(known), total, asked, drafts, services.phrases)
            await fill(interaction, view_of(page))

    @show_list.autocomplete("topic")
    async def topics(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance = await alliance_to_complete(interaction)
        partners = await store.people.partners(alliance)
        interests = {one: None for partner in partners for one in partner.interests}
        names = [*(kind.value for kind in Kind), *interests]
        fitting = [name for name in names if typed.strip().casefold() in name.casefold()]
        return [
            app_commands.Choice(name=name, value=name) for name in fitting if len(name) <= NAME
        ][:CHOICES]


def list_page(
    listed: Sequence[tuple[Opportunity, Counts]],
    fitting: int,
    total: int,
    topic: str,
    drafts: Sequence[Opportunity],
    phrases: Phrases,
) -> Page:
    """Open opportunities, a line each; and the drafts of whoever looks.

    Args:
        listed: those to show, with what was answered.
        fitting: how many there are to show.
        total: how many are open at all.
        topic: what was asked for, ready to show; empty for everything.
        drafts: what isn't posted yet.
        phrases: the words.
    """
    lead = phrases.say("list_lead", count=fitting, total=total, topic=topic)
    names = [f"#{one.id} {clip(one.offer.title, NAME)}" for one in drafts]
    below = phrases.say("list_drafts", drafts=names[:CHOICES]) if names else ""
    room = COMPONENTS_V2_TEXT - len(lead) - len(below) - _ROOM_BELOW
    lines: list[str] = []
    for one, answered in listed:
        capacity = one.offer.capacity
        line = phrases.say(
            "list_line",
            id=one.id,
            title=clip(one.offer.title),
            kind=one.offer.kind.value,
            closes=stamp(one.closes),
            deadline=one.offer.deadline is not None,
            interested=answered.interested,
            left=None if capacity is None else max(capacity - answered.interested, 0),
            organization=clip(one.organization or one.poster_name, NAME),
            link=link_of(one),
        )
        if sum(len(known) + 1 for known in lines) + len(line) > room:
            break
        lines.append(line)
    more = fitting - len(lines)
    tail = phrases.say("list_more", count=more) if more else ""
    return Page(tuple(filter(None, (lead, "\n".join(lines), tail, below))))


def _add_show(client: GuideClient, group: app_commands.Group) -> None:
    services = client.services
    say, store = services.phrases.say, services.store

    @group.command(name="show", description=say("opportunity_show_command"))
    @app_commands.rename(name="id")
    @app_commands.describe(name=say("opportunity_id_option"))
    async def show(interaction: Interaction, name: OpportunityName) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            found = await _wanted(client, interaction, name)
            if found is None:
                return
            answers = await store.opportunities.answers(found.alliance, found.id)
            said: list[Said] | None = None
            if await may_manage(interaction, found):
                said = [
                    Said(one, (await store.people.person(found.alliance, one.person)).contact)
                    for one in answers
                ]
            pages = show_pages_of(found, counts(answers), said, services)
            await show_pages(interaction, pages)

    @show.autocomplete("name")
    async def names(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance = await alliance_to_complete(interaction)
        return choices_of(services, await seen(interaction, alliance, SHOWN), typed)


def show_pages_of(
    found: Opportunity, answered: Counts, said: Sequence[Said] | None, services: Services
) -> tuple[Page, ...]:
    """An opportunity with what was answered: by whom, or (None) only how many."""
    phrases = services.phrases
    post = post_page(found, answered, phrases, services.now())
    summary = phrases.say(
        "show_counts",
        interested=answered.interested,
        waiting=answered.waiting,
        declined=answered.not_for_us,
        link=link_of(found),
        draft=found.state is State.DRAFT,
    )
    pieces = [summary]
    for reply in Reply if said is not None else ():
        lines = [_line(one, phrases) for one in said or () if one.answered.reply is reply]
        if lines:
            pieces += [phrases.say("show_head", reply=reply.value, count=len(lines)), *lines]
    texts: list[list[str]] = [[]]
    room = COMPONENTS_V2_TEXT - sum(map(len, post.texts)) - 1
    for piece in pieces:
        if len(piece) + 1 > room:
            texts.append([])
            room = COMPONENTS_V2_TEXT
        texts[-1].append(piece)
        room -= len(piece) + 1
    first, *rest = ["\n".join(lines) for lines in texts]
    return (Page((*post.texts, *filter(None, [first]))), *(Page((text,)) for text in rest))


def _line(said: Said, phrases: Phrases) -> str:
    one = said.answered
    return phrases.say(
        "show_line",
        organization=clip(one.organization, NAME),
        name=clip(one.name, NAME),
        person=one.person,
        contact=clip(said.contact),
        note=clip(one.note, _NOTE),
        at=stamp(one.at),
        declined=one.reply is Reply.NOT_FOR_US,
    )


def _add_close(client: GuideClient, group: app_commands.Group) -> None:
    services = client.services
    say, store = services.phrases.say, services.store

    @group.command(name="close", description=say("opportunity_close_command"))
    @app_commands.rename(name="id")
    @app_commands.describe(
        name=say("opportunity_id_option"),
        outcome=say("outcome_option"),
        note=say("close_note_option"),
    )
    @app_commands.choices(outcome=OUTCOMES)
    async def close(
        interaction: Interaction, name: OpportunityName, outcome: str, note: Typed | None = None
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            found = await _wanted(client, interaction, name)
            if found is None:
                return
            async with client.turns.at(("close", found.alliance, found.id)):
                found = await store.opportunities.opportunity(found.alliance, found.id) or found
                await tell(interaction, await _close(interaction, found, outcome, note or ""))

    @close.autocomplete("name")
    async def names(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance = await alliance_to_complete(interaction)
        known = await store.opportunities.opportunities(alliance, states=SHOWN)
        steward = await is_steward(interaction)
        own = [
            one
            for one in known
            if one.outcome is None and (steward or one.poster == interaction.user.id)
        ]
        return choices_of(services, own, typed)


async def _close(interaction: Interaction, found: Opportunity, outcome: str, note: str) -> str:
    """Close it, or add what came of it to one that closed by itself; the words for that."""
    services: Services = interaction.client.services
    say, title = services.phrases.say, clip(found.offer.title)
    if not await may_manage(interaction, found):
        return say("opportunity_not_yours", id=found.id)
    if found.state is State.DRAFT:
        return say("close_draft", id=found.id)
    if found.state is State.CLOSED and found.outcome is not None:
        return say("closed_already", id=found.id, title=title, outcome=found.outcome.value)
    was_open = is_open(found, services.now())
    meant = Outcome(outcome)
    await services.store.opportunities.close_opportunity(
        found.alliance, found.id, meant, note.strip()[:_NOTE]
    )
    interaction.client.dispatch("notices")
    return say(
        "opportunity_closed_now",
        id=found.id,
        title=title,
        outcome=outcome,
        was_open=was_open,
        note=clip(note, _NOTE),
    )


async def _wanted(client: GuideClient, interaction: Interaction, typed: str) -> Opportunity | None:
    """The opportunity that is meant; None after telling why there is none."""
    alliance = await own_alliance(client, interaction)
    if alliance is None:
        return None
    found = await find_named(interaction, alliance, typed)
    if isinstance(found, str):
        await tell(interaction, found)
        return None
    return found
