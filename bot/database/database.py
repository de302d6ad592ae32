"""The database: connections, transactions, and what differs between SQLite and others.

SQLite is opened with a write-ahead log, so that readers never wait. A writing transaction takes
the write lock when it begins (`BEGIN IMMEDIATE`), not at its first write: the wait for another
process is over before anything was read, and a transaction never fails half-way because another
one wrote in between. Within this process writers queue in the order they came.

PostgreSQL does the same for each alliance by itself: see `bot.database.postgresql`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
)
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.core.errors import ConfigurationError
from bot.database import postgresql
from bot.database.location import file_of
from bot.database.migrate import UnknownRevision, alembic_in_use, upgrade
from bot.database.oblivion import Oblivion
from bot.database.session import EVERYWHERE, StoreSession
from bot.database.sqlite import file_engine, identity_of, try_file
from bot.database.unavailable import (
    StoreUnavailable,
    busy,
    is_busy,
    translated,
)

__all__ = ["Database", "StoreUnavailable"]

T = TypeVar("T")

PAUSE = 0.02
"""Seconds between two tries to begin, where SQLite doesn't wait by itself."""


class Database:
    """Transactions on one database; `patience` is how many seconds a lock is waited for.

    Attributes:
        oblivion: who was forgotten a while ago.
        written: events by the names of tables, set whenever something was written there.
    """

    def __init__(self, url: URL, patience: float) -> None:
        self._url = url
        self._patience = patience
        self._file = file_of(url)
        self._identity: tuple[int, int] | None = None
        self._turns: WeakValueDictionary[int | None, asyncio.Lock] = WeakValueDictionary()
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False
        self.oblivion = Oblivion()
        self.written: dict[str, asyncio.Event] = {}
        if self._file is None:
            self._engine = postgresql.server_engine(url, patience)
            self._reading = self._engine.execution_options(**postgresql.READING)
            self._writing = self._engine.execution_options(**postgresql.WRITING)
        else:
            self._engine = file_engine(url, patience, foreign_keys=True)
            self._reading = self._engine.execution_options(begin="BEGIN")
            self._writing = self._engine.execution_options(begin="BEGIN IMMEDIATE")

    @property
    def url(self) -> URL:
        """Where it is."""
        return self._url

    async def migrate(self) -> None:
        """Create the database where there is none, and bring its tables to this program's state.

        All revisions run in one writing transaction: a second process waits and then finds
        nothing to do, a killed one leaves the earlier state.

        Raises:
            StoreUnavailable: it can't be opened, or a newer version of this program wrote it.
        """
        try:
            with self._translated():
                if self._file is None:
                    async with self._alembic(), self._begun(self._writing) as connection:
                        await connection.exec_driver_sql(postgresql.lock_of_migration())
                        await connection.run_sync(upgrade)
                else:
                    await self._migrate_file(self._file)
        except UnknownRevision as error:
            raise StoreUnavailable(
                "The database was written by a newer version of this program; install that one."
            ) from error

    async def _migrate_file(self, file: Path) -> None:
        # Rebuilding a table must not cascade to what refers to it: no foreign keys meanwhile.
        engine = file_engine(self._url, self._patience, foreign_keys=False)
        try:
            await asyncio.to_thread(try_file, file, self._patience)
            # As the first statement, so that it is tried again: SQLite doesn't wait here.
            async with self._begun(engine.execution_options(begin="PRAGMA journal_mode = WAL")):
                pass
            writing = engine.execution_options(begin="BEGIN IMMEDIATE")
            async with self._alembic(), self._begun(writing) as connection:
                await connection.run_sync(upgrade)
            self._identity = identity_of(file)
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Be the one process that serves from a server's database; a file has a lock beside it.

        The lock is the connection's, so that a process that was killed doesn't hold it.

        Raises:
            ConfigurationError: another one does.
            StoreUnavailable: the database can't be reached.
        """
        if self._file is not None:
            yield
            return
        with self._translated():
            connection = await self._engine.connect()
        try:
            with self._translated():
                lock = postgresql.lock_of_serving()
                if not (await connection.exec_driver_sql(lock)).scalar():
                    raise ConfigurationError(
                        "Another process serves from this database. Stop it first, or give this "
                        "one a database of its own (DATABASE_URL)."
                    )
                await connection.commit()
            yield
        finally:
            await connection.invalidate()  # it isn't to go back to the others with its lock
            await connection.close()

    def reading(self, alliance: int) -> AbstractAsyncContextManager[StoreSession]:
        """A transaction that sees one state of an alliance's rows and writes nothing.

        Raises:
            StoreUnavailable: the database is locked, gone or broken.
        """
        return self._read(alliance)

    def reading_everywhere(self) -> AbstractAsyncContextManager[StoreSession]:
        """The same over all alliances."""
        return self._read(EVERYWHERE)

    def writing(self, alliance: int) -> AbstractAsyncContextManager[StoreSession]:
        """The one writing transaction, for an alliance; committed at the end, undone by an error.

        Raises:
            StoreUnavailable: the database is locked, gone or broken; nothing was written.
        """
        return self._write(alliance)

    def writing_everywhere(self) -> AbstractAsyncContextManager[StoreSession]:
        """The same over all alliances."""
        return self._write(EVERYWHERE)

    async def scrub(self) -> None:
        """Empty the write-ahead log, which may still have what was deleted.

        PostgreSQL does so by itself in time (autovacuum, and its log is reused).
        """
        if self._file is None:
            return
        with self._translated():
            self._require_file()
            async with self._begun(self._engine.execution_options(begin="")) as connection:
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def whole(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for work that goes on to its end when the waiting is cancelled.

        A driver's thread can't be interrupted: cut off from its task, it would hold its lock and
        connection for as long as it likes and then answer to nobody.
        """
        try:
            self.require_open()
        except StoreUnavailable:
            work.close()
            raise
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    def require_open(self) -> None:
        """Refuse to begin something: a connection that was made now would never be closed.

        Raises:
            StoreUnavailable: the database is closed.
        """
        if self._closed:
            raise StoreUnavailable("The database is closed: the program is being stopped.")

    async def close(self) -> None:
        """Close all connections, after what is under way."""
        self._closed = True
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._engine.dispose()

    @asynccontextmanager
    async def _read(self, alliance: int | None) -> AsyncIterator[StoreSession]:
        with self._translated():
            self._require_file()
            begun = self._begun(self._reading)
            async with begun as connection, StoreSession(connection, alliance) as session:
                yield session

    @asynccontextmanager
    async def _write(self, alliance: int | None) -> AsyncIterator[StoreSession]:
        with self._translated():
            async with self._turn(alliance):
                self._require_file()
                locks = self._file is None
                begun = self._begun(self._writing)
                async with (
                    begun as connection,
                    StoreSession(connection, alliance, locks=locks) as session,
                ):
                    if alliance is not EVERYWHERE:
                        await session.hold(alliance)
                    yield session
                    await session.flush()
        for table in session.touched & self.written.keys():
            self.written[table].set()

    @asynccontextmanager
    async def _turn(self, alliance: int | None) -> AsyncIterator[None]:
        """Wait for the writers before, in this process: they would fill all connections."""
        if self._file is None and alliance is EVERYWHERE:
            yield
            return
        key = alliance if self._file is None else None
        turn = self._turns.setdefault(key, asyncio.Lock())
        try:
            async with asyncio.timeout(self._patience):
                await turn.acquire()
        except TimeoutError as error:
            raise busy() from error
        try:
            yield
        finally:
            turn.release()

    @asynccontextmanager
    async def _begun(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, tried for as long as a lock may be waited for."""
        deadline = asyncio.get_running_loop().time() + self._patience
        while True:
            async with engine.connect() as connection:
                try:
                    await connection.begin()
                except OperationalError as error:
                    if not is_busy(error.orig) or asyncio.get_running_loop().time() >= deadline:
                        raise
                else:
                    yield connection
                    await connection.commit()
                    return
            await asyncio.sleep(PAUSE)

    @asynccontextmanager
    async def _alembic(self) -> AsyncIterator[None]:
        while not alembic_in_use.acquire(blocking=False):  # noqa: ASYNC110  (held across loops)
            await asyncio.sleep(PAUSE)
        try:
            yield
        finally:
            alembic_in_use.release()

    def _translated(self) -> AbstractContextManager[None]:
        return translated(server=self._file is None)

    def _require_file(self) -> None:
        """An open file that was deleted still takes writes, and they are lost: refuse instead."""
        if self._file is None:
            return
        try:
            found = identity_of(self._file)
        except FileNotFoundError:
            found = (-1, -1)
        if found != self._identity:
            raise StoreUnavailable(
                "The database file is gone or was replaced while the program ran; "
                "put it back or restart the program."
            )
