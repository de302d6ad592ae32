"""Quiet hours, the moment something is due, and the time zones and hours people type."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from bisect import bisect
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.core.dates import CLOCK_NAMES, Unclear, read_clock

NINE = dt.time(9)
"""When something falls due on a day for which no time was given."""

_MINUTE = dt.timedelta(minutes=1)
_ZONE_NAMES = CLOCK_NAMES | {
    "alaska": "America/Anchorage",
    "arizona": "America/Phoenix",
    "atlanta": "America/New_York",
    "austin": "America/Chicago",
    "baltimore": "America/New_York",
    "boston": "America/New_York",
    "bst": "Europe/London",
    "cincinnati": "America/New_York",
    "cleveland": "America/New_York",
    "dallas": "America/Chicago",
    "hawaii": "Pacific/Honolulu",
    "houston": "America/Chicago",
    "kansas city": "America/Chicago",
    "los angeles": "America/Los_Angeles",
    "la": "America/Los_Angeles",
    "memphis": "America/Chicago",
    "miami": "America/New_York",
    "milwaukee": "America/Chicago",
    "minneapolis": "America/Chicago",
    "new orleans": "America/Chicago",
    "new york city": "America/New_York",
    "nyc": "America/New_York",
    "philadelphia": "America/New_York",
    "pittsburgh": "America/New_York",
    "portland": "America/Los_Angeles",
    "sacramento": "America/Los_Angeles",
    "salt lake city": "America/Denver",
    "san antonio": "America/Chicago",
    "san diego": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "st louis": "America/Chicago",
    "washington dc": "America/New_York",
    "z": "UTC",
}
"""What people in the United States say beside the names of the time zone database."""

_LONGEST = 60
_CLOSE = 75  # of 100, where rapidfuzz calls two names alike
_SIGNS = str.maketrans({"_": " ", ".": "", "−": "-", "–": "-", "—": "-"})
_AROUND_ZONE = re.compile(r"^us[ /]|(?: standard| daylight)? time(?: zone)?$")
_OFFSET = re.compile(r"(?:utc|gmt)? ?(?P<hours>[+-][0-9]{1,2})(?::?00)?")
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
    local = dt.datetime.combine(day, at, zone)
    first, second = (local.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    if first <= second:
        return (first,) if first == second else (first, second)
    # Before the clocks change `second` is read, after it `first`: the change lies between.
    minutes = range(int((first - second) / _MINUTE) + 1)
    before = second.astimezone(zone).utcoffset()
    changed = bisect(
        minutes, False, key=lambda m: (second + m * _MINUTE).astimezone(zone).utcoffset() != before
    )
    return (second + changed * _MINUTE,)


def read_zone(text: str) -> ZoneInfo | None:
    """The zone people mean by "America/New_York", "New York", "Eastern", "PST" or "UTC+2".

    None if there is no such zone; half hours from UTC have none without a place.
    """
    plain = _plain_zone(text)
    if match := _OFFSET.fullmatch(plain):
        hours = int(match["hours"])
        name = f"Etc/GMT{-hours:+d}" if hours else "UTC"  # their sign counts westward
        return ZoneInfo(name) if name in available_timezones() else None
    names = _zones_by_name()
    wordings = (plain, plain.replace(",", ""), plain.partition(",")[0])  # New York, NY
    found = next((names[wording] for wording in wordings if wording in names), None)
    return ZoneInfo(found) if found else None


def suggest_zones(text: str, limit: int = 5) -> tuple[str, ...]:
    """Names of zones that come close to what was typed, the closest first; maybe none."""
    names = _zones_by_name()
    # A full name's area ("America/") and the letters of "et" are alike to far too much.
    choices = [name for name in names if "/" not in name and len(name) > 3]
    close = process.extract(
        _plain_zone(text), choices, scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=4 * limit
    )
    return tuple(dict.fromkeys(names[name] for name, _, _ in close))[:limit]


@cache
def _zones_by_name() -> dict[str, str]:
    """Plain names to zones: of all zones, of the cities of the current ones, and what people say."""
    everything = {_plain_zone(name): name for name in available_timezones() if "/" in name}
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    current = [line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")]
    cities = {_plain_zone(name.rpartition("/")[2]): name for name in current}
    return everything | cities | _ZONE_NAMES


def _plain_zone(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    return _AROUND_ZONE.sub("", " ".join(plain.split()))


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
