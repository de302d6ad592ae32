"""Commitments: made, changed and dropped with the answers and runs they come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.checklists.rules.events import Became, Effect, Kept
from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.reminders import promises
from bot.checklists.rules.run import Status
from bot.checklists.store_reminders import remind
from bot.checklists.tables import CommitmentRow
from bot.database.session import StoreSession


async def follow(session: StoreSession, run: int, effects: Sequence[Effect], now: datetime) -> None:
    """Bring commitments and their reminders in line with what happened to a run."""
    for kept in promises(effects):
        await _follow_answer(session, run, kept, now)
    for effect in effects:
        if isinstance(effect, Became) and effect.status is Status.CANCELLED:
            for row in await _of_run(session, run):
                if row.status == CommitmentStatus.OPEN:
                    settle(row, CommitmentStatus.DROPPED, now)
                    row.cancelled = True
                    await remind(session, row, now)
        elif isinstance(effect, Became) and effect.before is Status.CANCELLED:
            for row in await _of_run(session, run):
                if row.cancelled:
                    settle(row, CommitmentStatus.OPEN, now)
                    await remind(session, row, now)


async def _follow_answer(session: StoreSession, run: int, kept: Kept, now: datetime) -> None:
    """One commitment for each step and person, changed only where the promise was.

    What people made of it otherwise stays: a day it was moved to, that it was done. In a private
    run that changed hands it goes over to whoever answers the step anew.
    """
    before, answer = kept.replaced, kept.answer
    old, new = before.given.promise if before else None, answer.given.promise
    row = await session.scalar(
        select(CommitmentRow).where(
            CommitmentRow.run == run,
            CommitmentRow.step == kept.step,
            CommitmentRow.person == (before or answer).person,
        )
    )
    if new is None:
        if row is None or row.status != CommitmentStatus.OPEN:
            return
        settle(row, CommitmentStatus.DROPPED, now)
    elif row is None:
        row = CommitmentRow(
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
            settle(row, CommitmentStatus.OPEN, now)
    await remind(session, row, now)


def settle(row: CommitmentRow, status: CommitmentStatus, now: datetime) -> None:
    """Note what became of a commitment."""
    row.status = status.value
    row.settled = None if status is CommitmentStatus.OPEN else now
    row.cancelled = False


async def _of_run(session: StoreSession, run: int) -> Sequence[CommitmentRow]:
    query = select(CommitmentRow).where(CommitmentRow.run == run)
    return (await session.scalars(query.order_by(CommitmentRow.id))).all()
