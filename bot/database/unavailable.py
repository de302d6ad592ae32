"""A database that can't be used, in a sentence."""

from __future__ import annotations

import sqlite3

from bot.core.errors import GuideError

BUSY_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class StoreUnavailable(GuideError):
    """The database is locked, gone or can't be read; nothing was changed."""

    exit_code = 3


def is_busy(error: BaseException | None) -> bool:
    """Whether SQLite says that another connection has a lock."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in BUSY_CODES  # the rest says why it is busy


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
