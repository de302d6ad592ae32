"""What is held about a person through checklists, and the end of what was kept long enough."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, Select, and_, delete, exists, inspect, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.checklists.rules.records import CommitmentStatus
from bot.core.outbox import QUOTING, NoticeKind
from bot.core.records import FORMER_MEMBER
from bot.infra.store.checklist_schema import (
    AffiliationRow,
    AnswerRow,
    CommitmentRow,
    DefinitionRow,
    DraftRow,
    NoticeRow,
    OrganizationRow,
    PersonSettingsRow,
    RunRow,
    SkipRow,
)
from bot.infra.store.part import affected
from bot.infra.store.schema import Base

NOTICES_KEPT = timedelta(days=30)
"""How long it stays known what was sent; reminders of the same day don't come again meanwhile."""
_SOMEWHERE = timedelta(days=2)
"""A day is over everywhere on earth, and its reminder out of anybody's quiet hours, by then."""
NOBODY = 0
"""Stands for a person who was forgotten, where somebody has to stand."""

_SNOWFLAKES = {"person", "owner", "poster", "thread", "channel", "message"}
_NOT_THEIRS = {"alliance", "digest"}
_OF_PERSON: dict[type[Base], InstrumentedAttribute[Any]] = {
    RunRow: RunRow.owner,
    AnswerRow: AnswerRow.person,
    SkipRow: SkipRow.person,
    DraftRow: DraftRow.person,
    CommitmentRow: CommitmentRow.person,
    PersonSettingsRow: PersonSettingsRow.person,
    AffiliationRow: AffiliationRow.person,
    NoticeRow: NoticeRow.person,
}
"""The tables that have something of a person, and where it says so."""


class GoneWithPerson(TypedDict):
    """Counts for `Forgotten`."""

    runs: int
    answers: int
    commitments: int
    settings: int


class GoneByAge(TypedDict):
    """Counts for `Purged`."""

    runs: int
    commitments: int
    notices: int


def alliances_of(person: int) -> list[Select[int]]:
    """Queries for the alliances that hold something of a person."""
    return [
        select(table.__table__.c.alliance).where(column == person)
        for table, column in _OF_PERSON.items()
    ]


async def export_checklists(session: AsyncSession, alliance: int, person: int) -> dict[str, Any]:
    """A person's runs with the answers, and what else is held, ready for JSON.

    Of a team run it is what the person said; a private run is its owner's as a whole.
    """
    mine = {
        table: await plain_rows(session, table, alliance, column == person)
        for table, column in _OF_PERSON.items()
        if table not in {RunRow, AnswerRow, SkipRow}
    }
    answered = exists().where(AnswerRow.run == RunRow.id, AnswerRow.person == person)
    skipped = exists().where(SkipRow.run == RunRow.id, SkipRow.person == person)
    taking_part = or_(RunRow.owner == person, answered, skipped)
    runs = await plain_rows(session, RunRow, alliance, taking_part)
    for run in runs:
        whole = run["owner"] == str(person) and not run["team"]
        answers: list[Any] = [AnswerRow.run == run["id"]]
        skips: list[Any] = [SkipRow.run == run["id"]]
        if not whole:
            answers.append(AnswerRow.person == person)
            skips.append(SkipRow.person == person)
        run["answers"] = await plain_rows(session, AnswerRow, alliance, *answers)
        run["skipped"] = await plain_rows(session, SkipRow, alliance, *skips)
        if run["owner"] != str(person):
            del run["owner"], run["owner_name"]
    names = select(OrganizationRow.id, OrganizationRow.name).where(
        OrganizationRow.alliance == alliance
    )
    named = {row.id: row.name for row in await session.execute(names)}
    for affiliation in mine[AffiliationRow]:
        affiliation["name"] = named[affiliation["organization"]]
    for waiting in mine[NoticeRow]:
        if waiting["kind"] in QUOTING:  # somebody else's words
            waiting["details"] = {}
    return {
        "runs": runs,
        "drafts": mine[DraftRow],
        "commitments": mine[CommitmentRow],
        "reminder_settings": mine[PersonSettingsRow],
        "organizations": mine[AffiliationRow],
        "notices": mine[NoticeRow],
    }


