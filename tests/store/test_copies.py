"""Copies of the database while it is used, a copy in its place, and what is seen from outside."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from stat import S_IMODE

import pytest
import sqlalchemy as sa

from bot.core.errors import ConfigurationError
from bot.database import copies, migrate
from bot.database.copies import FileUnusable, back_up, look_into, restore
from bot.store import Store, StoreUnavailable, open_store
from tests.databases import migrated
from tests.store.samples import (
    BEGIN,
    OSLO,
    PARIS,
    TurnedClock,
    asked,
    damage,
    locked,
    rows,
    set_revision,
)

pytestmark = pytest.mark.sqlite

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "copy.db"


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file in a folder, less what SQLite only shares between those that have it open."""
    return {
        part.name: (part.read_bytes(), part.stat().st_mtime_ns)
        for part in folder.iterdir()
        if part.is_file() and part.suffix != ".db-shm"
    }


def size(file: Path) -> int:
    return file.stat().st_size


def rights(path: Path) -> int:
    return S_IMODE(path.stat().st_mode)


# -- copies --------------------------------------------------------------------------------------


async def test_a_copy_has_what_was_written_last_while_the_bot_goes_on(
    store: Store, file: Path, copy: Path
) -> None:
    await store.answers.add_exchange(PARIS, asked())
    assert size(Path(f"{file}-wal")) > 0  # the file alone would lack it
    before = rows(file)
    back_up(file, copy)
    await store.answers.add_exchange(PARIS, asked("Later?"))
    assert rows(copy) == before
    assert [part.name for part in copy.parent.iterdir()] == [copy.name]


async def test_a_copy_is_taken_while_another_program_writes(
    store: Store, file: Path, copy: Path
) -> None:
    await store.answers.add_exchange(PARIS, asked())
    with locked(file):
        back_up(file, copy)
    assert rows(copy) == rows(file)


def test_a_copy_takes_the_place_of_another_file_only_when_told(file: Path, copy: Path) -> None:
    migrated(file)
    copy.parent.mkdir()
    copy.write_text("precious")
    with pytest.raises(ConfigurationError, match="is there already"):
        back_up(file, copy)
    assert copy.read_text() == "precious"
    back_up(file, copy, replace=True)
    assert rows(copy) == rows(file)


def test_a_copy_never_takes_the_place_of_the_database(file: Path) -> None:
    migrated(file)
    with pytest.raises(ConfigurationError, match="database itself"):
        back_up(file, file, replace=True)


def test_of_a_damaged_database_no_copy_is_made(file: Path, copy: Path) -> None:
    damage(migrated(file))
    with pytest.raises(StoreUnavailable, match="damaged"):
        back_up(file, copy)
    assert not copy.exists()
    assert list(copy.parent.iterdir()) == []


