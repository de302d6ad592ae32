"""Whether what a notice says of an opportunity is still so when it is to be delivered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.outbox import NoticeKind
from bot.infra.store.checklist_schema import NoticeRow
from bot.infra.store.listening import organizations_of, read_notifications, sides_of
from bot.infra.store.opportunity_rows import find, to_opportunity
from bot.infra.store.opportunity_schema import OpportunityAnswerRow
from bot.opportunities.rules.models import Mode, Opportunity, Reply, State
from bot.opportunities.rules.replies import is_open

Check = Callable[[AsyncSession, NoticeRow, datetime], Awaitable[bool]]


async def _post(session: AsyncSession, row: NoticeRow, now: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.message is None and is_open(found, now)


async def _refresh(session: AsyncSession, row: NoticeRow, _: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.message is not None


async def _new(session: AsyncSession, row: NoticeRow, now: datetime) -> bool:
    """It is open, and nobody of the person's side answered it meanwhile."""
    found = await _find(session, row)
    if found is None or row.person is None or not is_open(found, now):
        return False
    if not await _listens(session, row, Mode.INSTANT):
        return False
    sides = await sides_of(session, row.alliance, row.person)
    query = select(OpportunityAnswerRow.id).where(
        OpportunityAnswerRow.alliance == row.alliance,
        OpportunityAnswerRow.opportunity == row.about,
        OpportunityAnswerRow.side.in_(sides),
    )
    return await session.scalar(query.limit(1)) is None


async def _question(session: AsyncSession, row: NoticeRow, _: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.state in {State.OPEN, State.CLOSED}


async def _asked(session: AsyncSession, row: NoticeRow, _: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.poster == row.person


async def _close(session: AsyncSession, row: NoticeRow, now: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.state is State.OPEN and not is_open(found, now)


async def _outcome(session: AsyncSession, row: NoticeRow, _: datetime) -> bool:
    found = await _find(session, row)
    return (
        found is not None
        and found.state is State.CLOSED
        and found.outcome is None
        and found.poster == row.person
    )


def _answered(*replies: Reply) -> Check:
    async def check(session: AsyncSession, row: NoticeRow, now: datetime) -> bool:
        found = await _find(session, row)
        if found is None or not is_open(found, now):
            return False
        query = select(OpportunityAnswerRow.id).where(
            OpportunityAnswerRow.alliance == row.alliance,
            OpportunityAnswerRow.opportunity == row.about,
            OpportunityAnswerRow.person == row.person,
            OpportunityAnswerRow.reply.in_([reply.value for reply in replies]),
        )
        return await session.scalar(query.limit(1)) is not None

    return check


async def _digest(session: AsyncSession, row: NoticeRow, _: datetime) -> bool:
    return await _listens(session, row, Mode.INSTANT, Mode.DAILY, Mode.WEEKLY)


async def _listens(session: AsyncSession, row: NoticeRow, *modes: Mode) -> bool:
    """Whether the person still speaks for somebody, and wants to hear this way."""
    if row.person is None or not await organizations_of(session, row.alliance, row.person):
        return False
    return (await read_notifications(session, row.alliance, row.person)).mode in modes


async def _find(session: AsyncSession, row: NoticeRow) -> Opportunity | None:
    found = await find(session, row.alliance, row.about)
    return to_opportunity(found) if found else None


OPPORTUNITY_CHECKS: Mapping[
    NoticeKind, Callable[[AsyncSession, NoticeRow, datetime], Awaitable[bool]]
] = {
    NoticeKind.OPPORTUNITY_POST: _post,
    NoticeKind.OPPORTUNITY_REFRESH: _refresh,
    NoticeKind.OPPORTUNITY_NEW: _new,
    NoticeKind.OPPORTUNITY_REMINDER: _answered(Reply.INTERESTED),
    NoticeKind.OPPORTUNITY_CLOSE: _close,
    NoticeKind.OPPORTUNITY_OUTCOME: _outcome,
    NoticeKind.OPPORTUNITY_CHANGED: _answered(Reply.INTERESTED, Reply.WAITING),
    NoticeKind.OPPORTUNITY_MOVED_UP: _answered(Reply.INTERESTED),
    NoticeKind.OPPORTUNITY_QUESTION: _question,
    NoticeKind.OPPORTUNITY_ASKED: _asked,
    NoticeKind.DIGEST: _digest,
}
