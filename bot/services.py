"""What handlers work with; put together in `bot.wiring`, held by `GuideClient.services`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.answers.gap_groups import Meanings, NoMeanings
from bot.answers.postings import Postings
from bot.answers.status import IndexFacts
from bot.checklists.rules.paper import Block
from bot.core.clock import Clock
from bot.core.locks import Locks
from bot.core.models import Library, Passage
from bot.core.pace import Pace
from bot.core.phrases import Phrases
from bot.core.text import content_words
from bot.guide.guide import Limits
from bot.guide.service import AnswerService, ExtraPassages, NoExtraPassages
from bot.opportunities.rules.matching import Stems
from bot.opportunities.rules.models import DEFAULT_CAP
from bot.opportunities.rules.report import Report
from bot.privacy.records import DEFAULT_DAYS_AFTER_REMOVAL
from bot.store import Store

_INQUIRIES, _INQUIRIES_WITHIN = 10, 3600.0
"""Questions about opportunities that one person may ask within so many seconds."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may use.

    Attributes:
        store: what is kept; the alliance comes first in every call.
        answers: answers questions, on the thread of the model.
        phrases: every word the bot says.
        library: the shared library; `extras` has what one alliance has beside it.
        clock: tells the time, aware and in UTC; handlers read no other.
        limits: what a question may be.
        data_dir: where the client keeps what it has to remember itself.
        pace: how many questions one person may ask.
        inquiries: how many about opportunities, which go to a thread and to whoever posted.
        due: set where something may be due to be delivered.
        version: the program's version.
        meanings: vectors of texts, to tell which questions ask the same.
        index: which index is searched; None while there is none.
        brief_pdf: lays out a paper with its title and time as a PDF, on whichever thread; None
            where there is no way to.
        report_chart: draws the report on opportunities as PNG with these words, on whichever thread;
            None where there is no way to.
        pause: waits so many seconds for what somebody may still write.
        locks: one thing after the other, by what it is about.
        postings: the answers that are being posted.
        stems: the stems of the words of a text.
        opportunity_cap: how many opportunities an organization may publish a day.
        kept_after_removal: how long an alliance's data stays once the bot is out of its server.
    """

    store: Store
    answers: AnswerService
    phrases: Phrases
    library: Library
    clock: Clock
    limits: Limits
    data_dir: Path
    version: str
    pace: Pace
    extras: ExtraPassages = field(default_factory=NoExtraPassages)
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    due: asyncio.Event = field(default_factory=asyncio.Event)
    meanings: Meanings = field(default_factory=NoMeanings)
    index: Callable[[], IndexFacts | None] = lambda: None
    brief_pdf: Callable[[Sequence[Block], str, datetime], bytes | None] = lambda *_: None
    report_chart: Callable[[Report, Mapping[str, str]], bytes | None] = lambda *_: None
    locks: Locks = field(default_factory=Locks)
    postings: Postings = field(default_factory=Postings)
    stems: Stems = lambda text: frozenset(content_words(text))
    opportunity_cap: int = DEFAULT_CAP
    kept_after_removal: timedelta = timedelta(days=DEFAULT_DAYS_AFTER_REMOVAL)
    inquiries: Pace = field(default_factory=lambda: Pace(_INQUIRIES, _INQUIRIES_WITHIN))

    def now(self) -> datetime:
        """The time."""
        return self.clock()

    async def passages(self, alliance: int) -> Sequence[Passage]:
        """Every passage an alliance can read: its own, then those of the library."""
        return (*await self.extras.passages(alliance), *self.library.passages)

    async def passage(self, alliance: int, passage: str) -> Passage | None:
        """A passage by its id; None if this alliance has none of that id."""
        if (shared := self.library.by_id.get(passage)) is not None:
            return shared
        own = await self.extras.passages(alliance)
        return next((one for one in own if one.id == passage), None)
