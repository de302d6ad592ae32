"""What is held about a person: handed out, and deleted."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.records import FORMER_MEMBER, Forgotten
from bot.infra.store.checklist_privacy import (
    alliances_of,
    export_checklists,
    forget_checklists,
)
from bot.infra.store.database import StoreUnavailable
from bot.infra.store.gaps import is_gap
from bot.infra.store.opportunity_privacy import (
    alliances_of as alliances_with_opportunities_of,
)
from bot.infra.store.opportunity_privacy import (
    export_opportunities,
    forget_opportunities,
)
from bot.infra.store.part import StorePart, affected, whole
from bot.infra.store.schema import (
    ChoiceRow,
    ExchangeRow,
    FeedbackRow,
    NoteGapRow,
    NoteRow,
    PendingRow,
)

# All that leads to a person or what was said; what is left of a gap is a number in a statistic.
ERASED: dict[str, Any] = {
    "channel": None,
    "thread": None,
    "person": None,
    "source": None,
    "answer_message": None,
    "question": "",
    "previous": None,
    "passages": [],
    "record": {},
}


class PrivacyMethods(StorePart):
    """Export and deletion; Discord's ids are strings in an export, as Discord itself does it."""

    @whole
    async def export_person(self, alliance: int, person: int) -> dict[str, Any]:
        """Everything held about a person in an alliance, ready for JSON."""
        async with self._database.reading() as session:
            return await _export(session, alliance, person)

    @whole
    async def export_person_everywhere(self, person: int) -> dict[str, Any]:
        """Everything held about a person in all alliances, ready for JSON."""
        async with self._database.reading() as session:
            alliances = await _alliances_of_person(session, person)
            return {
                "person": str(person),
                "alliances": [await _export(session, alliance, person) for alliance in alliances],
            }

    @whole
    async def forget_person(self, alliance: int, person: int) -> Forgotten:
        """Delete a person's questions, feedback and choice in an alliance, and their authorship.

        Practice notes stay, by "a former member"; the words of the person's questions go from
        them as well. Of the person's gaps remains that there was one. Private runs of checklists
        go; a team's run stays for the others, without what the person said. What was published as
        an opportunity stays, without the name; the person's answers to others go.
        """
        async with self._database.writing() as session:
            forgotten = await _forget(session, alliance, person, self._clock())
        await self._scrub()
        return forgotten

    @whole
    async def forget_person_everywhere(self, person: int) -> Forgotten:
        """The same in all alliances, in one transaction."""
        forgotten = Forgotten()
        async with self._database.writing() as session:
            for alliance in await _alliances_of_person(session, person):
                forgotten += await _forget(session, alliance, person, self._clock())
        await self._scrub()
        return forgotten

    async def _scrub(self) -> None:
        # What was deleted is deleted; that its traces in the log stay until the next writer
        # reuses the space is no failure to report.
        with contextlib.suppress(StoreUnavailable):
            await self._database.scrub()


async def _alliances_of_person(session: AsyncSession, person: int) -> list[int]:
    query = select(ExchangeRow.alliance).where(ExchangeRow.person == person)
    everywhere = query.union(
        select(FeedbackRow.alliance).where(FeedbackRow.person == person),
        select(NoteRow.alliance).where(NoteRow.author == person),
        select(ChoiceRow.alliance).where(ChoiceRow.person == person),
        select(PendingRow.alliance).where(PendingRow.person == person),
        *alliances_of(person),
        *alliances_with_opportunities_of(person),
    )
    return sorted(await session.scalars(everywhere))


