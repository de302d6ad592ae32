"""The file of a database as such: whether it is whole, a copy of it, and a copy in its place.

A copy is taken by SQLite itself, so that it has what was written last and is of one moment, also
while the program runs.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.errors import ConfigurationError
from bot.core.files import close_to_others, replaced
from bot.database.database import Database
from bot.database.location import BESIDE, database_url
from bot.database.migrate import NEWEST
from bot.database.unavailable import StoreUnavailable, is_busy

RESTORE = "stop the bot and put a backup in its place with `python -m bot restore FILE`"
PATIENCE = 2.0
"""Seconds a lock of another program is waited for."""
_OURS = {"alembic_version", "settings", "exchanges", "notes"}
"""Tables that every revision has."""
_WRITES_AHEAD = b"\x02"
"""In byte 18 of a file: its changes go to a log first (sqlite.org/fileformat2.html, 1.3.3)."""


class FileUnusable(StoreUnavailable):
    """A file that can't be used as a database; `what` says what it is instead."""

    def __init__(self, file: Path, what: str, fix: str = RESTORE) -> None:
        super().__init__(f"{file} {what}; {fix}.")
        self.what = what


def look_into(file: Path) -> str | None:
    """The revision of a database that is whole and can be written to; None while it is empty.

    Nothing is written, to the file or beside it.

    Raises:
        FileUnusable: it is locked, damaged, of a newer version, or not of this program.
    """
    with _told(file):
        with file.open("rb") as opened:
            head = opened.read(19)
        unused = head[18:] == _WRITES_AHEAD and not Path(f"{file}-shm").exists()
        # To read a file that nobody has open, SQLite would make the two beside it.
        mode = "mode=ro&immutable=1" if unused else "mode=ro"
        with closing(_connect(file, mode)) as connection:
            revision = _revision(connection, file)
            if not unused:
                # The other one stays open meanwhile: after the last one SQLite tidies up.
                with closing(_connect(file, "mode=rw")) as writing:
                    writing.execute("BEGIN IMMEDIATE")
                    writing.execute("ROLLBACK")
            return revision


def back_up(database: Path, target: Path, *, replace: bool = False) -> None:
    """Write a copy of a database to a file, in one step and for its owner alone.

    Raises:
        ConfigurationError: the file is there already and isn't to be replaced, or is the database.
        StoreUnavailable: there is no database, or it is locked or damaged.
    """
    if not database.exists():
        raise StoreUnavailable(f"There is no database at {database} yet.")
    if target.exists() and target.samefile(database):
        raise ConfigurationError(f"{target} is the database itself; give another name.")
    if target.exists() and not replace:
        raise ConfigurationError(f"{target} is there already; give another name, or --force.")
    with _told(database), replaced(target) as fresh:
        with closing(_connect(database, "mode=rw")) as source:
            _copy(source, fresh)
        _require_whole(fresh)


def restore(backup: Path, database: Path, now: datetime) -> Path | None:
    """Put a copy in the place of a database that nobody serves from, brought to this revision.

    Args:
        backup: the copy; also one of the file as it was, with the log beside it.
        database: what it takes the place of.
        now: tells copies of what was there before from each other.

    Returns:
        Where the database lies that was there before; None if there was none.

    Raises:
        ConfigurationError: that is no database of this program, or of a newer version.
        StoreUnavailable: the folder or the database can't be used.
    """
    if not backup.is_file():
        raise ConfigurationError(f"There is no file {backup}.")
    if database.exists() and backup.samefile(database):
        raise ConfigurationError(f"{backup} is the database itself.")
    with replaced(database) as fresh:
        try:
            with TemporaryDirectory(dir=database.parent) as folder, _told(backup):
                own = Path(folder) / "backup.db"
                _copy_files(backup, own)
                with closing(_connect(own, "mode=rw")) as source:
                    _copy(source, fresh)
            _require_filled(fresh)
        except FileUnusable as error:
            raise ConfigurationError(f"{backup} can't be restored: it {error.what}.") from error
        asyncio.run(_migrate(fresh))
        return set_aside(database, now) if database.exists() else None


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    uri = f"{file.resolve().as_uri()}?{mode}"
    return sqlite3.connect(uri, PATIENCE, isolation_level=None, uri=True)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_master").fetchone()  # of this moment, or locked
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, whatever the other one has


def _require_whole(file: Path) -> None:
    with closing(_connect(file, "mode=ro")) as connection:
        _check(connection, file)


def _require_filled(file: Path) -> None:
    if look_into(file) is None:
        raise FileUnusable(file, "is empty")


def _check(connection: sqlite3.Connection, file: Path) -> None:
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise FileUnusable(file, f"is damaged ({said.splitlines()[-1]})")


def _revision(connection: sqlite3.Connection, file: Path) -> str | None:
    _check(connection, file)
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = {name for (name,) in connection.execute(query)}
    if not tables:
        return None
    revision = None
    if tables >= _OURS:
        query = "SELECT max(version_num) FROM alembic_version"
        (revision,) = connection.execute(query).fetchone()
    if revision is None:
        raise FileUnusable(file, "is no database of this program")
    if revision > NEWEST:
        raise FileUnusable(file, "was written by a newer version of this program", "install that")
    return str(revision)


def _copy_files(file: Path, target: Path) -> None:
    """Copy a file with the log beside it, which has what was written last."""
    shutil.copyfile(file, target)
    log = Path(f"{file}-wal")
    if log.exists():
        shutil.copyfile(log, f"{target}-wal")


async def _migrate(file: Path) -> None:
    database = Database(database_url(file), PATIENCE)
    try:
        await database.migrate()
    finally:
        await database.close()


def set_aside(database: Path, now: datetime) -> Path:
    """Keep a copy of a database that is about to be replaced, whatever state it is in."""
    with suppress(sqlite3.Error), closing(_connect(database, "mode=rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all in one file, where it is whole
    kept = database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S-%f}")
    shutil.copy2(database, kept)
    close_to_others(kept)
    for suffix in BESIDE:  # the log of one database must not meet another
        if (beside := Path(f"{database}{suffix}")).exists():
            beside.rename(f"{kept}{suffix}")
    return kept


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        if is_busy(error):
            what, fix = "is locked by another program", "close that one, or wait until it is done"
            raise FileUnusable(file, what, fix) from error
        raise FileUnusable(file, f"is damaged or can't be read ({error})") from error
