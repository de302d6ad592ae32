from __future__ import annotations

import asyncio
import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from bot.answers.records import PendingQuestion
from bot.database import database, migrate
from bot.database.migrate import SCRIPTS, upgrade
from bot.database.tables import Base
from bot.opportunities.rules.models import Reply, Respondent
from bot.store import StoreUnavailable, open_store
from tests.store.samples import ANA, BEGIN, BEN, PARIS, TurnedClock, asked, rows
from tests.store.walks import FRIDAY, answer, begin, change, walk

pytestmark = pytest.mark.sqlite

FIRST = f"""
INSERT INTO settings VALUES ({PARIS}, 5, NULL, 30, 'Mondays');
INSERT INTO exchanges VALUES (7, {PARIS}, 11, NULL, 2, 21, 31, 1, 'Earlier?', NULL, 1, 0.5, 9.0,
    '["trust"]', '{{"answer": "Yes [1]."}}', '2026-03-02 09:30:00.000000');
INSERT INTO exchanges VALUES (8, {PARIS}, 11, NULL, 2, 22, 32, 0, 'Later?', 7, 0, 0.1, 9.0,
    '[]', '{{}}', '2026-03-02 09:30:00.000000');
INSERT INTO feedback VALUES ({PARIS}, 7, 3, 1, 'Clear', '2026-03-02 09:30:00.000000');
"""


def at_revision(file: Path, revision: str) -> None:
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgrade(connection, revision)
    engine.dispose()


NEWEST = [(migrate.NEWEST,)]


