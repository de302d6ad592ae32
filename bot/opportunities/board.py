"""/opportunity list and show: what there is, and who is interested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat.find import MOST_CHOICES, Choice, Noun, as_typed
from bot.chat.fit import Listing, fit
from bot.chat.flow import Scope, command
from bot.chat.screen import Screen
from bot.chat.turn import Context, Turn
from bot.core.markup import NAME, clip, question_line, stamp
from bot.opportunities.card_screen import answer_buttons, free_places, link_of, post_blocks
from bot.opportunities.find_opportunity import SeenOpportunity
from bot.opportunities.post_again import gone_buttons
from bot.opportunities.reach import fits_topic
from bot.opportunities.rights import may_manage
from bot.opportunities.rules.models import Kind, Opportunity, Reply, Respondent, State
from bot.opportunities.rules.replies import Counts, counts, is_open

_MOST_LISTED = 25
_MOST_DRAFTS = 25
_NOTE = 600


async def _complete_topic(turn: Turn, typed: str) -> list[Choice]:
    partners = await turn.store.people.partners(turn.alliance)
    interests = {one: None for partner in partners for one in partner.interests}
    names = [*(kind.value for kind in Kind), *interests]
    fitting = [name for name in names if typed.strip().casefold() in name.casefold()]
    return [Choice(name, name) for name in fitting if len(name) <= NAME][:MOST_CHOICES]


Topic = Annotated[str, Noun(as_typed, _complete_topic)]
"""What somebody looks for."""


@command("opportunity list", scope=Scope.OWN)
async def list_opportunities(turn: Turn, topic: Topic | None = None) -> Screen:
    """Open opportunities, a line each; and the drafts of whoever looks."""
    store = turn.store.opportunities
    known: Sequence[Opportunity] = await store.opportunities(turn.alliance)
    total = len(known)
    if topic:
        known = await fits_topic(turn, topic, known)
    lines = [
        _list_line(turn, one, counts(await store.answers(turn.alliance, one.id)))
        for one in known[:_MOST_LISTED]
    ]
    # Those beyond are only counted.
    listing = Listing(
        [*lines, *[""] * (len(known) - len(lines))],
        lambda count: turn.say("list_more", count=count),
        most=_MOST_LISTED,
    )
    asked = question_line(topic) if topic else ""
    lead = turn.say("list_lead", count=len(known), total=total, topic=asked)
    drafts = await store.opportunities(turn.alliance, states=(State.DRAFT,), poster=turn.person)
    names = [f"#{one.id} {clip(one.offer.title, NAME)}" for one in drafts[:_MOST_DRAFTS]]
    below = turn.say("list_drafts", drafts=names) if names else ""
    return Screen(lead, listing, below)


def _list_line(context: Context, one: Opportunity, answered: Counts) -> str:
    return context.say(
        "list_line",
        id=one.id,
        title=clip(one.offer.title),
        kind=one.offer.kind.value,
        closes=stamp(one.closes),
        deadline=one.offer.deadline is not None,
        interested=answered.interested,
        left=free_places(one.offer.capacity, answered),
        organization=clip(one.organization or one.poster_name, NAME),
        link=link_of(one),
        gone=one.homeless,
    )


@command("opportunity show", scope=Scope.OWN, rename={"opportunity": "id"})
async def show_opportunity(turn: Turn, opportunity: SeenOpportunity) -> None:
    """An opportunity with what was answered: by whom, or for most only how many."""
    answers = await turn.store.opportunities.answers(turn.alliance, opportunity.id)
    answered = counts(answers)
    summary = turn.say(
        "show_counts",
        interested=answered.interested,
        waiting=answered.waiting,
        declined=answered.not_for_us,
        link=link_of(opportunity),
        draft=opportunity.state is State.DRAFT,
        gone=opportunity.homeless,
    )
    lines, rows = [summary], []
    opened = is_open(opportunity, turn.now)
    if opened and opportunity.poster != turn.person:
        rows.append(answer_buttons(turn, opportunity))
    if await may_manage(turn, opportunity):
        lines += await _answer_lines(turn, answers)
        if opened and opportunity.homeless:
            rows.append(gone_buttons(turn, opportunity))
    post = fit(post_blocks(turn, opportunity, answered), turn.room)
    first, *more = _pages(lines, turn.room - sum(map(len, post)), turn.room)
    await turn.show(Screen(*post, first, rows=rows))
    for text in more:
        await turn.beside(text)


async def _answer_lines(turn: Turn, answers: Sequence[Respondent]) -> list[str]:
    """Who answered what, with whom to write to."""
    lines = []
    for reply in Reply:
        given = [one for one in answers if one.reply is reply]
        if given:
            lines.append(turn.say("show_head", reply=reply.value, count=len(given)))
        lines += [await _answer_line(turn, one) for one in given]
    return lines


async def _answer_line(turn: Turn, one: Respondent) -> str:
    contact = (await turn.store.people.person(turn.alliance, one.person)).contact
    return turn.say(
        "show_line",
        organization=clip(one.organization, NAME),
        name=clip(one.name, NAME),
        person=one.person,
        contact=clip(contact),
        note=clip(one.note, _NOTE),
        at=stamp(one.at),
        declined=one.reply is Reply.NOT_FOR_US,
    )


def _pages(lines: Sequence[str], first: int, room: int) -> list[str]:
    """Lines in texts: the first of so many characters, the others of `room`."""
    pages: list[list[str]] = [[]]
    left = first
    for line in lines:
        if len(line) + 1 > left:
            pages.append([])
            left = room
        pages[-1].append(line)
        left -= len(line) + 1
    return ["\n".join(page) for page in pages]
