"""Handing out what is held about a person; Discord's ids are strings, as Discord itself does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import exists, inspect, or_, select

from bot.alliances.tables import ChoiceRow
from bot.checklists.tables import AnswerRow, RunRow, SkipRow
from bot.core.outbox import QUOTING
from bot.database.session import StoreSession
from bot.outbox.tables import NoticeRow
from bot.people.tables import AffiliationRow, OrganizationRow
from bot.privacy.holding import Holding
from bot.privacy.registry import HOLDING_OF, HOLDINGS
from bot.privacy.store_rules import Condition, Table, questions_of

Rows = list[dict[str, Any]]
_SNOWFLAKES = {
    "alliance", "answer_message", "author", "channel", "intermediary_role", "message", "owner", "person",
    "poster", "source", "steward_role", "thread",
}  # fmt: skip


async def person_data(session: StoreSession, person: int) -> dict[str, Any]:
    """All of a person in the alliance, ready for JSON."""
    exported: dict[str, Any] = {"alliance": str(session.alliance), "person": str(person)}
    for holding in HOLDINGS:
        if holding.title is not None:
            read = _SPECIAL.get(holding.table)
            rows = read(session, person) if read else _read(session, holding, person)
            exported[holding.title] = await rows
    asked = await _rows(session, NoticeRow, questions_of(person))
    # To whom it goes is not about the person.
    names = ("kind", "about", "due", "details")
    exported["questions_on_their_way"] = [{name: row[name] for name in names} for row in asked]
    return exported


async def alliance_data(session: StoreSession) -> dict[str, Any]:
    """Every row of the alliance by its table, with all columns, ready for JSON."""
    tables = {}
    for holding in HOLDINGS:
        names = {name: name for name in holding.columns if name != "alliance"}
        tables[holding.name] = await _columns(session, holding.table, names)
    return {"alliance": str(session.alliance), "tables": tables}


async def _read(session: StoreSession, holding: Holding, person: int) -> Rows:
    return await _rows(session, holding.table, owned(holding, person))


def owned(holding: Holding, person: int) -> Condition:
    """The condition for the rows of a person."""
    assert holding.person is not None
    condition: Condition = getattr(holding.table, holding.person) == person
    return condition


async def _rows(session: StoreSession, table: Table, *conditions: Condition) -> Rows:
    """Rows as plain values by their names in an export, in the order of their keys."""
    columns = {
        name: datum.exported
        for name, datum in HOLDING_OF[table].columns.items()
        if datum.exported is not None
    }
    return await _columns(session, table, columns, *conditions)


async def _columns(
    session: StoreSession, table: Table, columns: Mapping[str, str], *conditions: Condition
) -> Rows:
    """The same of some columns, each with its name in the export."""
    query = select(*(getattr(table, name).label(exported) for name, exported in columns.items()))
    found = await session.execute(query.where(*conditions).order_by(*inspect(table).primary_key))
    return [{name: _plain(name, value) for name, value in row.items()} for row in found.mappings()]


def _plain(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _SNOWFLAKES:
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


async def _choice(session: StoreSession, person: int) -> str | None:
    """When the alliance was chosen."""
    chosen = await session.scalar(select(ChoiceRow.chosen).where(ChoiceRow.person == person))
    return chosen.isoformat() if chosen else None


async def _runs(session: StoreSession, person: int) -> Rows:
    """Of a team's run what the person said; a private run is its owner's as a whole."""
    answered = exists().where(AnswerRow.run == RunRow.id, AnswerRow.person == person)
    skipped = exists().where(SkipRow.run == RunRow.id, SkipRow.person == person)
    runs = await _rows(session, RunRow, or_(RunRow.owner == person, answered, skipped))
    for run in runs:
        answers, skips = [AnswerRow.run == run["id"]], [SkipRow.run == run["id"]]
        if run["team"] or run["owner"] != str(person):
            answers.append(AnswerRow.person == person)
            skips.append(SkipRow.person == person)
        run["answers"] = await _rows(session, AnswerRow, *answers)
        run["skipped"] = await _rows(session, SkipRow, *skips)
        if run["owner"] != str(person):
            del run["owner"], run["owner_name"]
    return runs


async def _organizations(session: StoreSession, person: int) -> Rows:
    """For whom the person speaks, with the names, and what those look for."""
    told = ("name", "interests", "region")
    query = select(OrganizationRow.id, *(getattr(OrganizationRow, name) for name in told))
    known = {row["id"]: row for row in (await session.execute(query)).mappings()}
    affiliations = await _rows(session, AffiliationRow, AffiliationRow.person == person)
    return [row | {name: known[row["organization"]][name] for name in told} for row in affiliations]


async def _notices(session: StoreSession, person: int) -> Rows:
    """What the person gets, less somebody else's words."""
    notices = await _rows(session, NoticeRow, NoticeRow.person == person)
    return [row | {"details": {}} if row["kind"] in QUOTING else row for row in notices]


_SPECIAL: Mapping[Table, Callable[[StoreSession, int], Awaitable[Any]]] = {
    ChoiceRow: _choice,
    RunRow: _runs,
    AffiliationRow: _organizations,
    NoticeRow: _notices,
}