def revision_of(file: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchall()


async def test_a_database_of_the_first_revision_is_migrated_with_what_is_in_it(
    file: Path, clock: TurnedClock
) -> None:
    at_revision(file, "0001")
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(FIRST)
    async with await open_store(file, clock) as store:
        assert (await store.alliances.settings(PARIS)).notes == "Mondays"
        earlier, later = (
            await store.answers.exchange(PARIS, 7),
            await store.answers.exchange(PARIS, 8),
        )
        assert earlier is not None
        assert later is not None
        assert (earlier.question, earlier.shared, earlier.dismissed) == ("Earlier?", False, False)
        assert earlier.created == BEGIN
        assert await store.answers.history(PARIS, 8, 5) == ("Earlier?", "Later?")
        assert (await store.answers.feedback_counts(PARIS, 7)).helpful == 1
        assert await store.answers.mark_shared(PARIS, 7)
        assert await store.answers.pending_questions_everywhere() == ()
        waits = {"channel": 11, "thread": None, "person": 2, "received": BEGIN, "previous": 8}
        assert await store.answers.claim_question(PARIS, 23, **waits)
        assert await store.answers.pending_questions_everywhere() == (
            PendingQuestion(alliance=PARIS, message=23, **waits),
        )
        assert await store.checklists.runs(PARIS) == ()
        run = await begin(store, PARIS)
        promise = answer("promise", "Yes", what="Report", day=FRIDAY)
        changed = await change(store, run, promise, alliance=PARIS)
        assert await walk(store, run, PARIS) == changed.walk
        assert [made.what for made in await store.checklists.commitments(PARIS)] == ["Report"]
        assert await store.outbox.next_due() == BEGIN.replace(day=FRIDAY.day, hour=9, minute=0)
    assert revision_of(file) == NEWEST


async def test_opening_again_changes_nothing(file: Path, clock: TurnedClock) -> None:
    async with await open_store(file, clock) as store:
        await store.alliances.choose_alliance_for_person_in_direct_messages(PARIS, ANA)
    before = rows(file)
    async with await open_store(file, clock):
        pass
    assert rows(file) == before


def test_there_is_one_line_of_revisions() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [migrate.NEWEST]


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    file = tmp_path / "migrated.db"
    at_revision(file, migrate.NEWEST)
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_models_and_migrations_make_the_same_tables(tmp_path: Path) -> None:
    """What alembic doesn't compare: what a deletion takes along, the order of keys, counting."""
    migrated, created = tmp_path / "migrated.db", tmp_path / "created.db"
    at_revision(migrated, migrate.NEWEST)
    engine = sa.create_engine(f"sqlite:///{created}")
    Base.metadata.create_all(engine)
    engine.dispose()
    assert described(migrated) == described(created)


def described(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with closing(sqlite3.connect(file)) as connection:
        for table in Base.metadata.tables:
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
            query = "SELECT sql FROM sqlite_master WHERE name = ?"
            (sql,) = connection.execute(query, [table]).fetchone()
            found[table] = (
                {column[1:] for column in columns},
                {key[2:] for key in keys},
                {index[2:] for index in indexes},
                "AUTOINCREMENT" in sql,
            )
    return found


def open_in_process(barrier: Any, file: Path) -> None:
    async def opened() -> None:
        barrier.wait()
        async with await open_store(file, TurnedClock()) as store:
            await store.alliances.claim(PARIS, 1)

    asyncio.run(opened())


def test_processes_that_start_at_once_migrate_once(file: Path) -> None:
    at_revision(file, "0001")
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(3)
    started = [spawn.Process(target=open_in_process, args=(barrier, file)) for _ in range(3)]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert [process.exitcode for process in started] == [0, 0, 0]
    assert revision_of(file) == NEWEST


async def test_stores_opened_at_once_in_one_process_migrate_once(
    tmp_path: Path, clock: TurnedClock
) -> None:
    files = [tmp_path / "a.db", tmp_path / "b.db"] * 3
    stores = await asyncio.gather(*(open_store(file, clock) for file in files))
    assert [await store.alliances.claim(PARIS, BEN) for store in stores] == [True] * 2 + [False] * 4
    await asyncio.gather(*(store.close() for store in stores))


async def test_a_database_of_a_newer_version_is_left_alone(file: Path, clock: TurnedClock) -> None:
    at_revision(file, migrate.NEWEST)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match="newer version"):
        await open_store(file, clock)
    assert revision_of(file) == [("9999",)]


async def test_a_failing_migration_leaves_the_earlier_state(file: Path, clock: TurnedClock) -> None:
    at_revision(file, "0001")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("ALTER TABLE exchanges ADD COLUMN dismissed BOOLEAN")
    with pytest.raises(StoreUnavailable, match="duplicate column"):
        await open_store(file, clock)
    assert revision_of(file) == [("0001",)]
    with closing(sqlite3.connect(file)) as connection:
        columns = connection.execute("PRAGMA table_info(exchanges)").fetchall()
    assert "shared" not in {column[1] for column in columns}


async def test_rebuilding_a_table_takes_along_nothing_that_refers_to_it(
    file: Path, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite can change most columns only by copying a table and dropping the old one."""

    def rebuild(connection: sa.Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("exchanges", recreate="always"):
            pass

    async with await open_store(file, clock) as store:
        stored = await store.answers.add_exchange(PARIS, asked())
        await store.answers.give_feedback(PARIS, stored.id, BEN, helpful=True)
    monkeypatch.setattr(database, "upgrade", rebuild)
    async with await open_store(file, clock) as store:
        assert await store.answers.exchange(PARIS, stored.id) == stored
        assert (await store.answers.feedback_counts(PARIS, stored.id)).helpful == 1


async def test_names_that_only_looked_alike_are_told_apart(file: Path, clock: TurnedClock) -> None:
    at_revision(file, "0007")
    names = ("Harbor", "Har\u200bbor", "Po\u2060rt", "\u3164")
    with closing(sqlite3.connect(file)) as connection, connection:
        for number, name in enumerate(names, 1):
            connection.execute(
                "INSERT INTO organizations (id, alliance, name, folded) VALUES (?, ?, ?, ?)",
                (number, PARIS, name, name.casefold()),
            )
            connection.execute(
                "INSERT INTO affiliations (alliance, person, organization, joined)"
                " VALUES (?, ?, ?, '2026-03-02 09:30:00.000000')",
                (PARIS, ANA + number, number),
            )
        connection.execute(
            "INSERT INTO opportunities (id, alliance, poster, poster_name, organization, title,"
            " description, kind, audience, link, region, contact, state, created, note, revision,"
            " reached) VALUES (1, ?, 1, '', '', '', '', 'other', '', '', '', '', 'open',"
            " '2026-03-02 09:30:00.000000', '', 1, 0)",
            (PARIS,),
        )
        connection.execute(
            "INSERT INTO opportunity_answers (alliance, opportunity, side, person, name,"
            " organization, reply, note, at) VALUES (?, 1, ?, ?, 'Ana', ?, 'interested', '',"
            " '2026-03-02 09:30:00.000000')",
            (PARIS, f"organization {names[2].casefold()}", ANA + 3, names[2]),
        )
    async with await open_store(file, clock) as store:
        known = [name for name, _ in await store.people.organizations(PARIS)]
        assert sorted(known) == ["?", "Harbor", "Harbor (2)", "Port"]
        assert await store.people.organization_of(PARIS, ANA + 2) == "Harbor (2)"
        assert await store.people.set_profile(PARIS, "port", region="Dayton")
        by = Respondent(ANA + 3, "Ana", "Port", Reply.NOT_FOR_US, "", BEGIN)
        assert await store.opportunities.reply(PARIS, 1, by)
        assert len(await store.opportunities.answers(PARIS, 1)) == 1