async def _export(session: AsyncSession, alliance: int, person: int) -> dict[str, Any]:
    questions = select(ExchangeRow).where(
        ExchangeRow.alliance == alliance, ExchangeRow.person == person
    )
    feedback = select(FeedbackRow).where(
        FeedbackRow.alliance == alliance, FeedbackRow.person == person
    )
    notes = select(NoteRow).where(NoteRow.alliance == alliance, NoteRow.author == person)
    pending = select(PendingRow).where(PendingRow.alliance == alliance, PendingRow.person == person)
    chosen = select(ChoiceRow.chosen).where(
        ChoiceRow.alliance == alliance, ChoiceRow.person == person
    )
    choice = await session.scalar(chosen)
    return {
        "alliance": str(alliance),
        "person": str(person),
        "questions": [
            _question(row) for row in await session.scalars(questions.order_by(ExchangeRow.id))
        ],
        "feedback": [
            {
                "exchange": row.exchange,
                "helpful": row.helpful,
                "reason": row.reason,
                "given": row.given.isoformat(),
            }
            for row in await session.scalars(feedback.order_by(FeedbackRow.exchange))
        ],
        "notes": [
            {
                "id": row.id,
                "question": row.question,
                "text": row.text,
                "author_name": row.author_name,
                "created": row.created.isoformat(),
                "retracted": row.retracted,
            }
            for row in await session.scalars(notes.order_by(NoteRow.id))
        ],
        "waiting_for_an_answer": [
            {
                "message": str(row.message),
                "channel": str(row.channel),
                "thread": _snowflake(row.thread),
                "received": row.received.isoformat(),
                "previous": row.previous,
            }
            for row in await session.scalars(pending.order_by(PendingRow.message))
        ],
        "chosen_for_direct_messages": choice.isoformat() if choice else None,
        **await export_checklists(session, alliance, person),
        **await export_opportunities(session, alliance, person),
    }


def _snowflake(value: int | None) -> str | None:
    return None if value is None else str(value)


def _question(row: ExchangeRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "created": row.created.isoformat(),
        "channel": _snowflake(row.channel),
        "thread": _snowflake(row.thread),
        "source": _snowflake(row.source),
        "answer_message": _snowflake(row.answer_message),
        "private": row.private,
        "shared": row.shared,
        "dismissed": row.dismissed,
        "question": row.question,
        "previous": row.previous,
        "answered": row.answered,
        "confidence": row.confidence,
        "latency_ms": row.latency_ms,
        "passages": row.passages,
        "answer": row.record,
    }


async def _forget(session: AsyncSession, alliance: int, person: int, now: datetime) -> Forgotten:
    asked = (ExchangeRow.alliance == alliance, ExchangeRow.person == person)
    # The order matters: words are taken from notes while it is known whose they are, and whether
    # an exchange is a gap is asked before the person's own feedback goes.
    await session.execute(
        update(NoteRow)
        .where(
            NoteRow.alliance == alliance,
            exists().where(
                NoteGapRow.alliance == alliance,
                NoteGapRow.note == NoteRow.id,
                NoteGapRow.exchange == ExchangeRow.id,
                ExchangeRow.question == NoteRow.question,
                *asked,
            ),
        )
        .values(question="")
    )
    noted = exists().where(NoteGapRow.alliance == alliance, NoteGapRow.exchange == ExchangeRow.id)
    gap = or_(is_gap(), noted)
    deleted = await affected(session, delete(ExchangeRow).where(*asked, ~gap))
    erased = await affected(session, update(ExchangeRow).where(*asked).values(**ERASED))
    feedback = delete(FeedbackRow).where(
        FeedbackRow.alliance == alliance, FeedbackRow.person == person
    )
    authorship = update(NoteRow).where(NoteRow.alliance == alliance, NoteRow.author == person)
    choice = delete(ChoiceRow).where(ChoiceRow.alliance == alliance, ChoiceRow.person == person)
    pending = delete(PendingRow).where(PendingRow.alliance == alliance, PendingRow.person == person)
    return Forgotten(
        questions=deleted + erased,
        feedback=await affected(session, feedback),
        notes=await affected(session, authorship.values(author=None, author_name=FORMER_MEMBER)),
        choices=await affected(session, choice),
        pending=await affected(session, pending),
        **await forget_opportunities(session, alliance, person, now),
        **await forget_checklists(session, alliance, person),
    )
