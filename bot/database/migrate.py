"""Bringing a database to the current revision, within a transaction of the caller."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

SCRIPTS = Path(__file__).resolve().parent / "migrations"

# alembic keeps the migration that runs in module-level proxies, one for the whole process.
alembic_in_use = threading.Lock()


def upgrade(connection: Connection, target: str = "head") -> None:
    """Run the revisions that are missing, up to `target`; the caller begins and commits.

    Raises:
        alembic.util.CommandError: the database has a revision that this program doesn't know.
    """
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
