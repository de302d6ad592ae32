"""Where the database is; of a file, that nobody else can read it there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.core.errors import ConfigurationError
from bot.core.files import FOLDER_OF_OWNER, close_to_others, make_for_owner

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file while it is in use; they get the file's rights."""
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


_LIKE = "write it like sqlite:///folder/guide.db or postgresql+asyncpg://name:password@host/guide."


def database_url(location: str | Path) -> URL:
    """The URL of a database, given as a file's path or as a URL.

    Raises:
        ConfigurationError: it is not a URL of a database that this program can use.
    """
    if isinstance(location, Path) or "://" not in location:
        url = URL.create("sqlite+aiosqlite", database=str(location))
    else:
        try:
            url = make_url(location)
        except (ArgumentError, ValueError):
            raise ConfigurationError(f"DATABASE_URL can't be read; {_LIKE}") from None
    backend = url.get_backend_name()
    if backend not in _DRIVERS:
        raise ConfigurationError(
            f"DATABASE_URL names {backend}, which this version can't use; {_LIKE}"
        )
    if url.database in {None, "", ":memory:"}:
        what = "file" if backend == "sqlite" else "database"
        raise ConfigurationError(f"DATABASE_URL names no {what}; {_LIKE}")
    return url.set(drivername=_DRIVERS[backend])


def file_of(url: URL) -> Path | None:
    """The file that a database is; None of one that a server keeps."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def shown(url: URL) -> str:
    """A database as it is named to people: a file, or a URL without its password."""
    file = file_of(url)
    return str(file) if file is not None else url.render_as_string(hide_password=True)


def make_place(file: Path) -> None:
    """Make the file and its folder where there are none, and close the file to others."""
    file.parent.mkdir(FOLDER_OF_OWNER, parents=True, exist_ok=True)
    make_for_owner(file)
    for suffix in ("", *BESIDE):
        close_to_others(Path(f"{file}{suffix}"))
