"""Gaps, practice notes and the numbers of the last days, read within a transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from statistics import median

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from bot.answers.records import Gap, GapReason, Mark, Note
from bot.answers.status import AllianceStatus
from bot.answers.store_exchanges import count_feedback, kept
from bot.answers.tables import ExchangeRow, FeedbackRow, NoteGapRow, NoteRow
from bot.database.part import value_of
from bot.database.session import StoreSession


def is_gap() -> ColumnElement[bool]:
    """The condition for exchanges that were gaps at some time, whatever became of them."""
    unhelpful = exists().where(
        FeedbackRow.exchange == ExchangeRow.id, FeedbackRow.helpful.is_(False)
    )
    return or_(ExchangeRow.answered.is_(False), unhelpful, ExchangeRow.mark == Mark.WRONG.value)


def open_gaps_query() -> Select[ExchangeRow]:
    """The exchanges that are open gaps."""
    noted = exists().where(
        NoteGapRow.exchange == ExchangeRow.id,
        NoteRow.id == NoteGapRow.note,
        NoteRow.retracted.is_(False),
    )
    return select(ExchangeRow).where(*kept(), is_gap(), ExchangeRow.dismissed.is_(False), ~noted)


def refused_for(marked: Collection[int]) -> ColumnElement[bool]:
    """The condition for exchanges whose answer was kept back, as it was marked there as wrong."""
    return ExchangeRow.answered.is_(False) & ExchangeRow.same_as.in_(marked)


async def with_those_kept_back(session: StoreSession, gaps: Collection[int]) -> set[int]:
    """Gaps with the marked answers that they were refused for, and all that were refused for those.

    They are one gap: what answers it mends the marked answer.
    """
    refused = ExchangeRow.id.in_(gaps), ExchangeRow.answered.is_(False)
    origin = select(ExchangeRow.same_as).where(*refused, ExchangeRow.same_as.is_not(None))
    marked = {*gaps, *await session.scalars(origin)}
    return marked | {*await session.scalars(select(ExchangeRow.id).where(refused_for(marked)))}


def to_gap(row: ExchangeRow, remarks: Sequence[str] = ()) -> Gap:
    """A row as a value."""
    reason = GapReason.NOT_HELPFUL if row.answered else GapReason.UNANSWERED
    if row.mark == Mark.WRONG:
        reason = GapReason.MARKED_WRONG
    return Gap(row.id, row.alliance, row.question, reason, row.private, row.created, tuple(remarks))


async def read_remarks(session: StoreSession, exchanges: Sequence[int]) -> dict[int, list[str]]:
    """What was written about why answers did not help, by exchange."""
    query = select(FeedbackRow).where(
        FeedbackRow.exchange.in_(exchanges),
        FeedbackRow.helpful.is_(False),
        FeedbackRow.reason != "",
    )
    remarks: dict[int, list[str]] = {}
    for row in await session.scalars(query.order_by(FeedbackRow.given)):
        remarks.setdefault(row.exchange, []).append(row.reason)
    return remarks


async def read_notes(session: StoreSession, condition: ColumnElement[bool]) -> tuple[Note, ...]:
    """Practice notes, oldest first, each with the gaps it answers."""
    query = select(NoteRow).where(condition).order_by(NoteRow.id)
    links = select(NoteGapRow).join(NoteRow, NoteRow.id == NoteGapRow.note).where(condition)
    gaps: dict[int, list[int]] = {}
    for link in await session.scalars(links.order_by(NoteGapRow.exchange)):
        gaps.setdefault(link.note, []).append(link.exchange)
    return tuple(
        value_of(Note, row, gaps=tuple(gaps.get(row.id, ())))
        for row in await session.scalars(query)
    )


async def read_status(session: StoreSession, since: datetime) -> AllianceStatus:
    """The numbers since a time."""
    asked = select(ExchangeRow.answered, ExchangeRow.latency_ms).where(ExchangeRow.created >= since)
    rows = (await session.execute(asked)).all()
    gaps = select(func.count()).select_from(open_gaps_query().subquery())
    return AllianceStatus(
        questions=len(rows),
        answered_share=sum(row.answered for row in rows) / len(rows) if rows else None,
        median_latency_ms=median(row.latency_ms for row in rows) if rows else None,
        feedback=await count_feedback(session, FeedbackRow.given >= since),
        open_gaps=await session.scalar(gaps) or 0,
    )
