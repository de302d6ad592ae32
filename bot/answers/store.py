"""Questions that were taken, their answers, and what people thought of them; gaps and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select, update

from bot.alliances.store import claim_event
from bot.answers.records import (
    AnswerOutcome,
    Borrowed,
    Exchange,
    FeedbackChange,
    FeedbackCounts,
    Gap,
    NewExchange,
    Note,
    PendingQuestion,
)
from bot.answers.status import AllianceStatus
from bot.answers.store_exchanges import (
    borrow,
    count_feedback,
    exchange_row,
    kept,
    outcome_columns,
    revised_columns,
    set_shared,
    to_exchange,
)
from bot.answers.store_gaps import (
    open_gaps_query,
    read_notes,
    read_remarks,
    read_status,
    to_gap,
    with_those_kept_back,
)
from bot.answers.tables import (
    ExchangeRow,
    FeedbackRow,
    NoteGapRow,
    NoteRow,
    PendingRow,
)
from bot.database.part import StorePart, value_of

STATUS_PERIOD = timedelta(days=7)


class AnswerStore(StorePart):
    """Exchanges, feedback, gaps and practice notes.

    What was purged or forgotten is as if it had never been. Whether an exchange is an open gap is
    never stored but follows from what is: it was not answered or somebody marked it as not helpful,
    nobody dismissed it, and no current note answers it. So it can't disagree with feedback that
    changes or a note that is retracted.
    """

    async def add_exchange(self, alliance: int, new: NewExchange) -> Exchange:
        """Store a question with its answer; a `previous` that is no longer kept is left out.

        Raises:
            ForgottenMeanwhile: whoever asked, or whose words stand in the question, was forgotten
                after it was received.
        """
        async with self._database.writing(alliance) as session:
            for person in (new.person, *(one.person for one in new.borrowed)):
                if new.received is not None:
                    self._database.oblivion.require_none_since(person, new.received, self._clock())
            previous = new.previous
            if previous is not None and await exchange_row(session, previous) is None:
                previous = None
            row = ExchangeRow(
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
                **outcome_columns(new.outcome),
            )
            session.add(row)
            await session.flush()
            await borrow(session, row.id, new.borrowed)
            await session.refresh(row)
            return to_exchange(row)

    async def exchange(self, alliance: int, exchange: int) -> Exchange | None:
        """An exchange by its id."""
        async with self._database.reading(alliance) as session:
            row = await exchange_row(session, exchange)
            return to_exchange(row) if row else None

    async def exchange_by_answer(self, alliance: int, message: int) -> Exchange | None:
        """The exchange that a message shows the answer of."""
        return await self._newest(alliance, ExchangeRow.answer_message == message)

    async def exchange_by_source(self, alliance: int, source: int) -> Exchange | None:
        """The exchange that a message or an interaction asked for."""
        return await self._newest(alliance, ExchangeRow.source == source)

    async def last_exchange_of(self, alliance: int, channel: int, person: int) -> Exchange | None:
        """The newest exchange of a person in a channel, outside of its threads."""
        asked_here = (
            ExchangeRow.channel == channel,
            ExchangeRow.thread.is_(None),
            ExchangeRow.person == person,
            ExchangeRow.private.is_(False),
        )
        return await self._newest(alliance, and_(*asked_here))

    async def last_exchange_in_thread(self, alliance: int, thread: int) -> Exchange | None:
        """The newest exchange in a thread that can be followed up on."""
        to_library = ExchangeRow.record["about_bot"].as_string().is_(None)
        return await self._newest(alliance, (ExchangeRow.thread == thread) & to_library)

    async def asked_in(self, alliance: int, channel: int, most: int) -> tuple[int, ...]:
        """The last messages of a channel, outside of threads, that asked something."""
        query = (
            select(ExchangeRow.source)
            .where(*kept(), ExchangeRow.channel == channel, ExchangeRow.thread.is_(None))
            .where(ExchangeRow.private.is_(False), ExchangeRow.source != ExchangeRow.answer_message)
            .order_by(ExchangeRow.id.desc())
            .limit(most)
        )
        async with self._database.reading(alliance) as session:
            return tuple(await session.scalars(query))

    async def history(self, alliance: int, exchange: int, most: int) -> tuple[str, ...]:
        """The last questions up to and with an exchange's own, oldest first.

        It is what a follow-up to that exchange is read with; it ends where one isn't kept.
        """
        questions: list[str] = []
        async with self._database.reading(alliance) as session:
            following: int | None = exchange
            while following is not None and len(questions) < most:
                row = await exchange_row(session, following)
                if row is None:
                    break
                if row.record.get("about_bot") is None:
                    questions.append(row.question)
                following = row.previous
        return tuple(reversed(questions))

    async def set_answer_message(self, alliance: int, exchange: int, message: int) -> bool:
        """Note which message shows the answer; False if the exchange isn't kept."""
        statement = update(ExchangeRow).where(*kept(exchange))
        return await self._change(alliance, statement.values(answer_message=message))

    async def revise_exchange(
        self,
        alliance: int,
        exchange: int,
        question: str,
        outcome: AnswerOutcome,
        borrowed: Sequence[Borrowed] = (),
        *,
        grown: bool = False,
    ) -> bool:
        """Replace question and answer after an edit; False if the exchange isn't kept.

        Feedback on the earlier answer goes, its mark too, and a gap that was dismissed may open
        again. What others wrote is replaced, but where the question has `grown` what stood in it
        stays.
        """
        statement = update(ExchangeRow).where(*kept(exchange))
        async with self._database.writing(alliance) as session:
            values = revised_columns(exchange, question, outcome)
            if await session.affected(statement.values(**values)) == 0:
                return False
            await session.affected(delete(FeedbackRow).where(FeedbackRow.exchange == exchange))
            await borrow(session, exchange, borrowed, more=grown)
            return True

    async def mark_shared(self, alliance: int, exchange: int) -> bool:
        """Note that a private answer is shared; True exactly once."""
        return await self._change(alliance, set_shared(exchange, shared=True))

    async def unmark_shared(self, alliance: int, exchange: int) -> bool:
        """Note that a private answer isn't shared after all; False if it was not marked."""
        return await self._change(alliance, set_shared(exchange, shared=False))

    async def give_feedback(
        self, alliance: int, exchange: int, person: int, *, helpful: bool, reason: str = ""
    ) -> FeedbackChange:
        """Keep what a person thinks of an answer, in place of what they thought before.

        Thinking the same again without a reason leaves the reason that was given.

        Returns:
            What it changed.
        """
        async with self._database.writing(alliance) as session:
            if await exchange_row(session, exchange) is None:
                return FeedbackChange.NOT_KEPT
            before = await session.get(FeedbackRow, (alliance, exchange, person))
            change = FeedbackChange.FIRST
            if before is not None:
                same = before.helpful == helpful
                change = FeedbackChange.SAME if same else FeedbackChange.CHANGED
                reason = reason or (before.reason if same else "")
            key = {"exchange": exchange, "person": person}
            now = {"helpful": helpful, "reason": reason, "given": self._clock()}
            await session.upsert(FeedbackRow, key | now, replace=True)
            return change

    async def feedback_counts(self, alliance: int, exchange: int | None = None) -> FeedbackCounts:
        """How many found an answer, or without one all answers kept, helpful or not."""
        condition = [] if exchange is None else [FeedbackRow.exchange == exchange]
        async with self._database.reading(alliance) as session:
            return await count_feedback(session, *condition)

    async def claim_question(
        self,
        alliance: int,
        message: int,
        *,
        channel: int,
        thread: int | None,
        person: int,
        received: datetime,
        previous: int | None = None,
        part_of: int | None = None,
    ) -> bool:
        """Take a message as `claim` does, and keep that it waits for an answer: both or neither.

        What belongs to another message is answered with that one.

        Returns:
            True exactly once.
        """
        async with self._database.writing(alliance) as session:
            if not await claim_event(session, str(message), self._clock()):
                return False
            row = PendingRow(
                message=message,
                channel=channel,
                thread=thread,
                person=person,
                received=received,
                previous=previous,
                part_of=part_of,
            )
            session.add(row)
            return True

    async def pending_questions_everywhere(self) -> tuple[PendingQuestion, ...]:
        """The questions of all alliances that wait for an answer, oldest first."""
        query = select(PendingRow).order_by(PendingRow.received, PendingRow.message)
        async with self._database.reading_everywhere() as session:
            return tuple(value_of(PendingQuestion, row) for row in await session.scalars(query))

    async def drop_pending(self, alliance: int, *messages: int) -> bool:
        """Note that a question needs no answer any more; False if it waited for none."""
        return await self._change(
            alliance, delete(PendingRow).where(PendingRow.message.in_(messages))
        )

    async def open_gaps(
        self, alliance: int, limit: int, before: int | None = None
    ) -> tuple[Gap, ...]:
        """The open gaps, newest first; the next page is `before` the last gap of this one."""
        query = open_gaps_query()
        if before is not None:
            query = query.where(ExchangeRow.id < before)
        query = query.order_by(ExchangeRow.id.desc()).limit(limit)
        async with self._database.reading(alliance) as session:
            rows = (await session.scalars(query)).all()
            remarks = await read_remarks(session, [row.id for row in rows])
            return tuple(to_gap(row, remarks.get(row.id, ())) for row in rows)

    async def open_gap(self, alliance: int, gap: int) -> Gap | None:
        """One gap, if it is open."""
        async with self._database.reading(alliance) as session:
            row = await session.scalar(open_gaps_query().where(ExchangeRow.id == gap))
            return to_gap(row) if row else None

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

        A marked answer and what was refused for it are one gap.

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
        async with self._database.writing(alliance) as session:
            same = await with_those_kept_back(session, [gap, *also])
            query = open_gaps_query().where(ExchangeRow.id.in_(same))
            gaps = {row.id: row.question for row in await session.scalars(query)}
            if gap not in gaps:
                return None
            row = NoteRow(
                question=gaps[gap] if question is None else question,
                text=text,
                author=author,
                author_name=author_name,
                created=self._clock(),
                retracted=False,
            )
            session.add(row)
            await session.flush()
            session.add_all(NoteGapRow(note=row.id, exchange=exchange) for exchange in gaps)
            await session.flush()
            await session.refresh(row)
            return value_of(Note, row, gaps=tuple(sorted(gaps)))

    async def note(self, alliance: int, note: int) -> Note | None:
        """A practice note by its id, also a retracted one."""
        async with self._database.reading(alliance) as session:
            notes = await read_notes(session, NoteRow.id == note)
            return notes[0] if notes else None

    async def notes(self, alliance: int) -> tuple[Note, ...]:
        """The current practice notes, oldest first."""
        async with self._database.reading(alliance) as session:
            return await read_notes(session, NoteRow.retracted.is_(False))

    async def state_of_notes(self, alliance: int) -> tuple[int, ...]:
        """What is different after any change to the current notes: first, how many there are."""
        current = NoteRow.retracted.is_(False)
        notes = select(
            func.count(),
            func.max(NoteRow.id),
            func.sum(func.length(NoteRow.question)),
            func.count(NoteRow.author),
        ).where(current)
        asked = (
            select(func.count(), func.sum(func.length(ExchangeRow.question)))
            .join(NoteGapRow, NoteGapRow.exchange == ExchangeRow.id)
            .join(NoteRow, NoteRow.id == NoteGapRow.note)
            .where(*kept(), current)
        )
        async with self._database.reading(alliance) as session:
            counts = [*(await session.execute(notes)).one()]
            if counts[0]:
                counts += (await session.execute(asked)).one()
        return tuple(count or 0 for count in counts)

    async def times_cited(self, alliance: int) -> Counter[str]:
        """How often each passage was cited in the answers that are kept."""
        async with self._database.reading(alliance) as session:
            cited = await session.scalars(select(ExchangeRow.passages).where(*kept()))
            return Counter(passage for passages in cited for passage in passages)

    async def questions_of_notes(self, alliance: int) -> dict[int, str]:
        """The questions current notes answer, by gap; those of forgotten people are left out."""
        query = (
            select(ExchangeRow.id, ExchangeRow.question)
            .join(NoteGapRow, NoteGapRow.exchange == ExchangeRow.id)
            .join(NoteRow, NoteRow.id == NoteGapRow.note)
            .where(*kept(), NoteRow.retracted.is_(False))
        )
        async with self._database.reading(alliance) as session:
            return {row.id: row.question for row in await session.execute(query)}

    async def retract_note(self, alliance: int, note: int) -> bool:
        """Take a note back, which opens its gaps again; False if it isn't current."""
        statement = update(NoteRow).where(NoteRow.id == note, NoteRow.retracted.is_(False))
        return await self._change(alliance, statement.values(retracted=True))

    async def status(self, alliance: int) -> AllianceStatus:
        """The numbers of the last seven days."""
        async with self._database.reading(alliance) as session:
            return await read_status(session, self._clock() - STATUS_PERIOD)

    async def _newest(self, alliance: int, condition: ColumnElement[bool]) -> Exchange | None:
        query = select(ExchangeRow).where(*kept(), condition)
        async with self._database.reading(alliance) as session:
            row = await session.scalar(query.order_by(ExchangeRow.id.desc()).limit(1))
            return to_exchange(row) if row else None
