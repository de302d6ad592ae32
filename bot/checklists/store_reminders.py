"""Reminders of commitments, stored in the transaction of their cause."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.checklists.rules.records import Commitment, CommitmentStatus, PersonSettings
from bot.checklists.rules.reminders import reminder
from bot.checklists.tables import CommitmentRow, RunRow
from bot.core.outbox import NewNotice, NoticeKind, Schedule
from bot.database.part import value_of
from bot.database.session import StoreSession
from bot.outbox.store_notices import carry_out, waiting
from bot.outbox.tables import NoticeRow
from bot.people.store_listeners import read_person_settings


async def remind(session: StoreSession, row: CommitmentRow, now: datetime) -> None:
    """Bring the reminder of a commitment in line with it.

    Of a day it was recalled on already it isn't again, whatever became of it in between.
    """
    await session.flush()
    settings = await read_person_settings(session, row.person)
    schedule = reminder(await to_commitment(session, row), settings, now)
    for notice in schedule.add:
        if await _arrived(session, notice):
            schedule = Schedule(remove=(notice.key,))
    await carry_out(session, schedule)


async def move_reminders(
    session: StoreSession, person: int, settings: PersonSettings, now: datetime
) -> None:
    """Let the waiting reminders of a person come when the person's settings say.

    They stay the same notices: one that is being delivered must not come a second time.
    """
    query = (
        select(NoticeRow, CommitmentRow)
        .join(
            CommitmentRow,
            CommitmentRow.id == NoticeRow.about,
        )
        .where(
            NoticeRow.kind == NoticeKind.COMMITMENT_DUE.value,
            CommitmentRow.person == person,
            *waiting(),
        )
    )
    for notice, row in (await session.execute(query)).all():
        for new in reminder(await to_commitment(session, row), settings, now).add:
            notice.due = new.due


async def to_commitment(session: StoreSession, row: CommitmentRow) -> Commitment:
    """A row as a value; a team is reminded where its run is now."""
    thread = select(RunRow.thread).where(RunRow.id == row.run)
    return value_of(
        Commitment, row, status=CommitmentStatus(row.status), thread=await session.scalar(thread)
    )


async def _arrived(session: StoreSession, notice: NewNotice) -> bool:
    """Whether a notice that says the same was sent."""
    sent = await session.scalars(
        select(NoticeRow.details).where(
            NoticeRow.kind == notice.kind.value,
            NoticeRow.about == notice.about,
            NoticeRow.key == notice.key,
            NoticeRow.sent.is_not(None),
        )
    )
    return any(details == notice.details for details in sent)
