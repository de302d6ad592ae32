"""*Helpful* and *Not helpful* under an answer; a form asks for a reason, the press counts anyhow."""

from __future__ import annotations

import asyncio

import structlog

from bot.answers.actions import HELPFUL, NOT_HELPFUL, REASON
from bot.answers.records import FeedbackChange
from bot.chat.flow import Where, handles, submits
from bot.chat.screen import Field, Form, Screen
from bot.chat.turn import Turn
from bot.core.errors import GuideError, Refused

REASON_LENGTH = 1000
_PRESS_SECONDS = 0.5
"""How long a form waits for the store before it opens."""
_log = structlog.get_logger()


@handles(HELPFUL, where=Where.BESIDE)
async def helpful(turn: Turn, exchange: int) -> Screen:
    """Keep that the answer helped."""
    change = await _keep(turn, exchange, helpful=True)
    return Screen(turn.say("feedback_helpful", change=str(change)))


@handles(NOT_HELPFUL, where=Where.BESIDE)
async def not_helpful(turn: Turn, exchange: int) -> Form:
    """Keep the press, then open the form, which knows what the press changed."""
    change = ""
    try:
        async with asyncio.timeout(_PRESS_SECONDS):
            change = str(await _keep(turn, exchange, helpful=False))
    except Refused:
        raise
    except (GuideError, TimeoutError) as error:  # sending the form keeps the same
        _log.warning("press_not_kept", kind=type(error).__name__)
    reason = Field(
        "reason",
        turn.say("label_reason"),
        hint=turn.say("reason_hint"),
        most=REASON_LENGTH,
        long=True,
    )
    return Form(turn.say("reason_title"), REASON(turn.alliance, exchange, change), (reason,))


@submits(REASON, where=Where.BESIDE)
async def reason_given(turn: Turn, exchange: int, change: str | None, *, reason: str) -> Screen:
    """Keep the reason."""
    reason = reason.strip()
    kept = await _keep(turn, exchange, helpful=False, reason=reason)
    words = turn.say("feedback_not_helpful", change=change or str(kept), reason=bool(reason))
    return Screen(words)


async def _keep(turn: Turn, exchange: int, *, helpful: bool, reason: str = "") -> FeedbackChange:
    """Keep what somebody thinks of an answer; what it changed.

    Raises:
        Refused: the answer is no longer kept.
    """
    change = await turn.store.answers.give_feedback(
        turn.alliance, exchange, turn.person, helpful=helpful, reason=reason[:REASON_LENGTH]
    )
    if change is FeedbackChange.NOT_KEPT:
        raise Refused(turn.say("answer_gone"))
    return change
