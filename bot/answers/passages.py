"""Reading passages in full, and finding cases: /passage, *Read a passage*, /cases."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.actions import READ_PASSAGE
from bot.answers.find_passage import AnyPassage
from bot.answers.passage_screen import cases_screen, passage_screens
from bot.chat.flow import Where, command, handles
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.models import PassageKind
from bot.core.pace import Cost
from bot.guide.guide import read_question

_MOST_CASES = 4


@command("passage", cost=Cost.LOOKUP)
async def passage(turn: Turn, title: AnyPassage) -> None:
    """Show a passage."""
    await turn.show_all(passage_screens(title, turn.say, turn.room))


@handles(READ_PASSAGE, where=Where.BESIDE, cost=Cost.LOOKUP)
async def passage_picked(turn: Turn, picked: Sequence[str]) -> None:
    """Show the passage that was picked under an answer, at a step, in a brief."""
    passage = await turn.services.passage(turn.alliance, picked[0])
    if passage is None:
        raise Refused(turn.say("passage_gone"))
    await turn.show_all(passage_screens(passage, turn.say, turn.room))


@command("cases", cost=Cost.QUESTION)
async def cases(turn: Turn, query: str) -> Screen:
    """Show the cases that come nearest to a circumstance."""
    question = read_question(query, (), turn.services.limits)
    nearest = await turn.services.answers.search(
        turn.alliance, question, PassageKind.CASE, _MOST_CASES
    )
    return cases_screen(question.text, nearest, turn.say, turn.alliance)
