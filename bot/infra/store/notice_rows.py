"""Storing notices and taking them back, within the transaction of their cause."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.outbox import NewNotice, Schedule
from bot.core.records import ChannelPurpose
from bot.infra.store.checklist_schema import NoticeRow
from bot.infra.store.schema import ChannelRow


def waiting() -> tuple[ColumnElement[bool], ...]:
    """The condition for notices that are still to be delivered."""
    return NoticeRow.sent.is_(None), NoticeRow.given_up.is_(None)


async def carry_out(session: AsyncSession, alliance: int, schedule: Schedule) -> None:
    """Store and take back notices within the transaction of their cause.

    One that waits under the same key and says the same to the same is merely due at another time:
    it may be on its way. Else it is replaced by a notice with an id of its own, so that a delivery
    under way doesn't count for that.
    """
    # All at once: a post may reach a thousand people, and other writers wait meanwhile.
    keys = {*schedule.remove, *(new.key for new in schedule.add)}
    rows = await waiting_under(session, alliance, *keys)
    gone = [rows.pop(key) for key in set(schedule.remove) if key in rows]
    come = {}
    for new in schedule.add:
        row = rows.get(new.key)
        if row is not None and _same(row, new):
            row.due = new.due
            continue
        if row is not None:
            gone.append(rows.pop(new.key))
        come[new.key] = _columns(alliance, new)
    for row in gone:
        await session.delete(row)
    await session.flush()  # a key is free for another only then
    if come:
        await session.execute(insert(NoticeRow), list(come.values()))


async def waiting_under(session: AsyncSession, alliance: int, *keys: str) -> dict[str, NoticeRow]:
    """The notices that wait under some keys."""
    if not keys:
        return {}
    query = select(NoticeRow).where(
        NoticeRow.alliance == alliance, NoticeRow.key.in_(keys), *waiting()
    )
    return {row.key: row for row in await session.scalars(query)}


async def channel_for(session: AsyncSession, alliance: int, purpose: ChannelPurpose) -> int | None:
    """The channel of an alliance for what the bot says by itself; None where there is none."""
    query = select(ChannelRow.channel).where(
        ChannelRow.alliance == alliance, ChannelRow.purpose == purpose.value
    )
    return await session.scalar(query.order_by(ChannelRow.channel).limit(1))


def _same(row: NoticeRow, new: NewNotice) -> bool:
    return (row.person, row.channel, row.details) == (new.person, new.channel, dict(new.details))


def _columns(alliance: int, new: NewNotice) -> dict[str, Any]:
    values = {field.name: getattr(new, field.name) for field in fields(new)}
    changed = {"kind": new.kind.value, "details": dict(new.details)}
    return values | changed | {"alliance": alliance, "attempts": 0}
