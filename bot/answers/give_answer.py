"""Answering whoever asks where they ask: found, kept, shown, and noted where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.find_answer import Asked, exchange_screen, store_answer
from bot.answers.records import Exchange
from bot.chat.screen import Screen
from bot.chat.turn import Turn


async def give_answer(
    turn: Turn,
    question: str,
    *,
    heading: str = "",
    private: bool = False,
    previous: Exchange | None = None,
    context: Sequence[str] = (),
) -> None:
    """Answer a question where the answer of this turn stands.

    Args:
        turn: who asks, and where.
        question: as it was typed.
        heading: stands above the answer, ready to show.
        private: only whoever asks sees the answer; where others are, it may be shared.
        previous: what it follows up on.
        context: what it is read with where it follows up on nothing.

    Raises:
        GuideError: it can't be read as a question, or can't be answered now.
    """
    services, place = turn.services, turn.place
    asked = Asked(
        alliance=turn.alliance,
        channel=place.channel,
        person=turn.person,
        source=place.source,
        text=question,
        received=turn.now,
        thread=place.thread,
        private=private,
        previous=previous,
        context=tuple(context),
    )
    with services.postings.posting(place.here):
        if not services.answers.ready:
            await turn.show(Screen(turn.say("loading")))
        exchange = await store_answer(services, asked)
        shareable = private and not place.direct
        screen = await exchange_screen(
            services, exchange, turn.room, heading=heading, shareable=shareable
        )
        message = await turn.show(screen)
        await turn.store.answers.set_answer_message(turn.alliance, exchange.id, message)
