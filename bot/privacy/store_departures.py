"""Alliances as a whole: whose server the bot is out of, and the end of everything of one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, union

from bot.core.alliance import NO_ALLIANCE, TERMINAL
from bot.database.session import StoreSession
from bot.database.tables import Base
from bot.privacy.registry import HOLDINGS
from bot.privacy.tables import DepartureRow


async def note_departures(session: StoreSession, present: Collection[int], now: datetime) -> None:
    """Note of all alliances that something is held of whether the bot is in their server.

    Args:
        session: goes over all.
        present: the servers that it is in.
        now: since when it is out of those where it was before.
    """
    noted = set(await session.scalars(select(DepartureRow.alliance)))
    held = set(await session.scalars(union(*(select(one.table.alliance) for one in HOLDINGS))))
    returned = noted.intersection(present)
    # In order: whoever else writes in several takes them in the same one.
    for alliance in sorted(returned | held - noted - {NO_ALLIANCE, TERMINAL, *present}):
        async with session.within(alliance):
            if alliance in returned:
                await session.affected(delete(DepartureRow))
            else:
                await session.upsert(DepartureRow, {"since": now}, replace=False)


async def wipe(session: StoreSession) -> int:
    """Delete every row of the session's alliance, and tell how many it were."""
    tables = {holding.name: holding.table for holding in HOLDINGS}
    count = 0
    for described in reversed(Base.metadata.sorted_tables):  # what hangs on a row comes first
        count += await session.affected(delete(tables[described.name]))
    return count
