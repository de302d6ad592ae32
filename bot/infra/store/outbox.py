"""What is to be delivered, each once: see `bot.core.outbox`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Update, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.checklists.reminders import Schedule
from bot.core.checklists.run import Status
from bot.core.checklists.storage import CommitmentStatus
from bot.core.outbox import NewNotice, Notice, NoticeKind
from bot.infra.store.checklist_schema import CommitmentRow, NoticeRow, RunRow
from bot.infra.store.part import StorePart, value_of, whole


class OutboxMethods(StorePart):
    """Delivering, over all alliances: a notice's id is unique among them."""

    @whole
    async def due_notices(self, limit: int) -> tuple[Notice, ...]:
        """The notices that are due, the oldest of each alliance before the second oldest of any."""
        turn = func.row_number().over(
            partition_by=NoticeRow.alliance, order_by=(NoticeRow.due, NoticeRow.id)
        )
        query = (
            select(NoticeRow)
            .where(*waiting(), NoticeRow.due <= self._clock())
            .order_by(turn, NoticeRow.due, NoticeRow.id)
            .limit(limit)
        )
        async with self._database.reading() as session:
            return tuple(_to_notice(row) for row in await session.scalars(query))

    @whole
    async def next_due(self) -> datetime | None:
        """When the next notice is due, or was; None when none waits."""
        query = select(NoticeRow.due).where(*waiting()).order_by(NoticeRow.due).limit(1)
        async with self._database.reading() as session:
            return await session.scalar(query)

    @whole
    async def try_notice(self, notice: int) -> bool:
        """Note that delivery begins; False if it is no longer wanted, and then it is taken back.

        What it is about is read anew: a commitment may have been kept or moved meanwhile, a run
        taken up again.
        """
        async with self._database.writing() as session:
            row = await _waiting_row(session, notice)
            if row is None:
                return False
            if not await _makes_sense(session, row):
                await session.delete(row)
                return False
            row.attempts += 1
            row.tried = self._clock()
            return True

    @whole
    async def put_off_notice(self, notice: int, until: datetime, *, failed: bool) -> None:
        """Deliver later: it failed in a way that may pass, or the hour is quiet.

        Args:
            notice: which one.
            until: when it is due then.
            failed: False if nothing was sent, so that what `try_notice` counted is no attempt.
                That it was tried stays noted: an earlier try may have arrived all the same.
        """
        async with self._database.writing() as session:
            row = await _waiting_row(session, notice)
            if row is None:
                return
            if not failed and row.tried is not None and row.tried >= row.due:
                row.attempts = max(row.attempts - 1, 0)
            row.due = until

    @whole
    async def notice_sent(self, notice: int) -> None:
        """Note that it arrived."""
        await self._change(_settled(notice).values(sent=self._clock()))

    @whole
    async def give_up_notice(self, notice: int, reason: str) -> None:
        """Note that it can't be delivered."""
        await self._change(_settled(notice).values(given_up=reason))


def waiting() -> tuple[ColumnElement[bool], ...]:
    """The condition for notices that are still to be delivered."""
    return NoticeRow.sent.is_(None), NoticeRow.given_up.is_(None)


async def carry_out(session: AsyncSession, alliance: int, schedule: Schedule) -> None:
    """Store and take back notices within the transaction of their cause.

    One that waits under the same key and says the same to the same is merely due at another time:
    it may be on its way. Else it is replaced by a notice with an id of its own, so that a delivery
    under way doesn't count for that.
    """
    for key in schedule.remove:
        await session.execute(_under(alliance, key))
    for new in schedule.add:
        query = select(NoticeRow).where(
            NoticeRow.alliance == alliance, NoticeRow.key == new.key, *waiting()
        )
        row = await session.scalar(query)
        if row is not None and _same(row, new):
            row.due = new.due
        else:
            await session.execute(_under(alliance, new.key))
            session.add(_to_row(alliance, new))
        await session.flush()


def _under(alliance: int, key: str) -> Delete:
    return delete(NoticeRow).where(NoticeRow.alliance == alliance, NoticeRow.key == key, *waiting())


def _same(row: NoticeRow, new: NewNotice) -> bool:
    return (row.person, row.channel, row.details) == (new.person, new.channel, dict(new.details))


def _settled(notice: int) -> Update:
    return update(NoticeRow).where(NoticeRow.id == notice, *waiting())


async def _waiting_row(session: AsyncSession, notice: int) -> NoticeRow | None:
    return await session.scalar(select(NoticeRow).where(NoticeRow.id == notice, *waiting()))


async def _makes_sense(session: AsyncSession, row: NoticeRow) -> bool:
    match NoticeKind(row.kind):
        case NoticeKind.COMMITMENT_DUE:
            commitment = await session.scalar(
                select(CommitmentRow).where(
                    CommitmentRow.alliance == row.alliance, CommitmentRow.id == row.about
                )
            )
            return (
                commitment is not None
                and commitment.status == CommitmentStatus.OPEN
                and commitment.day is not None
                and commitment.day.isoformat() == row.details.get("day")
            )
        case NoticeKind.RUN_OFFERED:
            run = await session.scalar(
                select(RunRow).where(RunRow.alliance == row.alliance, RunRow.id == row.about)
            )
            return run is not None and run.status == Status.PAUSED and run.owner == row.person


def _to_row(alliance: int, new: NewNotice) -> NoticeRow:
    return NoticeRow(
        alliance=alliance,
        kind=new.kind.value,
        about=new.about,
        key=new.key,
        person=new.person,
        channel=new.channel,
        due=new.due,
        details=dict(new.details),
        attempts=0,
    )


def _to_notice(row: NoticeRow) -> Notice:
    return value_of(Notice, row, kind=NoticeKind(row.kind))
