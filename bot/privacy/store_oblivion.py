"""Forgetting a person, where more follows from it than rows that go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import String, cast, delete, exists, select, update
from sqlalchemy.orm import aliased

from bot.answers.notes import note_id
from bot.answers.tables import ExchangeRow, NoteGapRow, NoteRow
from bot.database.session import StoreSession
from bot.opportunities.rules.models import Respondent, folded
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
from bot.people.tables import AffiliationRow, OrganizationRow, PartnerPersonRow
from bot.privacy.holding import Holding
from bot.privacy.records import FORMER_MEMBER
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
    for note in (await session.scalars(select(NoteRow.id).where(words))).all():
        await _erase_from_answers(session, note, partial(_untitled, note=note))
    await session.affected(update(NoteRow).where(words).values(question=""))
    return await _forget_rows(session, HOLDING_OF[ExchangeRow], person)


async def _notes(session: StoreSession, person: int, _: datetime) -> int:
    """Answers that cite a note name its author as well."""
    written = select(NoteRow.id, NoteRow.author_name).where(NoteRow.author == person)
    for note, name in (await session.execute(written)).all():
        await _erase_from_answers(session, note, partial(_unsigned, name=name))
    return await _forget_rows(session, HOLDING_OF[NoteRow], person)


async def _erase_from_answers(
    session: StoreSession, note: int, erase: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Change how a note is cited in the answers that are kept."""
    id_ = note_id(note)
    mentions = cast(ExchangeRow.record, String).like(f'%"{id_}"%')
    for row in await session.scalars(select(ExchangeRow).where(mentions)):
        row.record = row.record | {
            part: [
                erase(cited) if cited["passage"] == id_ else cited
                for cited in row.record.get(part, ())
            ]
            for part in ("citations", "related")
        }
    await session.flush()


def _untitled(cited: dict[str, Any], note: int) -> dict[str, Any]:
    """A citation without the question that is the note's title."""
    return cited | {"title": f"Practice note {note}"}


def _unsigned(cited: dict[str, Any], name: str) -> dict[str, Any]:
    """A citation without the name of the note's author."""
    source = cited["source"]
    section = source["section"].replace(name, FORMER_MEMBER) if name else source["section"]
    return cited | {"source": source | {"authors": FORMER_MEMBER, "section": section}}


async def _answers(session: StoreSession, person: int, now: datetime) -> int:
    """An organization's answer goes to somebody else who speaks for it; other places become free.

    Those go to whoever waits first.
    """
    query = select(OpportunityAnswerRow.opportunity).where(OpportunityAnswerRow.person == person)
    count = 0
    for opportunity in sorted(set(await session.scalars(query))):
        row = await opportunity_row(session, opportunity)
        assert row is not None, "an answer belongs to an opportunity"
        rows = await stored_answers(session, opportunity)
        before = [(stored.id, to_answer(stored)) for stored in rows]
        kept = [
            given if given.person != person else await _taken_over(session, given)
            for _, given in before
        ]
        after = tuple(given for given in kept if given is not None)
        count += sum(given.person == person for _, given in before)
        moved_up: tuple[Respondent, ...] = ()
        if is_open(to_opportunity(row), now):
            after, moved_up = seat(after, row.capacity)
        await write_answers(session, row, before, after, now, moved_up=moved_up)
    return count


async def _taken_over(session: StoreSession, given: Respondent) -> Respondent | None:
    """An organization's answer as that of whoever else speaks for it, longest first."""
    query = (
        select(AffiliationRow.person, PartnerPersonRow.name)
        .join(OrganizationRow, OrganizationRow.id == AffiliationRow.organization)
        .outerjoin(PartnerPersonRow, PartnerPersonRow.person == AffiliationRow.person)
        .where(
            OrganizationRow.folded == folded(given.organization),
            AffiliationRow.person != given.person,
        )
        .order_by(AffiliationRow.id)
        .limit(1)
    )
    other = (await session.execute(query)).one_or_none() if given.organization else None
    if other is None:
        return None
    return replace(given, person=other.person, name=other.name or given.organization, note="")


async def _affiliations(session: StoreSession, person: int, _: datetime) -> int:
    """What an organization looks for is the words of whoever speaks for it, and goes with the last."""
    other = aliased(AffiliationRow)
    theirs = exists().where(
        AffiliationRow.organization == OrganizationRow.id, AffiliationRow.person == person
    )
    others = exists().where(other.organization == OrganizationRow.id, other.person != person)
    emptied = update(OrganizationRow).where(theirs, ~others).values(interests=[], region="")
    await session.affected(emptied)
    return await _forget_rows(session, HOLDING_OF[AffiliationRow], person)


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
    NoteRow: _notes,
    OpportunityAnswerRow: _answers,
    OpportunityRow: _posts,
    AffiliationRow: _affiliations,
}
