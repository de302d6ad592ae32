"""Which passage is meant: by its title or id; and completing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat.find import Choice, Noun, find_titled, titled_choices
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import question_line
from bot.core.models import Passage


async def _find(turn: Turn, typed: str) -> Passage:
    match = find_titled(await turn.services.passages(turn.alliance), typed)
    if isinstance(match, Passage):
        return match
    near = [question_line(passage.title) for passage in match]
    raise Refused(turn.say("passage_unknown", title=question_line(typed), near=near))


async def _complete(turn: Turn, typed: str) -> Sequence[Choice]:
    return titled_choices(await turn.services.passages(turn.alliance), typed)


AnyPassage = Annotated[Passage, Noun(_find, _complete)]
"""A passage of the library, or of the alliance's own."""
