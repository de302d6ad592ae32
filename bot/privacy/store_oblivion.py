"""Forgetting a person, where more follows from it than rows that go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import delete, exists, select, update

from bot.answers.tables import ExchangeRow, NoteGapRow, NoteRow
from bot.database.session import StoreSession
from bot.opportunities.rules.models import Respondent
from bot.opportunities.rules.replies import is_open, seat
from bot.opportunities.store_rows import (
    changed,
    opportunity_row,
    stored_answers,
    to_answer,
    to_opportunity,
    write_answers,
)
from bot.opportunities.tables import OpportunityAnswerRow, OpportunityRow
from bot.outbox.store_notices import carry_out
from bot.privacy.holding import Holding
from bot.privacy.registry import HOLDING_OF, HOLDINGS
from bot.privacy.store_export import owned
from bot.privacy.store_rules import Condition, Table, never_published


async def forget(session: StoreSession, person: int, now: datetime) -> dict[str, int]:
    """Delete what the registry says, and tell how much it was by the counts of `Forgotten`."""
    gone: dict[str, int] = {}

    def count(holding: Holding, rows: int) -> None:
        if holding.forgotten is not None:
            gone[holding.forgotten] = gone.get(holding.forgotten, 0) + rows

    for table, special in _FIRST.items():
        count(HOLDING_OF[table], await special(session, person, now))
    for holding in HOLDINGS:
        if holding.person is not None and holding.table not in _FIRST:
            count(holding, await _forget_rows(session, holding, person))
    await drop_unused(session)
    await session.flush()
    return gone


async def drop_unused(session: StoreSession) -> None:
    """Delete what nothing needs any more."""
    for holding in HOLDINGS:
        if holding.unused is not None:
            await session.affected(delete(holding.table).where(holding.unused()))


async def _forget_rows(session: StoreSession, holding: Holding, person: int) -> int:
    """Delete the rows of a person that go, and erase what is theirs from those that stay."""
    theirs: Condition = owned(holding, person)
    if holding.also is not None:
        theirs |= holding.also(person)
    rows = 0
    if holding.goes is not False:
        gone = delete(holding.table).where(theirs)
        gone = gone if holding.goes is True else gone.where(holding.goes())
        rows = await session.affected(gone)
    if holding.goes is not True:
        rows += await session.affected(update(holding.table).where(theirs).values(**holding.left))
    return rows


async def _questions(session: StoreSession, person: int, _: datetime) -> int:
    """Words are taken from notes while it is known whose they are.

    Whether an exchange is a gap is asked before the person's own feedback goes.
    """
    words = exists().where(
        NoteGapRow.note == NoteRow.id,
        NoteGapRow.exchange == ExchangeRow.id,
        ExchangeRow.question == NoteRow.question,
        ExchangeRow.person == person,
    )
    await session.affected(update(NoteRow).where(words).values(question=""))
    return await _forget_rows(session, HOLDING_OF[ExchangeRow], person)


async def _answers(session: StoreSession, person: int, now: datetime) -> int:
    """Places that become free go to those who wait."""
    query = select(OpportunityAnswerRow.opportunity).where(OpportunityAnswerRow.person == person)
    count = 0
    for opportunity in sorted(set(await session.scalars(query))):
        row = await opportunity_row(session, opportunity)
        assert row is not None, "an answer belongs to an opportunity"
        rows = await stored_answers(session, opportunity)
        before = [(stored.id, to_answer(stored)) for stored in rows]
        after = tuple(given for _, given in before if given.person != person)
        count += len(before) - len(after)
        moved_up: tuple[Respondent, ...] = ()
        if is_open(to_opportunity(row), now):
            after, moved_up = seat(after, row.capacity)
        await write_answers(session, row, before, after, now, moved_up=moved_up)
    return count


async def _posts(session: StoreSession, person: int, now: datetime) -> int:
    """What was published is shown anew, without the name."""
    published = select(OpportunityRow).where(OpportunityRow.poster == person, ~never_published())
    rows = (await session.scalars(published)).all()
    count = await _forget_rows(session, HOLDING_OF[OpportunityRow], person)
    for row in rows:
        await session.refresh(row)
        await carry_out(session, changed(row, now))
    return count


_FIRST: Mapping[Table, Callable[[StoreSession, int, datetime], Awaitable[int]]] = {
    ExchangeRow: _questions,
    OpportunityAnswerRow: _answers,
    OpportunityRow: _posts,
}
