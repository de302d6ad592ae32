"""A person at the terminal, and what they see."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from bot import resources, wiring
from bot.adapters.terminal.chat import Conversation
from bot.chat.flow import Call, Flows
from bot.guide.service import GuideShelf
from bot.index.worker import AnswerWorker, WorkerWords
from bot.services import Services
from bot.settings import Settings
from bot.store import Store, open_store

BEGINNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday
ZONE = ZoneInfo("America/Chicago")


class Clock:
    def __init__(self) -> None:
        self.now = BEGINNING

    def __call__(self) -> datetime:
        return self.now


class Talk:
    """A person at the terminal whose program can be killed and started again."""

    def __init__(
        self,
        file: Path,
        settings: Settings,
        content: resources.Content,
        load: Callable[[], GuideShelf],
        flows: Flows,
        ask: Call,
        name: str = "",
    ) -> None:
        self._name = name
        self._file, self._settings, self._load = file, settings, load
        self._flows, self._ask = flows, ask
        self.content = content
        self.clock = Clock()
        self._out = io.StringIO()
        self._worker: AnswerWorker | None = None
        self.store: Store
        self.services: Services
        self.conversation: Conversation

    async def starts(self) -> str:
        """Start the program, the one before being killed; what it shows first."""
        await self.stops()
        self.store = await open_store(self._file, self.clock)
        words = WorkerWords("Too many questions are waiting.", "Restarting.", "Broken.")
        self._worker = AnswerWorker(self._load, words)
        options = wiring.ServeOptions()
        made = wiring.make_services(self._settings, options, self.content, self.store, self._worker)
        self.services = replace(made, clock=self.clock, opportunity_cap=2)
        console = Console(file=self._out, width=200, highlight=False)
        self.conversation = Conversation(
            self.services, self._flows, self._ask, console, ZONE, self._name
        )
        await self.conversation.greet()
        return self._seen()

    async def stops(self) -> None:
        if self._worker is not None:
            await self._worker.stop(0)
            await self.store.close()
            self._worker = None

    async def says(self, *lines: str) -> str:
        """Type some lines; what the screen shows after the last, on one line."""
        for line in lines:
            self._seen()
            if self._worker is not None:
                self._worker.start()
            await self.conversation.take(line or self.conversation.begun)  # as a pipe does
        return self._seen()

    async def hears(self) -> str:
        """What has become due meanwhile."""
        await self.conversation.deliver()
        return self._seen()

    @property
    def prompt(self) -> str:
        return self.conversation.prompt

    def _seen(self) -> str:
        shown = " ".join(self._out.getvalue().split())
        self._out.seek(0)
        self._out.truncate()
        return shown


def write(name: str, text: str) -> None:
    """Put a file into the folder the person is in."""
    Path(name).write_text(text, "utf-8")


def written() -> dict[str, bytes]:
    """What lies in the folder the person is in."""
    return {file.name: file.read_bytes() for file in sorted(Path().iterdir())}
