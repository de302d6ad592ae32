"""Reading and writing opportunities and answers within a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from bot.core.outbox import Schedule
from bot.database.part import value_of
from bot.database.session import StoreSession
from bot.opportunities.rules import notices
from bot.opportunities.rules.models import (
    Kind,
    Offer,
    Opportunity,
    Outcome,
    Reply,
    Respondent,
    State,
)
from bot.opportunities.rules.replies import counts, side
from bot.opportunities.tables import OpportunityAnswerRow, OpportunityFormRow, OpportunityRow
from bot.outbox.store_notices import carry_out

_ANSWER = (*(field.name for field in fields(Respondent)), "id")


def to_opportunity(row: OpportunityRow) -> Opportunity:
    """A row as a value."""
    return value_of(
        Opportunity,
        row,
        offer=value_of(Offer, row, kind=Kind(row.kind)),
        state=State(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
    )


def offer_columns(offer: Offer) -> dict[str, Any]:
    """An offer as columns."""
    return asdict(offer) | {"kind": offer.kind.value}


async def opportunity_row(session: StoreSession, opportunity: int) -> OpportunityRow | None:
    """An opportunity by its id."""
    return await session.get(OpportunityRow, opportunity)


def still_open(now: datetime) -> ColumnElement[bool]:
    """The condition for opportunities that can be answered: `bot.opportunities.rules.replies`."""
    in_time = or_(OpportunityRow.closes.is_(None), OpportunityRow.closes > now)
    return and_(OpportunityRow.state == State.OPEN.value, in_time)


async def answers_of(session: StoreSession, opportunity: int) -> tuple[Respondent, ...]:
    """The answers to an opportunity, in the order in which they were given."""
    return tuple(to_answer(row) for row in await stored_answers(session, opportunity))


async def stored_answers(session: StoreSession, opportunity: int) -> Sequence[Any]:
    """Their columns, with the ids."""
    query = (
        select(*(getattr(OpportunityAnswerRow, name) for name in _ANSWER))
        .where(
            OpportunityAnswerRow.opportunity == opportunity,
        )
        .order_by(OpportunityAnswerRow.id)
    )
    return (await session.execute(query)).all()


def to_answer(row: Any) -> Respondent:
    """A row of `stored_answers` as a value."""
    person, name, organization, reply, note, at, _ = row
    return Respondent(person, name, organization, Reply(reply), note, at)


async def write_answers(
    session: StoreSession,
    row: OpportunityRow,
    before: Sequence[tuple[int, Respondent]],
    after: Sequence[Respondent],
    now: datetime,
    *,
    moved_up: Iterable[Respondent] = (),
    last: Iterable[Respondent] = (),
) -> None:
    """Store answers as they are now, with the notices that follow.

    Args:
        session: within this transaction.
        row: what was answered.
        before: the answers as they are stored, each with its id.
        after: as they are now.
        now: the time.
        moved_up: who came off the waiting list meanwhile.
        last: whose side went to the end of the row; all others keep their place.
    """
    table = OpportunityAnswerRow
    known = {_side(one): (number, one) for number, one in before}
    staying = {_side(one) for one in after} - {_side(one) for one in last}
    gone = {number for of, (number, _) in known.items() if of not in staying}
    new = []
    for one in after:
        number, was = known.get(_side(one), (None, None))
        values = asdict(one) | {"reply": one.reply.value}
        if number is None or number in gone:
            keys = {"opportunity": row.id, "side": _side(one)}
            new.append(keys | values)
        elif one != was:
            await session.affected(update(table).where(table.id == number).values(**values))
    if gone:
        await session.affected(delete(table).where(table.id.in_(gone)))
    await session.insert(table, new)
    answers = [one for _, one in before]
    schedule = notices.answered(to_opportunity(row), answers, after, moved_up, now)
    if counts(answers) != counts(after):
        schedule += changed(row, now)
    await carry_out(session, schedule)


def changed(row: OpportunityRow, now: datetime) -> Schedule:
    """Note that the post has to show something else."""
    row.revision += 1
    return notices.refreshed(to_opportunity(row), now)


def _side(one: Respondent) -> str:
    return side(one.person, one.organization)


async def drop_forms(session: StoreSession, row: OpportunityRow, *, began: bool) -> None:
    """Delete forms that edit it, and the one that it `began` with."""
    over = OpportunityFormRow.about == row.id
    if began:
        over |= (OpportunityFormRow.about == 0) & (OpportunityFormRow.person == row.poster)
    await session.affected(delete(OpportunityFormRow).where(over))
