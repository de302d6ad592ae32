"""The database: connections, transactions, and what differs between SQLite and others.

SQLite is opened with a write-ahead log, so that readers never wait. A writing transaction takes
the write lock when it begins (`BEGIN IMMEDIATE`), not at its first write: the wait for another
process is over before anything was read, and a transaction never fails half-way because another
one wrote in between. Within this process writers queue in the order they came.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.database.location import make_place
from bot.database.migrate import UnknownRevision, alembic_in_use, upgrade
from bot.database.oblivion import Oblivion
from bot.database.session import EVERYWHERE, StoreSession
from bot.database.unavailable import StoreUnavailable, busy, is_busy, unavailable

__all__ = ["Database", "StoreUnavailable"]

T = TypeVar("T")

PAUSE = 0.02
"""Seconds between two tries to begin, where SQLite doesn't wait by itself."""
CONNECTIONS = 5


class Database:
    """Transactions on one database; `patience` is how many seconds a lock is waited for.

    Attributes:
        oblivion: who was forgotten a while ago.
        written: events by the names of tables, set whenever something was written there.
    """

    def __init__(self, url: URL, patience: float) -> None:
        self._url = url
        self._patience = patience
        self._file = Path(url.database) if url.database else None
        self._identity: tuple[int, int] | None = None
        self._writers = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False
        self.oblivion = Oblivion()
        self.written: dict[str, asyncio.Event] = {}
        self._engine = _engine(url, patience, foreign_keys=True)
        self._reading = self._engine.execution_options(begin="BEGIN")
        self._writing = self._engine.execution_options(begin="BEGIN IMMEDIATE")

    async def migrate(self) -> None:
        """Create the database where there is none, and bring its tables to this program's state.

        All revisions run in one writing transaction: a second process waits and then finds
        nothing to do, a killed one leaves the earlier state.

        Raises:
            StoreUnavailable: it can't be opened, or a newer version of this program wrote it.
        """
        # Rebuilding a table must not cascade to what refers to it: no foreign keys meanwhile.
        engine = _engine(self._url, self._patience, foreign_keys=False)
        try:
            with self._translated():
                await asyncio.to_thread(self._try_file)
                # As the first statement, so that it is tried again: SQLite doesn't wait here.
                async with self._begun(engine.execution_options(begin="PRAGMA journal_mode = WAL")):
                    pass
                writing = engine.execution_options(begin="BEGIN IMMEDIATE")
                async with self._alembic(), self._begun(writing) as connection:
                    await connection.run_sync(upgrade)
                self._identity = self._look()
        except UnknownRevision as error:
            raise StoreUnavailable(
                "The database was written by a newer version of this program; install that one."
            ) from error
        finally:
            await engine.dispose()

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
        """Empty the write-ahead log, which may still have what was deleted."""
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
            async with self._turn():
                self._require_file()
                begun = self._begun(self._writing)
                async with begun as connection, StoreSession(connection, alliance) as session:
                    yield session
                    await session.flush()
        for table in session.touched & self.written.keys():
            self.written[table].set()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait for the writers before."""
        try:
            async with asyncio.timeout(self._patience):
                await self._writers.acquire()
        except TimeoutError as error:
            raise busy() from error
        try:
            yield
        finally:
            self._writers.release()

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

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what a driver says of an unusable database into one sentence."""
        try:
            yield
        except (OSError, PoolTimeout, sqlite3.Error) as error:
            raise unavailable(error) from error
        except DatabaseError as error:
            # Its other subclasses (a violated constraint, wrong SQL) are faults of this program.
            if type(error) not in {DatabaseError, OperationalError}:
                raise
            raise unavailable(error.orig) from error

    def _try_file(self) -> None:
        """Make the folder, and see that the file is a database or can become one.

        The driver's thread may outlive a connection that can't be made, so that is found out here.
        """
        if self._file is not None:
            make_place(self._file)
            with closing(sqlite3.connect(self._file, self._patience)) as connection:
                connection.execute("PRAGMA schema_version")

    def _look(self) -> tuple[int, int] | None:
        if self._file is None:
            return None
        found = self._file.stat()
        return found.st_dev, found.st_ino

    def _require_file(self) -> None:
        """An open file that was deleted still takes writes, and they are lost: refuse instead."""
        try:
            found = self._look()
        except FileNotFoundError:
            found = (-1, -1)
        if found != self._identity:
            raise StoreUnavailable(
                "The database file is gone or was replaced while the program ran; "
                "put it back or restart the program."
            )


def _engine(url: URL, patience: float, *, foreign_keys: bool) -> AsyncEngine:
    """An engine; its option `begin` is the statement that begins a transaction, or none."""
    engine = create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=patience,
        hide_parameters=True,  # an error's text is logged, and what people wrote must not be
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA secure_delete = ON")  # deleted text leaves the file as well
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine
