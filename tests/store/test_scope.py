"""A session that was opened for an alliance sees and touches no other's rows, whatever is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from bot.alliances.tables import ChannelRow, EventRow
from bot.answers.tables import ExchangeRow, FeedbackRow
from bot.database.session import StoreSession
from bot.database.tables import Base, OfAlliance
from bot.store import Store
from tests.store.samples import BEGIN, OSLO, PARIS, rows

pytestmark = pytest.mark.sqlite

CLASSES = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
TABLES = [
    CLASSES[table] for table in reversed(Base.metadata.sorted_tables)
]  # none takes others along


@pytest.fixture
def both(store: Store, file: Path) -> Store:
    """In every table one row of each alliance, which hang on nothing."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for table in Base.metadata.tables.values():
            for number, alliance in enumerate((PARIS, OSLO), 1):
                values = {column.name: sample(column, number) for column in table.columns}
                values["alliance"] = alliance
                names, marks = ", ".join(values), ", ".join("?" * len(values))
                statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
                connection.execute(statement, list(values.values()))
    return store


def sample(column: sa.Column[Any], number: int) -> Any:
    """Something that the column takes, as SQLite has it."""
    if column.primary_key:
        return number if column.type.python_type is int else str(number)
    kind = getattr(column.type, "impl_instance", column.type)
    if isinstance(kind, sa.JSON):
        return "{}"
    at = {sa.DateTime: str(BEGIN)[:19], sa.Date: "2026-03-02", sa.Time: "09:30:00"}
    if type(kind) in at:
        return f"{at[type(kind)]}.000000" if type(kind) is not sa.Date else at[type(kind)]
    return {int: 0, float: 0.5, bool: 0, str: "?"}[kind.python_type]


def test_every_table_belongs_to_an_alliance() -> None:
    assert all(issubclass(table, OfAlliance) for table in TABLES)
    assert len(TABLES) == len(Base.metadata.tables)


Ask = Callable[[StoreSession, Any], Any]


async def selected(session: StoreSession, table: Any) -> list[int]:
    return [row.alliance for row in await session.scalars(sa.select(table))]


async def selected_by_column(session: StoreSession, table: Any) -> list[int]:
    return list(await session.scalars(sa.select(table.alliance)))


async def selected_as_alias(session: StoreSession, table: Any) -> list[int]:
    return list(await session.scalars(sa.select(aliased(table).alliance)))


async def counted(session: StoreSession, table: Any) -> list[int]:
    number = await session.scalar(sa.select(sa.func.count()).select_from(table))
    return [PARIS] * (number or 0)


async def counted_within(session: StoreSession, table: Any) -> list[int]:
    inner = sa.select(table).subquery()
    number = await session.scalar(sa.select(sa.func.count()).select_from(inner))
    return [PARIS] * (number or 0)


async def got(session: StoreSession, table: Any) -> list[int]:
    keys = sa.inspect(table).primary_key
    found = []
    for number, alliance in enumerate((PARIS, OSLO), 1):
        key = tuple(alliance if c.name == "alliance" else sample(c, number) for c in keys)
        if (row := await session.get(table, key)) is not None:
            found.append(row.alliance)
    return found


async def joined(session: StoreSession, table: Any) -> list[int]:
    channel = aliased(ChannelRow)
    query = sa.select(table.alliance, channel.alliance).join(channel, sa.true())
    return sorted({one for row in await session.execute(query) for one in row})


async def met_in_another(session: StoreSession, table: Any) -> list[int]:
    """Whether an `exists` of any row sees one: it does, and in the other alliance's it doesn't."""
    other = sa.exists().where(table.alliance == OSLO)
    query = sa.select(EventRow.alliance).where(sa.or_(~other, EventRow.alliance == OSLO))
    return list(await session.scalars(query))


ASKS: tuple[Ask, ...] = (
    selected,
    selected_by_column,
    selected_as_alias,
    counted,
    counted_within,
    got,
    joined,
    met_in_another,
)


async def test_what_is_asked_for_comes_from_the_alliance(both: Store) -> None:
    async with both.database.reading(PARIS) as session:
        for table in TABLES:
            for ask in ASKS:
                assert await ask(session, table) == [PARIS], (table, ask)


async def test_what_is_updated_or_deleted_is_of_the_alliance(both: Store, file: Path) -> None:
    before = rows(file, OSLO)
    for table in TABLES:
        column = list(sa.inspect(table).columns)[-1]
        async with both.database.writing(PARIS) as session:
            assert await session.affected(sa.update(table).values({column.key: column})) == 1
            assert await session.affected(sa.delete(table).where(table.alliance == OSLO)) == 0
            assert await session.affected(sa.delete(table)) == 1
    assert rows(file, OSLO) == before
    assert not any(rows(file, PARIS).values())


async def test_a_session_over_all_alliances_sees_all_and_can_be_one_s_for_a_while(
    both: Store,
) -> None:
    async with both.database.reading_everywhere() as session:
        assert sorted(await selected(session, EventRow)) == [PARIS, OSLO]
        async with session.within(OSLO):
            assert session.alliance == OSLO
            assert await selected(session, EventRow) == [OSLO]
        assert len(await selected(session, EventRow)) == 2
        with pytest.raises(LookupError):
            _ = session.alliance


async def test_what_is_added_gets_the_alliance(store: Store, file: Path) -> None:
    async with store.database.writing(PARIS) as session:
        session.add(EventRow(event="1", claimed=BEGIN))
        await session.insert(EventRow, [{"event": "2", "claimed": BEGIN}])
        assert await session.upsert(EventRow, {"event": "3", "claimed": BEGIN}, replace=False) == 1
        assert await session.upsert(EventRow, {"event": "3", "claimed": BEGIN}, replace=False) == 0
    assert [row[:2] for row in rows(file)["events"]] == [(PARIS, "1"), (PARIS, "2"), (PARIS, "3")]


async def test_what_would_go_around_the_scope_is_refused(both: Store, file: Path) -> None:
    before = rows(file)
    around: list[Any] = [
        sa.insert(EventRow).values(alliance=OSLO, event="1", claimed=BEGIN),
        sa.select(EventRow.__table__.c.event),
        sa.delete(EventRow.__table__),
        sa.select(sa.func.max(EventRow.event)),
        sa.text("DELETE FROM events"),
    ]
    for statement in around:
        async with both.database.writing(PARIS) as session:
            try:
                found = (await session.execute(statement)).all()
            except RuntimeError:
                continue
            assert found == [("1",)], statement  # with the condition
    with pytest.raises(RuntimeError):
        async with both.database.writing(PARIS) as session:
            session.add(EventRow(alliance=OSLO, event="9", claimed=BEGIN))
    assert rows(file) == before


async def test_a_subquery_has_the_condition_as_well(both: Store) -> None:
    """Otherwise feedback of another alliance would make an answer a gap."""
    queries = [
        sa.select(ExchangeRow).where(ExchangeRow.id.in_(sa.select(FeedbackRow.person))),
        sa.select(ExchangeRow).where(sa.exists().where(FeedbackRow.person == 2)),
        sa.select(ExchangeRow).where(
            sa.exists(sa.select(FeedbackRow.person).where(FeedbackRow.person == 2))
        ),
    ]
    async with both.database.reading(PARIS) as session:
        assert [len((await session.scalars(query)).all()) for query in queries] == [1, 0, 0]
