"""What is to be delivered, each once: see `bot.core.outbox`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from bot.alliances.records import ChannelPurpose
from bot.alliances.store import channel_for
from bot.core.alliance import TERMINAL
from bot.core.clock import Clock
from bot.core.outbox import QUOTING, Notice, NoticeKind, Schedule
from bot.database.columns import UtcDateTime
from bot.database.database import Database
from bot.database.part import StorePart, value_of
from bot.database.session import StoreSession
from bot.opportunities.rules.notices import gathered_at, gave_up
from bot.opportunities.rules.standing import WhyGone
from bot.opportunities.store_rows import opportunity_row
from bot.opportunities.store_standing import lose_posts
from bot.outbox.store_notices import carry_out, waiting, waiting_notice, waiting_under
from bot.outbox.store_truth import is_still_true
from bot.outbox.tables import NoticeRow

_NOW = bindparam("now", type_=UtcDateTime())
_KNOWN = NoticeRow.kind.in_([kind.value for kind in NoticeKind])
_log = structlog.get_logger()


class OutboxStore(StorePart):
    """Delivering, over all alliances: a notice's id is unique among them.

    Notices of a kind that only another version of the program knows wait for that one.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._looked_for_unknown = False

    async def due_notices(self, limit: int, *, seated: int | None = None) -> tuple[Notice, ...]:
        """The notices that are due, the oldest of each alliance before the second oldest of any.

        Nobody is told of an opportunity before its post is in the channel, or failed to get there,
        nor of a question before it stands in its thread, or failed to.
        What was done at the terminal comes there alone, to whoever is `seated`.
        """
        values: dict[str, Any] = {"now": self._clock(), "most": limit}
        if seated is not None:
            values["person"] = seated
        async with self._database.reading_everywhere() as session:
            if not self._looked_for_unknown:
                await _warn_of_unknown(session)
                self._looked_for_unknown = True
            rows = await session.scalars(_due(at_terminal=seated is not None), values)
            return tuple(map(_to_notice, rows))

    async def next_due(self) -> datetime | None:
        """When the next notice is due, or was; None when none waits but at the terminal."""
        query = select(NoticeRow.due).where(*waiting(), _KNOWN, NoticeRow.alliance != TERMINAL)
        query = query.order_by(NoticeRow.due).limit(1)
        async with self._database.reading_everywhere() as session:
            return await session.scalar(query)

    async def try_notice(self, notice: int) -> bool:
        """Note that delivery begins; False if it is no longer wanted, and then it is taken back.

        What it is about is read anew: a commitment may have been kept or moved meanwhile, a run
        taken up again.
        """
        async with self._waiting(notice) as (session, row):
            if row is None:
                return False
            if not await is_still_true(session, row, self._clock()):
                await session.delete(row)
                return False
            row.attempts += 1
            row.tried = self._clock()
            return True

    async def put_off_notice(self, notice: int, until: datetime, *, failed: bool) -> None:
        """Deliver later: it failed in a way that may pass, or the hour is quiet.

        Args:
            notice: which one.
            until: when it is due then.
            failed: False if nothing was sent, so that what `try_notice` counted is no attempt.
                That it was tried stays noted: an earlier try may have arrived all the same.
        """
        async with self._waiting(notice) as (_, row):
            if row is None:
                return
            if not failed and row.tried is not None and row.tried >= row.due:
                row.attempts = max(row.attempts - 1, 0)
            row.due = until

    async def notice_sent(self, notice: int) -> None:
        """Note that it arrived."""
        async with self._waiting(notice) as (_, row):
            if row is not None:
                row.sent = self._clock()
                _drop_quotes(row)

    async def give_up_notice(self, notice: int, reason: str, *, tell: bool = False) -> None:
        """Note that it can't be delivered, and maybe tell the stewards: once a day, all at once."""
        async with self._waiting(notice) as (session, row):
            if row is None:
                return
            row.given_up = reason
            _drop_quotes(row)
            await session.flush()
            if row.kind == NoticeKind.OPPORTUNITY_POST:
                posted = await opportunity_row(session, row.about)
                if posted is not None and posted.message is None:
                    await lose_posts(session, [posted], WhyGone.FAILED, self._clock())
            if tell and row.kind != NoticeKind.GAVE_UP:
                await _tell_stewards(session, row, self._clock())

    @asynccontextmanager
    async def _waiting(self, notice: int) -> AsyncIterator[tuple[StoreSession, NoticeRow | None]]:
        """A transaction of the alliance that a notice belongs to, and the notice if it waits."""
        of = select(NoticeRow.alliance).where(NoticeRow.id == notice)
        async with self._database.writing_everywhere() as session:
            alliance = await session.scalar(of)
            if alliance is None:
                yield session, None
                return
            async with session.within(alliance):
                yield session, await waiting_notice(session, notice)


