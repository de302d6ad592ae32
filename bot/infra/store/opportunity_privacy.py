"""What is held about a person through opportunities, and the end of what was kept long enough."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.core.outbox import QUOTING, NoticeKind
from bot.core.records import FORMER_MEMBER
from bot.infra.store.checklist_privacy import NOBODY, plain_rows
from bot.infra.store.checklist_schema import NoticeRow
from bot.infra.store.notice_rows import carry_out
from bot.infra.store.opportunity_rows import (
    answer_rows,
    changed,
    find,
    to_answer,
    to_opportunity,
    write_answers,
)
from bot.infra.store.opportunity_schema import (
    DigestItemRow,
    OpportunityAnswerRow,
    OpportunityFormRow,
    OpportunityRow,
    PartnerPersonRow,
)
from bot.infra.store.part import affected
from bot.infra.store.schema import Base
from bot.opportunities.rules.models import Respondent, State
from bot.opportunities.rules.replies import is_open, seat

_OF_PERSON: dict[type[Base], InstrumentedAttribute[Any]] = {
    OpportunityRow: OpportunityRow.poster,
    OpportunityAnswerRow: OpportunityAnswerRow.person,
    OpportunityFormRow: OpportunityFormRow.person,
    DigestItemRow: DigestItemRow.person,
    PartnerPersonRow: PartnerPersonRow.person,
}
"""The tables that have something of a person, and where it says so."""

_ABOUT_ONE = tuple(kind.value for kind in NoticeKind if kind.name.startswith("OPPORTUNITY_"))
"""The kinds of notices whose `about` is an opportunity."""


class GoneWithPerson(TypedDict):
    """Counts for `Forgotten`."""

    opportunities: int
    replies: int


class GoneByAge(TypedDict):
    """Counts for `Purged`."""

    opportunities: int


def alliances_of(person: int) -> list[Select[int]]:
    """Queries for the alliances that hold something of a person."""
    return [
        select(table.__table__.c.alliance).where(column == person)
        for table, column in _OF_PERSON.items()
    ] + [select(NoticeRow.alliance).where(*_questions_of(person))]


def alliances_with_opportunities() -> list[Select[int]]:
    """Queries for the alliances that hold something that goes by its age."""
    return [select(OpportunityRow.alliance), select(OpportunityFormRow.alliance)]


async def export_opportunities(session: AsyncSession, alliance: int, person: int) -> dict[str, Any]:
    """A person's posts, answers, typed forms and what partners see of them, ready for JSON."""
    names = {
        OpportunityRow: "opportunities",
        OpportunityAnswerRow: "answers_to_opportunities",
        OpportunityFormRow: "opportunity_forms",
        DigestItemRow: "digest_items",
        PartnerPersonRow: "partner_profile",
    }
    exported = {
        names[table]: await plain_rows(session, table, alliance, column == person)
        for table, column in _OF_PERSON.items()
    }
    asked = await plain_rows(session, NoticeRow, alliance, *_questions_of(person))
    # To whom it goes is not about the person.
    kept = ("kind", "about", "due", "details")
    exported["questions_on_their_way"] = [{name: row[name] for name in kept} for row in asked]
    return exported


async def forget_opportunities(
    session: AsyncSession, alliance: int, person: int, now: datetime
) -> GoneWithPerson:
    """Delete a person's answers, questions on their way, drafts and forms.

    What was published stays without the name.

    Places that become free go to those who wait.
    """
    replies = await _take_back_answers(session, alliance, person, now)
    for table in (OpportunityFormRow, DigestItemRow, PartnerPersonRow):
        gone = delete(table).where(table.alliance == alliance, table.person == person)
        await affected(session, gone)
    questions = delete(NoticeRow).where(NoticeRow.alliance == alliance, *_questions_of(person))
    await affected(session, questions)
    posted = (OpportunityRow.alliance == alliance, OpportunityRow.poster == person)
    drafts = OpportunityRow.state.in_([State.DRAFT.value, State.DISCARDED.value])
    opportunities = await affected(session, delete(OpportunityRow).where(*posted, drafts))
    mine = (await session.scalars(select(OpportunityRow).where(*posted))).all()
    for row in mine:
        row.poster, row.poster_name, row.contact = NOBODY, FORMER_MEMBER, ""
        await carry_out(session, alliance, changed(row, now))
    await session.flush()
    return GoneWithPerson(opportunities=opportunities + len(mine), replies=replies)


async def purge_opportunities(session: AsyncSession, alliance: int, before: datetime) -> GoneByAge:
    """Delete what was closed, discarded or left as a draft before a time, with all about it."""
    closed = and_(OpportunityRow.state == State.CLOSED.value, OpportunityRow.closed < before)
    drafts = and_(
        OpportunityRow.state.in_([State.DRAFT.value, State.DISCARDED.value]),
        OpportunityRow.created < before,
    )
    old: tuple[ColumnElement[bool], ...] = (
        OpportunityRow.alliance == alliance,
        or_(closed, drafts),
    )
    notices = delete(NoticeRow).where(
        NoticeRow.alliance == alliance,
        NoticeRow.kind.in_(_ABOUT_ONE),
        NoticeRow.about.in_(select(OpportunityRow.id).where(*old)),
    )
    await affected(session, notices)
    forms = delete(OpportunityFormRow).where(
        OpportunityFormRow.alliance == alliance, OpportunityFormRow.saved < before
    )
    await affected(session, forms)
    return GoneByAge(opportunities=await affected(session, delete(OpportunityRow).where(*old)))


def _questions_of(person: int) -> tuple[ColumnElement[bool], ...]:
    """The condition for notices that have what a person asked; delivered ones don't any more."""
    asker = NoticeRow.details["asker"].as_string()
    return NoticeRow.kind.in_([kind.value for kind in QUOTING]), asker == str(person)


async def _take_back_answers(
    session: AsyncSession, alliance: int, person: int, now: datetime
) -> int:
    query = select(OpportunityAnswerRow.opportunity).where(
        OpportunityAnswerRow.alliance == alliance, OpportunityAnswerRow.person == person
    )
    count = 0
    for opportunity in sorted(set(await session.scalars(query))):
        row = await find(session, alliance, opportunity)
        assert row is not None, "an answer belongs to an opportunity"
        rows = await answer_rows(session, alliance, opportunity)
        before = [(one.id, to_answer(one)) for one in rows]
        after = tuple(one for _, one in before if one.person != person)
        count += len(before) - len(after)
        moved_up: tuple[Respondent, ...] = ()
        if is_open(to_opportunity(row), now):
            after, moved_up = seat(after, row.capacity)
        await write_answers(session, row, before, after, now, moved_up=moved_up)
    return count
