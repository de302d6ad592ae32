"""Which steps of a run are worth another look, told without judging anybody, pure."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.checklists.rules.run import StepAnswer
from bot.core.checklist import AnswerType, Step
from bot.core.text import content_words, words

_LOW_RATINGS = frozenset({"1", "2"})
_FEWEST_WORDS = 3
_DOUBT = re.compile(
    r"^[\s\W]*$|\b(tbd|tba|n/?a|no idea|not sure|unsure|unclear|unknown|(do|did)(n['’]?t| not) know"
    r"|can['’]?t say|hard to say|to be (decided|determined|defined))\b",
    re.IGNORECASE,
)
_BY_NAME = re.compile(r"\b(who|name|when|where|which|how (many|much|long|often))\b", re.IGNORECASE)


class WhyOpen(StrEnum):
    """Why a step is worth another look."""

    SKIPPED = "skipped"
    MISSING = "missing"
    LOW = "low"
    UNSURE = "unsure"
    SHORT = "short"
    NO_DAY = "no day"
    NO_PROMISE = "no promise"


def weakness(step: Step, answer: StepAnswer) -> tuple[WhyOpen, str] | None:
    """Why an answer is worth another look, and the words that show it; None for a good one.

    Only what can be told without judging: a low rating, doubt put in words, hardly a word to a
    question that asks for more than a name, a promise without a day.
    """
    given = answer.given
    reason: WhyOpen | None = None
    if step.type is AnswerType.RATING and given.value in _LOW_RATINGS:
        reason = WhyOpen.LOW
    elif step.type is AnswerType.TEXT:
        if _is_doubt(given.text):
            reason = WhyOpen.UNSURE
        elif (
            step.required
            and len(words(given.text)) < _FEWEST_WORDS
            and not _BY_NAME.search(step.question)
        ):
            reason = WhyOpen.SHORT
    if reason is None and step.commitment:
        if given.promise is None:
            reason = WhyOpen.NO_PROMISE
        elif given.promise.day is None:
            reason = WhyOpen.NO_DAY
    detail = given.value if reason is WhyOpen.LOW else given.text
    return (reason, detail) if reason else None


def _is_doubt(text: str) -> bool:
    """Whether hardly anything is said but that one doesn't know."""
    rest, doubts = _DOUBT.subn(" ", text)
    return doubts > 0 and len(content_words(rest)) < _FEWEST_WORDS
