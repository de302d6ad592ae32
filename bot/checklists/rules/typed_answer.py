"""From what a person typed to an answer; what can't be taken says why, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process, utils

from bot.checklists.rules.run import AnswerValue, Promise
from bot.core.checklist import NO, RATINGS, YES, AnswerType, Step
from bot.core.dates import Day, Past, TooFar, Unclear, read_date
from bot.core.phrases import Phrases
from bot.core.text import words
from bot.core.zones import BUILT_IN, Zones

MOST_CHARACTERS = 4000
"""Of an answer; what a form can hold."""

_CLOSE, _NEAR = 90, 60
_YES = frozenset(words("yes y yeah yep yup sure true correct absolutely definitely"))
_NO = frozenset(words("no n nope nah false"))
_NO_ANSWER = re.compile(
    r"no (idea|clue|one knows|opinion|answer|comment|doubt|question|way to)\b"
    r"|(yes|y|no|n) ?(and|or|&|/) ?(yes|y|no|n)\b",
    re.IGNORECASE,
)
_DENIALS = frozenset(words("no not never none nothing neither nor without hardly"))
_OUT_OF_FIVE = re.compile(r" ?(/|(out )?of) ?5$")
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}


class Trouble(StrEnum):
    """Why something typed is no answer to a step."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    NO_SUCH_CHOICE = "no such choice"
    NOT_YES_OR_NO = "not yes or no"
    NOT_A_RATING = "not a rating"
    DATE_UNCLEAR = "date unclear"
    DATE_SEVERAL = "date several"
    DATE_PAST = "date past"
    DATE_FAR = "date far"
    PROMISE_WITHOUT_WHAT = "promise without what"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What was typed is no answer.

    Attributes:
        near: choices it may have meant.
        days: days it may have meant; `field` is where they stand in what was typed.
    """

    trouble: Trouble
    near: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of an answer form, exactly as typed."""

    text: str
    what: str = ""
    who: str = ""
    by_when: str = ""


def read_answer(
    step: Step, typed: Typed, now: datetime, zone: ZoneInfo | None, zones: Zones = BUILT_IN
) -> AnswerValue | NotTaken:
    """The answer to a step; for `zone` and `zones` see `read_date`.

    Where a step asks for a commitment and only that was filled in, it is the answer as well.
    """
    promise = read_promise(typed, now, zone, zones) if step.commitment else None
    if isinstance(promise, NotTaken):
        return promise
    text = typed.text
    if not _visible(text) and promise is not None:
        text = promise.what
    if not _visible(text):
        return NotTaken(Trouble.EMPTY)
    if len(text) > MOST_CHARACTERS:
        return NotTaken(Trouble.TOO_LONG)
    value = _value(step, text, lambda said: read_day(said, now, zone, zones))
    return value if isinstance(value, NotTaken) else AnswerValue(text, value, promise)


def option_label(step: Step, option: str, phrases: Phrases) -> str:
    """An answer to pick from, as a person reads it."""
    words = {YES: "option_yes", NO: "option_no"} if step.type is AnswerType.YES_NO else {}
    return phrases.say(words[option]) if option in words else option


def read_promise(
    typed: Typed, now: datetime, zone: ZoneInfo | None, zones: Zones = BUILT_IN
) -> Promise | NotTaken | None:
    """The commitment that was given: None for none."""
    what, who, by_when = (text.strip() for text in (typed.what, typed.who, typed.by_when))
    if not (what or who or by_when):
        return None
    if not what:
        what = typed.text.strip()
    if not what:
        return NotTaken(Trouble.PROMISE_WITHOUT_WHAT)
    if not by_when:
        return Promise(what, who)
    day = read_day(by_when, now, zone, zones)
    if isinstance(day, NotTaken):
        return replace(day, field="by_when")
    return Promise(what, who, day)


def read_day(
    text: str, now: datetime, zone: ZoneInfo | None, zones: Zones = BUILT_IN
) -> date | NotTaken:
    """The day that was typed; at what hour of it says nothing here."""
    read = read_date(text, now, zone, zones)
    if isinstance(read, Day):
        return read.date
    if isinstance(read, Unclear) and read.readings:
        days = tuple(dict.fromkeys(reading.date for reading in read.readings))
        return days[0] if len(days) == 1 else NotTaken(Trouble.DATE_SEVERAL, days=days)
    if isinstance(read, Past):
        return NotTaken(Trouble.DATE_PAST)
    return NotTaken(Trouble.DATE_FAR if isinstance(read, TooFar) else Trouble.DATE_UNCLEAR)


def _visible(text: str) -> bool:
    """Whether there is anything to see: a zero-width space is no answer."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)


def _value(step: Step, text: str, day_of: Callable[[str], date | NotTaken]) -> str | NotTaken:
    said = " ".join(text.split())
    match step.type:
        case AnswerType.CHOICE:
            return _choice(said, step.choices)
        case AnswerType.YES_NO:
            return _yes_or_no(said)
        case AnswerType.RATING:
            return _rating(said)
        case AnswerType.DATE:
            day = day_of(said)
            return day if isinstance(day, NotTaken) else day.isoformat()
        case AnswerType.TEXT:
            return text


def _choice(said: str, choices: tuple[str, ...]) -> str | NotTaken:
    """One of the choices: as it is written, by its number, as it begins, or nearly so.

    Where only one of the two denies something ("not in a smaller part", or "sure" beside "Not sure
    yet"), the opposite may be meant, so it is asked again.
    """
    for choice in choices:
        if said.casefold() == choice.casefold():
            return choice
    if said.isdecimal() and 1 <= int(said) <= len(choices):
        return choices[int(said) - 1]
    typed = words(said)
    begun = [choice for choice in choices if typed and words(choice)[: len(typed)] == typed]
    if begun:
        return begun[0] if len(begun) == 1 else NotTaken(Trouble.NO_SUCH_CHOICE, tuple(begun[:3]))
    found = process.extract(said, choices, scorer=fuzz.WRatio, processor=utils.default_process)
    near = [choice for choice, score, _ in found if score >= _NEAR]
    clear = [
        choice
        for choice, score, _ in found
        if score >= _CLOSE and _DENIALS.isdisjoint(typed) == _DENIALS.isdisjoint(words(choice))
    ]
    return clear[0] if len(clear) == 1 else NotTaken(Trouble.NO_SUCH_CHOICE, tuple(near[:3]))


def _yes_or_no(said: str) -> str | NotTaken:
    first = next(iter(words(said)), "")
    if _NO_ANSWER.match(said):
        return NotTaken(Trouble.NOT_YES_OR_NO)
    if first in _YES:
        return YES
    return NO if first in _NO else NotTaken(Trouble.NOT_YES_OR_NO)


def _rating(said: str) -> str | NotTaken:
    number = _OUT_OF_FIVE.sub("", said.casefold()).strip(" .!")
    number = _NUMBERS.get(number, number)
    return number if number in RATINGS else NotTaken(Trouble.NOT_A_RATING)
