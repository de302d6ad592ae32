"""Asking: /ask, a line written directly, and *Read on* under a long answer."""

from __future__ import annotations

from bot.answers.actions import READ_ON
from bot.answers.answer_screen import record_of, rest_of_answer
from bot.answers.cited_source import source_wished
from bot.answers.give_answer import give_answer
from bot.answers.read_source import source_screens
from bot.answers.records import Exchange
from bot.chat.flow import Where, command, handles
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import question_line
from bot.core.pace import Cost
from bot.guide.query import leans_on_earlier


@command("ask", private_if="private", cost=Cost.QUESTION, once=True, elsewhere=True)
async def ask(turn: Turn, question: str, private: bool = False) -> None:  # noqa: FBT001
    """Answer a question."""
    heading = turn.say("asked", question=question_line(question))
    await give_answer(turn, question, heading=heading, private=private)


async def take_line(turn: Turn, text: str) -> None:
    """Answer what somebody wrote directly; it may follow up on what was asked here before."""
    previous = None
    if turn.place.thread is not None and (leans_on_earlier(text) or source_wished(text)):
        answers = turn.store.answers
        previous = await answers.last_exchange_in_thread(turn.alliance, turn.place.thread)
    if screens := await source_screens(turn.services, text, previous, turn.room):
        await turn.show_all(screens)
    else:
        await give_answer(turn, text, previous=previous)


@handles(READ_ON, where=Where.BESIDE)
async def read_on(turn: Turn, exchange: int) -> None:
    """Show what did not fit."""
    record = record_of(await kept_exchange(turn, exchange))
    await turn.show_all(rest_of_answer(record, turn.library, turn.say, turn.room))


async def kept_exchange(turn: Turn, exchange: int) -> Exchange:
    """An exchange under which something is pressed.

    Raises:
        Refused: it is no longer kept.
    """
    kept = await turn.store.answers.exchange(turn.alliance, exchange)
    if kept is None:
        raise Refused(turn.say("answer_gone"))
    return kept
