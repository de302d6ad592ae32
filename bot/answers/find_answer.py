"""From a question to a stored exchange and the screen that shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.answers.answer_screen import answer_screen, record_of
from bot.answers.marks import as_marked
from bot.answers.own_words import breaks_off
from bot.answers.records import AnswerOutcome, Borrowed, Exchange, MarkedAnswer, NewExchange
from bot.chat.screen import Screen
from bot.chat.turn import Context
from bot.core.alliance import NO_ALLIANCE
from bot.core.errors import Refused
from bot.core.markup import question_line
from bot.core.models import AboutBotAnswer, Answer, NotCovered
from bot.guide.contract import record as recorded
from bot.guide.guide import read_question
from bot.opportunities.mention import mention
from bot.services import Services


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks what, where.

    Attributes:
        alliance: whom the answer is for.
        channel: the channel, or a thread's parent.
        source: the message or interaction.
        previous: what it follows up on.
        received: when the bot heard of it.
        context: what it is read with where it follows up on nothing.
        heading: stands above the answer, ready to show.
        lacking: why there is nothing to answer, ready to show; empty where there is something.
        borrowed: what others wrote, and stands in the text.
        overheard: it was said to nobody in particular, where questions are answered.
        direction: the id of the passage that is meant, where the bot had asked back.
    """

    alliance: int
    channel: int
    person: int
    source: int
    text: str
    received: datetime
    thread: int | None = None
    private: bool = False
    previous: Exchange | None = None
    context: tuple[str, ...] = ()
    heading: str = ""
    lacking: str = ""
    borrowed: tuple[Borrowed, ...] = ()
    overheard: bool = False
    direction: str = ""


class NotForBot(Exception):
    """What was overheard is said among people: it gets no answer."""


async def find_answer(services: Services, asked: Asked) -> tuple[str, AnswerOutcome]:
    """Answer a question: its text in normal form, and the outcome.

    What a steward marked as wrong is kept back, until a practice note mends it.

    Raises:
        GuideError: it can't be read as a question, or can't be answered now.
        NotForBot: it was overheard, and is said among people.
    """
    if asked.lacking:
        raise Refused(asked.lacking)
    history = asked.context
    if asked.previous is not None:
        history = await services.store.answers.history(
            asked.alliance, asked.previous.id, services.limits.history_turns
        )
    question = read_question(asked.text, history, services.limits)
    question = replace(question, overheard=asked.previous is None)
    question = replace(question, direction=asked.direction)
    answer = await services.answers.answer(asked.alliance, question)
    if asked.overheard and isinstance(answer, NotCovered) and answer.smalltalk:
        raise NotForBot
    if asked.overheard and isinstance(answer, AboutBotAnswer):
        kind = services.library.about_bot.by_id.get(answer.kind)
        if kind is None or not kind.overheard:
            raise NotForBot
    answer, marked = await as_marked(services, asked.alliance, question, answer)
    return question.text, _outcome(services, asked, answer, marked)


async def store_answer(services: Services, asked: Asked) -> Exchange:
    """Answer a question and keep both.

    Raises:
        GuideError: see `find_answer`; also when the store can't be used, or whoever asked was
            forgotten meanwhile.
        Refused: it is half a sentence and not covered, which is no gap in the library.
    """
    question, outcome = await find_answer(services, asked)
    if not outcome.answered and breaks_off(question):
        raise Refused(services.phrases.say("broken_off", question=question_line(question)))
    return await services.store.answers.add_exchange(
        asked.alliance,
        NewExchange(
            channel=asked.channel,
            person=asked.person,
            source=asked.source,
            question=question,
            outcome=outcome,
            thread=asked.thread,
            private=asked.private,
            previous=asked.previous.id if asked.previous else None,
            received=asked.received,
            borrowed=asked.borrowed,
        ),
    )


async def exchange_screen(
    services: Services,
    exchange: Exchange,
    room: int,
    *,
    heading: str = "",
    shareable: bool = False,
) -> Screen:
    """The screen of a new answer: with a line about open opportunities that fit the question.

    Who asked privately is told who else reads what the library doesn't cover.
    """
    foot, record = "", record_of(exchange)
    if record.about_bot is not None:
        return answer_screen(record, services.library, services.phrases.say, room, heading=heading)
    if record.ask_back:
        known = (exchange.alliance, exchange.id)
        say = services.phrases.say
        return answer_screen(record, services.library, say, room, exchange=known, heading=heading)
    if exchange.outcome.answered:
        context = Context(services, exchange.alliance, "", room)
        foot = await mention(context, exchange.question)
    elif exchange.private or exchange.channel == exchange.thread:
        foot = services.phrases.say("private_gap") if exchange.alliance != NO_ALLIANCE else ""
    return answer_screen(
        record,
        services.library,
        services.phrases.say,
        room,
        exchange=(exchange.alliance, exchange.id),
        heading=heading,
        foot=foot,
        shareable=shareable,
        found_helpful=exchange.outcome.same_as is not None,
    )


def _outcome(
    services: Services, asked: Asked, answer: Answer, marked: MarkedAnswer | None
) -> AnswerOutcome:
    elapsed = (services.now() - asked.received).total_seconds() * 1000
    kept = recorded(answer, str(asked.source), max(elapsed, 0.0))
    return AnswerOutcome(
        answered=kept.answered or kept.about_bot is not None or bool(kept.ask_back),
        confidence=kept.confidence,
        latency_ms=kept.elapsed_ms,
        passages=tuple(citation.passage for citation in kept.citations),
        record=kept.model_dump(mode="json"),
        same_as=marked.exchange if marked else None,
    )
