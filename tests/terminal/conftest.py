"""Running the program as `python -m bot` does, in this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import wiring
from bot.__main__ import main
from bot.content.phrases import TemplatePhrases
from bot.guide.guide import Guide
from tests.conftest import MakeGuide

from .walks import LIBRARY, Terminal


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


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
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
    monkeypatch.setattr(wiring, "make_guide", lambda _settings: guide)
    return guide


@pytest.fixture
def terminal(make_guide: MakeGuide, phrases: TemplatePhrases, tmp_path: Path) -> Iterator[Terminal]:
    """A person at the terminal, with a small library."""
    one = Terminal(make_guide(LIBRARY), phrases, tmp_path)
    yield one
    one.ends()
