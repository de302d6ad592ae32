"""A store in a fresh file, and the clock it runs by."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.databases import migrated
from tests.store.samples import TurnedClock


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "guide.db"


@pytest.fixture
async def store(file: Path, clock: TurnedClock) -> AsyncIterator[Store]:
    async with await open_store(migrated(file), clock) as opened:
        yield opened
