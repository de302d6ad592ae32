"""The life of what was posted: read, changed, closed; what follows is stored along with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.infra.store.notice_rows import carry_out
from bot.infra.store.opportunity_rows import (
    answer_rows,
    answers_of,
    changed,
    find,
    offer_columns,
    still_open,
    to_answer,
    to_opportunity,
    write_answers,
)
from bot.infra.store.opportunity_schema import OpportunityRow
from bot.infra.store.part import StorePart, whole
from bot.infra.store.posting import drop_forms
from bot.opportunities.rules import notices
from bot.opportunities.rules.models import (
    Offer,
    Opportunity,
    Outcome,
    State,
)
from bot.opportunities.rules.offer_form import closes_at
from bot.opportunities.rules.replies import counts, is_open, seat
from bot.opportunities.rules.report import Told


class OpportunityMethods(StorePart):
    """Reading what was posted, and what becomes of it."""

    @whole
    async def opportunity(self, alliance: int, opportunity: int) -> Opportunity | None:
        """An opportunity by its id."""
        async with self._database.reading() as session:
            row = await find(session, alliance, opportunity)
            return to_opportunity(row) if row else None

    @whole
    async def opportunities(
        self,
        alliance: int,
        *,
        states: Sequence[State] = (State.OPEN,),
        poster: int | None = None,
        limit: int = 200,
    ) -> tuple[Opportunity, ...]:
        """Opportunities, those that close first first, then the newest.

        One whose time is over isn't open, even before it is closed.
        """
        rest = [state.value for state in states if state is not State.OPEN]
        wanted: ColumnElement[bool] = OpportunityRow.state.in_(rest)
        if State.OPEN in states:
            wanted |= still_open(self._clock())
        query = select(OpportunityRow).where(OpportunityRow.alliance == alliance, wanted)
        if poster is not None:
            query = query.where(OpportunityRow.poster == poster)
        closes = OpportunityRow.closes
        query = query.order_by(closes.is_(None), closes, OpportunityRow.id.desc()).limit(limit)
        async with self._database.reading() as session:
            return tuple(to_opportunity(row) for row in await session.scalars(query))

    @whole
    async def edit(
        self, alliance: int, opportunity: int, offer: Offer
    ) -> tuple[Opportunity, tuple[str, ...]] | None:
        """Change an open opportunity: it, and which fields changed; None if it isn't open.

        Where there is room for more now, those that wait move up.
        """
        now = self._clock()
        async with self._database.writing() as session:
            row = await find(session, alliance, opportunity)
            if row is None or not is_open(to_opportunity(row), now):
                return None
            await drop_forms(session, row, began=False)
            new = offer_columns(offer)
            fields = tuple(name for name in new if getattr(row, name) != new[name])
            if not fields:
                return to_opportunity(row), ()
            for name in fields:
                setattr(row, name, new[name])
            row.edited = now
            if "deadline" in fields:
                row.closes = closes_at(row.deadline, now)
            rows = await answer_rows(session, alliance, opportunity)
            before = [(one.id, to_answer(one)) for one in rows]
            answers, moved_up = seat([one for _, one in before], offer.capacity)
            schedule = notices.edited(to_opportunity(row), fields, answers, now)
            await carry_out(session, alliance, schedule + changed(row, now))
            await write_answers(session, row, before, answers, now, moved_up=moved_up)
            return to_opportunity(row), fields

    @whole
    async def close_opportunity(
        self, alliance: int, opportunity: int, outcome: Outcome | None, note: str = ""
    ) -> bool:
        """Close it, or note what came of one that is closed; False if nothing of that is new."""
        async with self._database.writing() as session:
            row = await find(session, alliance, opportunity)
            if row is None or row.state not in {State.OPEN, State.CLOSED}:
                return False
            result = outcome.value if outcome else row.outcome
            said = note.strip() or row.note
            if row.state == State.CLOSED and (result, said) == (row.outcome, row.note):
                return False
            row.outcome, row.note = result, said
            await _close(session, row, self._clock())
            return True

    @whole
    async def close_by_deadline(self, alliance: int, opportunity: int) -> bool:
        """Close it because its time is over; False if it isn't, or it is closed."""
        now = self._clock()
        async with self._database.writing() as session:
            row = await find(session, alliance, opportunity)
            if row is None or row.state != State.OPEN or is_open(to_opportunity(row), now):
                return False
            await _close(session, row, now)
            return True

    @whole
    async def told(self, alliance: int, since: datetime | None = None) -> tuple[Told, ...]:
        """What was posted since, each with whom it reached and what was answered."""
        query = select(OpportunityRow).where(
            OpportunityRow.alliance == alliance, OpportunityRow.posted.is_not(None)
        )
        if since is not None:
            query = query.where(OpportunityRow.posted >= since)
        async with self._database.reading() as session:
            return tuple(
                [
                    Told(
                        to_opportunity(row),
                        row.reached,
                        counts(await answers_of(session, alliance, row.id)),
                    )
                    for row in await session.scalars(query.order_by(OpportunityRow.id))
                ]
            )


async def _close(session: AsyncSession, row: OpportunityRow, now: datetime) -> None:
    """Let it be closed; one whose time was over is so since then."""
    if row.state == State.OPEN:
        row.closed = min(now, row.closes or now)
    row.state = State.CLOSED.value
    await drop_forms(session, row, began=False)
    answers = await answers_of(session, row.alliance, row.id)
    schedule = notices.closed(to_opportunity(row), answers) + changed(row, now)
    await carry_out(session, row.alliance, schedule)
