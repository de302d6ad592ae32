"""A loopback Discord, a store, and the bot in this process with a guide that needs no model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from bot import resources
from bot.content.phrases import TemplatePhrases
from bot.core.models import Library
from bot.guide.calibration import Calibration
from bot.settings import Settings
from bot.store import Store, open_store
from tests.conftest import OpenIndex
from tests.databases import migrated
from tests.discord.bench import Alliance, Bench, Now, alliance_of
from tests.discord.fakes import FakeGuide
from tests.discord.offers import board_of
from tests.discord.processes import LONG
from tests.discord.steward import shelf_loader, use_small_library
from tests.loopback import Channel, DiscordServer, Guild, ManualClock


@pytest.fixture(autouse=True, scope="session")
def plain_tracebacks() -> None:
    """By default tracebacks are printed with all locals: the whole library, for seconds."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ]
    )


@pytest.fixture(scope="session")
def content(library: Library, phrases: TemplatePhrases, neutral: Calibration) -> resources.Content:
    return resources.Content(library, phrases, neutral)


@pytest.fixture
async def server(request: pytest.FixtureRequest) -> AsyncIterator[DiscordServer]:
    """Discord; where `days_pass`, by a clock that only tests put forward."""
    by_hand = request.node.get_closest_marker("days_pass")
    async with DiscordServer(clock=ManualClock() if by_hand else None, within=LONG) as running:
        yield running
        running.assert_clean()


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.guild("Valley Alliance")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """The database of a bot that is a process of its own."""
    async with await open_store(tmp_path / "guide.db", Now()) as opened:
        yield opened


@pytest.fixture
async def bench(
    server: DiscordServer, settings: Settings, content: resources.Content, tmp_path: Path
) -> AsyncIterator[Bench]:
    clock = Now()
    async with await open_store(migrated(tmp_path / "guide.db"), clock) as store:
        guide = FakeGuide(content.library, content.phrases)
        yield Bench(server, store, settings, content, tmp_path, clock, guide)


@pytest.fixture
async def valley(bench: Bench) -> Alliance:
    return await alliance_of(bench, "Valley Alliance", ("Rosa", "Omar"))


@pytest.fixture
async def board(bench: Bench, valley: Alliance) -> Channel:
    """Valley's channel for opportunities."""
    return await board_of(bench.store, valley.guild)


@pytest.fixture
def small(
    bench: Bench,
    small_library: Library,
    opened: OpenIndex,
    neutral: Calibration,
    phrases: TemplatePhrases,
) -> Bench:
    """The bench with a guide over five passages, that takes up practice notes."""
    load = shelf_loader(small_library, opened, neutral, phrases)
    use_small_library(bench, load, small_library)
    return bench
