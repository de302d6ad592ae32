"""Answers that stewards mark as good or wrong."""

from __future__ import annotations

from sqlalchemy import func, or_, select, update

from bot.answers.records import FeedbackChange, Mark, MarkedAnswer
from bot.answers.store_exchanges import exchange_row, kept
from bot.answers.store_gaps import refused_for
from bot.answers.tables import ExchangeRow, NoteGapRow, NoteRow
from bot.database.part import StorePart

_MOST = 500
"""How many marked answers of an alliance count, those marked as wrong first, then the newest."""


class MarkStore(StorePart):
    """Which answers show that they are good, and which are kept from coming again.

    An answer that was marked as wrong is kept back while no current note answers its gap: that
    follows from what is stored, so that it is kept back again when the note is retracted.
    """

    async def keep_back(self, alliance: int, exchange: int) -> FeedbackChange:
        """Mark an answer as wrong; what it changed. What is no answer counts as not kept."""
        async with self._database.writing(alliance) as session:
            row = await exchange_row(session, exchange)
            if row is None or not (row.mark or (row.answered and row.passages)):
                return FeedbackChange.NOT_KEPT
            if row.mark == Mark.WRONG:
                return FeedbackChange.SAME
            change = FeedbackChange.CHANGED if row.mark else FeedbackChange.FIRST
            row.mark, row.dismissed = Mark.WRONG.value, False
            return change

    async def let_come(self, alliance: int, exchange: int) -> bool:
        """Take back that an answer is wrong; False if it isn't marked so.

        What was refused for it is no gap any more.
        """
        wrong = ExchangeRow.mark == Mark.WRONG.value
        async with self._database.writing(alliance) as session:
            statement = update(ExchangeRow).where(*kept(exchange), wrong).values(mark=None)
            if await session.affected(statement) == 0:
                return False
            refused = update(ExchangeRow).where(*kept(), refused_for([exchange]))
            await session.affected(refused.values(dismissed=True))
            return True

    async def set_good(self, alliance: int, exchange: int, *, good: bool) -> bool:
        """Mark an answer as good, or take that back, also from the one it is the same as.

        Returns:
            Whether it is marked as good now: what is no answer, or marked as wrong, is not.
        """
        async with self._database.writing(alliance) as session:
            row = await exchange_row(session, exchange)
            if row is None:
                return False
            if good:
                if row.answered and row.passages and row.mark is None:
                    row.mark = Mark.GOOD.value
                return row.mark == Mark.GOOD
            these = or_(ExchangeRow.id == exchange, ExchangeRow.id == row.same_as)
            marked = update(ExchangeRow).where(these, ExchangeRow.mark == Mark.GOOD.value)
            await session.affected(marked.values(mark=None))
            return False

    async def marked_answers(self, alliance: int) -> tuple[MarkedAnswer, ...]:
        """The marked answers, each with the note that mends it."""
        query = (
            select(ExchangeRow)
            .where(*kept(), ExchangeRow.mark.is_not(None))
            .order_by(ExchangeRow.mark.desc(), ExchangeRow.id.desc())
            .limit(_MOST)
        )
        notes = (
            select(NoteGapRow.exchange, func.max(NoteRow.id))
            .join(NoteRow, NoteRow.id == NoteGapRow.note)
            .join(ExchangeRow, ExchangeRow.id == NoteGapRow.exchange)
            .where(ExchangeRow.mark.is_not(None), NoteRow.retracted.is_(False))
            .group_by(NoteGapRow.exchange)
        )
        async with self._database.reading(alliance) as session:
            rows = (await session.scalars(query)).all()
            mended = {row[0]: row[1] for row in await session.execute(notes)} if rows else {}
        return tuple(
            MarkedAnswer(
                row.id,
                Mark(str(row.mark)),
                row.question,
                next(iter(row.passages), ""),
                row.previous is None,
                mended.get(row.id),
            )
            for row in rows
        )
