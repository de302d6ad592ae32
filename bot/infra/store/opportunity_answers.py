"""Answers to opportunities: each is taken as things are then, in a writing transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.records import Clock
from bot.infra.store.database import Database
from bot.infra.store.gathering import Gathering
from bot.infra.store.opportunity_rows import (
    answer_rows,
    answers_of,
    find,
    to_answer,
    to_opportunity,
    write_answers,
)
from bot.infra.store.part import StorePart, whole
from bot.opportunities.rules.models import Respondent
from bot.opportunities.rules.replies import Replied, take_reply


class OpportunityAnswerMethods(StorePart):
    """Interested, not for us, the waiting list.

    Answers that come while another writer is busy are taken together, one after the other but in
    one transaction: hundreds may press at once, and the last must not wait for all the others.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._presses: Gathering[Respondent, Replied | None, tuple[int, int]] = Gathering(
            database.writing, self._take
        )

    @whole
    async def answers(self, alliance: int, opportunity: int) -> tuple[Respondent, ...]:
        """The answers to an opportunity, in the order in which they were given."""
        async with self._database.reading() as session:
            return await answers_of(session, alliance, opportunity)

    @whole
    async def reply(self, alliance: int, opportunity: int, by: Respondent) -> Replied | None:
        """Take an answer, with what follows from it; None if there is no such opportunity."""
        return await self._presses.ask((alliance, opportunity), by)

    async def _take(
        self, session: AsyncSession, key: tuple[int, int], given: Sequence[Respondent]
    ) -> Sequence[Replied | None]:
        """Take answers one after the other, and store what came of all of them."""
        alliance, opportunity = key
        row = await find(session, alliance, opportunity)
        if row is None:
            return [None] * len(given)
        offered, now = to_opportunity(row), self._clock()
        rows = await answer_rows(session, alliance, opportunity)
        before = [(one.id, to_answer(one)) for one in rows]
        answers: Sequence[Respondent] = [one for _, one in before]
        replied = []
        for by in given:
            one = take_reply(offered, answers, by, now)
            answers = one.answers
            replied.append(one)
        if any(one.changed for one in replied):
            await write_answers(
                session,
                row,
                before,
                answers,
                now,
                moved_up=[up for one in replied for up in one.moved_up],
                last=[one.given for one in replied if one.given and one.went_last],
            )
        return replied
