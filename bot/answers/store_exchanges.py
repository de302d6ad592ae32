"""Reading exchanges and feedback within a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Update, delete, func, select, update

from bot.answers.records import AnswerOutcome, Borrowed, Exchange, FeedbackCounts
from bot.answers.tables import BorrowedRow, ExchangeRow, FeedbackRow
from bot.database.part import value_of
from bot.database.session import StoreSession


def kept(exchange: int | None = None) -> list[ColumnElement[bool]]:
    """The condition for exchanges, or one of them, that aren't mere statistics by now."""
    condition: list[ColumnElement[bool]] = [ExchangeRow.person.is_not(None)]
    return condition if exchange is None else [*condition, ExchangeRow.id == exchange]


async def exchange_row(session: StoreSession, exchange: int) -> ExchangeRow | None:
    """A kept exchange."""
    return await session.scalar(select(ExchangeRow).where(*kept(exchange)))


async def borrow(
    session: StoreSession, exchange: int, borrowed: Sequence[Borrowed], *, more: bool = False
) -> None:
    """Note what others wrote that stands in a question, in place of what is noted or as `more`."""
    if not more:
        await session.affected(delete(BorrowedRow).where(BorrowedRow.exchange == exchange))
    for one in borrowed:
        values = {"exchange": exchange, **asdict(one)}
        await session.upsert(BorrowedRow, values, replace=True)


async def count_feedback(session: StoreSession, *condition: ColumnElement[bool]) -> FeedbackCounts:
    """How many found answers helpful, and how many did not."""
    query = select(FeedbackRow.helpful, func.count()).where(*condition)
    rows = await session.execute(query.group_by(FeedbackRow.helpful))
    counts = {row[0]: row[1] for row in rows}
    return FeedbackCounts(counts.get(True, 0), counts.get(False, 0))


def to_exchange(row: ExchangeRow) -> Exchange:
    """A kept row as a value."""
    return value_of(
        Exchange, row, outcome=value_of(AnswerOutcome, row, passages=tuple(row.passages))
    )


def outcome_columns(outcome: AnswerOutcome) -> dict[str, Any]:
    """What became of a question, as columns."""
    return {
        "answered": outcome.answered,
        "confidence": outcome.confidence,
        "latency_ms": outcome.latency_ms,
        "passages": list(outcome.passages),
        "record": dict(outcome.record),
        "same_as": outcome.same_as,
    }


def revised_columns(exchange: int, question: str, outcome: AnswerOutcome) -> dict[str, Any]:
    """What becomes of an exchange that is asked and answered anew, as columns.

    Its mark goes, unless the new answer is the same as the marked one; one that is kept back by it
    leaves what was cited, by which others are told.
    """
    values = {"question": question, "dismissed": False, **outcome_columns(outcome)}
    if outcome.same_as != exchange:
        values["mark"] = None
    elif not outcome.answered:
        del values["passages"]
    return values


def set_shared(exchange: int, *, shared: bool) -> Update:
    """The change of a mark that is not as it should be."""
    other = ExchangeRow.shared.is_(not shared)
    return update(ExchangeRow).where(*kept(exchange), other).values(shared=shared)
