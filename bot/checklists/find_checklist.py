"""Which checklist is meant: by its title or id; and completing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from bot.chat.find import Choice, Noun, Titled, find_titled, titled_choices
from bot.chat.turn import Turn
from bot.checklists.rules.records import RunHead
from bot.core.checklist import Checklist
from bot.core.errors import Refused
from bot.core.markup import question_line

T = TypeVar("T", bound=Titled)
_MOST = 100


@dataclass(frozen=True, slots=True)
class WalkedChecklist:
    """A checklist that somebody has runs of; it may be gone from the library."""

    id: str
    title: str


async def own_runs(turn: Turn) -> Sequence[RunHead]:
    """Somebody's runs, the one changed last first."""
    return await turn.store.checklists.runs(turn.alliance, owner=turn.person, limit=_MOST)


def _named(turn: Turn, known: Sequence[T], typed: str) -> T:
    match = find_titled(known, typed)
    if not isinstance(match, list):
        return match
    near = list(dict.fromkeys(question_line(checklist.title) for checklist in match))
    raise Refused(turn.say("checklist_unknown", name=question_line(typed), near=near))


async def _find(turn: Turn, typed: str) -> Checklist:
    return _named(turn, turn.library.checklists, typed)


async def _complete(turn: Turn, typed: str) -> Sequence[Choice]:
    return titled_choices(turn.library.checklists, typed)


async def _find_walked(turn: Turn, typed: str) -> Titled:
    known: list[Titled] = [*turn.library.checklists, *await _walked(turn)]
    return _named(turn, known, typed)


async def _complete_walked(turn: Turn, typed: str) -> Sequence[Choice]:
    return titled_choices(await _walked(turn), typed)


async def _walked(turn: Turn) -> list[WalkedChecklist]:
    """The checklists of somebody's runs, by the title that their newest run has."""
    newest = {head.checklist: head for head in reversed(await own_runs(turn))}
    return [WalkedChecklist(head.checklist, head.title) for head in newest.values()]


AnyChecklist = Annotated[Checklist, Noun(_find, _complete)]
"""A checklist of the library."""

OwnChecklist = Annotated[Titled, Noun(_find_walked, _complete_walked)]
"""A checklist of the library, or one that somebody has runs of."""
