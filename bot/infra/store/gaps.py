"""What could not be answered, the practice notes that answer it, and numbers about both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers.status import AllianceStatus
from bot.core.records import Gap, GapReason, Note
from bot.infra.store.exchanges import count_feedback, kept
from bot.infra.store.part import StorePart, affected, value_of, whole
from bot.infra.store.schema import ExchangeRow, FeedbackRow, NoteGapRow, NoteRow

STATUS_PERIOD = timedelta(days=7)


class GapMethods(StorePart):
    """Gaps, notes and status.

    Whether an exchange is an open gap is never stored but follows from what is: it was not
    answered or somebody marked it as not helpful, nobody dismissed it, and no current note
    answers it. So it can't disagree with feedback that changes or a note that is retracted.
    """

    @whole
    async def open_gaps(
        self, alliance: int, limit: int, before: int | None = None
    ) -> tuple[Gap, ...]:
        """The open gaps, newest first; the next page is `before` the last gap of this one."""
        query = _open_gaps(alliance)
        if before is not None:
            query = query.where(ExchangeRow.id < before)
        query = query.order_by(ExchangeRow.id.desc()).limit(limit)
        async with self._database.reading() as session:
            rows = (await session.scalars(query)).all()
            remarks = await _remarks(session, alliance, [row.id for row in rows])
            return tuple(_to_gap(row, remarks.get(row.id, ())) for row in rows)

    @whole
    async def open_gap(self, alliance: int, gap: int) -> Gap | None:
        """One gap, if it is open."""
        async with self._database.reading() as session:
            row = await session.scalar(_open_gaps(alliance).where(ExchangeRow.id == gap))
            return _to_gap(row) if row else None

    @whole
    async def dismiss_gap(self, alliance: int, gap: int) -> bool:
        """Put an open gap aside; False if there is no such open gap."""
        async with self._database.writing() as session:
            if await session.scalar(_open_gaps(alliance).where(ExchangeRow.id == gap)) is None:
                return False
            statement = update(ExchangeRow).where(*kept(alliance, gap)).values(dismissed=True)
            return await affected(session, statement) == 1

    @whole
    async def answer_gap(
        self,
        alliance: int,
        gap: int,
        *,
        text: str,
        author: int,
        author_name: str,
        question: str | None = None,
        also: Sequence[int] = (),
    ) -> Note | None:
        """Write a practice note that answers a gap; of two stewards at once one succeeds.

        Args:
            alliance: where the note is citable.
            gap: the gap that is answered.
            text: the note.
            author: who wrote it.
            author_name: how the author is shown.
            question: what the note answers, in better words than the asker's.
            also: other gaps that ask the same; those that aren't open are left out.

        Returns:
            The note; None if there is no such open gap.
        """
        async with self._database.writing() as session:
            query = _open_gaps(alliance).where(ExchangeRow.id.in_([gap, *also]))
            found = {row.id: row for row in await session.scalars(query)}
            if gap not in found:
                return None
            row = NoteRow(
                alliance=alliance,
                question=found[gap].question if question is None else question,
                text=text,
                author=author,
                author_name=author_name,
                created=self._clock(),
                retracted=False,
            )
            session.add(row)
            await session.flush()
            session.add_all(
                NoteGapRow(alliance=alliance, note=row.id, exchange=exchange) for exchange in found
            )
            await session.flush()
            await session.refresh(row)
            return value_of(Note, row, gaps=tuple(sorted(found)))

    @whole
    async def note(self, alliance: int, note: int) -> Note | None:
        """A practice note by its id, also a retracted one."""
        async with self._database.reading() as session:
            found = await _notes(session, alliance, NoteRow.id == note)
            return found[0] if found else None

    @whole
    async def notes(self, alliance: int) -> tuple[Note, ...]:
        """The current practice notes, oldest first."""
        async with self._database.reading() as session:
            return await _notes(session, alliance, NoteRow.retracted.is_(False))

    @whole
    async def questions_of_notes(self, alliance: int) -> dict[int, str]:
        """The questions current notes answer, by gap; those of forgotten people are left out."""
        query = (
            select(ExchangeRow.id, ExchangeRow.question)
            .join(
                NoteGapRow,
                (NoteGapRow.alliance == ExchangeRow.alliance)
                & (NoteGapRow.exchange == ExchangeRow.id),
            )
            .join(
                NoteRow, (NoteRow.alliance == NoteGapRow.alliance) & (NoteRow.id == NoteGapRow.note)
            )
            .where(*kept(alliance), NoteRow.retracted.is_(False))
        )
        async with self._database.reading() as session:
            return {row.id: row.question for row in await session.execute(query)}

    @whole
    async def retract_note(self, alliance: int, note: int) -> bool:
        """Take a note back, which opens its gaps again; False if it isn't current."""
        statement = update(NoteRow).where(
            NoteRow.alliance == alliance, NoteRow.id == note, NoteRow.retracted.is_(False)
        )
        return await self._change(statement.values(retracted=True))

    @whole
    async def status(self, alliance: int) -> AllianceStatus:
        """The numbers of the last seven days."""
        since = self._clock() - STATUS_PERIOD
        asked = select(ExchangeRow.answered, ExchangeRow.latency_ms).where(
            ExchangeRow.alliance == alliance, ExchangeRow.created >= since
        )
        gaps = select(func.count()).select_from(_open_gaps(alliance).subquery())
        async with self._database.reading() as session:
            rows = (await session.execute(asked)).all()
            return AllianceStatus(
                questions=len(rows),
                answered_share=sum(row.answered for row in rows) / len(rows) if rows else None,
                median_latency_ms=median(row.latency_ms for row in rows) if rows else None,
                feedback=await count_feedback(
                    session, FeedbackRow.alliance == alliance, FeedbackRow.given >= since
                ),
                open_gaps=await session.scalar(gaps) or 0,
            )


