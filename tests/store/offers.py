"""What the tests of opportunities share: offers, partners who listen, and raw looks at notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.core.outbox import NoticeKind
from bot.opportunities.rules.matching import Ground, Match, Reason
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
from bot.opportunities.rules.replies import Replied
from bot.outbox.tables import NoticeRow
from bot.store import Store
from tests.store.samples import BEGIN, PARIS

POSTER = 700000000000000050
CHANNEL_ID = 600000000000000007
SEATS = Offer(
    title="Twelve seats in a welding course",
    description="Four evenings at the college.",
    kind=Kind.TRAINING,
    audience="Shops with new operators",
    deadline=BEGIN + timedelta(days=10),
    region="Dayton",
    contact="ana@college.example",
)


async def draft(
    store: Store, offer: Offer = SEATS, alliance: int = PARIS, organization: str = "College"
) -> Opportunity:
    return await store.opportunities.add_draft(alliance, POSTER, "Ana A.", organization, offer)


async def join(
    store: Store,
    person: int,
    organization: str,
    mode: Mode = Mode.INSTANT,
    alliance: int = PARIS,
    **more: Any,
) -> None:
    await store.people.join_organization(alliance, person, organization)
    if mode is not Mode.INSTANT or more:
        await store.people.set_notifications(alliance, person, Notifications(mode, **more))


async def everybody(store: Store, alliance: int = PARIS) -> list[Match]:
    """Matches of all who listen."""
    reasons = (Reason(Ground.WORDS, "welding"), Reason(Ground.KIND, "training"))
    return [Match(listener, reasons) for listener in await store.people.listeners(alliance)]


async def publish(
    store: Store,
    offer: Offer = SEATS,
    alliance: int = PARIS,
    *,
    channel: int | None = CHANNEL_ID,
    message: int | None = 5,
    organization: str = "College",
) -> Opportunity:
    """A published opportunity whose post is in the channel, unless `message` is None."""
    made = await draft(store, offer, alliance, organization)
    matches = await everybody(store, alliance)
    published = await store.opportunities.publish(alliance, made.id, matches, channel)
    assert isinstance(published, Published)
    if channel is not None and message is not None:
        for notice in await store.outbox.due_notices(1000):
            if notice.kind is NoticeKind.OPPORTUNITY_POST and notice.about == made.id:
                await store.outbox.notice_sent(notice.id)
        await store.opportunities.set_message(alliance, made.id, channel=channel, message=message)
    return await stored(store, made.id, alliance)


async def stored(store: Store, opportunity: int, alliance: int = PARIS) -> Opportunity:
    found = await store.opportunities.opportunity(alliance, opportunity)
    assert found is not None
    return found


def says(person: int, reply: Reply, organization: str = "", note: str = "") -> Respondent:
    return Respondent(person, f"P{person}", organization, reply, note, BEGIN)


async def interested(
    store: Store, opportunity: int, person: int, organization: str = "", note: str = ""
) -> Replied:
    return await press(store, opportunity, says(person, Reply.INTERESTED, organization, note))


async def declined(
    store: Store, opportunity: int, person: int, organization: str = "", note: str = ""
) -> Replied:
    return await press(store, opportunity, says(person, Reply.NOT_FOR_US, organization, note))


async def press(store: Store, opportunity: int, by: Respondent, alliance: int = PARIS) -> Replied:
    replied = await store.opportunities.reply(alliance, opportunity, by)
    assert replied is not None
    return replied


async def waiting(store: Store, kind: NoticeKind | None = None) -> list[NoticeRow]:
    """The notices that wait, due or not, in the order in which they were stored."""
    query = select(NoticeRow).where(NoticeRow.sent.is_(None), NoticeRow.given_up.is_(None))
    if kind is not None:
        query = query.where(NoticeRow.kind == kind.value)
    async with store.database.reading_everywhere() as session:
        return list(await session.scalars(query.order_by(NoticeRow.id)))


async def keys(store: Store) -> set[str]:
    return {row.key for row in await waiting(store)}


async def dues(store: Store, kind: NoticeKind) -> dict[int | None, datetime]:
    return {row.person: row.due for row in await waiting(store, kind)}


def replies(answers: Sequence[Respondent]) -> list[tuple[int, Reply]]:
    return [(one.person, one.reply) for one in answers]


def with_capacity(places: int | None, offer: Offer = SEATS) -> Offer:
    return replace(offer, capacity=places)
