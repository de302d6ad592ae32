"""Whether a notice still makes sense when it is to be delivered, by its kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.run import Status
from bot.core.outbox import NoticeKind
from bot.infra.store.checklist_schema import CommitmentRow, NoticeRow, RunRow
from bot.infra.store.opportunity_sense import OPPORTUNITY_CHECKS

Check = Callable[[AsyncSession, NoticeRow, datetime], Awaitable[bool]]
"""Tells whether a notice of its kind makes sense now."""


async def makes_sense(session: AsyncSession, row: NoticeRow, now: datetime) -> bool:
    """Whether what a notice says is still so; a kind without a check always makes sense."""
    check = _CHECKS.get(NoticeKind(row.kind))
    return check is None or await check(session, row, now)


async def _commitment_due(session: AsyncSession, row: NoticeRow, _: datetime) -> bool:
    commitment = await session.scalar(
        select(CommitmentRow).where(
            CommitmentRow.alliance == row.alliance, CommitmentRow.id == row.about
        )
    )
    return (
        commitment is not None
        and commitment.status == CommitmentStatus.OPEN
        and commitment.day is not None
        and commitment.day.isoformat() == row.details.get("day")
    )


async def _run_offered(session: AsyncSession, row: NoticeRow, _: datetime) -> bool:
    run = await session.scalar(
        select(RunRow).where(RunRow.alliance == row.alliance, RunRow.id == row.about)
    )
    return run is not None and run.status == Status.PAUSED and run.owner == row.person


_CHECKS: Mapping[NoticeKind, Check] = {
    NoticeKind.COMMITMENT_DUE: _commitment_due,
    NoticeKind.RUN_OFFERED: _run_offered,
    **OPPORTUNITY_CHECKS,
}