async def _warn_of_unknown(session: StoreSession) -> None:
    query = select(NoticeRow.kind, func.count()).where(*waiting(), ~_KNOWN).group_by(NoticeRow.kind)
    if kinds := dict((await session.execute(query)).all()):
        _log.warning("notices_of_unknown_kind", kinds=kinds)


@cache
def _due(*, at_terminal: bool) -> Select[NoticeRow]:
    """The query of what is due `now`, `most` at once; asked again and again, so written once."""
    turn = func.row_number().over(
        partition_by=NoticeRow.alliance, order_by=(NoticeRow.due, NoticeRow.id)
    )
    query = select(NoticeRow).where(
        *waiting(),
        _KNOWN,
        NoticeRow.due <= _NOW,
        ~_before_its_post(),
        ~_before_its_question(),
    )
    if at_terminal:
        theirs = NoticeRow.person.is_(None) | (NoticeRow.person == bindparam("person"))
        query = query.where(NoticeRow.alliance == TERMINAL, theirs)
    else:
        query = query.where(NoticeRow.alliance != TERMINAL)
    return query.order_by(turn, NoticeRow.due, NoticeRow.id).limit(bindparam("most"))


def _before_its_post() -> ColumnElement[bool]:
    """The condition for what tells of an opportunity whose post is due, or under way."""
    post = aliased(NoticeRow)
    telling = (NoticeKind.OPPORTUNITY_NEW.value, NoticeKind.OPPORTUNITY_QUESTION.value)
    return NoticeRow.kind.in_(telling) & exists().where(
        *_due_of_same(post, NoticeKind.OPPORTUNITY_POST)
    )


def _before_its_question() -> ColumnElement[bool]:
    """The condition for what tells of a question that is due in its thread, or under way there."""
    question = aliased(NoticeRow)
    return (NoticeRow.kind == NoticeKind.OPPORTUNITY_ASKED.value) & exists().where(
        *_due_of_same(question, NoticeKind.OPPORTUNITY_QUESTION),
        question.key == func.replace(NoticeRow.key, ":asked:", ":question:"),
    )


def _due_of_same(other: type[NoticeRow], kind: NoticeKind) -> tuple[ColumnElement[bool], ...]:
    """The conditions for another notice of a kind that is due, about the same."""
    return (
        other.alliance == NoticeRow.alliance,
        other.about == NoticeRow.about,
        other.kind == kind.value,
        other.due <= _NOW,
        other.sent.is_(None),
        other.given_up.is_(None),
    )


def _drop_quotes(row: NoticeRow) -> None:
    """What somebody wrote stands where it was delivered, and nowhere else."""
    if row.kind in QUOTING:
        row.details = {}


async def _tell_stewards(session: StoreSession, row: NoticeRow, now: datetime) -> None:
    """Add a notice that was given up to what stewards are told of next."""
    channel = await channel_for(session, ChannelPurpose.STEWARDS)
    if channel is None:
        return
    due = gathered_at(now)
    later = gathered_at(due)
    keys = [gave_up(channel, {}, at).key for at in (due, later)]
    told = await waiting_under(session, *keys)
    if keys[0] in told and told[keys[0]].tried is not None:  # it may have arrived as it is
        due, keys = later, keys[1:]
    kinds = dict(told[keys[0]].details["kinds"]) if keys[0] in told else {}
    kinds[row.kind] = kinds.get(row.kind, 0) + 1
    await carry_out(session, Schedule(add=(gave_up(channel, kinds, due),)))


def _to_notice(row: NoticeRow) -> Notice:
    return value_of(Notice, row, kind=NoticeKind(row.kind))
