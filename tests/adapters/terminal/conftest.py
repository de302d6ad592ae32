"""The program as `python -m bot` runs it in this process, and conversations in it."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bot import resources, serve, wiring
from bot.__main__ import main
from bot.answers.ask import take_line
from bot.chat.flow import Flows
from bot.content.phrases import TemplatePhrases
from bot.core.models import Library
from bot.guide.calibration import Calibration
from bot.guide.guide import Guide
from bot.settings import Settings
from tests.adapters.terminal import small_flows
from tests.adapters.terminal.talk import Talk
from tests.adapters.terminal.walks import LIBRARY
from tests.conftest import OpenIndex
from tests.databases import migrated
from tests.discord.fakes import FakeGuide, FakeShelf
from tests.discord.steward import shelf_loader


@dataclass(frozen=True)
class Outcome:
    """How the program ended and what it said; `words` joins lines that were wrapped."""

    code: object
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def words(self) -> str:
        return " ".join((self.out + " " + self.err).split())


Run = Callable[..., Outcome]


class OneGuide:
    """One guide for all."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def guide(self, _: int) -> Guide:
        return self._guide


@pytest.fixture
def _own_logging() -> Iterator[None]:
    """What the program logs to is closed with its end; whatever comes next logs as before."""
    configured, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.configure(**configured)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], _own_logging: None
) -> Run:
    """Runs the program with some arguments and standard input."""

    def start(*arguments: str, stdin: bytes | Sequence[bytes] = b"") -> Outcome:
        given = stdin if isinstance(stdin, bytes) else b"\n".join(stdin)
        monkeypatch.setattr(sys, "argv", ["alliance-guide", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return start


@pytest.fixture
def ready(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Guide:
    """The program finds this guide ready, so that nothing has to be loaded."""
    monkeypatch.setattr(resources, "make_guide", lambda _settings: guide)
    monkeypatch.setattr(wiring, "load_shelf", lambda _settings: OneGuide(guide))
    monkeypatch.setattr(serve, "configure_logging", lambda *_: None)
    return guide


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
    content = resources.Content(small_library, phrases, neutral)
    shelf = FakeShelf(FakeGuide(small_library))
    flows = Flows.of([small_flows])
    file = migrated(tmp_path / "guide.db")
    talk = Talk(file, settings, content, lambda: shelf, flows, small_flows.ask)
    await talk.starts()
    yield talk
    await talk.stops()


@pytest.fixture
def make_talk(
    settings: Settings,
    phrases: TemplatePhrases,
    neutral: Calibration,
    opened: OpenIndex,
    tmp_path: Path,
) -> Callable[..., Talk]:
    """Makes a program with everything there is and a small library; all use the same database.

    Whoever sits there may have a name.
    """
    content = resources.Content(LIBRARY, phrases, neutral)
    load = shelf_loader(LIBRARY, opened, neutral, phrases)
    file = migrated(tmp_path / "guide.db")

    def make(name: str = "") -> Talk:
        return Talk(file, settings, content, load, wiring.flows(), take_line, name)

    return make


@pytest.fixture
async def terminal(make_talk: Callable[[], Talk]) -> AsyncIterator[Talk]:
    """A person at the terminal."""
    talk = make_talk()
    await talk.starts()
    yield talk
    await talk.stops()


@pytest.fixture
async def other(make_talk: Callable[[], Talk]) -> AsyncIterator[Talk]:
    """The same person at another terminal."""
    talk = make_talk()
    yield talk
    await talk.stops()
