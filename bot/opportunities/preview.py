"""The preview of a draft: how the post will look, whom it reaches and why; **Post**, **Discard**."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.alliances.records import ChannelPurpose
from bot.chat.fit import Block, Listing, fit, spare
from bot.chat.flow import handles
from bot.chat.screen import Button, Screen, Style
from bot.chat.turn import Context, Turn
from bot.core.alliance import TERMINAL
from bot.core.errors import Refused
from bot.core.markup import NAME, clip, stamp
from bot.core.zones import clock_name
from bot.opportunities.actions import DISCARD, EDIT, POST
from bot.opportunities.card_screen import link_of, post_blocks
from bot.opportunities.find_opportunity import seen_opportunity
from bot.opportunities.reach import find_alike, find_matches, reached_by
from bot.opportunities.rights import require_right_to_post
from bot.opportunities.rules.matching import Match, Reason
from bot.opportunities.rules.models import Mode, Offer, Opportunity, State
from bot.opportunities.rules.records import Published, PublishTrouble
from bot.opportunities.rules.replies import Counts, is_open

_ROOM_FOR_REACH = 1300
"""Characters of the list of partners; the rest is for the post."""
_ROOM_FOR_MORE = 150
"""Characters kept for the lines that say how many more there are."""
_MOST_IN_MODE = 8
_MODES = (Mode.INSTANT, Mode.DAILY, Mode.WEEKLY)
_LOOKS, _PAUSE = 50, 0.1
"""How often, and after how many seconds each, it is looked whether the post stands."""


async def preview_screen(turn: Turn, draft: Opportunity, why: str = "") -> Screen:
    """The preview of a draft; `why` says why it isn't posted yet."""
    try:
        await posting_channel(turn)
    except Refused as no:
        why = why or str(no)
    deadline = stamp(draft.offer.deadline)
    lead = turn.say("preview_lead", id=draft.id, deadline=deadline)
    lead = "\n".join(filter(None, (lead, await deadline_note(turn, draft.offer))))
    post = post_blocks(turn, draft, Counts())
    notes = "\n".join(filter(None, (why, await _alike_note(turn, draft))))
    matches = await find_matches(turn, draft.offer)
    room = min(spare((lead, *post, notes), turn.room), _ROOM_FOR_REACH)
    about = (turn.alliance, draft.id)
    buttons = [
        Button(turn.say("label_post"), POST(*about), Style.SUCCESS),
        Button(turn.say("label_edit_offer"), EDIT(*about), Style.PRIMARY),
        Button(turn.say("label_discard"), DISCARD(*about), Style.DANGER),
    ]
    return Screen(lead, *post, _reach_text(turn, draft, matches, room), notes, rows=[buttons])


async def deadline_note(turn: Turn, offer: Offer) -> str:
    """When a deadline is by the clock that counts for somebody whose own isn't known."""
    settings = await turn.store.people.person_settings(turn.alliance, turn.person)
    if offer.deadline is None or settings.known_zone is not None:
        return ""
    by_clock = offer.deadline.astimezone(settings.zone)
    zone = clock_name(settings.zone)
    return turn.say("deadline_by_clock", deadline=by_clock, zone=zone)


async def _alike_note(turn: Turn, draft: Opportunity) -> str:
    """Points out an open opportunity that is much the same; empty if there is none."""
    alike = await find_alike(turn, draft.offer)
    if alike is None:
        return ""
    title, link = clip(alike.offer.title), link_of(alike)
    return turn.say("preview_alike", id=alike.id, title=title, link=link)


def _reach_text(context: Context, draft: Opportunity, matches: Sequence[Match], room: int) -> str:
    """The partners that will hear, by how they do, each with the reason."""

    def line(match: Match) -> str:
        name, reason = clip(match.listener.organization, NAME), match.reasons[0]
        return context.say(
            "preview_partner", name=name, reason=_reason_words(context, draft, reason)
        )

    def more(count: int) -> str:
        return context.say("preview_more", count=count)

    if context.alliance == TERMINAL:
        lines = [*map(line, matches)]
        head = context.say("preview_alone", count=len(lines))
        return "\n".join(fit([head, Listing(lines, more)], room))
    reached = reached_by(draft, matches)
    if not reached:
        return context.say("preview_nobody")
    count = len({one.organization for one in reached})
    blocks: list[Block] = [context.say("preview_reach", count=count)]
    for mode in _MODES:
        lines = [line(one.match) for one in reached if one.mode is mode]
        head = context.say("preview_mode", mode=mode.value, count=len(lines))
        blocks.append(Listing(lines, more, head, most=_MOST_IN_MODE))
    return "\n".join(fit(blocks, room - _ROOM_FOR_MORE))


