"""What the tests of the store share: a clock to turn, questions to store, and raw looks inside."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.answers.records import AnswerOutcome, NewExchange
from bot.database.tables import Base
from tests import postgres
from tests.databases import on_postgresql

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PARIS, OSLO = 800000000000000001, 800000000000000002
ANA, BEN, STEWARD = 700000000000000001, 700000000000000002, 700000000000000009


class TurnedClock:
    """Shows the time it was turned to."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


def outcome(
    *, answered: bool = True, latency_ms: float = 20.0, text: str = "So [1]."
) -> AnswerOutcome:
    return AnswerOutcome(
        answered, 0.75, latency_ms, ("trust", "rhythm"), {"answer": text, "n": [1]}
    )


def asked(question: str = "How do we begin?", person: int = ANA, **more: Any) -> NewExchange:
    values: dict[str, Any] = {"channel": 11, "source": 21, "outcome": outcome()} | more
    return NewExchange(person=person, question=question, **values)


def gap(question: str = "Who pays for it?", person: int = ANA, **more: Any) -> NewExchange:
    return asked(question, person, **({"outcome": outcome(answered=False)} | more))


def told(file: Path, *queries: str) -> list[list[tuple[Any, ...]]]:
    """What a database answers to each of some queries, which may also change something."""
    if on_postgresql():
        return postgres.told(postgres.name_for(file), *queries)
    with closing(sqlite3.connect(file)) as connection, connection:
        return [connection.execute(query).fetchall() for query in queries]


def done_in(file: Path, work: Callable[[sa.Connection], Any]) -> Any:
    """What comes of work with a connection that knows no store."""
    if on_postgresql():
        return postgres.done_in(postgres.name_for(file), work)
    engine = sa.create_engine(f"sqlite:///{file}")
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


def rows(file: Path, alliance: int | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, or those of one alliance, as the database has them."""
    only = "" if alliance is None else f" WHERE alliance = {alliance}"
    tables = sorted(Base.metadata.tables)
    found = told(file, *(f"SELECT * FROM {table}{only}" for table in tables))
    return {table: sorted(of, key=repr) for table, of in zip(tables, found, strict=True)}


def damage(file: Path) -> None:
    """Overwrite the middle of a file."""
    data = bytearray(file.read_bytes())
    data[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
    file.write_bytes(data)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let another program be writing meanwhile."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def set_revision(file: Path, revision: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
