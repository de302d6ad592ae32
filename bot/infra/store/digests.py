"""What waits to be shown to somebody in a digest, and when the next one comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.outbox import Schedule
from bot.core.records import ChannelPurpose
from bot.infra.store.checklist_schema import NoticeRow
from bot.infra.store.database import upsert
from bot.infra.store.listening import read_notifications, sides_of
from bot.infra.store.notice_rows import carry_out, channel_for, waiting, waiting_under
from bot.infra.store.opportunity_rows import still_open, to_opportunity
from bot.infra.store.opportunity_schema import (
    DigestItemRow,
    OpportunityAnswerRow,
    OpportunityRow,
)
from bot.infra.store.part import StorePart, whole
from bot.opportunities.rules import notices
from bot.opportunities.rules.digest import closes_soon, next_digest
from bot.opportunities.rules.models import Notifications, Opportunity
from bot.opportunities.rules.records import CHANNEL

Items = tuple[tuple[Opportunity, ...], tuple[Opportunity, ...]]
"""What is new to somebody, and what they know."""


class DigestMethods(StorePart):
    """Digests of people, and the one of the opportunities channel."""

    @whole
    async def waiting_for_digest(
        self, alliance: int, person: int, before: datetime | None = None
    ) -> Items:
        """For a person: what is new, and what was shown before, is open and not answered.

        Args:
            alliance: which one.
            person: who; `CHANNEL` for what is to be shown in the opportunities channel.
            before: leaves out what became new after this. A digest that was tried before
                (`Notice.tried`) may have arrived as it was then.
        """
        async with self._database.reading() as session:
            return await _read(session, alliance, person, self._clock(), before)

    @whole
    async def digest_shown(
        self, alliance: int, person: int, shown: Sequence[int], notice: int | None = None
    ) -> None:
        """Note that a digest showed these opportunities, and plan the next.

        Args:
            alliance: which one.
            person: who saw it, or `CHANNEL`.
            shown: what was new or closing soon in it; maybe nothing.
            notice: what it was delivered for; counts as sent, in the same transaction.
        """
        now = self._clock()
        async with self._database.writing() as session:
            if notice is not None:
                row = await _waiting(session, alliance, notice)
                if row is None:
                    return
                row.sent = now
                await session.flush()
            await _mark(session, alliance, person, shown, now)
            await plan_digest(session, alliance, person, now)

    @whole
    async def fall_back_to_channel(
        self, alliance: int, notice: int, opportunities: Sequence[int]
    ) -> bool:
        """Give up a notice to somebody who takes no direct messages: the channel shows it instead.

        It comes with the next digest in the alliance's opportunities channel, if there is one.
        False if the notice does not wait any more.
        """
        now = self._clock()
        async with self._database.writing() as session:
            row = await _waiting(session, alliance, notice)
            if row is None:
                return False
            row.given_up = "takes no direct messages"
            await session.flush()
            if row.person is not None:
                await _mark(session, alliance, row.person, opportunities, now)
                await plan_digest(session, alliance, row.person, now)
            if await channel_for(session, alliance, ChannelPurpose.OPPORTUNITIES) is not None:
                await add_items(session, alliance, [CHANNEL], opportunities, now)
                await plan_digest(session, alliance, CHANNEL, now)
            return True


async def add_items(
    session: AsyncSession,
    alliance: int,
    people: Iterable[int],
    opportunities: Sequence[int],
    now: datetime,
) -> None:
    """Let the next digest show opportunities that none showed yet; those of others are left out."""
    here = select(OpportunityRow.id).where(
        OpportunityRow.alliance == alliance, OpportunityRow.id.in_(opportunities)
    )
    found = (await session.scalars(here)).all()
    values = [
        {
            "alliance": alliance,
            "person": person,
            "opportunity": opportunity,
            "added": now,
            "closing": False,
        }
        for person in people
        for opportunity in found
    ]
    key = ["alliance", "person", "opportunity"]
    if values:
        dialect = session.get_bind().dialect
        statement = upsert(dialect, DigestItemRow, values[0], key=key, replace=False)
        await (await session.connection()).execute(statement, values)


async def plan_digest(session: AsyncSession, alliance: int, person: int, now: datetime) -> None:
    """Let the next digest of a person, or of the channel, come when it should, or none.

    One under way stays as it is, as it may have arrived: `digest_shown` plans anew. One that is
    late stays late, it must not wait for the next time.
    """
    await session.flush()
    fresh, known = await _read(session, alliance, person, now)
    if person == CHANNEL:
        channel = await channel_for(session, alliance, ChannelPurpose.OPPORTUNITIES)
        schedule = notices.channel_digest(channel if fresh else None, now)
    else:
        wanted = await read_notifications(session, alliance, person)
        due = next_digest(wanted, fresh=bool(fresh), known=known, now=now)
        schedule = notices.digest(person, due)
    keys = (*schedule.remove, *(new.key for new in schedule.add))
    rows = await waiting_under(session, alliance, *keys)
    tried = any(row.tried is not None for row in rows.values())
    late = any(rows[new.key].due <= now for new in schedule.add if new.key in rows)
    if not tried and not late:
        await carry_out(session, alliance, schedule)


async def announce(
    session: AsyncSession, alliance: int, listeners: Mapping[int, Notifications], now: datetime
) -> None:
    """See that people to whom something is new get a digest; one that waits stays as it is.

    It only comes earlier, if it was to come later than the next that is wanted.
    """
    planned = Schedule()
    for person, wanted in listeners.items():
        planned += notices.digest(person, next_digest(wanted, fresh=True, known=(), now=now))
    rows = await waiting_under(session, alliance, *(new.key for new in planned.add))
    soon = tuple(
        new
        for new in planned.add
        if new.key not in rows or (rows[new.key].tried is None and new.due < rows[new.key].due)
    )
    await carry_out(session, alliance, Schedule(add=soon))


async def _read(
    session: AsyncSession,
    alliance: int,
    person: int,
    now: datetime,
    before: datetime | None = None,
) -> Items:
    query = _open_items(alliance, person, now)
    if person != CHANNEL:
        sides = await sides_of(session, alliance, person)
        query = query.where(
            ~exists().where(
                OpportunityAnswerRow.alliance == OpportunityRow.alliance,
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


def _open_items(alliance: int, person: int, now: datetime) -> Select[OpportunityRow, DigestItemRow]:
    return (
        select(OpportunityRow, DigestItemRow)
        .join(
            DigestItemRow,
            (DigestItemRow.alliance == OpportunityRow.alliance)
            & (DigestItemRow.opportunity == OpportunityRow.id),
        )
        .where(DigestItemRow.alliance == alliance, DigestItemRow.person == person, still_open(now))
    )


async def _mark(
    session: AsyncSession, alliance: int, person: int, shown: Sequence[int], now: datetime
) -> None:
    """Note what was shown; what closes soon then, or was shown before, need not come again."""
    query = _open_items(alliance, person, now).where(OpportunityRow.id.in_(shown))
    for opportunity, item in (await session.execute(query)).all():
        item.closing = item.shown is not None or closes_soon(to_opportunity(opportunity), now)
        item.shown = item.shown or now
    await session.flush()


async def _waiting(session: AsyncSession, alliance: int, notice: int) -> NoticeRow | None:
    return await session.scalar(
        select(NoticeRow).where(NoticeRow.alliance == alliance, NoticeRow.id == notice, *waiting())
    )
