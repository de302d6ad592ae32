"""Where the database is, and that nobody else can read it there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.core.errors import ConfigurationError
from bot.core.files import FOLDER_OF_OWNER, close_to_others, make_for_owner

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file while it is in use; they get the file's rights."""


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
            raise ConfigurationError(
                "DATABASE_URL can't be read; write it like sqlite:///folder/guide.db."
            ) from None
    if url.get_backend_name() != "sqlite":
        raise ConfigurationError(
            f"DATABASE_URL names {url.get_backend_name()}, which this version can't use; "
            "write it like sqlite:///folder/guide.db."
        )
    if url.database in {None, "", ":memory:"}:
        raise ConfigurationError(
            "DATABASE_URL names no file; write it like sqlite:///folder/guide.db."
        )
    return url.set(drivername="sqlite+aiosqlite")


def make_place(file: Path) -> None:
    """Make the file and its folder where there are none, and close the file to others."""
    file.parent.mkdir(FOLDER_OF_OWNER, parents=True, exist_ok=True)
    make_for_owner(file)
    for suffix in ("", *BESIDE):
        close_to_others(Path(f"{file}{suffix}"))
