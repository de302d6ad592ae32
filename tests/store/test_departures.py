"""Alliances as a whole: handed out, deleted, and gone a while after the bot was taken out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.core.alliance import NO_ALLIANCE, TERMINAL
from bot.database.tables import Base
from bot.store import Store
from tests.store.samples import OSLO, PARIS, TurnedClock, asked, done_in, rows

MONTH = timedelta(days=30)
OF_TYPE: dict[type, Any] = {
    str: "words",
    bool: False,
    float: 0.5,
    datetime: datetime(2026, 3, 2, tzinfo=UTC),
    date: date(2026, 3, 2),
    time: time(9),
    dict: {},
}


def kind_of(column: sa.Column[Any]) -> type:
    """Which Python type a column takes."""
    stored = column.type
    kind: type = (stored.impl if isinstance(stored, sa.TypeDecorator) else stored).python_type
    return kind


def fill_every_table(file: Path, alliance: int, number: int) -> None:
    """A row in each table; every number in it is the same, so that all keys lead somewhere."""

    def fill(connection: sa.Connection) -> None:
        for table in Base.metadata.sorted_tables:
            row = {column.name: OF_TYPE.get(kind_of(column), number) for column in table.columns}
            connection.execute(table.insert().values(row | {"alliance": alliance}))

    done_in(file, fill)


async def test_deleting_an_alliance_leaves_no_row_of_it_and_all_of_the_others(
    store: Store, file: Path
) -> None:
    fill_every_table(file, PARIS, 1)
    fill_every_table(file, OSLO, 2)
    before = rows(file, OSLO)
    assert all(before.values())
    assert await store.privacy.delete_alliance(PARIS) == len(Base.metadata.tables)
    assert not any(rows(file, PARIS).values())
    assert rows(file, OSLO) == before
    assert await store.privacy.delete_alliance(PARIS) == 0


@pytest.mark.sqlite
async def test_the_words_of_a_deleted_alliance_leave_the_files_too(
    store: Store, file: Path
) -> None:
    await store.answers.add_exchange(PARIS, asked("Only said in Paris?"))
    await store.answers.add_exchange(OSLO, asked("Only said in Oslo?"))
    await store.privacy.delete_alliance(PARIS)
    held = b"".join(part.read_bytes() for part in file.parent.glob("guide.db*"))
    assert b"Only said in Oslo" in held
    assert b"Only said in Paris" not in held


async def test_an_export_has_every_column_of_every_row_of_the_alliance_and_no_other(
    store: Store, file: Path
) -> None:
    fill_every_table(file, PARIS, 1)
    fill_every_table(file, OSLO, 2)
    exported = json.loads(json.dumps(await store.privacy.export_alliance(PARIS)))
    assert exported["alliance"] == str(PARIS)
    assert set(exported["tables"]) == set(Base.metadata.tables)
    for name, (row,) in exported["tables"].items():
        columns = set(Base.metadata.tables[name].columns.keys())
        assert set(row) == columns - {"alliance"}
        assert not {2, "2"} & {value for value in row.values() if not isinstance(value, dict)}
    assert exported["tables"]["settings"][0]["steward_role"] == "1"


@pytest.mark.parametrize(("days", "deleted"), [(29, False), (30, True)])
async def test_all_of_an_alliance_goes_when_the_bot_was_out_for_long_enough(
    store: Store, file: Path, clock: TurnedClock, *, days: int, deleted: bool
) -> None:
    fill_every_table(file, OSLO, 2)
    await store.alliances.change_settings(PARIS, notes="Mondays")
    await store.privacy.bot_returned(OSLO)
    await store.privacy.bot_left(PARIS)
    clock.turn(days=1)
    await store.privacy.bot_left(PARIS)  # told again; the first time counts
    clock.turn(days=days - 1)
    settled = await store.privacy.settle_departures({OSLO}, MONTH)
    assert settled == ([PARIS] if deleted else [])
    assert any(rows(file, PARIS).values()) is not deleted
    assert rows(file, OSLO)["exchanges"]


async def test_nothing_is_lost_where_the_bot_is_invited_again_before(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    await store.alliances.change_settings(PARIS, notes="Mondays")
    before = rows(file)
    await store.privacy.bot_left(PARIS)
    clock.turn(days=29)
    await store.privacy.bot_returned(PARIS)
    clock.turn(days=29)
    assert await store.privacy.settle_departures({PARIS}, MONTH) == []
    assert rows(file) == before


async def test_what_happened_while_the_bot_was_off_is_made_up_for(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    for alliance in (PARIS, OSLO, NO_ALLIANCE, TERMINAL):
        await store.alliances.change_settings(alliance, notes="Mondays")
    await store.privacy.bot_left(PARIS)
    clock.turn(days=40)
    # Invited again by Paris and taken out by Oslo, and heard of neither.
    assert await store.privacy.settle_departures({PARIS}, MONTH) == []
    assert [row[0] for row in rows(file)["departures"]] == [OSLO]
    clock.turn(days=30)
    assert await store.privacy.settle_departures({PARIS}, MONTH) == [OSLO]
    assert sorted(row[0] for row in rows(file)["settings"]) == [NO_ALLIANCE, TERMINAL, PARIS]
