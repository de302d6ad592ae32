"""What is SQLite's own: how its file is opened, and whether it is still the one that was opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.database.location import make_place

CONNECTIONS = 5


def file_engine(url: URL, patience: float, *, foreign_keys: bool) -> AsyncEngine:
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


def try_file(file: Path, patience: float) -> None:
    """Make the folder, and see that the file is a database or can become one.

    The driver's thread may outlive a connection that can't be made, so that is found out here.
    """
    make_place(file)
    with closing(sqlite3.connect(file, patience)) as connection:
        connection.execute("PRAGMA schema_version")


def identity_of(file: Path) -> tuple[int, int]:
    """Which file it is, whatever its name."""
    found = file.stat()
    return found.st_dev, found.st_ino
