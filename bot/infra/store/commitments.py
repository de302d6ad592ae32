"""Commitments: made, changed and dropped with the answers and runs they come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checklists.rules.events import Became, Effect, Kept
from bot.checklists.rules.records import Commitment, CommitmentStatus
from bot.checklists.rules.reminders import promises
from bot.checklists.rules.run import Status
from bot.infra.store.checklist_schema import CommitmentRow, RunRow
from bot.infra.store.part import StorePart, value_of, whole
from bot.infra.store.reminding import remind


class CommitmentMethods(StorePart):
    """Reading commitments, and what people make of them."""

    @whole
    async def commitments(
        self,
        alliance: int,
        *,
        person: int | None = None,
        run: int | None = None,
        statuses: Sequence[CommitmentStatus] = (CommitmentStatus.OPEN,),
    ) -> tuple[Commitment, ...]:
        """Commitments, those due first before those without a day."""
        wanted = [status.value for status in statuses]
        conditions: list[ColumnElement[bool]] = [CommitmentRow.status.in_(wanted)]
        if person is not None:
            conditions.append(CommitmentRow.person == person)
        if run is not None:
            conditions.append(CommitmentRow.run == run)
        return await self._read(alliance, *conditions)

    @whole
    async def commitment(self, alliance: int, commitment: int) -> Commitment | None:
        """A commitment by its id."""
        found = await self._read(alliance, CommitmentRow.id == commitment)
        return found[0] if found else None

    @whole
    async def settle_commitment(
        self, alliance: int, commitment: int, status: CommitmentStatus
    ) -> bool:
        """Note what became of a commitment; False if it is so already, or isn't kept."""
        now = self._clock()
        async with self._database.writing() as session:
            row = await _find(session, alliance, commitment)
            if row is None or row.status == status:
                return False
            _settle(row, status, now)
            await remind(session, row, now)
            return True

    @whole
    async def move_commitment(self, alliance: int, commitment: int, day: date) -> bool:
        """Give an open commitment another day; False if it isn't open, or isn't kept."""
        async with self._database.writing() as session:
            row = await _find(session, alliance, commitment)
            if row is None or row.status != CommitmentStatus.OPEN:
                return False
            row.day = day
            await remind(session, row, self._clock())
            return True

    async def _read(
        self, alliance: int, *conditions: ColumnElement[bool]
    ) -> tuple[Commitment, ...]:
        query = (
            select(CommitmentRow, RunRow.thread)
            .join(
                RunRow,
                (RunRow.alliance == CommitmentRow.alliance) & (RunRow.id == CommitmentRow.run),
            )
            .where(CommitmentRow.alliance == alliance, *conditions)
            .order_by(CommitmentRow.day.is_(None), CommitmentRow.day, CommitmentRow.id)
        )
        async with self._database.reading() as session:
            return tuple(
                value_of(Commitment, row, status=CommitmentStatus(row.status), thread=thread)
                for row, thread in (await session.execute(query)).all()
            )


async def follow(
    session: AsyncSession, alliance: int, run: int, effects: Sequence[Effect], now: datetime
) -> None:
    """Bring commitments and their reminders in line with what happened to a run."""
    for kept in promises(effects):
        await _follow_answer(session, alliance, run, kept, now)
    for effect in effects:
        if isinstance(effect, Became) and effect.status is Status.CANCELLED:
            for row in await _of_run(session, alliance, run):
                if row.status == CommitmentStatus.OPEN:
                    _settle(row, CommitmentStatus.DROPPED, now)
                    row.cancelled = True
                    await remind(session, row, now)
        elif isinstance(effect, Became) and effect.before is Status.CANCELLED:
            for row in await _of_run(session, alliance, run):
                if row.cancelled:
                    _settle(row, CommitmentStatus.OPEN, now)
                    await remind(session, row, now)


async def _follow_answer(
    session: AsyncSession, alliance: int, run: int, kept: Kept, now: datetime
) -> None:
    """One commitment for each step and person, changed only where the promise was.

    What people made of it otherwise stays: a day it was moved to, that it was done. In a private
    run that changed hands it goes over to whoever answers the step anew.
    """
    before, answer = kept.replaced, kept.answer
    old, new = before.given.promise if before else None, answer.given.promise
    row = await session.scalar(
        select(CommitmentRow).where(
            CommitmentRow.alliance == alliance,
            CommitmentRow.run == run,
            CommitmentRow.step == kept.step,
            CommitmentRow.person == (before or answer).person,
        )
    )
    if new is None:
        if row is None or row.status != CommitmentStatus.OPEN:
            return
        _settle(row, CommitmentStatus.DROPPED, now)
    elif row is None:
        row = CommitmentRow(
            alliance=alliance,
            run=run,
            step=kept.step,
            person=answer.person,
            what=new.what,
            who=new.who,
            day=new.day,
            status=CommitmentStatus.OPEN.value,
            cancelled=False,
            made=now,
        )
        session.add(row)
    else:
        row.person = answer.person
        for name in ("what", "who", "day"):
            if old is None or getattr(new, name) != getattr(old, name):
                setattr(row, name, getattr(new, name))
        if new != old:
            _settle(row, CommitmentStatus.OPEN, now)
    await remind(session, row, now)


def _settle(row: CommitmentRow, status: CommitmentStatus, now: datetime) -> None:
    row.status = status.value
    row.settled = None if status is CommitmentStatus.OPEN else now
    row.cancelled = False


async def _find(session: AsyncSession, alliance: int, commitment: int) -> CommitmentRow | None:
    return await session.scalar(
        select(CommitmentRow).where(
            CommitmentRow.alliance == alliance, CommitmentRow.id == commitment
        )
    )


async def _of_run(session: AsyncSession, alliance: int, run: int) -> Sequence[CommitmentRow]:
    query = select(CommitmentRow).where(
        CommitmentRow.alliance == alliance, CommitmentRow.run == run
    )
    return (await session.scalars(query.order_by(CommitmentRow.id))).all()
