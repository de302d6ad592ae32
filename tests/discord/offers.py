"""Partners who listen and opportunities that were posted, made in the store."""

from __future__ import annotations

from dataclasses import replace

from bot.alliances.records import ChannelPurpose
from bot.index.stems import stems
from bot.opportunities.rules.matching import match
from bot.opportunities.rules.models import (
    Kind,
    Mode,
    Notifications,
    Offer,
    Opportunity,
    Reply,
    Respondent,
)
from bot.opportunities.rules.records import Published
from bot.store import Store
from tests.discord.bench import Bench
from tests.loopback import Channel, Guild, Member, Message

TITLE = "Twelve seats in a welding course"
WELDING = Offer(TITLE, "Evenings, paid, for people at work.", Kind.TRAINING)
CARE = Offer("Money for childcare", "The county pays half of it.", Kind.FUNDING)
INTERESTS = ("welding", "childcare")
POSTER = 77


async def board_of(store: Store, guild: Guild) -> Channel:
    """A channel for opportunities."""
    channel = guild.channel("opportunities")
    await store.alliances.add_channel(guild.id, channel.id, ChannelPurpose.OPPORTUNITIES)
    return channel


async def listens(
    store: Store,
    person: Member,
    organization: str,
    mode: Mode = Mode.INSTANT,
    *,
    interests: tuple[str, ...] = INTERESTS,
    **notifications: object,
) -> None:
    """Let somebody speak for an organization and hear of what fits it."""
    alliance = person.guild.id
    await store.people.join_organization(alliance, person.id, organization)
    await store.people.set_profile(alliance, organization, interests=interests)
    wanted = replace(Notifications(mode), **notifications)  # type: ignore[arg-type]
    await store.people.set_notifications(alliance, person.id, wanted)


async def publish(
    store: Store,
    guild: Guild,
    board: Channel | None,
    offer: Offer = WELDING,
    poster: int = POSTER,
    organization: str = "",
) -> Opportunity:
    """Post an opportunity to all it fits by its words."""
    draft = await store.opportunities.add_draft(guild.id, poster, "Pat", organization, offer)
    matches = match(offer, await store.people.listeners(guild.id), {}, stems)
    channel = board.id if board else None
    published = await store.opportunities.publish(guild.id, draft.id, matches, channel, cap=1000)
    assert isinstance(published, Published)
    return published.opportunity


async def says(
    store: Store, one: Opportunity, person: Member, reply: Reply = Reply.INTERESTED
) -> None:
    organization = await store.people.organization_of(one.alliance, person.id)
    by = Respondent(person.id, person.name, organization, reply, "", one.created)
    assert await store.opportunities.reply(one.alliance, one.id, by) is not None


async def settled(bench: Bench) -> None:
    """Let the bot look, and wait until no notice is due and nothing is on its way."""
    assert bench.client is not None
    bench.client.services.due.set()
    await bench.settled()


def told(where: Channel, text: str = TITLE) -> list[Message]:
    """The bot's messages in a channel that have a text."""
    return [one for one in where.history if text in one.text]
