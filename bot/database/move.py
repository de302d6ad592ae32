"""All that one database holds, copied to another one, row by row, and compared.

The copy is of one moment, also while the program runs. It is there as a whole or not at all: into a
server's database it comes in one transaction, which ends after everything was read again and found
to be the same; a file gets its name only then. Who gets an id next is copied as well: an old button
must never meet something new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import JSON, Column, RowMapping, Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import ConfigurationError
from bot.database import postgresql
from bot.database.database import Database
from bot.database.tables import Base
from bot.database.unavailable import StoreUnavailable

_AT_ONCE = 500
_MODULUS = 2**256


@dataclass(frozen=True, slots=True)
class TableContent:
    """What a table holds: how many rows, and the sum of their hashes, whatever their order."""

    rows: int = 0
    digest: int = 0

    def __add__(self, other: TableContent) -> TableContent:
        return TableContent(self.rows + other.rows, (self.digest + other.digest) % _MODULUS)

    @property
    def mark(self) -> str:
        """The hash, shortened for people to compare."""
        return f"{self.digest:064x}"[:12]


Contents = Mapping[str, TableContent]
"""By the names of the tables."""


async def contents_of(database: Database) -> Contents:
    """What a database holds at one moment."""
    async with database.reading_everywhere() as session:
        return await _contents(await session.connection())


async def move(source: Database, target: Database, *, replace: bool = False) -> Contents:
    """Copy everything, and read it again; both have all tables.

    Args:
        source: is only read; who serves from it may go on.
        target: nobody serves from it.
        replace: what the target holds goes; else it has to be empty.

    Returns:
        What was copied, which is what is there now.

    Raises:
        ConfigurationError: the target holds something, or is served from.
        StoreUnavailable: one of them can't be used, or what arrived is not what was sent; the
            target is as it was.
    """
    async with source.reading_everywhere() as from_, target.writing_everywhere() as to:
        reading, writing = await from_.connection(), await to.connection()
        await _make_room(writing, replace=replace)
        sent = {}
        for table in Base.metadata.sorted_tables:
            sent[table.name] = TableContent()
            async for rows in _rows(reading, table):
                await writing.execute(insert(table), rows)
                sent[table.name] += _content(table, rows)
        arrived = await _contents(writing)
        if different := [name for name, content in sent.items() if arrived[name] != content]:
            raise StoreUnavailable(
                f"What arrived is not what was sent ({', '.join(different)}); nothing was changed."
            )
        await _go_on_counting(reading, writing)
    return sent


async def _make_room(connection: AsyncConnection, *, replace: bool) -> None:
    tables = Base.metadata.sorted_tables
    if connection.dialect.name == "postgresql":
        if not (await connection.exec_driver_sql(postgresql.lock_of_moving())).scalar():
            raise ConfigurationError("A process serves from the target; stop it first.")
        names = ", ".join(table.name for table in tables)
        await connection.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
    for table in reversed(tables):
        if replace:
            await connection.execute(table.delete())
        elif (await connection.execute(select(1).select_from(table).limit(1))).first():
            raise ConfigurationError(
                f"The target holds something already ({table.name}); give an empty database, or "
                "--replace to have all of it replaced."
            )


async def _contents(connection: AsyncConnection) -> Contents:
    contents = {}
    for table in Base.metadata.sorted_tables:
        contents[table.name] = TableContent()
        async for rows in _rows(connection, table):
            contents[table.name] += _content(table, rows)
    return contents


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    async with connection.stream(query) as result:
        async for rows in result.mappings().partitions(_AT_ONCE):
            yield [dict(row) for row in rows]


def _content(table: Table, rows: Iterable[Mapping[str, Any] | RowMapping]) -> TableContent:
    content = TableContent()
    for row in rows:
        values = [_plain(column, row[column.name]) for column in table.columns]
        written = json.dumps(values, sort_keys=True).encode()
        content += TableContent(1, int.from_bytes(hashlib.sha256(written).digest()))
    return content


def _plain(column: Column[Any], value: Any) -> Any:
    """A value as every database gives it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str) or isinstance(column.type, JSON):
        return postgresql.clean(value)
    return value


async def _go_on_counting(reading: AsyncConnection, writing: AsyncConnection) -> None:
    """Let the next ids be higher than any that was ever given."""
    for table in Base.metadata.sorted_tables:
        if not table.dialect_options["sqlite"]["autoincrement"]:
            continue
        highest = (await writing.execute(select(func.max(table.c.id)))).scalar() or 0
        given = max(highest, await _last_given(reading, table))
        if writing.dialect.name == "postgresql":
            # Not by setval, which holds also if the transaction is undone.
            sequence = f"ALTER SEQUENCE {table.name}_id_seq RESTART WITH {given + 1}"
            await writing.exec_driver_sql(sequence)
            continue
        names = {"name": table.name, "given": given}
        await writing.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), names)
        counted = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :given)")
        await writing.execute(counted, names)


async def _last_given(connection: AsyncConnection, table: Table) -> int:
    if connection.dialect.name == "postgresql":
        query = f"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {table.name}_id_seq"  # noqa: S608
        return int((await connection.exec_driver_sql(query)).scalar() or 0)
    counted = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return int((await connection.execute(counted, {"name": table.name})).scalar() or 0)