def test_where_there_is_no_database_none_is_made(file: Path, copy: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no database"):
        back_up(file, copy)
    assert not file.exists()


# -- a copy in its place -------------------------------------------------------------------------


def filled(file: Path, *alliances: int) -> Path:
    """A database with a question in each of these alliances, and nobody who has it open."""

    async def fill() -> None:
        async with await open_store(migrated(file), TurnedClock()) as store:
            for alliance in alliances:
                await store.answers.add_exchange(alliance, asked())

    asyncio.run(fill())
    return file


def filled_copy(file: Path, copy: Path, alliance: int) -> Path:
    back_up(filled(file, alliance), copy)
    return copy


def asked_in(file: Path) -> list[int]:
    """The alliances that have a question in a database."""
    return [row[1] for row in rows(file)["exchanges"]]


def test_a_restored_copy_takes_the_place_and_what_was_there_stays_beside_it(
    file: Path, copy: Path
) -> None:
    filled_copy(file, copy, PARIS)
    filled(file, OSLO)
    first = restore(copy, file, BEGIN)
    assert first is not None
    assert first.parent == file.parent
    assert (asked_in(file), asked_in(first)) == ([PARIS], [OSLO])
    second = restore(first, file, BEGIN + timedelta(seconds=1))
    assert second is not None
    assert (asked_in(file), asked_in(second)) == ([OSLO], [PARIS])
    assert copy.exists()


def test_a_copy_can_be_restored_where_there_is_nothing(file: Path, copy: Path) -> None:
    filled_copy(file, copy, PARIS)
    other = file.parent / "new" / "guide.db"
    assert restore(copy, other, BEGIN) is None
    assert asked_in(other) == [PARIS]


def test_the_log_of_a_killed_program_goes_with_its_database_and_into_no_other(
    file: Path, copy: Path
) -> None:
    filled_copy(file, copy, PARIS)
    left_behind(file, "UPDATE exchanges SET question = 'Last words?'")
    kept = restore(copy, file, BEGIN)
    assert kept is not None
    assert "Last words?" in repr(rows(kept))
    assert "Last words?" not in repr(rows(file))


def left_behind(file: Path, statement: str) -> None:
    """Let a program be killed that wrote something: it stands in the log alone."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute(statement)
        connection.commit()
        parts = {part: part.read_bytes() for part in file.parent.glob(f"{file.name}*")}
    for part, data in parts.items():
        part.write_bytes(data)
    assert size(Path(f"{file}-wal")) > 0


def test_files_copied_by_hand_are_restored_with_their_log(file: Path, copy: Path) -> None:
    filled(file, PARIS)
    left_behind(file, "UPDATE exchanges SET question = 'Last words?'")
    copy.parent.mkdir()
    copy.write_bytes(file.read_bytes())
    Path(f"{copy}-wal").write_bytes(Path(f"{file}-wal").read_bytes())
    before = state(copy.parent)
    restore(copy, file.with_name("other.db"), BEGIN)
    assert "Last words?" in repr(rows(file.with_name("other.db")))
    assert state(copy.parent) == before


def test_a_damaged_database_can_be_replaced_and_is_kept(file: Path, copy: Path) -> None:
    filled_copy(file, copy, PARIS)
    file.write_bytes(b"no database")
    kept = restore(copy, file, BEGIN)
    assert kept is not None
    assert kept.read_bytes() == b"no database"
    assert asked_in(file) == [PARIS]


def test_an_older_copy_is_brought_to_this_revision(file: Path, copy: Path) -> None:
    copy.parent.mkdir()
    with closing(sa.create_engine(f"sqlite:///{copy}").connect()) as connection:
        migrate.upgrade(connection, "0001")
        connection.commit()
    assert restore(copy, file, BEGIN) is None
    assert look_into(file) == migrate.NEWEST
    assert look_into(copy) == "0001"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"words " * 200, "not a database"),
        ("CREATE TABLE notes (text)", "no database of this program"),
        ("CREATE TABLE alembic_version (version_num)", "no database of this program"),
        ("newer", "newer version"),
        ("damaged", "damaged"),
        (None, "There is no file"),
    ],
)
def test_what_is_no_backup_is_refused_and_nothing_changes(
    file: Path, copy: Path, content: bytes | str | None, reason: str
) -> None:
    filled(file, PARIS)
    copy.parent.mkdir()
    if isinstance(content, bytes):
        copy.write_bytes(content)
    elif content == "newer":
        set_revision(filled(copy), "9999")
    elif content == "damaged":
        damage(filled(copy, OSLO))
    elif content is not None:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(content)
    before = state(file.parent)
    with pytest.raises(ConfigurationError, match=reason):
        restore(copy, file, BEGIN)
    assert state(file.parent) == before
    assert asked_in(file) == [PARIS]


# -- what is seen from outside -------------------------------------------------------------------


def test_a_look_tells_the_revision_and_writes_nothing(file: Path) -> None:
    filled(file, PARIS)
    before = state(file.parent)
    assert look_into(file) == migrate.NEWEST
    assert state(file.parent) == before


async def test_a_look_while_the_bot_runs_disturbs_nothing(store: Store, file: Path) -> None:
    await store.answers.add_exchange(PARIS, asked())
    before = state(file.parent)
    assert look_into(file) == migrate.NEWEST
    assert state(file.parent) == before
    assert await store.alliances.claim(PARIS, 1)


def test_a_look_at_what_a_killed_program_left_changes_nothing(file: Path) -> None:
    left_behind(filled(file, PARIS), "UPDATE exchanges SET question = 'Last words?'")
    before = state(file.parent)
    assert look_into(file) == migrate.NEWEST
    assert state(file.parent) == before


def test_a_look_tells_of_an_older_revision_and_of_an_empty_file(file: Path) -> None:
    set_revision(filled(file), "0003")
    assert look_into(file) == "0003"
    file.write_bytes(b"")
    assert look_into(file) is None


def test_a_look_tells_who_may_write(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "PATIENCE", 0)
    filled(file)
    with locked(file), pytest.raises(FileUnusable, match="locked by another program"):
        look_into(file)


def test_a_look_tells_of_damage(file: Path) -> None:
    damage(filled(file, PARIS))
    with pytest.raises(FileUnusable, match=r"damaged.*bot restore"):
        look_into(file)


# -- rights --------------------------------------------------------------------------------------


@POSIX
async def test_a_database_is_for_its_owner_alone_also_one_that_was_open_to_others(
    tmp_path: Path, copy: Path
) -> None:
    fresh = tmp_path / "folder" / "guide.db"
    wide = migrated(tmp_path / "guide.db")
    wide.chmod(0o644)
    for file in (fresh, wide):
        async with await open_store(file, TurnedClock()) as store:
            await store.alliances.claim(PARIS, 1)
            files = [file, Path(f"{file}-wal"), Path(f"{file}-shm")]
            assert [rights(part) for part in files] == [0o600] * 3
    assert rights(fresh.parent) == 0o700
    back_up(wide, copy)
    assert rights(copy) == 0o600
