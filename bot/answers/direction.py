"""One press on what was meant answers the question that the bot had asked back about."""

from __future__ import annotations

import dataclasses

from bot.answers.actions import DIRECTION
from bot.answers.answer_screen import record_of
from bot.answers.ask import kept_exchange
from bot.answers.find_answer import Asked, exchange_screen, find_answer
from bot.chat.flow import handles
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import question_line
from bot.core.pace import Cost


@handles(DIRECTION, cost=Cost.QUESTION)
async def meant(turn: Turn, exchange: int, number: int) -> Screen:
    """Answer in the place of the question back, for whoever asked."""
    kept = await kept_exchange(turn, exchange)
    if kept.person != turn.person:
        raise Refused(turn.say("direction_of_another"))
    offered = record_of(kept).ask_back
    if offered and not 1 <= number <= len(offered):
        raise Refused(turn.say("stale_button"))
    if offered:
        asked = Asked(
            alliance=kept.alliance,
            channel=kept.channel,
            person=kept.person,
            source=kept.source,
            text=kept.question,
            received=turn.now,
            private=kept.private,
            direction=offered[number - 1].passage,
        )
        question, outcome = await find_answer(turn.services, asked)
        answers = turn.store.answers
        await answers.revise_exchange(turn.alliance, exchange, question, outcome, grown=True)
        kept = dataclasses.replace(kept, question=question, outcome=outcome)
    return await exchange_screen(
        turn.services,
        kept,
        turn.room,
        heading=turn.say("asked", question=question_line(kept.question)),
        shareable=kept.private and not turn.place.direct,
    )
