"""The data folder: for its owner alone, and served by one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.core.errors import ConfigurationError
from bot.core.files import FILE_OF_OWNER, FOLDER_OF_OWNER, close_to_others
from bot.database.location import database_url, file_of
from bot.resources import cache_folder, index_folder
from bot.settings import Settings

LOCK = "serving.lock"


def database_location(settings: Settings, given: str | None = None) -> str | Path:
    """Where the database is, as a file or URL: as given, or as configured."""
    return given or settings.database_url or settings.data_dir / "guide.db"


def database_file(settings: Settings, given: str | None = None) -> Path | None:
    """The database's file; None where a server keeps the database.

    Raises:
        ConfigurationError: it is not a URL of a database that this program can use.
    """
    return file_of(database_url(database_location(settings, given)))


def prepare(settings: Settings) -> None:
    """Make the folder where there is none, and take away what others may do with what is in it."""
    folder = settings.data_dir
    folder.mkdir(FOLDER_OF_OWNER, parents=True, exist_ok=True)
    close_to_others(folder)
    for part in folder.iterdir():
        if part.is_file() and not part.is_symlink():
            close_to_others(part)
    for made in (index_folder(settings), cache_folder(settings)):
        for part in (made, *made.rglob("*")):
            close_to_others(part)


@contextmanager
def served(settings: Settings, database: Path | None) -> Iterator[None]:
    """Be the one process that serves from the data folder and this file, if the database is one.

    The lock is the system's, so that a process that was killed doesn't hold it.

    Raises:
        ConfigurationError: another one does.
    """
    with ExitStack() as held:
        for lock in _locks(settings, database):
            try:
                held.enter_context(FileLock(lock, mode=FILE_OF_OWNER, blocking=False))
            except Timeout as error:
                raise ConfigurationError(
                    f"Another process serves from {lock.parent}. Stop it first, or give this one "
                    "a folder of its own (ALLIANCE_GUIDE_DATA_DIR)."
                ) from error
        yield


def is_served(settings: Settings, database: Path | None) -> bool:
    """Whether a process serves from the folder or the database; makes no file."""
    try:
        with ExitStack() as held:
            for lock in _locks(settings, database):
                if lock.exists():
                    held.enter_context(FileLock(lock, mode=FILE_OF_OWNER, blocking=False))
    except Timeout:
        return True
    return False


def _locks(settings: Settings, database: Path | None) -> list[Path]:
    """One for the folder, and one for a database that lies elsewhere."""
    locks = [settings.data_dir / LOCK]
    if database is not None and database.resolve().parent != settings.data_dir.resolve():
        locks.append(database.with_name(f"{database.name}.{LOCK}"))
    return locks
