"""Questions about opportunities: kept in the outbox alone, until they stand in their thread."""

from __future__ import annotations

import hashlib

from bot.infra.store.alliances import claim
from bot.infra.store.notice_rows import carry_out
from bot.infra.store.opportunity_rows import find, to_opportunity
from bot.infra.store.part import StorePart, whole
from bot.opportunities.rules import notices
from bot.opportunities.rules.models import Inquiry, State


class OpportunityQuestionMethods(StorePart):
    """Asking whoever posted an opportunity."""

    @whole
    async def ask_about(self, alliance: int, opportunity: int, inquiry: Inquiry) -> bool:
        """Take a question, with who is to be told; False if there is nothing to ask about.

        A form may be sent again, as nobody saw that it was taken: the same text is one question.
        """
        now = self._clock()
        text = hashlib.blake2s(inquiry.text.encode("utf-8", "replace"), digest_size=8).hexdigest()
        async with self._database.writing() as session:
            row = await find(session, alliance, opportunity)
            if row is None or row.state not in {State.OPEN, State.CLOSED}:
                return False
            if await claim(session, alliance, f"question:{inquiry.id}:{text}", now):
                schedule = notices.asked(to_opportunity(row), inquiry, now)
                await carry_out(session, alliance, schedule)
            return True
