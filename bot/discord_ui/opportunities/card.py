"""What an opportunity looks like in its channel, pure; see `post_view` for the whole message.

Everything that somebody wrote is escaped, and a page keeps within Discord's limits whatever it is
made of. A link is shown as it is, with its host; behind which host a masked one leads stands below.
"""

from __future__ import annotations

from datetime import datetime

import discord

from bot.adapters.discord.limits import COMPONENTS_V2_TEXT
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import NAME, TITLE, clip
from bot.discord_ui.opportunities.items import Action, AnswerButton
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items, view_of
from bot.opportunities.rules.models import Opportunity
from bot.opportunities.rules.offer_form import host_of, masked_hosts
from bot.opportunities.rules.replies import Counts, is_open

_AUDIENCE, _REGION, _CONTACT, _HOSTS, _NOTE = 420, 140, 280, 280, 320
"""Characters of a fact on the page, after escaping."""
_MOST_HOSTS = 5


def post_page(
    opportunity: Opportunity,
    counts: Counts | None,
    phrases: Phrases,
    now: datetime,
    room: int = COMPONENTS_V2_TEXT,
) -> Page:
    """The post of an opportunity as things stand.

    Args:
        opportunity: what is posted.
        counts: what was answered; None where that would not be kept up to date.
        phrases: the words.
        now: the time.
        room: how many characters it may have.
    """
    head, facts, foot = (
        _head(opportunity, phrases, now),
        _facts(opportunity, phrases, now),
        _foot(opportunity, counts, phrases, now),
    )
    left = room - len(head) - len(facts) - len(foot)
    description = shorten(escape(opportunity.offer.description), max(left, 0))
    return Page(tuple(text for text in (head, description, facts, foot) if text.strip()))


def post_row(opportunity: Opportunity, phrases: Phrases, now: datetime, notice: int = 0) -> Items:
    """The buttons under a post; none once it is closed.

    Args:
        opportunity: what is posted.
        phrases: has the labels.
        now: the time.
        notice: the one that it is delivered for, whose mark the buttons carry; 0 for none.
    """
    if not is_open(opportunity, now):
        return ()
    key = (opportunity.alliance, opportunity.id)
    return [AnswerButton.of(action, key, phrases, notice) for action in Action]


def post_view(
    opportunity: Opportunity, counts: Counts, phrases: Phrases, now: datetime, notice: int = 0
) -> discord.ui.LayoutView:
    """The message that shows an opportunity in its channel."""
    page = post_page(opportunity, counts, phrases, now)
    return view_of(page, post_row(opportunity, phrases, now, notice))


def link_of(opportunity: Opportunity, thread: int | None = None) -> str:
    """Where its post stands, or a thread about it; empty before it stands anywhere."""
    server = f"https://discord.com/channels/{opportunity.alliance}"
    if thread is not None:
        return f"{server}/{thread}"
    if opportunity.message is None:
        return ""
    return f"{server}/{opportunity.channel}/{opportunity.message}"


def stamp(moment: datetime | None) -> int:
    """A moment for Discord's timestamps; 0 for none."""
    return int(moment.timestamp()) if moment else 0


def plain_link(link: str) -> str:
    """A link as it can stand between angle brackets."""
    return link.replace("<", "%3C").replace(">", "%3E")


def _head(opportunity: Opportunity, phrases: Phrases, now: datetime) -> str:
    return phrases.say(
        "post_head",
        kind=opportunity.offer.kind.value,
        title=clip(opportunity.offer.title, TITLE * 2),
        id=opportunity.id,
        edited=opportunity.edited is not None,
        closed=opportunity.posted is not None and not is_open(opportunity, now),
    )


def _facts(opportunity: Opportunity, phrases: Phrases, now: datetime) -> str:
    offer = opportunity.offer
    texts = (offer.title, offer.description, offer.audience, offer.region, offer.contact)
    hosts = dict.fromkeys(host for text in texts for host in masked_hosts(text))
    return phrases.say(
        "post_facts",
        audience=clip(offer.audience, _AUDIENCE),
        deadline=stamp(offer.deadline),
        closes=stamp(opportunity.closes),
        open=opportunity.posted is None or is_open(opportunity, now),
        region=clip(offer.region, _REGION),
        capacity=offer.capacity,
        contact=clip(offer.contact, _CONTACT),
        link=plain_link(offer.link),
        host=clip(host_of(offer.link), _HOSTS),
        hosts=clip(", ".join([*hosts][:_MOST_HOSTS]), _HOSTS),
    ).strip()


def _foot(opportunity: Opportunity, counts: Counts | None, phrases: Phrases, now: datetime) -> str:
    capacity = opportunity.offer.capacity
    outcome = opportunity.outcome
    return phrases.say(
        "post_foot",
        name=clip(opportunity.poster_name, NAME),
        organization=clip(opportunity.organization, NAME),
        interested=counts.interested if counts else None,
        waiting=counts.waiting if counts else None,
        left=max(capacity - counts.interested, 0) if counts and capacity is not None else None,
        closed=opportunity.posted is not None and not is_open(opportunity, now),
        outcome=outcome.value if outcome else "",
        note=clip(opportunity.note, _NOTE),
    ).strip()
