"""What waits to be shown to somebody in a digest, and when the next one comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, exists, select

from bot.alliances.records import ChannelPurpose
from bot.alliances.store import channel_for
from bot.core.outbox import Schedule
from bot.database.session import StoreSession
from bot.opportunities.rules import notices
from bot.opportunities.rules.digest import closes_soon, next_digest
from bot.opportunities.rules.models import Notifications, Opportunity
from bot.opportunities.rules.records import CHANNEL
from bot.opportunities.store_rows import still_open, to_opportunity
from bot.opportunities.tables import DigestItemRow, OpportunityAnswerRow, OpportunityRow
from bot.outbox.store_notices import carry_out, waiting_under
from bot.people.store_listeners import read_notifications, sides_of

Items = tuple[tuple[Opportunity, ...], tuple[Opportunity, ...]]
"""What is new to somebody, and what they know."""


async def add_items(
    session: StoreSession,
    people: Iterable[int],
    opportunities: Sequence[int],
    now: datetime,
) -> None:
    """Let the next digest show opportunities that none showed yet; those of others are left out."""
    here = select(OpportunityRow.id).where(OpportunityRow.id.in_(opportunities))
    known = (await session.scalars(here)).all()
    values = [
        {"person": person, "opportunity": opportunity, "added": now, "closing": False}
        for person in people
        for opportunity in known
    ]
    await session.upsert(DigestItemRow, *values, replace=False)


async def plan_digest(session: StoreSession, person: int, now: datetime) -> None:
    """Let the next digest of a person, or of the channel, come when it should, or none.

    One under way stays as it is, as it may have arrived: `digest_shown` plans anew. One that is
    late stays late, it must not wait for the next time.
    """
    await session.flush()
    fresh, known = await read_items(session, person, now)
    if person == CHANNEL:
        channel = await channel_for(session, ChannelPurpose.OPPORTUNITIES)
        schedule = notices.channel_digest(channel if fresh else None, now)
    else:
        wanted = await read_notifications(session, person)
        due = next_digest(wanted, fresh=bool(fresh), known=known, now=now)
        schedule = notices.digest(person, due)
    keys = (*schedule.remove, *(new.key for new in schedule.add))
    rows = await waiting_under(session, *keys)
    tried = any(row.tried is not None for row in rows.values())
    late = any(rows[new.key].due <= now for new in schedule.add if new.key in rows)
    if not tried and not late:
        await carry_out(session, schedule)


async def announce(
    session: StoreSession, listeners: Mapping[int, Notifications], now: datetime
) -> None:
    """See that people to whom something is new get a digest; one that waits stays as it is.

    It only comes earlier, if it was to come later than the next that is wanted.
    """
    planned = Schedule()
    for person, wanted in listeners.items():
        planned += notices.digest(person, next_digest(wanted, fresh=True, known=(), now=now))
    rows = await waiting_under(session, *(new.key for new in planned.add))
    soon = tuple(
        new
        for new in planned.add
        if new.key not in rows or (rows[new.key].tried is None and new.due < rows[new.key].due)
    )
    await carry_out(session, Schedule(add=soon))


async def read_items(
    session: StoreSession,
    person: int,
    now: datetime,
    before: datetime | None = None,
) -> Items:
    """What is new to somebody, and what they know; see `OpportunityStore.waiting_for_digest`."""
    query = _open_items(person, now)
    if person != CHANNEL:
        sides = await sides_of(session, person)
        query = query.where(
            ~exists().where(
                OpportunityAnswerRow.opportunity == OpportunityRow.id,
                OpportunityAnswerRow.side.in_(sides),
            )
        )
    found = (await session.execute(query.order_by(OpportunityRow.id))).all()
    fresh = [row for row, item in found if item.shown is None]
    if before is not None:
        fresh = [row for row, item in found if item.shown is None and item.added <= before]
    known = [row for row, item in found if item.shown is not None and not item.closing]
    return tuple(map(to_opportunity, fresh)), tuple(map(to_opportunity, known))


def _open_items(person: int, now: datetime) -> Select[OpportunityRow, DigestItemRow]:
    return (
        select(OpportunityRow, DigestItemRow)
        .join(DigestItemRow, DigestItemRow.opportunity == OpportunityRow.id)
        .where(DigestItemRow.person == person, still_open(now))
    )


async def mark_shown(
    session: StoreSession, person: int, shown: Sequence[int], now: datetime
) -> None:
    """Note what was shown; what closes soon then, or was shown before, need not come again."""
    query = _open_items(person, now).where(OpportunityRow.id.in_(shown))
    for opportunity, item in (await session.execute(query)).all():
        item.closing = item.shown is not None or closes_soon(to_opportunity(opportunity), now)
        item.shown = item.shown or now
    await session.flush()
