"""Everything of one database in another one: the same, and whole or not there at all."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.tables import NoteRow
from bot.core.errors import ConfigurationError
from bot.database import move as move_module
from bot.database.database import Database
from bot.database.location import database_url
from bot.database.move import Contents, contents_of
from bot.database.move_between import back_up_server, move_between, restore_server
from bot.database.tables import Base
from bot.database.unavailable import StoreUnavailable
from bot.store import open_store
from tests import postgres
from tests.compat.test_old_database import write
from tests.examples import tries
from tests.store.samples import BEGIN, PARIS, TurnedClock, asked

KILLS = tries(6)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """An empty database on a server."""
    if reason := postgres.missing():
        pytest.skip(reason)
    name = postgres.name_for(tmp_path / "server")
    yield postgres.made_empty(name)
    postgres.dropped([name])


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A file with something in nearly every table, and ids that were given and are gone."""
    file = write(tmp_path / "guide.db")

    async def ask_and_forget() -> None:
        async with await open_store(file, TurnedClock()) as store:
            await store.answers.add_exchange(PARIS, asked("Is \U0001f600 ü 'quoted'?\r\n"))
            await store.answers.add_exchange(PARIS, asked("Gone?", person=99))
            await store.privacy.delete_alliance(PARIS)
            await store.answers.add_exchange(PARIS, asked("Is \U0001f600 ü 'quoted'?\r\n"))

    asyncio.run(ask_and_forget())
    return file


def held(place: str | Path) -> Contents:
    async def look() -> Contents:
        database = Database(database_url(place), 5)
        try:
            await database.migrate()
            return await contents_of(database)
        finally:
            await database.close()

    return asyncio.run(look())


def next_id(place: str | Path) -> int:
    async def ask() -> int:
        async with await open_store(place, TurnedClock()) as store:
            return (await store.answers.add_exchange(PARIS, asked())).id

    return asyncio.run(ask())


def go(source: str | Path, target: str | Path, *, replace: bool = False) -> Contents:
    return move_between(database_url(source), database_url(target), BEGIN, replace=replace)


def test_all_comes_to_the_server_and_back_and_is_the_same(
    filled: Path, server: str, tmp_path: Path
) -> None:
    there = go(filled, server)
    back = tmp_path / "back.db"
    assert there == held(filled) == held(server) == go(server, back) == held(back)
    assert there.keys() == Base.metadata.tables.keys()
    assert sum(content.rows > 0 for content in there.values()) > 20
    assert next_id(server) == next_id(filled) == next_id(back)


def test_a_bot_may_run_meanwhile_and_the_copy_is_of_one_moment(filled: Path, server: str) -> None:
    async def write_on() -> None:
        async with await open_store(filled, TurnedClock()) as store:
            moving = asyncio.create_task(asyncio.to_thread(go, filled, server))
            asked_meanwhile = 0
            while not moving.done():
                await store.answers.add_exchange(PARIS, asked())
                asked_meanwhile += 1
            await moving
            assert asked_meanwhile

    asyncio.run(write_on())
    assert held(server)["exchanges"].rows < held(filled)["exchanges"].rows


def test_what_holds_something_is_replaced_only_when_told(
    filled: Path, server: str, tmp_path: Path
) -> None:
    go(filled, server)
    next_id(filled)
    with pytest.raises(ConfigurationError, match="holds something already"):
        go(filled, server)
    assert held(server) != held(filled)
    assert go(filled, server, replace=True) == held(server) == held(filled)

    other = tmp_path / "other.db"
    go(server, other)
    with pytest.raises(ConfigurationError, match="is there already"):
        go(server, other)
    before = held(other)
    go(server, other, replace=True)
    (kept,) = tmp_path.glob("other.db.before-*")
    assert held(kept) == before


def test_nothing_is_moved_to_where_a_process_serves_or_from_nowhere(
    filled: Path, server: str, tmp_path: Path
) -> None:
    async def move_while_it_serves() -> None:
        async with await open_store(server, TurnedClock()) as store, store.database.serving():
            await asyncio.to_thread(go, filled, server)

    with pytest.raises(ConfigurationError, match="serves from the target"):
        asyncio.run(move_while_it_serves())
    with pytest.raises(StoreUnavailable, match="There is no database"):
        go(tmp_path / "nothing.db", server)
    with pytest.raises(ConfigurationError, match="is the database itself"):
        go(filled, filled)
    assert not any(content.rows for content in held(server).values())


def test_what_does_not_arrive_as_it_was_sent_is_not_there(
    filled: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = move_module._contents

    async def other(*arguments: object) -> Contents:
        contents = dict(await count(*arguments))  # type: ignore[arg-type]
        contents["notes"] = replace(contents["notes"], digest=5)
        return contents

    monkeypatch.setattr(move_module, "_contents", other)
    file = tmp_path / "other.db"
    for target in (server, file):
        with pytest.raises(StoreUnavailable, match=r"not what was sent \(notes\)"):
            go(filled, target)
    monkeypatch.undo()
    assert not any(content.rows for content in held(server).values())
    assert not file.exists()


def _move_in_process(source: str | Path, target: str | Path) -> None:
    go(source, target, replace=True)


def fatten(file: Path) -> None:
    """Enough rows that a kill falls in between."""

    async def add() -> None:
        async with (
            await open_store(file, TurnedClock()) as store,
            store.database.writing(PARIS) as session,
        ):
            note = {"question": "?", "text": "words " * 40, "author_name": "", "created": BEGIN}
            session.add_all(NoteRow(**note, author=None, retracted=False) for _ in range(4000))

    asyncio.run(add())


@pytest.mark.parametrize("back", [False, True])
def test_killed_in_between_it_is_whole_or_as_it_was(
    filled: Path, server: str, tmp_path: Path, back: bool
) -> None:
    fatten(filled)
    source: str | Path = filled
    target: str | Path = server
    started = time.monotonic()
    go(source, target)
    whole = held(filled)
    took = time.monotonic() - started
    if back:
        source, target = server, tmp_path / "back.db"
        go(source, target)
    before = held(target)
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("DELETE FROM notes WHERE id % 2 = 0 AND text LIKE 'words%'")
    if back:
        go(filled, server, replace=True)
    expected = held(filled)
    assert before == whole != expected
    points, forks = random.Random(6), multiprocessing.get_context("fork")
    for _ in range(KILLS):
        child = forks.Process(target=_move_in_process, args=(source, target))
        child.start()
        child.join(points.uniform(0, took))
        child.kill()
        child.join()
        assert held(target) in (before, expected)
    assert go(source, target, replace=True) == held(target) == expected
    assert next_id(target) == next_id(filled)


def test_a_backup_of_a_server_is_a_file_that_is_restored_on_either(
    filled: Path, server: str, tmp_path: Path
) -> None:
    go(filled, server)
    file, folder = tmp_path / "backup.db", tmp_path / "data"
    folder.mkdir()
    back_up_server(database_url(server), file)
    with pytest.raises(ConfigurationError, match="is there already"):
        back_up_server(database_url(server), file)
    next_id(server)
    later = held(server)
    kept = restore_server(file, database_url(server), folder, BEGIN)
    assert kept is not None
    assert held(server) == held(file) == held(filled)
    assert held(kept) == later
    (tmp_path / "words").write_text("words " * 99, "utf-8")
    with pytest.raises(ConfigurationError, match="can't be restored"):
        restore_server(tmp_path / "words", database_url(server), folder, BEGIN)
    assert held(server) == held(file)