async def forget_checklists(session: AsyncSession, alliance: int, person: int) -> GoneWithPerson:
    """Delete a person's private runs, and their words and name in those of a team."""
    private = select(RunRow.id).where(
        RunRow.alliance == alliance, RunRow.owner == person, RunRow.team.is_(False)
    )
    settings = 0  # first, as drafts of a run that goes aren't in a count of their own
    for table in (PersonSettingsRow, AffiliationRow, DraftRow):
        rest = delete(table).where(table.alliance == alliance, table.person == person)
        settings += await affected(session, rest)
    theirs = or_(CommitmentRow.person == person, CommitmentRow.run.in_(private))
    promised = select(CommitmentRow.id).where(CommitmentRow.alliance == alliance, theirs)
    await _drop_notices(session, alliance, private, promised, NoticeRow.person == person)
    commitments = delete(CommitmentRow).where(CommitmentRow.alliance == alliance, theirs)
    gone_commitments = await affected(session, commitments)
    runs = await affected(
        session, delete(RunRow).where(RunRow.alliance == alliance, RunRow.id.in_(private))
    )
    answers = delete(AnswerRow).where(AnswerRow.alliance == alliance, AnswerRow.person == person)
    gone_answers = await affected(session, answers)
    skips = update(SkipRow).where(SkipRow.alliance == alliance, SkipRow.person == person)
    gone_answers += await affected(session, skips.values(person=NOBODY, reason=""))
    owned = update(RunRow).where(RunRow.alliance == alliance, RunRow.owner == person)
    runs += await affected(session, owned.values(owner=NOBODY, owner_name=FORMER_MEMBER))
    await _drop_unused_definitions(session, alliance)
    return GoneWithPerson(
        runs=runs, answers=gone_answers, commitments=gone_commitments, settings=settings
    )


async def purge_checklists(
    session: AsyncSession, alliance: int, before: datetime, now: datetime
) -> GoneByAge:
    """Delete runs that nothing happened to since a time, and notices that are long through.

    A run stays as long as a commitment made in it waits for its day.
    """
    ahead = exists().where(
        CommitmentRow.alliance == RunRow.alliance,
        CommitmentRow.run == RunRow.id,
        CommitmentRow.status == CommitmentStatus.OPEN.value,
        CommitmentRow.day >= (now - _SOMEWHERE).date(),
    )
    gone_by = (RunRow.alliance == alliance, RunRow.changed < before, ~ahead)
    old = select(RunRow.id).where(*gone_by)
    promised = select(CommitmentRow.id).where(
        CommitmentRow.alliance == alliance, CommitmentRow.run.in_(old)
    )
    since = now - NOTICES_KEPT
    through = or_(
        NoticeRow.sent < since, and_(NoticeRow.given_up.is_not(None), NoticeRow.due < since)
    )
    notices = await _drop_notices(session, alliance, old, promised, through)
    commitments = delete(CommitmentRow).where(
        CommitmentRow.alliance == alliance, CommitmentRow.run.in_(old)
    )
    gone = await affected(session, commitments)  # what a deletion takes along isn't in its count
    runs = delete(RunRow).where(*gone_by)
    purged = GoneByAge(runs=await affected(session, runs), commitments=gone, notices=notices)
    await _drop_unused_definitions(session, alliance)
    return purged


async def _drop_notices(
    session: AsyncSession,
    alliance: int,
    runs: Select[int],
    commitments: Select[int],
    others: ColumnElement[bool],
) -> int:
    """Delete the notices about runs and commitments that go, and others."""
    about_run = and_(NoticeRow.kind == NoticeKind.RUN_OFFERED, NoticeRow.about.in_(runs))
    about_commitment = and_(
        NoticeRow.kind == NoticeKind.COMMITMENT_DUE, NoticeRow.about.in_(commitments)
    )
    statement = delete(NoticeRow).where(
        NoticeRow.alliance == alliance, or_(about_run, about_commitment, others)
    )
    return await affected(session, statement)


async def _drop_unused_definitions(session: AsyncSession, alliance: int) -> None:
    used = exists().where(
        RunRow.alliance == DefinitionRow.alliance, RunRow.digest == DefinitionRow.digest
    )
    await affected(session, delete(DefinitionRow).where(DefinitionRow.alliance == alliance, ~used))


async def plain_rows(
    session: AsyncSession, table: type[Base], alliance: int, *conditions: Any
) -> list[dict[str, Any]]:
    """Rows of an alliance as plain values, by their keys; Discord's ids as strings."""
    columns = [column for column in table.__table__.columns if column.name not in _NOT_THEIRS]
    query = (
        select(*columns)
        .where(table.__table__.c.alliance == alliance, *conditions)
        .order_by(*inspect(table).primary_key)
    )
    return [
        {name: _plain(name, value) for name, value in row.items()}
        for row in (await session.execute(query)).mappings()
    ]


def _plain(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _SNOWFLAKES:
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
