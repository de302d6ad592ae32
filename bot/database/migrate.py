"""Bringing a database to the current revision, within a transaction of the caller."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import Connection, inspect

NEWEST = "0013"
"""The revision that this program works with."""
SCRIPTS = Path(__file__).resolve().parent / "migrations"

# alembic keeps the migration that runs in module-level proxies, one for the whole process.
alembic_in_use = threading.Lock()


class UnknownRevision(Exception):
    """A database has a revision that this program doesn't know."""


def upgrade(connection: Connection, target: str = NEWEST) -> None:
    """Run the revisions that are missing, up to `target`; the caller begins and commits.

    Raises:
        UnknownRevision: a newer version of this program wrote the database.
    """
    if target == NEWEST == _revision_of(connection):
        return
    # Loaded where there is something to do: it takes a third of a second.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, target)
    except CommandError as error:
        raise UnknownRevision from error


def _revision_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
