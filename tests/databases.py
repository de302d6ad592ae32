"""A database with all its tables, made once: most tests need one, and migrating takes its time."""

from __future__ import annotations

import asyncio
import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database import database
from bot.store import open_store


def migrated(file: Path) -> Path:
    """Put an empty database, as the program makes it, where `file` says; returns `file`."""
    file.write_bytes(_empty())
    return file


@contextmanager
def statements_shared() -> Iterator[None]:
    """Let statements be compiled once for all databases, as for the one that a program has.

    SQLAlchemy keeps them by engine and dialect, and most tests open a database of their own.
    """
    make: Callable[..., AsyncEngine] = database._engine
    shared: Engine | None = None

    def engine(*arguments: Any, **options: Any) -> AsyncEngine:
        nonlocal shared
        made = make(*arguments, **options)
        if shared is None or shared.dialect.server_version_info is None:  # it never connected
            shared = made.sync_engine
        made.sync_engine.dialect = shared.dialect
        made.sync_engine._compiled_cache = shared._compiled_cache
        return made

    database._engine = engine
    yield
    database._engine = make


@functools.cache
def _empty() -> bytes:
    folder = Path(tempfile.mkdtemp())
    try:
        with ThreadPoolExecutor(1) as thread:  # whoever asks may be inside of an event loop
            thread.submit(asyncio.run, _make(folder / "guide.db")).result()
        return (folder / "guide.db").read_bytes()
    finally:
        shutil.rmtree(folder)


async def _make(file: Path) -> None:
    async with await open_store(file, lambda: datetime.now(UTC)):
        pass
