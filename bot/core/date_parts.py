"""Parts of which the shapes of dates are made: patterns of days, months, numbers, and what they say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from bot.core.date_words import ONES, SMALL, TENS

Days = tuple[dt.date, ...]
ShapeReader = Callable[[re.Match[str], dt.date], dt.date | Days | None]
"""From what a shape matched, and today, to the day that is named, or the few that may be."""

ONE_DAY = dt.timedelta(days=1)
ONE_WEEK = dt.timedelta(days=7)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
TH = r"(?:st|nd|rd|th)"
YEAR = r"(?: ?(?:of |in )?(?P<year>(?:19|20)[0-9]{2}|'[0-9]{2}|(?:next|this) year))?"
BUSINESS_DAY = r"(?:business days?|weekdays?)"
_NUMBERS = (
    {"a": 1, "an": 1, "a couple": 2, "couple": 2, "a couple of": 2, "couple of": 2}
    | {word: number for number, word in enumerate(SMALL, 1)}
    | {word: number for number, word in zip(range(20, 100, 10), TENS, strict=True)}
)
NUMBER = (
    rf"(?:[0-9]{{1,4}}|(?:a )?couple(?: of)?|an?|{'|'.join(SMALL)}"
    rf"|(?:{'|'.join(TENS)})(?: (?:{'|'.join(ONES)}))?)"
)


def counted(words: str) -> int:
    """What `NUMBER` matched."""
    if words.isdecimal():
        return int(words)
    return _NUMBERS[words] if words in _NUMBERS else sum(_NUMBERS[word] for word in words.split())


def weekday_in(match: re.Match[str]) -> int:
    """The number of the day that `WEEKDAY` matched; Monday is 0."""
    return _WEEKDAYS.index(match["weekday"][:3])


def month_in(match: re.Match[str]) -> int:
    """The number of what `MONTH` matched; January is 1."""
    return _MONTHS.index(match["month"][:3]) + 1


def year_in(typed: str, today: dt.date) -> int:
    """What `YEAR` matched."""
    if typed.endswith(" year"):
        return today.year + typed.startswith("next")
    digits = typed.lstrip("'")
    return int(digits) + (2000 if len(digits) == 2 else 0)


def first_from(days: Iterable[dt.date], since: dt.date) -> dt.date | None:
    """The first of some days that isn't before another."""
    return next((day for day in days if day >= since), None)


def weekday_after(weekday: int, after: dt.date) -> dt.date:
    """The first such day of the week after a day."""
    return after + ((weekday - after.weekday() - 1) % 7 + 1) * ONE_DAY


def weekday_before(weekday: int, before: dt.date) -> dt.date:
    """The last such day of the week before a day."""
    return before - ((before.weekday() - weekday - 1) % 7 + 1) * ONE_DAY


def month_index(day: dt.date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def first_of_month(index: int) -> dt.date:
    """The first day of the month so many after the first one of the year 0."""
    return dt.date(index // 12, index % 12 + 1, 1)
