"""Whether what a notice says is still so when it is to be delivered, by its kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import select

from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.run import Status
from bot.checklists.tables import CommitmentRow, RunRow
from bot.core.outbox import NoticeKind
from bot.database.session import StoreSession
from bot.opportunities.rules.models import Mode, Opportunity, Reply, State
from bot.opportunities.rules.replies import is_open, side
from bot.opportunities.store_rows import opportunity_row, to_opportunity
from bot.opportunities.tables import OpportunityAnswerRow
from bot.outbox.tables import NoticeRow
from bot.people.store_listeners import (
    organizations_of,
    people_of,
    read_notifications,
    sides_of,
)
from bot.people.tables import AffiliationRow, JoinRequestRow

Check = Callable[[StoreSession, NoticeRow, datetime], Awaitable[bool]]
"""Tells whether a notice of its kind is still true."""


async def is_still_true(session: StoreSession, row: NoticeRow, now: datetime) -> bool:
    """Whether what a notice says is still so; of a kind without a check it always is."""
    check = _CHECKS.get(NoticeKind(row.kind))
    return check is None or await check(session, row, now)


async def _commitment_due(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    commitment = await session.get(CommitmentRow, row.about)
    return (
        commitment is not None
        and commitment.status == CommitmentStatus.OPEN
        and commitment.day is not None
        and commitment.day.isoformat() == row.details.get("day")
    )


async def _run_offered(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    run = await session.get(RunRow, row.about)
    return run is not None and run.status == Status.PAUSED and run.owner == row.person


async def _post(session: StoreSession, row: NoticeRow, now: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.message is None and is_open(found, now)


async def _refresh(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.message is not None


async def _gone(session: StoreSession, row: NoticeRow, now: datetime) -> bool:
    found = await _find(session, row)
    open_ = found is not None and is_open(found, now)
    return found is not None and open_ and found.homeless and found.poster == row.person


async def _new(session: StoreSession, row: NoticeRow, now: datetime) -> bool:
    """It is open, and nobody of the person's side answered it meanwhile."""
    found = await _find(session, row)
    if found is None or row.person is None or not is_open(found, now):
        return False
    if not await _listens(session, row, Mode.INSTANT):
        return False
    sides = await sides_of(session, row.person)
    query = select(OpportunityAnswerRow.id).where(
        OpportunityAnswerRow.opportunity == row.about,
        OpportunityAnswerRow.side.in_(sides),
    )
    return await session.scalar(query.limit(1)) is None


async def _question(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.state in {State.OPEN, State.CLOSED}


async def _asked(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.poster == row.person


async def _close(session: StoreSession, row: NoticeRow, now: datetime) -> bool:
    found = await _find(session, row)
    return found is not None and found.state is State.OPEN and not is_open(found, now)


async def _outcome(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    found = await _find(session, row)
    return (
        found is not None
        and found.state is State.CLOSED
        and found.outcome is None
        and found.poster == row.person
    )


def _answered(*replies: Reply) -> Check:
    async def check(session: StoreSession, row: NoticeRow, now: datetime) -> bool:
        found = await _find(session, row)
        if found is None or not is_open(found, now):
            return False
        query = select(OpportunityAnswerRow.id).where(
            OpportunityAnswerRow.opportunity == row.about,
            OpportunityAnswerRow.person == row.person,
            OpportunityAnswerRow.reply.in_([reply.value for reply in replies]),
        )
        return await session.scalar(query.limit(1)) is not None

    return check


async def _answer(session: StoreSession, row: NoticeRow, now: datetime) -> bool:
    """The organization answers so, by whoever changed it; the person still speaks for it."""
    found = await _find(session, row)
    organization = str(row.details.get("organization"))
    if found is None or row.person is None or not is_open(found, now):
        return False
    query = select(OpportunityAnswerRow.reply).where(
        OpportunityAnswerRow.opportunity == row.about,
        OpportunityAnswerRow.side == side(0, organization),
        OpportunityAnswerRow.person == int(row.details["asker"]),
    )
    declined = row.details["reply"] == Reply.NOT_FOR_US
    reply = await session.scalar(query)
    if reply is None or (reply == Reply.NOT_FOR_US) is not declined:
        return False
    return row.person in await people_of(session, organization)


async def _joined(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    """Both still speak for the organization."""
    query = select(AffiliationRow.person).where(AffiliationRow.organization == row.about)
    return {row.person, int(row.details["asker"])} <= set(await session.scalars(query))


async def _request(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    return await session.get(JoinRequestRow, row.about) is not None


async def _digest(session: StoreSession, row: NoticeRow, _: datetime) -> bool:
    return await _listens(session, row, Mode.INSTANT, Mode.DAILY, Mode.WEEKLY)


async def _listens(session: StoreSession, row: NoticeRow, *modes: Mode) -> bool:
    """Whether the person still speaks for somebody, and wants to hear this way."""
    if row.person is None or not await organizations_of(session, row.person):
        return False
    return (await read_notifications(session, row.person)).mode in modes


async def _find(session: StoreSession, row: NoticeRow) -> Opportunity | None:
    found = await opportunity_row(session, row.about)
    return to_opportunity(found) if found else None


_CHECKS: Mapping[NoticeKind, Check] = {
    NoticeKind.COMMITMENT_DUE: _commitment_due,
    NoticeKind.RUN_OFFERED: _run_offered,
    NoticeKind.OPPORTUNITY_POST: _post,
    NoticeKind.OPPORTUNITY_REFRESH: _refresh,
    NoticeKind.OPPORTUNITY_GONE: _gone,
    NoticeKind.OPPORTUNITY_NEW: _new,
    NoticeKind.OPPORTUNITY_REMINDER: _answered(Reply.INTERESTED),
    NoticeKind.OPPORTUNITY_CLOSE: _close,
    NoticeKind.OPPORTUNITY_OUTCOME: _outcome,
    NoticeKind.OPPORTUNITY_CHANGED: _answered(Reply.INTERESTED, Reply.WAITING),
    NoticeKind.OPPORTUNITY_MOVED_UP: _answered(Reply.INTERESTED),
    NoticeKind.OPPORTUNITY_QUESTION: _question,
    NoticeKind.OPPORTUNITY_ASKED: _asked,
    NoticeKind.OPPORTUNITY_ANSWER: _answer,
    NoticeKind.PARTNER_JOINED: _joined,
    NoticeKind.PARTNER_REQUEST: _request,
    NoticeKind.DIGEST: _digest,
}
