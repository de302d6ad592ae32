"""A session within one transaction, opened for an alliance: it sees and touches no other's rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import CursorResult, Dialect, Executable, Insert, event, insert, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from bot.database.postgresql import lock_of_alliance
from bot.database.tables import Base, OfAlliance

EVERYWHERE: Final = None
"""The scope of a session that goes over all alliances."""
_SCOPE, _TOUCHED = "alliance", "touched"
_SCOPES_KEPT = 1024


class _ScopedSession(Session):
    """The session under a `StoreSession`; the events below hold for it alone."""


class StoreSession(AsyncSession):
    """A session for one alliance, or for all, within the transaction of a connection.

    Every select, get, update and delete of a table that belongs to an alliance has the condition
    that it is this one, in subqueries and joins as well; what is added gets the alliance. The
    transaction is neither committed nor undone by the session. Where it `locks`, whoever writes for
    an alliance waits for the others who do.
    """

    def __init__(
        self, connection: AsyncConnection, alliance: int | None, *, locks: bool = False
    ) -> None:
        super().__init__(
            connection,
            sync_session_class=_ScopedSession,
            expire_on_commit=False,
            join_transaction_mode="rollback_only",
            info={_SCOPE: alliance, _TOUCHED: set()},
        )
        self._locks = locks

    @property
    def touched(self) -> set[str]:
        """The names of the tables that were written to."""
        return cast("set[str]", self.info[_TOUCHED])

    @property
    def alliance(self) -> int:
        """The alliance it was opened for.

        Raises:
            LookupError: it goes over all.
        """
        alliance = self.info[_SCOPE]
        if alliance is EVERYWHERE:
            raise LookupError("This session goes over all alliances; see `within`.")
        return cast("int", alliance)

    async def hold(self, alliance: int) -> None:
        """Wait until no other writes for an alliance, and let none until the transaction ends.

        What was read before may be different by now.
        """
        if self._locks:
            connection = await self.connection()
            await connection.execute(lock_of_alliance(alliance))

    @asynccontextmanager
    async def within(self, alliance: int) -> AsyncIterator[None]:
        """Let a session that goes over all alliances be one's for a while, and hold it."""
        await self.hold(alliance)
        self.info[_SCOPE] = alliance
        try:
            yield
        finally:
            self.info[_SCOPE] = EVERYWHERE

    async def affected(self, statement: Executable) -> int:
        """Run an update or delete and tell how many rows it touched."""
        # Each transaction has a session of its own, with no objects that would have to follow.
        result = await self.execute(statement, execution_options={"synchronize_session": False})
        return cast("CursorResult[Any]", result).rowcount

    async def insert(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, all at once."""
        if rows:
            await self._send(insert(table), rows)

    async def upsert(self, table: type[Base], *rows: Mapping[str, Any], replace: bool) -> int:
        """Insert rows; where a key is taken, replace the other columns or change nothing.

        Returns:
            How many rows are as given now and were not there before, or were replaced.
        """
        if not rows:
            return 0
        dialect = self.get_bind().dialect
        return await self._send(upsert(dialect, table, rows[0], replace=replace), rows)

    async def _send(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> int:
        self.touched.add(statement.table.name)
        values = [{**row, "alliance": self.alliance} for row in rows]
        await self.flush()
        connection = await self.connection()
        result = await connection.execute(statement, values if len(values) > 1 else values[0])
        return result.rowcount


def upsert(dialect: Dialect, table: type[Base], columns: Iterable[str], *, replace: bool) -> Insert:
    """An insert that, where the key is taken, replaces the other columns or changes nothing."""
    key = [column.name for column in inspect(table).primary_key]
    statement: postgresql.Insert | sqlite.Insert = (
        postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)
    )
    rest = {name: statement.excluded[name] for name in (*columns, "alliance") if name not in key}
    if replace and rest:
        return statement.on_conflict_do_update(index_elements=key, set_=rest)
    return statement.on_conflict_do_nothing(index_elements=key)


@lru_cache(_SCOPES_KEPT)
def _condition(alliance: int) -> ExecutableOption:
    return with_loader_criteria(
        OfAlliance, lambda table: table.alliance == alliance, include_aliases=True
    )


@event.listens_for(_ScopedSession, "do_orm_execute")
def _stay_within(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete:
        state.session.info[_TOUCHED].update(
            mapper.class_.__tablename__ for mapper in state.all_mappers
        )
    alliance = state.session.info[_SCOPE]
    if alliance is EVERYWHERE:
        return
    if state.is_insert or not state.is_orm_statement:
        raise RuntimeError(
            "In an alliance's scope only mapped classes can be asked for or changed."
        )
    state.statement = state.statement.options(_condition(alliance))


@event.listens_for(_ScopedSession, "before_flush")
def _belong(session: Session, *_: object) -> None:
    alliance = session.info[_SCOPE]
    for row in (*session.new, *session.dirty, *session.deleted):
        session.info[_TOUCHED].add(row.__tablename__)
    for row in session.new:
        if isinstance(row, OfAlliance) and row.alliance is None:
            row.alliance = alliance
        elif isinstance(row, OfAlliance) and alliance not in {EVERYWHERE, row.alliance}:
            raise RuntimeError("A row of another alliance can't be added.")
