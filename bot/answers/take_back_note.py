"""/guide note remove: taking a practice note back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from bot.answers.notes import note_id, note_number
from bot.chat.find import Choice, Noun, by_name, titled_choices
from bot.chat.flow import Scope, command
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import question_line
from bot.core.models import Passage, PassageKind

_NUMBER = re.compile(r"#?(\d{1,18})")


async def _notes(turn: Turn) -> list[Passage]:
    own = await turn.services.extras.passages(turn.alliance)
    return [passage for passage in own if passage.kind is PassageKind.NOTE]


async def _find(turn: Turn, typed: str) -> Passage:
    number = _NUMBER.fullmatch(typed.strip())
    note = by_name(await _notes(turn), note_id(int(number[1])) if number else typed)
    if note is None:
        raise Refused(turn.say("note_unknown", note=question_line(typed)))
    return note


async def _complete(turn: Turn, typed: str) -> Sequence[Choice]:
    return titled_choices(await _notes(turn), typed)


CurrentNote = Annotated[Passage, Noun(_find, _complete)]
"""A practice note, as the passage that it is cited as."""


@command("guide note remove", scope=Scope.SERVER, steward=True)
async def remove_note(turn: Turn, note: CurrentNote) -> Screen:
    """Take a note back."""
    answers, number = turn.store.answers, note_number(note.id)
    kept = await answers.note(turn.alliance, number)
    if kept is None or not await answers.retract_note(turn.alliance, number):
        raise Refused(turn.say("note_unknown", note=note.id))
    gaps = [await answers.open_gap(turn.alliance, gap) for gap in kept.gaps]
    return Screen(
        turn.say(
            "note_removed",
            note=note.id,
            title=question_line(note.title),
            gaps=sum(gap is not None for gap in gaps),
        )
    )
