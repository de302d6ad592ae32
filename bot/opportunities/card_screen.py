"""What an opportunity looks like: in its channel, in a preview, in a message that tells of it.

Everything that somebody wrote is escaped. A link is shown with the host that a browser
goes to; behind which host a masked one leads stands below.
"""

from __future__ import annotations

from bot.chat.action import NoticeMark
from bot.chat.fit import Block, Elastic
from bot.chat.screen import Button, Screen, Style
from bot.chat.turn import Context
from bot.core.links import host_of, masked_hosts, shown_link
from bot.core.markup import NAME, TITLE, clip, escape, stamp
from bot.opportunities.actions import ASK, INTERESTED, NOT_FOR_US
from bot.opportunities.rules.models import Opportunity
from bot.opportunities.rules.replies import Counts, is_open

_AUDIENCE, _REGION, _CONTACT, _HOSTS, _NOTE = 420, 140, 280, 280, 320
"""Characters of a fact, after escaping."""
_MOST_HOSTS = 5


def post_screen(context: Context, opportunity: Opportunity, counts: Counts) -> Screen:
    """The post of an opportunity as things stand; without buttons once it is closed."""
    buttons: list[Button] = []
    if is_open(opportunity, context.now):
        ask = ASK(opportunity.alliance, opportunity.id)
        buttons = [
            *answer_buttons(context, opportunity),
            Button(context.say("label_ask"), ask),
        ]
    return Screen(*post_blocks(context, opportunity, counts), rows=[buttons])


def answer_buttons(
    context: Context, opportunity: Opportunity, notice: NoticeMark | None = None
) -> list[Button]:
    """The two buttons that answer it; `notice` is the one they are delivered for."""
    about = (opportunity.alliance, opportunity.id, notice)
    return [
        Button(context.say("label_interested"), INTERESTED(*about), Style.SUCCESS),
        Button(context.say("label_not_for_us"), NOT_FOR_US(*about)),
    ]


def post_blocks(
    context: Context, opportunity: Opportunity, counts: Counts | None
) -> tuple[Block, ...]:
    """The texts of a post; without `counts` where these would not be kept up to date."""
    return (
        _head(context, opportunity),
        Elastic(escape(opportunity.offer.description)),
        _facts(context, opportunity),
        _foot(context, opportunity, counts),
    )


def link_of(opportunity: Opportunity, thread: int | None = None) -> str:
    """Where its post stands, or a thread about it; empty before it stands anywhere."""
    server = f"https://discord.com/channels/{opportunity.alliance}"
    if thread is not None:
        return f"{server}/{thread}"
    if opportunity.message is None:
        return ""
    return f"{server}/{opportunity.channel}/{opportunity.message}"


def _head(context: Context, opportunity: Opportunity) -> str:
    return context.say(
        "post_head",
        kind=opportunity.offer.kind.value,
        title=clip(opportunity.offer.title, TITLE * 2),
        id=opportunity.id,
        edited=opportunity.edited is not None,
        closed=_is_over(context, opportunity),
    )


def _facts(context: Context, opportunity: Opportunity) -> str:
    offer = opportunity.offer
    texts = (offer.title, offer.description, offer.audience, offer.region, offer.contact)
    hosts = dict.fromkeys(host for text in texts for host in masked_hosts(text))
    return context.say(
        "post_facts",
        audience=clip(offer.audience, _AUDIENCE),
        deadline=stamp(offer.deadline),
        closes=stamp(opportunity.closes),
        open=not _is_over(context, opportunity),
        region=clip(offer.region, _REGION),
        capacity=offer.capacity,
        contact=clip(offer.contact, _CONTACT),
        link=shown_link(offer.link),
        host=clip(host_of(offer.link), _HOSTS),
        hosts=clip(", ".join([*hosts][:_MOST_HOSTS]), _HOSTS),
    ).strip()


def _foot(context: Context, opportunity: Opportunity, counts: Counts | None) -> str:
    capacity, outcome = opportunity.offer.capacity, opportunity.outcome
    return context.say(
        "post_foot",
        name=clip(opportunity.poster_name, NAME),
        organization=clip(opportunity.organization, NAME),
        interested=counts.interested if counts else None,
        waiting=counts.waiting if counts else None,
        left=free_places(capacity, counts) if counts else None,
        closed=_is_over(context, opportunity),
        outcome=outcome.value if outcome else "",
        note=clip(opportunity.note, _NOTE),
    ).strip()


def free_places(capacity: int | None, counts: Counts) -> int | None:
    """How many organizations can still have it; None for any number."""
    return None if capacity is None else max(capacity - counts.interested, 0)


def _is_over(context: Context, opportunity: Opportunity) -> bool:
    return opportunity.posted is not None and not is_open(opportunity, context.now)
