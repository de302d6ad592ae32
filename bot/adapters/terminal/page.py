"""What only a terminal shows: an answer alone, the documents, how things stand at the start."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.adapters.terminal.draw import ROOM, draw
from bot.adapters.terminal.markup import Reader
from bot.answers.answer_screen import answer_screen
from bot.chat.turn import Turn
from bot.checklists.rules.run import Status
from bot.core.alliance import AT_TERMINAL
from bot.core.markup import clip
from bot.core.models import Library
from bot.core.phrases import Phrases
from bot.guide.contract import AnswerRecord

_MOST_RUNS = 3


def answer_page(answer: AnswerRecord, library: Library, phrases: Phrases) -> RenderableType:
    """An answer outside a conversation."""
    reader = Reader(phrases, ZoneInfo("UTC"), datetime.now(UTC), AT_TERMINAL)
    return draw(answer_screen(answer, library, phrases.say, ROOM), reader)


def sources_page(library: Library, phrases: Phrases) -> RenderableType:
    """The documents, with what is not known about them."""
    counts = Counter(passage.document.id for passage in library.passages)
    table = Table.grid(padding=(0, 2, 1, 0))
    for document in library.documents:
        line = phrases.say(
            "document_line",
            title=document.title,
            authors=document.authors,
            publisher=document.publisher,
            year=document.year,
            passages=counts[document.id],
            note=document.note,
        )
        table.add_row(Text(document.id, "cyan"), Text(line))
    return table


async def greeting(turn: Turn) -> AsyncIterator[str]:
    """What is due, and what is under way."""
    settings = await turn.store.people.person_settings(turn.alliance, turn.person)
    today = turn.now.astimezone(settings.zone).date()
    for commitment in await turn.store.checklists.commitments(turn.alliance, person=turn.person):
        if commitment.day is not None and commitment.day <= today:
            late = commitment.day if commitment.day < today else None
            what, who = clip(commitment.what), clip(commitment.who)
            yield turn.say("terminal_due", id=commitment.id, what=what, who=who, late=late)
    runs = await turn.store.checklists.runs(
        turn.alliance, owner=turn.person, statuses=(Status.OPEN,), limit=_MOST_RUNS
    )
    for run in runs:
        yield turn.say("run_under_way", title=clip(run.title), id=run.id)
