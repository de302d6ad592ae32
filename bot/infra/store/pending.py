"""Questions that were taken, until they are answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.core.records import PendingQuestion
from bot.infra.store.alliances import claim
from bot.infra.store.part import StorePart, value_of, whole
from bot.infra.store.schema import PendingRow


class PendingMethods(StorePart):
    """What is left of a question when the program is killed before it answered."""

    @whole
    async def claim_question(
        self,
        alliance: int,
        message: int,
        *,
        channel: int,
        thread: int | None,
        person: int,
        received: datetime,
        previous: int | None = None,
    ) -> bool:
        """Take a message as `claim` does, and keep that it waits for an answer: both or neither.

        Returns:
            True exactly once.
        """
        async with self._database.writing() as session:
            if not await claim(session, alliance, str(message), self._clock()):
                return False
            row = PendingRow(
                alliance=alliance,
                message=message,
                channel=channel,
                thread=thread,
                person=person,
                received=received,
                previous=previous,
            )
            session.add(row)
            return True

    @whole
    async def pending_questions_everywhere(self) -> tuple[PendingQuestion, ...]:
        """The questions of all alliances that wait for an answer, oldest first."""
        query = select(PendingRow).order_by(PendingRow.received, PendingRow.message)
        async with self._database.reading() as session:
            return tuple(value_of(PendingQuestion, row) for row in await session.scalars(query))

    @whole
    async def drop_pending(self, alliance: int, message: int) -> bool:
        """Note that a question needs no answer any more; False if it waited for none."""
        return await self._change(
            delete(PendingRow).where(PendingRow.alliance == alliance, PendingRow.message == message)
        )
