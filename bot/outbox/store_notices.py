"""Storing notices and taking them back, within the transaction of their cause."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, select

from bot.core.outbox import NewNotice, Schedule
from bot.database.session import StoreSession
from bot.outbox.tables import NoticeRow


def waiting() -> tuple[ColumnElement[bool], ...]:
    """The condition for notices that are still to be delivered."""
    return NoticeRow.sent.is_(None), NoticeRow.given_up.is_(None)


async def carry_out(session: StoreSession, schedule: Schedule) -> None:
    """Store and take back notices within the transaction of their cause.

    One that waits under the same key and says the same to the same is merely due at another time:
    it may be on its way. Else it is replaced by a notice with an id of its own, so that a delivery
    under way doesn't count for that.
    """
    # All at once: a post may reach a thousand people, and other writers wait meanwhile.
    keys = {*schedule.remove, *(new.key for new in schedule.add)}
    rows = await waiting_under(session, *keys)
    gone = [rows.pop(key) for key in set(schedule.remove) if key in rows]
    come = {}
    for new in schedule.add:
        row = rows.get(new.key)
        if row is not None and _same(row, new):
            row.due = new.due
            continue
        if row is not None:
            gone.append(rows.pop(new.key))
        come[new.key] = _columns(new)
    for row in gone:
        await session.delete(row)
    await session.flush()  # a key is free for another only then
    await session.insert(NoticeRow, list(come.values()))


async def waiting_under(session: StoreSession, *keys: str) -> dict[str, NoticeRow]:
    """The notices that wait under some keys."""
    if not keys:
        return {}
    query = select(NoticeRow).where(NoticeRow.key.in_(keys), *waiting())
    return {row.key: row for row in await session.scalars(query)}


async def waiting_notice(session: StoreSession, notice: int) -> NoticeRow | None:
    """A notice, if it waits."""
    return await session.scalar(select(NoticeRow).where(NoticeRow.id == notice, *waiting()))


def _same(row: NoticeRow, new: NewNotice) -> bool:
    return (row.person, row.channel, row.details) == (new.person, new.channel, dict(new.details))


def _columns(new: NewNotice) -> dict[str, Any]:
    values = {field.name: getattr(new, field.name) for field in fields(new)}
    return values | {"kind": new.kind.value, "details": dict(new.details), "attempts": 0}
