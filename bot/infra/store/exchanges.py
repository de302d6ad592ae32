"""Questions and their answers, and what people thought of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Update, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.records import AnswerOutcome, Exchange, FeedbackChange, FeedbackCounts, NewExchange
from bot.infra.store.part import StorePart, affected, value_of, whole
from bot.infra.store.schema import ExchangeRow, FeedbackRow


class ExchangeMethods(StorePart):
    """Exchanges and feedback. What was purged or forgotten is as if it had never been."""

    @whole
    async def add_exchange(self, alliance: int, new: NewExchange) -> Exchange:
        """Store a question with its answer; a `previous` that is no longer kept is left out."""
        async with self._database.writing() as session:
            previous = new.previous
            if previous is not None and await find(session, alliance, previous) is None:
                previous = None
            row = ExchangeRow(
                alliance=alliance,
                channel=new.channel,
                thread=new.thread,
                person=new.person,
                source=new.source,
                answer_message=new.answer_message,
                private=new.private,
                question=new.question,
                previous=previous,
                created=self._clock(),
                shared=False,
                dismissed=False,
                **_columns(new.outcome),
            )
            session.add(row)
            await session.flush()
            await session.refresh(row)
            return to_exchange(row)

    @whole
    async def exchange(self, alliance: int, exchange: int) -> Exchange | None:
        """An exchange by its id."""
        async with self._database.reading() as session:
            row = await find(session, alliance, exchange)
            return to_exchange(row) if row else None

    @whole
    async def exchange_by_answer(self, alliance: int, message: int) -> Exchange | None:
        """The exchange that a message shows the answer of."""
        return await self._newest(alliance, ExchangeRow.answer_message == message)

    @whole
    async def exchange_by_source(self, alliance: int, source: int) -> Exchange | None:
        """The exchange that a message or an interaction asked for."""
        return await self._newest(alliance, ExchangeRow.source == source)

    @whole
    async def last_exchange_in_thread(self, alliance: int, thread: int) -> Exchange | None:
        """The newest exchange in a thread."""
        return await self._newest(alliance, ExchangeRow.thread == thread)

    @whole
    async def history(self, alliance: int, exchange: int, most: int) -> tuple[str, ...]:
        """The last questions up to and with an exchange's own, oldest first.

        It is what a follow-up to that exchange is read with; it ends where one isn't kept.
        """
        questions: list[str] = []
        async with self._database.reading() as session:
            following: int | None = exchange
            while following is not None and len(questions) < most:
                row = await find(session, alliance, following)
                if row is None:
                    break
                questions.append(row.question)
                following = row.previous
        return tuple(reversed(questions))

    @whole
    async def set_answer_message(self, alliance: int, exchange: int, message: int) -> bool:
        """Note which message shows the answer; False if the exchange isn't kept."""
        statement = update(ExchangeRow).where(*kept(alliance, exchange))
        return await self._change(statement.values(answer_message=message))

    @whole
    async def revise_exchange(
        self, alliance: int, exchange: int, question: str, outcome: AnswerOutcome
    ) -> bool:
        """Replace question and answer after an edit; False if the exchange isn't kept.

        Feedback on the earlier answer goes, and a gap that was dismissed may open again.
        """
        statement = update(ExchangeRow).where(*kept(alliance, exchange))
        async with self._database.writing() as session:
            values = {"question": question, "dismissed": False, **_columns(outcome)}
            if await affected(session, statement.values(**values)) == 0:
                return False
            await session.execute(
                delete(FeedbackRow).where(
                    FeedbackRow.alliance == alliance, FeedbackRow.exchange == exchange
                )
            )
            return True

    @whole
    async def mark_shared(self, alliance: int, exchange: int) -> bool:
        """Note that a private answer is shared; True exactly once."""
        return await self._change(_shared(alliance, exchange, shared=True))

    @whole
    async def unmark_shared(self, alliance: int, exchange: int) -> bool:
        """Note that a private answer isn't shared after all; False if it was not marked."""
        return await self._change(_shared(alliance, exchange, shared=False))

    @whole
    async def give_feedback(
        self, alliance: int, exchange: int, person: int, *, helpful: bool, reason: str = ""
    ) -> FeedbackChange:
        """Keep what a person thinks of an answer, in place of what they thought before.

        Thinking the same again without a reason leaves the reason that was given.

        Returns:
            What it changed.
        """
        key = {"alliance": alliance, "exchange": exchange, "person": person}
        async with self._database.writing() as session:
            if await find(session, alliance, exchange) is None:
                return FeedbackChange.NOT_KEPT
            before = await session.get(FeedbackRow, key)
            change = FeedbackChange.FIRST
            if before is not None:
                same = before.helpful == helpful
                change = FeedbackChange.SAME if same else FeedbackChange.CHANGED
                reason = reason or (before.reason if same else "")
            now = {"helpful": helpful, "reason": reason, "given": self._clock()}
            await session.merge(FeedbackRow(**key, **now))
            return change

    @whole
    async def feedback_counts(self, alliance: int, exchange: int | None = None) -> FeedbackCounts:
        """How many found an answer, or without one all answers kept, helpful or not."""
        condition = [FeedbackRow.alliance == alliance]
        if exchange is not None:
            condition.append(FeedbackRow.exchange == exchange)
        async with self._database.reading() as session:
            return await count_feedback(session, *condition)

    async def _newest(self, alliance: int, condition: ColumnElement[bool]) -> Exchange | None:
        query = select(ExchangeRow).where(*kept(alliance), condition)
        async with self._database.reading() as session:
            row = await session.scalar(query.order_by(ExchangeRow.id.desc()).limit(1))
            return to_exchange(row) if row else None


def kept(alliance: int, exchange: int | None = None) -> list[ColumnElement[bool]]:
    """The condition for exchanges, or one of them, that aren't mere statistics by now."""
    condition = [ExchangeRow.alliance == alliance, ExchangeRow.person.is_not(None)]
    return condition if exchange is None else [*condition, ExchangeRow.id == exchange]


async def find(session: AsyncSession, alliance: int, exchange: int) -> ExchangeRow | None:
    """A kept exchange within a transaction."""
    return await session.scalar(select(ExchangeRow).where(*kept(alliance, exchange)))


async def count_feedback(session: AsyncSession, *condition: ColumnElement[bool]) -> FeedbackCounts:
    """Count feedback within a transaction."""
    query = select(FeedbackRow.helpful, func.count()).where(*condition)
    rows = await session.execute(query.group_by(FeedbackRow.helpful))
    counts = {row[0]: row[1] for row in rows}
    return FeedbackCounts(counts.get(True, 0), counts.get(False, 0))


def to_exchange(row: ExchangeRow) -> Exchange:
    """A kept row as a value."""
    return value_of(
        Exchange, row, outcome=value_of(AnswerOutcome, row, passages=tuple(row.passages))
    )


def _columns(outcome: AnswerOutcome) -> dict[str, Any]:
    return {
        "answered": outcome.answered,
        "confidence": outcome.confidence,
        "latency_ms": outcome.latency_ms,
        "passages": list(outcome.passages),
        "record": dict(outcome.record),
    }


def _shared(alliance: int, exchange: int, *, shared: bool) -> Update:
    """The change of a mark that is not as it should be."""
    other = ExchangeRow.shared.is_(not shared)
    return update(ExchangeRow).where(*kept(alliance, exchange), other).values(shared=shared)
