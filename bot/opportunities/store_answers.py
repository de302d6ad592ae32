"""What follows from answers within an organization: who hears of a change, whose they become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, select

from bot.database.session import StoreSession
from bot.opportunities.rules.models import Opportunity, Respondent, folded
from bot.opportunities.rules.replies import Replied, is_open, seat
from bot.opportunities.store_rows import (
    opportunity_row,
    stored_answers,
    to_answer,
    to_opportunity,
    write_answers,
)
from bot.opportunities.tables import OpportunityAnswerRow
from bot.outbox.store_notices import carry_out
from bot.people import notices
from bot.people.store_listeners import PRESENT, people_of
from bot.people.tables import AffiliationRow, OrganizationRow, PartnerPersonRow


async def tell_colleagues(
    session: StoreSession, opportunity: Opportunity, replied: Iterable[Replied], now: datetime
) -> None:
    """Let those who speak for an organization know that somebody else of it changed its answer."""
    for one in replied:
        given, before = one.given, one.before
        if given is not None and before is not None and given.organization and one.went_last:
            others = await people_of(session, given.organization) - {given.person}
            schedule = notices.answer_changed(opportunity, before.reply, given, others, now)
            await carry_out(session, schedule)


async def pass_on_answers(session: StoreSession, which: ColumnElement[bool], now: datetime) -> int:
    """Answers go to somebody else who speaks for the organization; other places become free.

    Those go to whoever waits first. Returns how many answers it were.
    """
    query = select(OpportunityAnswerRow.opportunity, OpportunityAnswerRow.id).where(which)
    found = (await session.execute(query)).all()
    given_up = {number for _, number in found}
    for opportunity in sorted({row.opportunity for row in found}):
        row = await opportunity_row(session, opportunity)
        assert row is not None, "an answer belongs to an opportunity"
        rows = await stored_answers(session, opportunity)
        before = [(stored.id, to_answer(stored)) for stored in rows]
        kept = [
            given if number not in given_up else await _taken_over(session, given)
            for number, given in before
        ]
        after = tuple(given for given in kept if given is not None)
        moved_up: tuple[Respondent, ...] = ()
        if is_open(to_opportunity(row), now):
            after, moved_up = seat(after, row.capacity)
        await write_answers(session, row, before, after, now, moved_up=moved_up)
    return len(found)


async def _taken_over(session: StoreSession, given: Respondent) -> Respondent | None:
    """An organization's answer as that of whoever else speaks for it, longest first."""
    query = (
        select(AffiliationRow.person, PartnerPersonRow.name)
        .join(OrganizationRow, OrganizationRow.id == AffiliationRow.organization)
        .outerjoin(PartnerPersonRow, PartnerPersonRow.person == AffiliationRow.person)
        .where(
            OrganizationRow.folded == folded(given.organization),
            AffiliationRow.person != given.person,
            PRESENT,
        )
        .order_by(AffiliationRow.id)
        .limit(1)
    )
    other = (await session.execute(query)).one_or_none() if given.organization else None
    if other is None:
        return None
    return replace(given, person=other.person, name=other.name or given.organization, note="")
