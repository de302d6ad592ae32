"""Forgetting questions whose messages people deleted, or that they leaned on, within a transaction."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, or_, select

from bot.answers.records import Exchange
from bot.answers.store_exchanges import kept, to_exchange
from bot.answers.tables import BorrowedRow, ExchangeRow, PendingRow
from bot.database.session import StoreSession
from bot.privacy.store_oblivion import take_from_notes
from bot.privacy.store_rules import Condition


async def asking_alliances(
    session: StoreSession, messages: Collection[int], place: int | None = None
) -> set[int]:
    """The alliances, of those that a session goes over, in which messages asked something."""
    found: set[int] = set()
    asked, waiting = _conditions(messages, place)
    leaning = BorrowedRow.message.in_(messages)
    tables = ((ExchangeRow, asked), (PendingRow, waiting), (BorrowedRow, leaning))
    for table, condition in tables:
        found.update(await session.scalars(select(table.alliance).where(condition).distinct()))
    return found


async def forget_asked(
    session: StoreSession, messages: Collection[int], place: int | None = None
) -> list[tuple[Exchange, bool]]:
    """Delete what messages asked: what it was, and whether somebody else asked on from it."""
    asked, waiting = _conditions(messages, place)
    await session.affected(delete(PendingRow).where(waiting))
    leaning = select(BorrowedRow.exchange).where(BorrowedRow.message.in_(messages))
    if lent := (await session.scalars(leaning)).all():
        asked |= ExchangeRow.id.in_(lent)
    rows = (await session.scalars(select(ExchangeRow).where(*kept(), asked))).all()
    if not rows:
        return []
    ids = [row.id for row in rows]
    later = select(ExchangeRow.previous, ExchangeRow.person).where(
        *kept(), ExchangeRow.previous.in_(ids), ExchangeRow.id.not_in(ids)
    )
    followed = {(previous, person) for previous, person in await session.execute(later)}
    found = [
        (to_exchange(row), any(at == row.id and who != row.person for at, who in followed))
        for row in rows
    ]
    await take_from_notes(session, ExchangeRow.id.in_(ids))
    await session.affected(delete(ExchangeRow).where(ExchangeRow.id.in_(ids)))
    return found


def _conditions(messages: Collection[int], place: int | None) -> tuple[Condition, Condition]:
    """What tells questions that were answered, and those that wait."""
    if place is None:
        return ExchangeRow.source.in_(messages), PendingRow.message.in_(messages)
    here = or_(ExchangeRow.thread == place, ExchangeRow.channel == place)
    waiting = or_(PendingRow.thread == place, PendingRow.channel == place)
    return here & ExchangeRow.private.is_(False), waiting
