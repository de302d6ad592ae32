from __future__ import annotations

import asyncio
import shutil
import sqlite3
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from bot.alliances.tables import EventRow
from bot.answers.tables import ExchangeRow, FeedbackRow
from bot.core.errors import ConfigurationError
from bot.database.session import upsert
from bot.store import Store, StoreUnavailable, open_store
from tests.store.samples import ANA, BEGIN, OSLO, PARIS, TurnedClock, asked

IMPATIENT = 0.05


@pytest.fixture
async def impatient(file: Path, clock: TurnedClock) -> AsyncIterator[Store]:
    async with await open_store(file, clock, patience=IMPATIENT) as opened:
        yield opened


@pytest.fixture
def other_program(store: Store, file: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the database open."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


@pytest.mark.sqlite
async def test_a_lock_that_is_kept_is_reported_and_nothing_is_written(
    impatient: Store, other_program: sqlite3.Connection
) -> None:
    other_program.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked by another program") as caught:
        await impatient.answers.add_exchange(PARIS, asked())
    assert caught.value.exit_code == 3
    assert await impatient.answers.exchange_by_source(PARIS, 21) is None  # readers don't wait
    other_program.execute("ROLLBACK")
    assert (await impatient.answers.add_exchange(PARIS, asked())).id == 1


@pytest.mark.sqlite
async def test_a_lock_that_is_kept_is_reported_when_a_store_is_opened(
    file: Path, clock: TurnedClock, other_program: sqlite3.Connection
) -> None:
    other_program.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked by another program"):
        await open_store(file, clock, patience=IMPATIENT)


@pytest.mark.sqlite
@pytest.mark.parametrize("driver_waits", [True, False])
async def test_a_lock_that_is_released_in_time_is_waited_for(
    store: Store, other_program: sqlite3.Connection, driver_waits: bool
) -> None:
    if not driver_waits:
        async with store.database.writing_everywhere() as session:
            await session.execute(sa.text("PRAGMA busy_timeout = 0"))
    other_program.execute("BEGIN IMMEDIATE")
    claim = asyncio.create_task(store.alliances.claim(PARIS, 1))
    _, waiting = await asyncio.wait({claim}, timeout=0.1)
    assert waiting == {claim}
    other_program.execute("ROLLBACK")
    assert await claim


@pytest.mark.sqlite
async def test_many_writers_behind_a_lock_do_not_wait_for_each_others_patience(
    file: Path, clock: TurnedClock, other_program: sqlite3.Connection
) -> None:
    async with await open_store(file, clock, patience=0.2) as waiting, asyncio.timeout(4):
        other_program.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(
            *(waiting.alliances.claim(PARIS, number) for number in range(40)),
            return_exceptions=True,
        )
    assert {type(result) for result in results} == {StoreUnavailable}


async def test_readers_and_writers_of_two_stores_do_not_get_in_each_others_way(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    async with await open_store(file, clock) as second:
        stored = await store.answers.add_exchange(PARIS, asked())
        results = await asyncio.gather(
            *(
                each.alliances.claim(PARIS, number)
                for number in range(20)
                for each in (store, second)
            ),
            *(
                each.answers.exchange(PARIS, stored.id)
                for _ in range(20)
                for each in (store, second)
            ),
        )
    assert results.count(True) == results.count(False) == 20
    assert results.count(stored) == 40


@pytest.mark.sqlite
async def test_a_call_that_is_cancelled_takes_effect_as_a_whole(
    store: Store, other_program: sqlite3.Connection
) -> None:
    other_program.execute("BEGIN IMMEDIATE")
    await cancel_claims(store)
    other_program.execute("ROLLBACK")
    assert [await store.alliances.claim(PARIS, number) for number in range(4)] == [False] * 3 + [
        True
    ]


async def test_closing_waits_for_calls_that_were_cancelled(file: Path, clock: TurnedClock) -> None:
    async with await open_store(file, clock) as closed:
        await cancel_claims(closed)
    async with await open_store(file, clock) as store:
        assert [await store.alliances.claim(PARIS, number) for number in range(4)] == [
            False
        ] * 3 + [True]


async def cancel_claims(store: Store) -> None:
    claims = [asyncio.create_task(store.alliances.claim(PARIS, number)) for number in range(3)]
    await asyncio.wait(claims, timeout=0)  # they have begun
    for claim in claims:
        claim.cancel()
    results = await asyncio.gather(*claims, return_exceptions=True)
    assert {type(result) for result in results} == {asyncio.CancelledError}


async def test_an_error_undoes_the_whole_transaction(store: Store) -> None:
    async def fail_halfway() -> None:
        async with store.database.writing_everywhere() as session:
            session.add(EventRow(alliance=PARIS, event="1", claimed=BEGIN))
            await session.flush()
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        await fail_halfway()
    assert await store.alliances.claim(PARIS, 1)


async def test_the_database_refuses_a_row_that_hangs_on_another_alliance(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, asked())

    async def hang_on_it() -> None:
        async with store.database.writing_everywhere() as session:
            session.add(
                FeedbackRow(
                    alliance=OSLO,
                    exchange=stored.id,
                    person=ANA,
                    helpful=True,
                    reason="",
                    given=BEGIN,
                )
            )

    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"):
        await hang_on_it()


@pytest.mark.sqlite
async def test_a_deleted_database_takes_no_writes_and_works_again_when_it_is_back(
    store: Store, file: Path
) -> None:
    aside = file.with_name("aside")
    move(file, aside)
    for attempt in (store.alliances.claim(PARIS, 1), store.alliances.settings(PARIS)):
        with pytest.raises(StoreUnavailable, match="gone or was replaced"):
            await attempt
    move(aside, file)
    assert await store.alliances.claim(PARIS, 1)


@pytest.mark.sqlite
async def test_a_replaced_database_takes_no_writes(store: Store, file: Path) -> None:
    copy = file.with_name("copy")
    shutil.copyfile(file, copy)
    move(copy, file)
    with pytest.raises(StoreUnavailable, match="gone or was replaced"):
        await store.alliances.claim(PARIS, 1)


def move(source: Path, target: Path) -> None:
    source.replace(target)


async def test_a_folder_that_is_missing_is_made(tmp_path: Path, clock: TurnedClock) -> None:
    file = tmp_path / "new %20 folder" / "guide ü?.db"
    async with await open_store(file, clock) as store:
        assert await store.alliances.claim(PARIS, 1)
    assert file.is_file()


@pytest.mark.parametrize("what", ["a folder", "not a database", "below a file"])
async def test_what_cannot_be_a_database_is_reported_in_a_sentence(
    tmp_path: Path, clock: TurnedClock, what: str
) -> None:
    place = tmp_path / "guide.db"
    if what == "a folder":
        place.mkdir()
    else:
        place.write_text("This is a letter, not a database. " * 40, "utf-8")
    if what == "below a file":
        place /= "guide.db"
    with pytest.raises(StoreUnavailable, match="The database can't be used") as caught:
        await open_store(place, clock)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("mysql://ana:secret@host/guide", "names mysql"),
        ("postgresql://ana:secret@host", "names no database"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("://", "can't be read"),
    ],
)
async def test_a_location_that_cannot_work_is_refused_without_its_password(
    clock: TurnedClock, location: str, why: str
) -> None:
    with pytest.raises(ConfigurationError, match=why) as caught:
        await open_store(location, clock)
    assert "secret" not in str(caught.value)


async def test_a_closed_store_refuses_and_opens_no_connection_again(store: Store) -> None:
    await store.close()

    with pytest.raises(StoreUnavailable, match="is closed"):
        await store.alliances.settings(1)


@pytest.mark.sqlite
async def test_the_file_is_set_up_for_readers_beside_a_writer(store: Store) -> None:
    expected = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 5000}
    async with store.database.reading_everywhere() as session:
        for name, value in expected.items():
            assert await session.scalar(sa.text(f"PRAGMA {name}")) == value


@pytest.mark.parametrize("replace", [True, False])
def test_tables_and_upserts_can_be_written_for_postgresql(replace: bool) -> None:
    dialect = postgresql.dialect()
    statement = upsert(dialect, EventRow, ["event", "claimed"], replace=replace)
    written = str(statement.compile(dialect=dialect))
    assert ("DO UPDATE SET claimed" if replace else "DO NOTHING") in written
    table = sa.schema.CreateTable(ExchangeRow.__table__)
    assert "id BIGSERIAL" in str(table.compile(dialect=dialect))


@pytest.mark.sqlite
async def test_what_people_wrote_does_not_stand_in_an_error(store: Store, file: Path) -> None:
    words = "Can Ana be paid?"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON exchanges"
            " BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    with pytest.raises(sa.exc.IntegrityError, match="broken") as caught:
        await store.answers.add_exchange(PARIS, asked(words))
    assert words not in "".join(traceback.format_exception(caught.value))
