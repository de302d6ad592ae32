"""What the parts of the store share."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import fields
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Executable

from bot.core.clock import Clock
from bot.database.database import Database
from bot.database.tables import Base

P = ParamSpec("P")
T = TypeVar("T")
V = TypeVar("V")
S = TypeVar("S", bound="StorePart")
Method = Callable[Concatenate[S, P], Coroutine[Any, Any, T]]


class StorePart:
    """A group of methods over one database and one clock."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def _change(self, alliance: int, statement: Executable) -> bool:
        """Run an update or delete in a transaction of its own; False if it touched no row."""
        async with self._database.writing(alliance) as session:
            return await session.affected(statement) > 0


def whole(method: Method[S, P, T]) -> Method[S, P, T]:
    """Let a call end in the database even if whoever waits for it is cancelled."""

    @wraps(method)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._database.whole(method(self, *args, **kwargs))

    return call


def value_of(kind: type[V], row: Base, /, **more: Any) -> V:
    """A row as a value: its columns by the names of the value's fields, and what is given."""
    names = [field.name for field in fields(cast("Any", kind)) if field.name not in more]
    return kind(**{name: getattr(row, name) for name in names}, **more)
