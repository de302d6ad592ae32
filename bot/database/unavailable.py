"""A database that can't be used, in a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.core.errors import GuideError
from bot.database import postgresql

BUSY_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class StoreUnavailable(GuideError):
    """The database is locked, gone or can't be read; nothing was changed."""

    exit_code = 3


def is_busy(error: BaseException | None) -> bool:
    """Whether another connection has a lock."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return postgresql.is_held(error)
    return code & 0xFF in BUSY_CODES  # the rest says why it is busy


def busy() -> StoreUnavailable:
    """What is said where a lock was waited for long enough."""
    return StoreUnavailable(
        "The database is locked by another program; nothing was changed. Try again in a moment."
    )


def unavailable(error: BaseException | None) -> StoreUnavailable:
    """What is said of an error of the driver or the system."""
    if is_busy(error):
        return busy()
    reason = getattr(error, "strerror", None) or str(error)
    return StoreUnavailable(
        f"The database can't be used ({reason}); nothing was changed. "
        "Look at the data folder and who may write there."
    )


def unreachable(error: BaseException | None) -> StoreUnavailable:
    """What is said of a server's error, or of one on the way to it."""
    if is_busy(error):
        return busy()
    return StoreUnavailable(
        f"The database can't be used ({postgresql.reason_of(error)}); nothing was changed. "
        "Look at DATABASE_URL, and whether PostgreSQL runs there."
    )


@contextmanager
def translated(*, server: bool) -> Iterator[None]:
    """Turn what a driver says of an unusable database into one sentence."""
    try:
        yield
    except (OSError, PoolTimeout, sqlite3.Error) as error:
        raise (unreachable if server else unavailable)(error) from error
    except DBAPIError as error:
        if server and postgresql.is_out_of_order(error.orig):
            raise unreachable(error.orig) from error
        # Its other subclasses (a violated constraint, wrong SQL) are faults of this program.
        if server or type(error) not in {DatabaseError, OperationalError}:
            raise
        raise unavailable(error.orig) from error
    except Exception as error:
        # What is wrong with a connection that isn't made yet comes as the driver says it.
        if server and postgresql.is_out_of_order(error):
            raise unreachable(error) from error
        raise
