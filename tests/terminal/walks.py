"""A person who walks through checklists at the terminal."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.terminal.board import Board, Understanding
from bot.terminal.chat import Conversation
from bot.terminal.checklists import Checklists
from bot.terminal.ledger import Ledger
from bot.terminal.opportunities import Opportunities
from rich.console import Console, RenderableType

from bot.content.phrases import TemplatePhrases
from bot.core.checklist import NO, AnswerType, Checklist, Condition, Step
from bot.core.models import Library
from bot.core.zones import Zones
from bot.guide.guide import Guide
from bot.index.alliance_guides import RememberingEncoder
from bot.index.stems import stems
from bot.store import Store, open_store
from tests.conftest import SMALL, make_checklist, make_library
from tests.databases import migrated

BEGINNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday
WHO, WEIGHT, DAY, RATE = "Who answers for it?", "How heavy is it?", "When?", "How good is it?"
PROMISE = "What will you do?"


def a_step(id_: str, question: str, kind: AnswerType = AnswerType.TEXT, **more: object) -> Step:
    given = {"required": True, **more}
    return Step(id_, question, f"{question} matters.", ("share-credit",), type=kind, **given)  # type: ignore[arg-type]


SPONSOR = Checklist(
    "sponsor-check",
    2,
    "Settle it at home",
    "To settle it.",
    "Leaders",
    "share-credit",
    10,
    (
        a_step("who", WHO),
        a_step("champion", "Is there a champion?", AnswerType.YES_NO),
        a_step("win", "Who could it be?", when=Condition("champion", (NO,))),
        a_step("weight", WEIGHT, AnswerType.CHOICE, choices=("Light", "Heavy"), required=False),
        a_step("rate", RATE, AnswerType.RATING, required=False),
        a_step("day", DAY, AnswerType.DATE, required=False),
        a_step("promise", PROMISE, commitment=True),
    ),
)
LIBRARY = make_library(
    SMALL, (SPONSOR, make_checklist("money-check", "pay-training", "Who pays the bill?"))
)


class Clock:
    def __init__(self) -> None:
        self.now = BEGINNING

    def __call__(self) -> datetime:
        return self.now


class Terminal:
    """A person at the terminal whose program can be killed and started again."""

    def __init__(self, guide: Guide, phrases: TemplatePhrases, folder: Path) -> None:
        self._guide = guide
        self._phrases = phrases
        self._file = migrated(folder / "guide.db")
        self._runner = asyncio.Runner()
        self._store: Store | None = None
        self.clock = Clock()
        self.greeting = ""
        self.starts()

    def starts(self, library: Library | None = None) -> None:
        """Start the program, the one before being killed."""
        self.stops()
        self._store = self._runner.run(open_store(self._file, self.clock))
        self.ledger = Ledger(self._store, self._runner, self.clock, ZoneInfo("America/Chicago"))
        library = library or self._guide.library
        checklists = Checklists(self.ledger, library, self._phrases)
        meanings = RememberingEncoder(self._guide.encoder).encode
        understanding = Understanding(stems, meanings, ("trust", "credit", "money"))
        board = Board(self.ledger, understanding, cap=2)
        opportunities = Opportunities(board, self._phrases, Zones())
        self.conversation = Conversation(self._guide, checklists, opportunities)
        self.greeting = screen(self.conversation.greeting())

    def stops(self) -> None:
        if self._store is not None:
            self._runner.run(self._store.close())
            self._store = None

    def ends(self) -> None:
        self.stops()
        self._runner.close()

    def says(self, *lines: str) -> str:
        """Type some lines; what the screen shows after the last."""
        shown = ""
        for line in lines:
            shown = screen(self.conversation.respond(line))
        return shown

    def is_reminded(self) -> str:
        return screen(self.conversation.reminders())


def screen(shown: RenderableType | None) -> str:
    console = Console(file=io.StringIO(), width=200)
    if shown is not None:
        console.print(shown)
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


START = "/checklist start sponsor-check"
THROUGH = (START, "Ann", "yes", "1", "4", "next Friday")
PROMISED = (*THROUGH, "I call Ann", "", "Bo", "tomorrow")

FORM = ("/opportunity post", "1", "Welding seats", "Ten paid seats in a welding course.", "")
LINK = "https://college.example.org/apply"
PREVIEWED = (*FORM, "next Friday 5pm", LINK)
POSTED = (*PREVIEWED, "post")
FRIDAY = "Friday, November 27, 2026, 5:00 PM (America/Chicago)"