def is_gap() -> ColumnElement[bool]:
    """The condition for exchanges that were gaps at some time, whatever became of them."""
    unhelpful = exists().where(
        FeedbackRow.alliance == ExchangeRow.alliance,
        FeedbackRow.exchange == ExchangeRow.id,
        FeedbackRow.helpful.is_(False),
    )
    return or_(ExchangeRow.answered.is_(False), unhelpful)


def _open_gaps(alliance: int) -> Select[ExchangeRow]:
    noted = exists().where(
        NoteGapRow.alliance == ExchangeRow.alliance,
        NoteGapRow.exchange == ExchangeRow.id,
        NoteRow.alliance == NoteGapRow.alliance,
        NoteRow.id == NoteGapRow.note,
        NoteRow.retracted.is_(False),
    )
    return select(ExchangeRow).where(
        *kept(alliance), is_gap(), ExchangeRow.dismissed.is_(False), ~noted
    )


def _to_gap(row: ExchangeRow, remarks: Sequence[str] = ()) -> Gap:
    reason = GapReason.NOT_HELPFUL if row.answered else GapReason.UNANSWERED
    return Gap(row.id, row.alliance, row.question, reason, row.private, row.created, tuple(remarks))


async def _remarks(
    session: AsyncSession, alliance: int, exchanges: Sequence[int]
) -> dict[int, list[str]]:
    """What was written about why answers did not help, by exchange."""
    query = select(FeedbackRow).where(
        FeedbackRow.alliance == alliance,
        FeedbackRow.exchange.in_(exchanges),
        FeedbackRow.helpful.is_(False),
        FeedbackRow.reason != "",
    )
    found: dict[int, list[str]] = {}
    for row in await session.scalars(query.order_by(FeedbackRow.given)):
        found.setdefault(row.exchange, []).append(row.reason)
    return found


async def _notes(
    session: AsyncSession, alliance: int, condition: ColumnElement[bool]
) -> tuple[Note, ...]:
    query = select(NoteRow).where(NoteRow.alliance == alliance, condition).order_by(NoteRow.id)
    links = select(NoteGapRow).join(
        NoteRow, (NoteRow.alliance == NoteGapRow.alliance) & (NoteRow.id == NoteGapRow.note)
    )
    links = links.where(NoteGapRow.alliance == alliance, condition).order_by(NoteGapRow.exchange)
    gaps: dict[int, list[int]] = {}
    for link in await session.scalars(links):
        gaps.setdefault(link.note, []).append(link.exchange)
    return tuple(
        value_of(Note, row, gaps=tuple(gaps.get(row.id, ())))
        for row in await session.scalars(query)
    )
