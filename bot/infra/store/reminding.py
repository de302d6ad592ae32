"""Reminders of commitments, stored in the transaction of their cause."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checklists.rules.records import Commitment, CommitmentStatus, PersonSettings
from bot.checklists.rules.reminders import reminder
from bot.core.outbox import NewNotice, NoticeKind, Schedule
from bot.core.quiet_hours import QuietHours
from bot.infra.store.checklist_schema import CommitmentRow, NoticeRow, PersonSettingsRow, RunRow
from bot.infra.store.notice_rows import carry_out, waiting
from bot.infra.store.part import value_of


async def read_person_settings(session: AsyncSession, alliance: int, person: int) -> PersonSettings:
    """When a person wants to be written to, within a transaction."""
    row = await session.get(PersonSettingsRow, (alliance, person))
    if row is None:
        return PersonSettings()
    quiet = None
    if row.quiet_start is not None and row.quiet_end is not None:
        quiet = QuietHours(row.quiet_start, row.quiet_end)
    return PersonSettings(ZoneInfo(row.zone), row.at, quiet)


async def remind(session: AsyncSession, row: CommitmentRow, now: datetime) -> None:
    """Bring the reminder of a commitment in line with it.

    Of a day it was recalled on already it isn't again, whatever became of it in between.
    """
    await session.flush()
    settings = await read_person_settings(session, row.alliance, row.person)
    schedule = reminder(await to_commitment(session, row), settings, now)
    for notice in schedule.add:
        if await _arrived(session, row.alliance, notice):
            schedule = Schedule(remove=(notice.key,))
    await carry_out(session, row.alliance, schedule)


async def move_reminders(
    session: AsyncSession, alliance: int, person: int, settings: PersonSettings, now: datetime
) -> None:
    """Let the waiting reminders of a person come when the person's settings say.

    They stay the same notices: one that is being delivered must not come a second time.
    """
    query = (
        select(NoticeRow, CommitmentRow)
        .join(
            CommitmentRow,
            (CommitmentRow.alliance == NoticeRow.alliance) & (CommitmentRow.id == NoticeRow.about),
        )
        .where(
            NoticeRow.alliance == alliance,
            NoticeRow.kind == NoticeKind.COMMITMENT_DUE.value,
            CommitmentRow.person == person,
            *waiting(),
        )
    )
    for notice, row in (await session.execute(query)).all():
        for new in reminder(await to_commitment(session, row), settings, now).add:
            notice.due = new.due


async def to_commitment(session: AsyncSession, row: CommitmentRow) -> Commitment:
    """A row as a value; a team is reminded where its run is now."""
    thread = select(RunRow.thread).where(RunRow.alliance == row.alliance, RunRow.id == row.run)
    return value_of(
        Commitment, row, status=CommitmentStatus(row.status), thread=await session.scalar(thread)
    )


async def _arrived(session: AsyncSession, alliance: int, notice: NewNotice) -> bool:
    """Whether a notice that says the same was sent."""
    sent = await session.scalars(
        select(NoticeRow.details).where(
            NoticeRow.alliance == alliance,
            NoticeRow.kind == notice.kind.value,
            NoticeRow.about == notice.about,
            NoticeRow.key == notice.key,
            NoticeRow.sent.is_not(None),
        )
    )
    return any(details == notice.details for details in sent)
