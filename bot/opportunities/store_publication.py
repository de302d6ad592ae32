"""Making an opportunity public exactly once, changing it afterwards, and closing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from sqlalchemy import func, select

from bot.database.session import StoreSession
from bot.opportunities.rules import notices
from bot.opportunities.rules.matching import Match
from bot.opportunities.rules.models import Offer, State
from bot.opportunities.rules.offer_form import closes_at
from bot.opportunities.rules.records import Published, PublishTrouble
from bot.opportunities.rules.replies import seat
from bot.opportunities.store_digests import add_items, announce
from bot.opportunities.store_rows import (
    answers_of,
    changed,
    drop_forms,
    offer_columns,
    stored_answers,
    to_answer,
    to_opportunity,
    write_answers,
)
from bot.opportunities.tables import OpportunityRow
from bot.outbox.store_notices import carry_out
from bot.people.store_listeners import people_of, read_listeners


async def publish_draft(
    session: StoreSession,
    row: OpportunityRow,
    matches: Sequence[Match],
    channel: int | None,
    cap: int,
    now: datetime,
) -> Published | PublishTrouble:
    """Open a draft, and write down who is told, within the cap of the day."""
    if row.state == State.DISCARDED:
        return PublishTrouble.GONE
    if row.state != State.DRAFT:
        return PublishTrouble.ALREADY
    if row.deadline is not None and row.deadline <= now:
        return PublishTrouble.PAST
    together, alone = await published_on_day(session, row.poster, row.organization, now)
    if together >= cap:
        return PublishTrouble.CAP
    if alone >= cap:
        return PublishTrouble.OWN_CAP
    row.state, row.posted, row.channel = State.OPEN.value, now, channel
    row.closes, row.revision = closes_at(row.deadline, now), 1
    listeners = {(one.person, one.organization): one for one in await read_listeners(session)}
    known = [
        replace(match, listener=listeners[key])
        for match in matches
        if (key := (match.listener.person, match.listener.organization)) in listeners
    ]
    insiders = await people_of(session, row.organization)
    audience = notices.audience(to_opportunity(row), known, insiders)
    row.reached = audience.organizations
    await session.flush()
    await carry_out(session, notices.published(to_opportunity(row), audience, channel))
    await add_items(session, audience.by_digest, [row.id], now)
    wanted = {match.listener.person: match.listener.notifications for match in known}
    await announce(session, {person: wanted[person] for person in audience.by_digest}, now)
    await drop_forms(session, row, began=True)
    return Published(to_opportunity(row), row.reached)


async def published_on_day(
    session: StoreSession, poster: int, organization: str, now: datetime
) -> tuple[int, int]:
    """How many were published on the UTC day of a time: for an organization, and by a person.

    Who speaks for none is counted alone. Who speaks for several is so as well, or joining one more
    would begin the day anew.
    """
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    own = OpportunityRow.poster == poster
    shared = OpportunityRow.organization == organization if organization else own
    so_far = OpportunityRow.posted.between(today, now)  # no later: the clock may have been set back
    counted = func.count(OpportunityRow.id)
    query = select(counted.filter(shared), counted.filter(own)).where(so_far)
    together, alone = (await session.execute(query)).one()
    return together, alone


async def edit_open(
    session: StoreSession, row: OpportunityRow, offer: Offer, now: datetime
) -> tuple[str, ...]:
    """Change an open opportunity, and tell which fields changed."""
    await drop_forms(session, row, began=False)
    new = offer_columns(offer)
    fields = tuple(name for name in new if getattr(row, name) != new[name])
    if not fields:
        return ()
    for name in fields:
        setattr(row, name, new[name])
    row.edited = now
    if "deadline" in fields:
        row.closes = closes_at(row.deadline, now)
    before = [(stored.id, to_answer(stored)) for stored in await stored_answers(session, row.id)]
    answers, moved_up = seat([given for _, given in before], offer.capacity)
    schedule = notices.edited(to_opportunity(row), fields, answers, now)
    await carry_out(session, schedule + changed(row, now))
    await write_answers(session, row, before, answers, now, moved_up=moved_up)
    return fields


async def close_posted(session: StoreSession, row: OpportunityRow, now: datetime) -> None:
    """Let it be closed; one whose time was over is so since then."""
    if row.state == State.OPEN:
        row.closed = min(now, row.closes or now)
    row.state = State.CLOSED.value
    await drop_forms(session, row, began=False)
    answers = await answers_of(session, row.id)
    await carry_out(session, notices.closed(to_opportunity(row), answers) + changed(row, now))
