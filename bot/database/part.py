"""What the rooms of the store share."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import fields
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar, cast

from sqlalchemy import Executable

from bot.core.clock import Clock
from bot.database.database import Database
from bot.database.tables import Base

V = TypeVar("V")


class StorePart:
    """A room of the store: methods over one database and one clock.

    A call of a public method ends in the database also if whoever waits for it is cancelled.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, method in list(vars(cls).items()):
            if iscoroutinefunction(method) and not name.startswith("_"):
                setattr(cls, name, _whole(method))

    async def _change(self, alliance: int, statement: Executable) -> bool:
        """Run an update or delete in a transaction of its own; False if it touched no row."""
        async with self._database.writing(alliance) as session:
            return await session.affected(statement) > 0


def _whole(method: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Any]:
    @wraps(method)
    async def call(self: StorePart, /, *args: Any, **kwargs: Any) -> Any:
        return await self._database.whole(method(self, *args, **kwargs))

    return call


def value_of(kind: type[V], row: Base, /, **more: Any) -> V:
    """A row as a value: its columns by the names of the value's fields, and what is given."""
    names = [field.name for field in fields(cast("Any", kind)) if field.name not in more]
    return kind(**{name: getattr(row, name) for name in names}, **more)
