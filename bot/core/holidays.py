"""Days that people in the United States call by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

from dateutil.easter import easter
from dateutil.relativedelta import MO, SU, TH, relativedelta, weekday

_Rule = Callable[[int], dt.date]


def _on(month: int, day: int) -> _Rule:
    return lambda year: dt.date(year, month, day)


def _nth(which: weekday, month: int, later: int = 0) -> _Rule:
    """A day of the week such as TH(+4) of a month, or so many days later; MO(-1) is the last."""
    edge = 31 if which.n < 0 else 1
    return lambda year: (
        dt.date(year, month, 1) + relativedelta(day=edge, weekday=which) + relativedelta(days=later)
    )


def _beside_easter(later: int) -> _Rule:
    return lambda year: easter(year) + dt.timedelta(days=later)


_RULES = (
    (_on(1, 1), "new year", "new years", "new years day"),
    (_nth(MO(+3), 1), "martin luther king day", "martin luther king jr day", "mlk day", "mlk"),
    (_on(2, 2), "groundhog day"),
    (_on(2, 14), "valentines day", "valentines"),
    (_nth(MO(+3), 2), "presidents day", "washingtons birthday"),
    (_on(3, 17), "saint patricks day", "st patricks day"),
    (_beside_easter(-2), "good friday"),
    (_beside_easter(0), "easter", "easter sunday"),
    (_beside_easter(1), "easter monday"),
    (_on(4, 15), "tax day"),
    (_on(4, 22), "earth day"),
    (_on(5, 5), "cinco de mayo"),
    (_nth(SU(+2), 5), "mothers day"),
    (_nth(MO(-1), 5), "memorial day"),
    (_on(6, 19), "juneteenth"),
    (_nth(SU(+3), 6), "fathers day"),
    (_on(7, 4), "4th of july", "independence day"),
    (_nth(MO(+1), 9), "labor day", "labour day"),
    (_nth(MO(+2), 10), "columbus day", "indigenous peoples day"),
    (_on(10, 31), "halloween"),
    (_nth(MO(+1), 11, 1), "election day"),
    (_on(11, 11), "veterans day"),
    (_nth(TH(+4), 11), "thanksgiving", "thanksgiving day"),
    (_nth(TH(+4), 11, 1), "black friday"),
    (_nth(TH(+4), 11, 4), "cyber monday"),
    (_nth(TH(+4), 11, 5), "giving tuesday"),
    (_on(12, 24), "christmas eve", "xmas eve"),
    (_on(12, 25), "christmas", "christmas day", "xmas"),
    (_on(12, 26), "boxing day"),
    (_on(12, 31), "new years eve", "nye"),
)
_HOLIDAYS: dict[str, _Rule] = {name: rule for rule, *names in _RULES for name in names}
_FREE = ("new year", "memorial day", "independence day", "labor day", "thanksgiving", "christmas")
"""Next to nobody works on these."""

HOLIDAY = rf"(?P<holiday>{'|'.join(sorted(_HOLIDAYS, key=len, reverse=True))})"
"""Matches a day's name in plain words, without apostrophes."""


def holiday_of(name: str, year: int) -> dt.date:
    """When it is in a year."""
    return _HOLIDAYS[name](year)


def is_weekend(day: dt.date) -> bool:
    """Whether it is a Saturday or Sunday."""
    return day.weekday() >= 5


def is_day_off(day: dt.date) -> bool:
    """Whether it is a weekend or a holiday; one at a weekend is off on the nearest other day."""
    return is_weekend(day) or day in _free_days(day.year) or day in _free_days(day.year + 1)


@cache
def _free_days(year: int) -> frozenset[dt.date]:
    shift = {5: -1, 6: 1}
    days = (holiday_of(name, year) for name in _FREE)
    return frozenset(day + dt.timedelta(days=shift.get(day.weekday(), 0)) for day in days)
