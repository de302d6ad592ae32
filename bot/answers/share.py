"""*Share with channel*: posting a private answer where it was asked, with who shared it, once."""

from __future__ import annotations

from bot.answers.actions import SHARE_ANSWER
from bot.answers.answer_screen import answer_screen, record_of
from bot.answers.ask import kept_exchange
from bot.chat.flow import Where, handles
from bot.chat.screen import Screen
from bot.chat.turn import NotPosted, Turn
from bot.core.errors import Refused
from bot.core.markup import NAME, clip, question_line


@handles(SHARE_ANSWER, where=Where.BESIDE)
async def answer_shared(turn: Turn, exchange: int) -> Screen:
    """Post it, for whoever asked."""
    kept = await kept_exchange(turn, exchange)
    if kept.person != turn.person:
        raise Refused(turn.say("stale_button"))
    await turn.surface.require_post(None)
    question = question_line(kept.question)
    heading = turn.say("shared_by", name=clip(turn.name, NAME), question=question)
    screen = answer_screen(
        record_of(kept),
        turn.library,
        turn.say,
        turn.room,
        exchange=(turn.alliance, exchange),
        heading=heading,
        found_helpful=kept.outcome.same_as is not None,
    )
    answers = turn.store.answers
    # Marked before it is posted: whatever happens in between, it is never posted twice.
    if not await answers.mark_shared(turn.alliance, exchange):
        raise Refused(turn.say("share_twice"))
    with turn.services.postings.posting(turn.place.here):
        try:
            message = await turn.surface.post(screen, None, f"share{exchange}")
        except (NotPosted, Refused):
            await answers.unmark_shared(turn.alliance, exchange)
            raise
        await answers.set_answer_message(turn.alliance, exchange, message)
    return Screen(turn.say("share_done"))
