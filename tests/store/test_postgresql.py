"""What is PostgreSQL's own: the tables there, locks, a server that stops, who serves."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.adapters.terminal import doctor
from bot.answers.records import AnswerOutcome
from bot.core.errors import ConfigurationError
from bot.database.migrate import NEWEST
from bot.database.tables import Base
from bot.settings import Settings
from bot.store import Store, StoreUnavailable, open_store
from tests import postgres
from tests.store.samples import BEGIN, OSLO, PARIS, TurnedClock, asked


@pytest.fixture
def name(tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if reason := postgres.missing():
        pytest.skip(reason)
    made = postgres.name_for(tmp_path)
    postgres.made_empty(made)
    yield made
    postgres.dropped([made])


@pytest.fixture
def url(name: str) -> str:
    return postgres.url_of(postgres.server(), name)


async def test_models_and_migrations_agree(name: str, url: str, clock: TurnedClock) -> None:
    async with await open_store(url, clock):
        pass

    def differences(connection: sa.Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))

    assert postgres.done_in(name, differences) == []


def _open(barrier: Any, url: str) -> None:
    async def go() -> None:
        barrier.wait()
        async with await open_store(url, TurnedClock()) as store:
            await store.alliances.claim(PARIS, 1)

    asyncio.run(go())


def test_processes_that_start_at_once_migrate_once(name: str, url: str) -> None:
    forks = multiprocessing.get_context("fork")
    barrier = forks.Barrier(3)
    children = [forks.Process(target=_open, args=(barrier, url)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert postgres.told(name, "SELECT version_num FROM alembic_version") == [[(NEWEST,)]]
    assert postgres.told(name, "SELECT count(*) FROM events") == [[(1,)]]


async def test_a_database_of_a_newer_version_is_left_alone(
    name: str, url: str, clock: TurnedClock
) -> None:
    async with await open_store(url, clock):
        pass
    postgres.told(name, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match="newer version"):
        await open_store(url, clock)


async def test_who_writes_for_an_alliance_keeps_only_its_writers_waiting(
    url: str, clock: TurnedClock
) -> None:
    async with (
        await open_store(url, clock) as store,
        await open_store(url, clock, patience=0.1) as impatient,
        store.database.writing(PARIS),
    ):
        begun = time.monotonic()
        with pytest.raises(StoreUnavailable, match="locked by another program"):
            await impatient.answers.add_exchange(PARIS, asked())
        assert time.monotonic() - begun < 3
        assert await impatient.answers.add_exchange(OSLO, asked())
        assert await impatient.answers.exchange_by_source(PARIS, 21) is None  # readers don't wait


async def test_a_reader_sees_one_state(url: str, clock: TurnedClock) -> None:
    async with (
        await open_store(url, clock) as store,
        store.database.reading_everywhere() as session,
    ):
        count = sa.text("SELECT count(*) FROM exchanges")
        assert await session.scalar(count) == 0
        await store.answers.add_exchange(PARIS, asked())
        assert await session.scalar(count) == 0
        with pytest.raises(sa.exc.DBAPIError, match="read-only"):
            await session.execute(sa.text("DELETE FROM exchanges"))


async def test_a_connection_that_is_cut_is_told_in_a_sentence_and_made_anew(
    url: str, clock: TurnedClock
) -> None:
    async def cut(store: Store) -> None:
        async with store.database.writing_everywhere() as session:
            await session.scalar(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    async with await open_store(url, clock) as store:
        with pytest.raises(StoreUnavailable, match="can't be used") as caught:
            await cut(store)
        assert "data folder" not in str(caught.value)
        assert await store.alliances.claim(PARIS, 1)


async def test_a_server_that_is_not_there_is_told_without_the_password(clock: TurnedClock) -> None:
    place = "postgresql://ana:secret@127.0.0.1:9/guide"
    with pytest.raises(StoreUnavailable, match="whether PostgreSQL runs there") as caught:
        await open_store(place, clock, patience=1)
    assert "secret" not in str(caught.value)


async def test_one_process_serves_from_a_database(url: str, clock: TurnedClock) -> None:
    async with await open_store(url, clock) as first, await open_store(url, clock) as second:
        async with first.database.serving():
            with pytest.raises(ConfigurationError, match="Another process serves"):
                async with second.database.serving():
                    pass
        async with second.database.serving():
            pass


async def test_what_json_can_say_and_the_server_cannot_keep_is_left_out(
    url: str, clock: TurnedClock
) -> None:
    text = "a\0b\ud800 \\u0000"
    odd = AnswerOutcome(True, 0.5, 1.0, ("trust",), {"answer": text, "about_bot": "hello"})
    async with await open_store(url, clock) as store:
        stored = await store.answers.add_exchange(PARIS, asked(text, outcome=odd, thread=5))
        assert stored.question == stored.outcome.record["answer"] == "ab? \\u0000"
        assert await store.answers.last_exchange_in_thread(PARIS, 5) is None
    assert stored.created == BEGIN


def test_doctor_says_which_database_it_is_and_whether_it_answers(
    settings: Settings, url: str
) -> None:
    def said(place: str) -> tuple[bool, str]:
        own = settings.model_copy(update={"database_url": place, "discord_token": None})
        (found, *_) = doctor._database(own)
        return found.good, found.says

    good, says = said(url)
    assert good
    assert says.startswith("postgresql+asyncpg://guide@/")
    assert "reachable, PostgreSQL 1" in says
    assert says.endswith("no tables yet; `run` makes them")
    asyncio.run(_make_tables(url))
    good, says = said(url)
    assert good
    assert says.endswith(f"revision {NEWEST}")
    good, says = said("postgresql://ana:secret@127.0.0.1:9/guide")
    assert not good
    assert "whether PostgreSQL runs there" in says
    assert "secret" not in says


async def _make_tables(url: str) -> None:
    async with await open_store(url, TurnedClock()):
        pass
