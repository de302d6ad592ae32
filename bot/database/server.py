"""A look at a database that a server keeps: whether it is reachable, and of which revision."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sqlalchemy.engine import URL

from bot.database.database import Database
from bot.database.migrate import NEWEST
from bot.database.unavailable import StoreUnavailable

_PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A server that answered.

    Attributes:
        version: the server's, as it says it.
        revision: of the tables; None while there are none.
    """

    version: str
    revision: str | None


def look_at(url: URL) -> Seen:
    """Ask the server; nothing is changed.

    Raises:
        StoreUnavailable: it can't be reached, or a newer version of this program was there.
    """
    return asyncio.run(_look(url))


async def _look(url: URL) -> Seen:
    database = Database(url, _PATIENCE)
    try:
        async with database.reading_everywhere() as session:
            connection = await session.connection()
            version = await connection.exec_driver_sql("SHOW server_version")
            known = await connection.exec_driver_sql("SELECT to_regclass('alembic_version')")
            revision = None
            if known.scalar() is not None:
                query = "SELECT max(version_num) FROM alembic_version"
                revision = (await connection.exec_driver_sql(query)).scalar()
            seen = Seen(str(version.scalar()), revision)
    finally:
        await database.close()
    if seen.revision is not None and seen.revision > NEWEST:
        raise StoreUnavailable(
            "The database was written by a newer version of this program; install that one."
        )
    return seen
