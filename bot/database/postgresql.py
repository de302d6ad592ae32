"""What is PostgreSQL's own: how it is connected to, how writers wait for each other, what it says.

A writing transaction takes the lock of its alliance first (`pg_advisory_xact_lock`), then reads and
writes at READ COMMITTED: whatever the writer before it committed, also in another process, is seen,
and what was read can't change under it. So each method of a store holds here as it does with the
one writer of SQLite, while alliances don't wait for each other. The lock ends with the transaction,
also of a process that was killed. A reading transaction sees one state and waits for nobody.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, cast, func, select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECTIONS = 10
READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITING = {"isolation_level": "READ COMMITTED"}
_SPACE = 0x414C  # of locks that are no alliance's; theirs have one number, these two
MIGRATING, SERVING = 1, 2

_BUSY = {"55P03", "40P01", "40001"}
"""A lock was waited for long enough, or two waited for each other."""
_OUT_OF_ORDER = ("08", "28", "3D", "53", "57", "58", "XX", "25006", "42501")
"""How the codes begin of what is no fault of a statement (PostgreSQL's manual, appendix A)."""


def server_engine(url: URL, patience: float) -> AsyncEngine:
    """An engine; `patience` is how many seconds a lock, or a connection, is waited for."""
    return create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=patience,
        pool_pre_ping=True,  # a server that was started anew is noticed before anything is asked
        hide_parameters=True,  # an error's text is logged, and what people wrote must not be
        json_serializer=_json,
        connect_args={
            "timeout": max(patience, 1.0),
            "server_settings": {
                "application_name": "alliance-guide",
                "lock_timeout": str(max(int(patience * 1000), 1)),
                "jit": "off",  # it costs more than these queries do
            },
        },
    )


def lock_of_alliance(alliance: int) -> Select[Any]:
    """What waits for the other writers of an alliance, and keeps them waiting until the end."""
    number = cast(bindparam("number", alliance), BigInteger)
    return select(func.pg_advisory_xact_lock(number))


def lock_of_migration() -> str:
    """What waits for another process that brings the tables up to date."""
    return f"SELECT pg_advisory_xact_lock({_SPACE}, {MIGRATING})"


def lock_of_serving() -> str:
    """What tells whether this is the one process that serves, for as long as it is connected."""
    return f"SELECT pg_try_advisory_lock({_SPACE}, {SERVING})"


def lock_of_moving() -> str:
    """The same lock, until the transaction ends."""
    return f"SELECT pg_try_advisory_xact_lock({_SPACE}, {SERVING})"


def is_held(error: BaseException | None) -> bool:
    """Whether another connection has a lock that was waited for long enough."""
    return _code(error) in _BUSY


def is_out_of_order(error: BaseException | None) -> bool:
    """Whether the server or the connection to it is at fault, not what was asked."""
    if is_held(error) or type(error).__name__ in {"InterfaceError", "InternalClientError"}:
        return True
    return (_code(error) or "").startswith(_OUT_OF_ORDER)


def reason_of(error: BaseException | None) -> str:
    """What the server says, in a line, without what the driver's wrappers add."""
    root = error
    while root is not None and root.__cause__ is not None:
        root = root.__cause__
    lines = str(root).strip().splitlines()
    return (lines[0].removesuffix(".") if lines else "") or "it doesn't answer"


def _code(error: BaseException | None) -> str | None:
    code = getattr(error, "sqlstate", None)
    return code if isinstance(code, str) else None


def _json(value: Any) -> str:
    return json.dumps(clean(value))


def clean(value: Any) -> Any:
    """Text or JSON less what PostgreSQL can't read again: NUL characters and lone surrogates."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {clean(key): clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean(inner) for inner in value]
    return value
