"""What is said of a table in the registry of personal data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from bot.privacy.store_rules import Condition, Table

ALLIANCE: Final = "the alliance"
NO_ONE: Final = "nobody"
_KEPT: Final = object()


@dataclass(frozen=True, slots=True)
class Datum:
    """What stands in a column.

    Attributes:
        whose: the alliance's, nobody's, or what somebody is to the row, such as "asker".
        exported: its name in an export; None where the export doesn't have it.
        left: what stands there once the person is forgotten, where the row stays.
    """

    whose: str
    exported: str | None
    left: Any = _KEPT


Columns: TypeAlias = dict[str, Datum]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A table, and what becomes of its rows.

    Attributes:
        what: a row in words.
        person: the column that says whose a row is; None where it is nobody's.
        also: which other rows go when a person is forgotten.
        title: what an export calls the person's rows; None where they are in no export.
        goes: which of the person's rows are deleted when they are forgotten: all, none, or those of
            a condition; of the others goes what the columns say.
        on_forget: the same in words, where they don't follow.
        forgotten: which count of `Forgotten` it is.
        aged: which rows were kept long enough, given from before when and the time; None where the
            table isn't purged by itself.
        lasts: the same in words.
        purged: which count of `Purged` it is.
        unused: which rows nothing needs any more, once others are gone.
    """

    table: Table
    what: str
    columns: Columns
    lasts: str
    person: str | None = None
    also: Callable[[int], Condition] | None = None
    title: str | None = None
    goes: bool | Callable[[], Condition] = True
    on_forget: str = ""
    forgotten: str | None = None
    aged: Callable[[datetime, datetime], Condition] | None = None
    purged: str | None = None
    unused: Callable[[], Condition] | None = None

    @property
    def name(self) -> str:
        """The table's name in the database."""
        return str(vars(self.table)["__tablename__"])

    @property
    def left(self) -> dict[str, Any]:
        """What stands in the columns of a forgotten person, where the row stays."""
        return {name: datum.left for name, datum in self.columns.items() if datum.left is not _KEPT}


def of(whose: str, names: str, *, exported: bool = True) -> Columns:
    """Columns of somebody, named in one string; they stay as they are while the row does."""
    return {name: Datum(whose, name if exported else None) for name in names.split()}


def left(whose: str, /, *, exported: bool = True, **values: Any) -> Columns:
    """Columns of a person, each with what takes its place once they are forgotten."""
    return {name: Datum(whose, name if exported else None, value) for name, value in values.items()}


def owners(holding: Holding) -> str:
    """Whose the columns are, beside the alliance's own."""
    people: dict[str, list[str]] = {}
    for name, datum in holding.columns.items():
        if datum.whose not in {ALLIANCE, NO_ONE}:
            people.setdefault(datum.whose, []).append(f"`{name}`")
    if not people:
        every = {datum.whose for name, datum in holding.columns.items() if name != "alliance"}
        return " and ".join(sorted(every))
    return "; ".join(f"{whose}: {', '.join(names)}" for whose, names in people.items())


def fate(holding: Holding) -> str:
    """What becomes of a person's rows when they are forgotten."""
    if holding.on_forget or holding.person is None:
        return holding.on_forget or "stays"
    if holding.goes is True:
        return "deleted"
    return f"stays, without {', '.join(f'`{name}`' for name in holding.left)}"
