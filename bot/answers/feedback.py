"""*Helpful* and *Not helpful* under an answer; a form asks for a reason, the press counts anyhow.

What a steward finds helpful shows so when it comes again; what not, a steward may keep from coming.
"""

from __future__ import annotations

import asyncio

import structlog

from bot.answers.actions import HELPFUL, KEEP_BACK, LET_COME, NOT_HELPFUL, REASON
from bot.answers.records import FeedbackChange, GapReason
from bot.chat.flow import Where, handles, submits
from bot.chat.screen import Button, Field, Form, Row, Screen, Style
from bot.chat.turn import Turn
from bot.core.alliance import NO_ALLIANCE
from bot.core.errors import GuideError, Refused

REASON_LENGTH = 1000
_PRESS_SECONDS = 0.5
"""How long a form waits for the store before it opens."""
_log = structlog.get_logger()


@handles(HELPFUL, where=Where.BESIDE)
async def helpful(turn: Turn, exchange: int) -> Screen:
    """Keep that the answer helped."""
    change = await _keep(turn, exchange, helpful=True)
    shows = await _is_steward(turn) and await turn.store.marks.set_good(
        turn.alliance, exchange, good=True
    )
    return Screen(turn.say("feedback_helpful", change=str(change), shows=shows))


@handles(NOT_HELPFUL, where=Where.BESIDE)
async def not_helpful(turn: Turn, exchange: int) -> Form:
    """Keep the press, then open the form, which knows what the press changed."""
    change = ""
    try:
        async with asyncio.timeout(_PRESS_SECONDS):
            change = str(await _keep_unhelpful(turn, exchange))
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
    """Keep the reason; a steward may keep the answer from coming again."""
    reason = reason.strip()
    kept = await _keep_unhelpful(turn, exchange, reason)
    words = turn.say("feedback_not_helpful", change=change or str(kept), reason=bool(reason))
    rows: list[Row] = []
    if await _is_steward(turn):
        gap = await turn.store.answers.open_gap(turn.alliance, exchange)
        if gap is not None and gap.reason is GapReason.NOT_HELPFUL:
            keep_back = KEEP_BACK(turn.alliance, exchange)
            rows.append([Button(turn.say("label_keep_back"), keep_back, Style.DANGER)])
    return Screen(words, rows=rows)


@handles(KEEP_BACK, steward=True)
async def answer_kept_back(turn: Turn, exchange: int) -> Screen:
    """Keep an answer from coming again."""
    if await turn.store.answers.exchange(turn.alliance, exchange) is None:
        raise Refused(turn.say("answer_gone"))
    if await turn.store.answers.open_gap(turn.alliance, exchange) is None:
        raise Refused(turn.say("keep_back_mended"))
    change = await turn.store.marks.keep_back(turn.alliance, exchange)
    if change is FeedbackChange.NOT_KEPT:
        raise Refused(turn.say("stale_button"))
    days = (await turn.store.alliances.settings(turn.alliance)).retention_days
    words = turn.say("answer_kept_back", again=change is FeedbackChange.SAME, days=days)
    let_come = Button(turn.say("label_let_come", number=None), LET_COME(turn.alliance, exchange))
    return Screen(words, rows=[[let_come]])


@handles(LET_COME, steward=True, where=Where.BESIDE)
async def answer_let_come(turn: Turn, exchange: int) -> Screen:
    """Let an answer come again that was kept back."""
    if await turn.store.marks.let_come(turn.alliance, exchange):
        return Screen(turn.say("answer_let_come"))
    if await turn.store.answers.exchange(turn.alliance, exchange) is None:
        raise Refused(turn.say("answer_gone"))
    return Screen(turn.say("answer_comes_already"))


async def _is_steward(turn: Turn) -> bool:
    """Whether a steward of the alliance that the answer is for presses."""
    return turn.alliance != NO_ALLIANCE and await turn.is_steward()


async def _keep_unhelpful(turn: Turn, exchange: int, reason: str = "") -> FeedbackChange:
    """Keep that an answer did not help; found so by a steward, it shows as good no more."""
    change = await _keep(turn, exchange, helpful=False, reason=reason)
    if await _is_steward(turn):
        await turn.store.marks.set_good(turn.alliance, exchange, good=False)
    return change


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
