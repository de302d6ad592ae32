"""A database with all its tables, made once: most tests need one, and migrating takes its time.

A test that runs on PostgreSQL says as always which file its database is; a database of the server
stands for that file (`location` tells which, for processes of their own).
"""

from __future__ import annotations

import asyncio
import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import store
from bot.database import database
from bot.database.location import database_url
from bot.store import open_store
from tests import postgres
from tests.examples import ALL

ENGINES = ("sqlite", "postgresql")
ON = "GUIDE_TESTS_ON"
"""The variable with the engine that a test runs on."""
_OPEN_A_STORE = {"file", "store", "bench", "talk", "make_talk", "terminal", "small", "impatient"}
_ALWAYS_ON_BOTH = (
    "tests/store/", "tests/discord/test_bursts", "tests/discord/test_delivery",
    "tests/discord/test_killed_runs", "tests/discord/test_opportunity_delivery",
    "tests/discord/test_opportunity_killed",
)  # fmt: skip
_ON_BOTH_WITH_ALL = ("tests/store/", "tests/discord/", "tests/adapters/", "tests/compat/")


def engines_of(metafunc: pytest.Metafunc) -> tuple[str, ...]:
    """The engines that a test runs on; none if it opens no store."""
    path = metafunc.definition.path.relative_to(metafunc.config.rootpath).as_posix()
    if not _OPEN_A_STORE.intersection(metafunc.fixturenames):
        return ()
    both = path.startswith(_ON_BOTH_WITH_ALL if ALL else _ALWAYS_ON_BOTH)
    return ENGINES if both and not metafunc.definition.get_closest_marker("sqlite") else ()


def on_postgresql() -> bool:
    """Whether this test does."""
    return os.environ.get(ON) == "postgresql"


def location(file: Path) -> Path | str:
    """What is to be opened for a file: the file, or the database that stands for it."""
    return postgres.made(postgres.name_for(file)) if on_postgresql() else file


def environment(folder: Path) -> dict[str, str]:
    """What a process is told that has its data in a folder."""
    return {"DATABASE_URL": str(location(folder / "guide.db"))} if on_postgresql() else {}


@contextmanager
def standing_for_files(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each file that a store is opened from be a database of the server."""
    patch.setenv(ON, "postgresql")
    names: list[str] = []
    make = postgres.made

    def made(name: str) -> str:
        if name not in names:
            names.append(name)
            return make(name)
        return postgres.url_of(Path(os.environ[postgres.FOLDER]), name)

    patch.setattr(postgres, "made", made)
    of = lambda place: database_url(location(place) if isinstance(place, Path) else place)  # noqa: E731
    patch.setattr(store, "database_url", of)
    yield
    postgres.dropped(names)


def migrated(file: Path) -> Path:
    """Put an empty database, as the program makes it, where `file` says; returns `file`."""
    if on_postgresql():
        location(file)
        return file
    file.write_bytes(_empty())
    return file


@contextmanager
def statements_shared() -> Iterator[None]:
    """Let statements be compiled once for all databases, as for the one that a program has.

    SQLAlchemy keeps them by engine and dialect, and most tests open a database of their own.
    """
    make: Callable[..., AsyncEngine] = database.file_engine
    shared: Engine | None = None

    def engine(*arguments: Any, **options: Any) -> AsyncEngine:
        nonlocal shared
        made = make(*arguments, **options)
        if shared is None or shared.dialect.server_version_info is None:  # it never connected
            shared = made.sync_engine
        made.sync_engine.dialect = shared.dialect
        made.sync_engine._compiled_cache = shared._compiled_cache
        return made

    database.file_engine = engine
    yield
    database.file_engine = make


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
