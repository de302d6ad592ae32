"""Databases as wholes between files and servers: moved, and backed up to and restored from files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.engine import URL

from bot.core.errors import ConfigurationError
from bot.core.files import replaced
from bot.database.copies import restore, set_aside
from bot.database.database import Database
from bot.database.location import database_url, file_of, shown
from bot.database.move import Contents, contents_of, move
from bot.database.unavailable import StoreUnavailable

_PATIENCE = 5.0


def move_between(source: URL, target: URL, now: datetime, *, replace: bool = False) -> Contents:
    """Copy all of a database to another one; see `bot.database.move`.

    A file that is replaced stays beside its place, under another name.

    Raises:
        ConfigurationError: they are the same, or the target holds something, or is served from.
        StoreUnavailable: one of them can't be used; the target is as it was.
    """
    if source == target:
        raise ConfigurationError(f"{shown(target)} is the database itself; give another one.")
    return asyncio.run(_move_between(source, target, now, replace=replace))


def back_up_server(source: URL, file: Path, *, replace: bool = False) -> None:
    """Write all of a server's database to a file for its owner alone, of one moment.

    Raises:
        ConfigurationError: the file is there already and isn't to be replaced.
        StoreUnavailable: the database or the folder can't be used.
    """
    if file.exists() and not replace:
        raise ConfigurationError(f"{file} is there already; give another name, or --force.")
    asyncio.run(_back_up(source, file))


def restore_server(backup: Path, target: URL, folder: Path, now: datetime) -> Path | None:
    """Put a file that `backup` wrote in the place of all that a server's database holds.

    Args:
        backup: the file; one of an earlier version is brought to this revision.
        target: the server's database; nobody serves from it.
        folder: where a file with what was there before goes.
        now: tells such files from each other.

    Returns:
        That file; None if nothing was there.

    Raises:
        ConfigurationError: that is no backup, or a process serves from the database.
        StoreUnavailable: the database can't be used; it is as it was.
    """
    with TemporaryDirectory(dir=folder) as aside:
        own = Path(aside) / "backup.db"
        restore(backup, own, now)
        return asyncio.run(_restore(database_url(own), target, folder, now))


def is_served_from(source: URL) -> bool:
    """Whether a process serves from a server's database.

    Raises:
        StoreUnavailable: it can't be reached.
    """
    return asyncio.run(_is_served_from(source))


async def _move_between(source: URL, target: URL, now: datetime, *, replace: bool) -> Contents:
    if (from_ := file_of(source)) is not None and not from_.exists():
        raise StoreUnavailable(f"There is no database at {from_} yet.")
    async with _opened(source) as filled:
        file = file_of(target)
        if file is None:
            async with _opened(target) as to:
                return await move(filled, to, replace=replace)
        if file.exists() and not replace:
            raise ConfigurationError(
                f"{file} is there already; give another name, or --replace to have it replaced."
            )
        with replaced(file) as fresh:
            async with _opened(database_url(fresh)) as to:
                contents = await move(filled, to)
            if file.exists():
                set_aside(file, now)
        return contents


async def _back_up(source: URL, file: Path) -> None:
    with replaced(file) as fresh:
        async with _opened(source) as filled, _opened(database_url(fresh)) as copy:
            await move(filled, copy)


async def _restore(own: URL, target: URL, folder: Path, now: datetime) -> Path | None:
    kept = None
    async with _opened(target) as to:
        async with to.serving():  # refused before anything is written
            pass
        if any(content.rows for content in (await contents_of(to)).values()):
            kept = folder / f"guide.db.before-{now:%Y%m%d-%H%M%S-%f}"
            await _back_up(target, kept)
        async with _opened(own) as restored:
            await move(restored, to, replace=True)
    return kept


async def _is_served_from(source: URL) -> bool:
    database = Database(source, _PATIENCE)
    try:
        async with database.serving():
            return False
    except ConfigurationError:
        return True
    finally:
        await database.close()


@asynccontextmanager
async def _opened(url: URL) -> AsyncIterator[Database]:
    database = Database(url, _PATIENCE)
    try:
        await database.migrate()
        yield database
    finally:
        await database.close()
