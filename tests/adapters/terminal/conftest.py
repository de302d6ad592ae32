"""A conversation with small flows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from bot import wiring
from bot.answers.ask import take_line
from bot.chat.flow import Flows
from bot.content.phrases import TemplatePhrases
from bot.core.models import Library
from bot.guide.coverage import Calibration
from bot.settings import Settings
from tests.adapters.terminal import small_flows
from tests.adapters.terminal.talk import Talk
from tests.adapters.terminal.walks import LIBRARY
from tests.conftest import OpenIndex
from tests.databases import migrated
from tests.discord.fakes import FakeGuide, FakeShelf
from tests.discord.steward import shelf_loader


@pytest.fixture(autouse=True, scope="session")
def plain_tracebacks() -> None:
    """By default tracebacks are printed with all locals: the whole library, for seconds."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    )


@pytest.fixture
async def small(
    settings: Settings,
    small_library: Library,
    phrases: TemplatePhrases,
    neutral: Calibration,
    tmp_path: Path,
) -> AsyncIterator[Talk]:
    """A person at the terminal who can do little."""
    content = wiring.Content(small_library, phrases, neutral)
    shelf = FakeShelf(FakeGuide(small_library))
    flows = Flows.of([small_flows])
    file = migrated(tmp_path / "guide.db")
    talk = Talk(file, settings, content, lambda: shelf, flows, small_flows.ask)
    await talk.starts()
    yield talk
    await talk.stops()


@pytest.fixture
async def terminal(
    settings: Settings,
    phrases: TemplatePhrases,
    neutral: Calibration,
    opened: OpenIndex,
    tmp_path: Path,
) -> AsyncIterator[Talk]:
    """A person at the terminal with everything there is, and a small library."""
    content = wiring.Content(LIBRARY, phrases, neutral)
    load = shelf_loader(LIBRARY, opened, neutral, phrases)
    file = migrated(tmp_path / "guide.db")
    talk = Talk(file, settings, content, load, wiring.flows(), take_line)
    await talk.starts()
    yield talk
    await talk.stops()
