"""Quiet hours: reading those people type, the next moment outside them, and when a day is due."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.dates import Unclear
from bot.core.hours import read_clock

NINE = dt.time(9)
"""When something falls due on a day for which no time was given."""

_MINUTE = dt.timedelta(minutes=1)
_LONGEST = 60
_SIGNS = str.maketrans({".": "", "−": "-", "–": "-", "—": "-"})
_HOURS = re.compile(
    r"(?:from |between )?(?P<start>.+?) ?(?:-| to | until | till | and ) ?(?P<end>.+)"
)
_NO_HOURS = frozenset({"none", "no", "off", "never", "nothing", "no quiet hours"})


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of each day, by the person's own clock, in which nothing is sent.

    They begin at `start` and are over at `end`, over midnight where `end` is the earlier one.
    """

    start: dt.time
    end: dt.time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("quiet hours that end when they start would never end")

    def cover(self, clock: dt.time) -> bool:
        """Whether a time of day is quiet."""
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def next_allowed(when: dt.datetime, zone: ZoneInfo, quiet: QuietHours | None) -> dt.datetime:
    """`when` itself or, where it is quiet by the clock in `zone`, the end of that; in UTC.

    An end that the clocks skip in spring is the moment at which they skip it. An hour that comes
    twice in autumn is quiet both times, as the clock shows it.
    """
    when = when.astimezone(dt.UTC)
    local = when.astimezone(zone)
    if quiet is None or not quiet.cover(local.time()):
        return when
    days = range(4)  # the clocks may skip a day (Samoa in 2011), or all that isn't quiet of one
    ends = (
        end
        for later in days
        for end in _moments(local.date() + dt.timedelta(days=later), quiet.end, zone)
    )
    return next(end for end in ends if end >= when and not quiet.cover(end.astimezone(zone).time()))


def due_moment(day: dt.date, zone: ZoneInfo, at: dt.time = NINE) -> dt.datetime:
    """When a day's clock in `zone` first shows `at`, in UTC; the next moment there is, if never."""
    return _moments(day, at, zone)[0]


def _moments(day: dt.date, at: dt.time, zone: ZoneInfo) -> tuple[dt.datetime, ...]:
    """When the clock shows a local time: once, twice, or as the clocks are put forward past it."""
    from dateutil.tz import datetime_exists  # 40 ms, which the start of the program shall not wait

    local = dt.datetime.combine(day, at, zone)
    while not datetime_exists(local):
        local += _MINUTE
    return tuple(dict.fromkeys(local.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)))


def read_hours(text: str) -> QuietHours | Unclear | None:
    """Quiet hours as typed: "22-7", "10pm to 7am"; None where "none" asks for none.

    "10-7" is unclear: it may begin in the morning or in the evening.
    """
    if len(text) > _LONGEST:
        return Unclear(text)
    plain = " ".join(text.casefold().translate(_SIGNS).split())
    if plain in _NO_HOURS:
        return None
    match = _HOURS.fullmatch(plain)
    if not match:
        return Unclear(text)
    start, end = _hour(match["start"]), _hour(match["end"])
    if start is None or end is None or start == end or not _one_clock(match["start"], match["end"]):
        return Unclear(text)
    return QuietHours(start, end)


def _hour(typed: str) -> dt.time | None:
    if typed.isascii() and typed.isdigit():
        return dt.time(int(typed) % 24) if int(typed) <= 24 else None
    return read_clock(typed)


def _one_clock(*typed: str) -> bool:
    """Whether both are plainly of a 12-hour clock, or one shows that it is of a 24-hour clock."""
    twelve = [bool(re.search(r"[a-z]", hour)) for hour in typed]
    shown = [
        hour.startswith("0") or int(hour.partition(":")[0]) > 12
        for hour, named in zip(typed, twelve, strict=True)
        if not named
    ]
    return all(twelve) or any(shown)
