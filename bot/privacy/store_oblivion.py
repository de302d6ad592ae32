"""Forgetting a person, where more follows from it than rows that go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import String, cast, delete, exists, select, update
from sqlalchemy.orm import aliased

from bot.answers.notes import note_id
from bot.answers.tables import ExchangeRow, NoteGapRow, NoteRow
from bot.database.session import StoreSession
from bot.opportunities.store_answers import pass_on_answers
from bot.opportunities.store_rows import changed
from bot.opportunities.tables import OpportunityAnswerRow, OpportunityRow
from bot.outbox.store_notices import carry_out
from bot.people.tables import AffiliationRow, OrganizationRow
from bot.privacy.holding import Holding
from bot.privacy.records import FORMER_MEMBER
from bot.privacy.registry import HOLDING_OF, HOLDINGS
from bot.privacy.store_export import owned
from bot.privacy.store_rules import Condition, Table, never_published, read_with_words_of


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
    asked = ExchangeRow.person == person
    await take_from_notes(session, asked | read_with_words_of(person))
    return await _forget_rows(session, HOLDING_OF[ExchangeRow], person)


async def take_from_notes(session: StoreSession, asked: Condition) -> None:
    """Take the words of some questions from the notes that answer them, and from what cites these."""
    words = exists().where(
        NoteGapRow.note == NoteRow.id,
        NoteGapRow.exchange == ExchangeRow.id,
        ExchangeRow.question == NoteRow.question,
        asked,
    )
    for note in (await session.scalars(select(NoteRow.id).where(words))).all():
        await _erase_from_answers(session, note, partial(_untitled, note=note))
    await session.affected(update(NoteRow).where(words).values(question=""))


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
    """An organization's answer goes to somebody else who speaks for it."""
    return await pass_on_answers(session, OpportunityAnswerRow.person == person, now)


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