def _reason_words(context: Context, draft: Opportunity, reason: Reason) -> str:
    """Why an opportunity fits."""
    return context.say(
        "match_reason",
        ground=reason.ground.value,
        interest=clip(reason.interest, NAME),
        kind=draft.offer.kind.value,
    )


# -- pressed ---------------------------------------------------------------------------------------


@handles(POST)
async def publish(turn: Turn, opportunity: int) -> Screen | None:
    """Open the draft to all, exactly once; say where it will stand, then where it stands."""
    async with turn.alone(("post", turn.alliance, opportunity)):
        draft = await _own_draft(turn, opportunity)
        try:
            await require_right_to_post(turn)
            channel = await posting_channel(turn)
        except Refused as no:
            return await preview_screen(turn, draft, str(no))
        published = await turn.store.opportunities.publish(
            turn.alliance,
            draft.id,
            await find_matches(turn, draft.offer),
            channel,
            cap=turn.services.opportunity_cap,
        )
        if isinstance(published, PublishTrouble):
            return await _trouble_screen(turn, draft, published)
        await turn.show(_posted_screen(turn, published, channel))
    return await _standing_screen(turn, published) if channel is not None else None


@handles(DISCARD)
async def discard(turn: Turn, opportunity: int) -> Screen:
    """Give the draft up."""
    draft = await _own_draft(turn, opportunity)
    if not await turn.store.opportunities.discard(turn.alliance, draft.id):
        raise Refused(turn.say("draft_gone"))
    return Screen(turn.say("draft_discarded"))


async def _own_draft(turn: Turn, number: int) -> Opportunity:
    """The draft of a preview.

    Raises:
        Refused: it was discarded, posted, or is somebody else's.
    """
    found = await seen_opportunity(turn, number)
    if found is None or found.poster != turn.person:
        raise Refused(turn.say("draft_gone"))
    if found.state is not State.DRAFT:
        raise _posted_already(turn, found)
    return found


async def _trouble_screen(turn: Turn, draft: Opportunity, trouble: PublishTrouble) -> Screen:
    """Says in the preview why it was not posted.

    Raises:
        Refused: there is nothing to preview any more.
    """
    if trouble in {PublishTrouble.CAP, PublishTrouble.OWN_CAP}:
        organization = clip(draft.organization, NAME) if trouble is PublishTrouble.CAP else ""
        cap = turn.services.opportunity_cap
        words = turn.say("post_cap", cap=cap, organization=organization)
        return await preview_screen(turn, draft, words)
    if trouble is PublishTrouble.PAST:
        return await preview_screen(turn, draft, turn.say("post_past"))
    await _own_draft(turn, draft.id)
    raise Refused(turn.say("draft_gone"))


def _posted_already(context: Context, found: Opportunity) -> Refused:
    closed, link = not is_open(found, context.now), link_of(found)
    return Refused(context.say("post_already", id=found.id, link=link, closed=closed))


async def _standing_screen(turn: Turn, published: Published) -> Screen | None:
    """Says where it stands, as soon as it does; None if that takes too long."""
    number, channel = published.opportunity.id, published.opportunity.channel
    for _ in range(_LOOKS):
        now = await turn.store.opportunities.opportunity(turn.alliance, number)
        if now is not None and now.message is not None:
            return _posted_screen(turn, published, channel, link_of(now))
        await asyncio.sleep(_PAUSE)
    return None


def _posted_screen(
    context: Context, published: Published, channel: int | None, link: str = ""
) -> Screen:
    posted = published.opportunity
    words = context.say(
        "opportunity_posted",
        id=posted.id,
        title=clip(posted.offer.title),
        channel=f"<#{channel}>" if channel is not None else "",
        link=link,
        reached=published.reached,
        closes=stamp(posted.closes),
        deadline=posted.offer.deadline is not None,
    )
    return Screen(words)


async def posting_channel(turn: Turn, label: str = "") -> int | None:
    """The channel where opportunities are posted; None where there is nobody else to see it.

    `label` is of the button to press once it can be; by default **Post**.

    Raises:
        Refused: there is no such channel, or nothing can be posted there.
    """
    if turn.alliance == TERMINAL:
        return None
    purpose, label = ChannelPurpose.OPPORTUNITIES, label or turn.say("label_post")
    for place in await turn.store.alliances.channels(turn.alliance, purpose):
        lacks = await turn.surface.lacking(place.channel)
        if lacks:
            channel = f"<#{place.channel}>"
            raise Refused(
                turn.say(
                    "opportunity_channel_lacking", channel=channel, permissions=lacks, label=label
                )
            )
        if lacks is not None:
            return place.channel
    raise Refused(turn.say("no_opportunity_channel", label=label))
