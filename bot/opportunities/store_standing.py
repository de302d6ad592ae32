"""Where posts stand, within a transaction: those that are gone, posted again, or moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.database.session import StoreSession
from bot.opportunities.rules import standing
from bot.opportunities.rules.standing import WhyGone
from bot.opportunities.store_rows import still_open, to_opportunity
from bot.opportunities.tables import OpportunityRow
from bot.outbox.store_notices import carry_out


async def lose_posts(
    session: StoreSession, rows: Sequence[OpportunityRow], why: WhyGone, now: datetime
) -> None:
    """Note that posts are gone, or will never stand."""
    for row in rows:
        row.channel = row.message = None
        row.taken_down = row.taken_down or why is WhyGone.DELETED
        if why is WhyGone.CHANNEL:
            row.thread = None
        await carry_out(session, standing.lost(to_opportunity(row), why, now))


async def post_anew(
    session: StoreSession, row: OpportunityRow, channel: int, now: datetime
) -> None:
    """Let something that is open be posted to a channel, and a post of it elsewhere lead there."""
    await carry_out(session, standing.posted_again(to_opportunity(row), channel, now))
    row.channel, row.message, row.thread = channel, None, None
    row.taken_down = False


async def move_posts(session: StoreSession, channel: int, now: datetime) -> int:
    """Let what is open stand in a channel; how many posts come there.

    Not what somebody deleted on purpose: whoever posted it was told, and decides.
    """
    elsewhere = OpportunityRow.channel.is_distinct_from(channel)
    posted = OpportunityRow.posted.is_not(None)
    not_taken_down = OpportunityRow.taken_down.is_(False)
    query = select(OpportunityRow).where(still_open(now), posted, elsewhere, not_taken_down)
    rows = (await session.scalars(query.order_by(OpportunityRow.id))).all()
    for row in rows:
        await post_anew(session, row, channel, now)
    return len(rows)
