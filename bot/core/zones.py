"""Time zones, by the names that people call them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

_CLOCKS = {
    ("et", "est", "edt", "eastern"): "America/New_York",
    ("ct", "cst", "cdt", "central"): "America/Chicago",
    ("mt", "mst", "mdt", "mountain"): "America/Denver",
    ("pt", "pst", "pdt", "pacific"): "America/Los_Angeles",
    ("utc", "gmt"): "UTC",
}
CLOCK_NAMES = {name: zone for names, zone in _CLOCKS.items() for name in names}
"""What Americans write behind a time; "EST" in July still means the time in New York."""
UNSAID = ZoneInfo("UTC")
"""Stands for the zone of somebody who named none, and is the clock that counts for them."""
SAID_UTC = ZoneInfo("Etc/UTC")
"""The same clock, of somebody who named it."""
MOST_READINGS = 5
"""Of a name that may mean several zones; one that may mean more says nothing."""
_LONGEST = 60
_CLOSE = 75  # of 100, where rapidfuzz calls two names alike
_SIGNS = str.maketrans(
    {"_": " ", ".": "", "−": "-", "–": "-", "—": "-", "’": "'", "(": "", ")": "", "&": "and"}
)
_AROUND_ZONE = re.compile(
    r"^utc[+-][0-9]{2}:[0-9]{2} (?=[a-z])|^the |^us[ /](?=.)"
    r"|(?: standard| daylight| summer)? time(?: zone)?(?: us and canada)?$"
)
_OFFSET = re.compile(r"(?:utc|gmt)? ?(?P<hours>[+-][0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?")
_AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Europe/", "Indian/", "Pacific/")
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules", "Universal", "UCT"})
_IN_FORCE = 2026
"""A year by which clocks are told apart."""


@dataclass(frozen=True)
class Zones:
    """The zones of the time zone database, its cities and countries, clocks of the US, and more.

    Attributes:
        more: what people say beside these (places as a rule), to the name of the zone.
        several: names that may mean a few zones, the likeliest first.
        short: what states are called behind a city ("ME"), to a name of theirs.
    """

    more: Mapping[str, str] = field(default_factory=dict, hash=False)
    several: Mapping[str, Sequence[str]] = field(default_factory=dict, hash=False)
    short: Mapping[str, str] = field(default_factory=dict, hash=False)

    def read(self, text: str) -> ZoneInfo | None:
        """The zone people mean by "America/New_York", "Portland, Maine", "PST" or "UTC+2".

        None if there is no such zone, or it may be one of several.
        """
        found = self.readings(text)
        return found[0] if len(found) == 1 else None

    def readings(self, text: str) -> tuple[ZoneInfo, ...]:
        """The zones that may be meant, the likeliest first; none where nothing certain is said."""
        found = self._meant(_plain(text))
        return found if len(found) <= MOST_READINGS else ()

    def suggest(self, text: str, limit: int = 5) -> tuple[str, ...]:
        """Names of zones that come close to what was typed, the closest first; maybe none."""
        # A full name's area ("America/") and the letters of "et" are alike to far too much.
        choices = [name for name in self._names if "/" not in name and len(name) > 3]
        typed = _plain(text).rpartition("/")[2]
        close = process.extract(
            typed, choices, scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=4 * limit
        )
        found = [zone for name, _, _ in close for zone in self._names[name]]
        return tuple(dict.fromkeys(found))[:limit]

    def _meant(self, plain: str) -> tuple[ZoneInfo, ...]:
        if match := _OFFSET.fullmatch(plain):
            return self._offset(int(match["hours"]), match["hours"][0], match["minutes"] or "00")
        if found := self._names.get(plain) or self._names.get(self._states.get(plain, "")):
            return distinct(found)
        for city, short in _cities(plain):
            region = self._states.get(short, short)
            if found := self._names.get(f"{city} {region}") or self._names.get(f"{city} {short}"):
                return distinct(found)
            around, known = self._names.get(region, ()), self._names.get(city, ())
            if around and (known or "," in plain):
                both = [zone for zone in known if clock_of(zone) in map(clock_of, around)]
                return distinct(both or around)
        city, comma, _ = plain.partition(",")
        return distinct(self._names.get(city, ())) if comma else ()

    def _offset(self, hours: int, sign: str, minutes: str) -> tuple[ZoneInfo, ...]:
        if minutes != "00":
            return distinct(self._names.get(f"utc{sign}{abs(hours)}:{minutes}", ()))
        name = f"Etc/GMT{-hours:+d}" if hours else "UTC"  # their sign counts westward
        return (ZoneInfo(name),) if name in available_timezones() else ()

    @cached_property
    def _states(self) -> dict[str, str]:
        return {_plain(short): _plain(name) for short, name in self.short.items()}

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """Plain names to zones; what stands later counts."""
        more = {_plain(said): (name,) for said, name in self.more.items() if _plain(said)}
        several = {_plain(said): tuple(names) for said, names in self.several.items()}
        clocks = {name: (zone,) for name, zone in CLOCK_NAMES.items()}
        return _of_database() | clocks | more | several


BUILT_IN = Zones()
"""What is known without content."""


def distinct(names: Iterable[str]) -> tuple[ZoneInfo, ...]:
    """Zones of which no two show the same time."""
    clocks: dict[object, str] = {}
    for name in names:
        clocks.setdefault(clock_of(name), name)
    return tuple(map(ZoneInfo, clocks.values()))


def clock_name(zone: ZoneInfo) -> str:
    """What a zone is called before people."""
    return zone.key.removeprefix("Etc/") if zone == SAID_UTC else zone.key


@cache
def clock_of(zone: str) -> tuple[dt.timedelta | None, ...]:
    """How far a zone is ahead of UTC throughout a year: the same for those with the same time."""
    middles = (dt.datetime(_IN_FORCE, month, 15, tzinfo=ZoneInfo(zone)) for month in range(1, 13))
    return tuple(middle.utcoffset() for middle in middles)


@cache
def _of_database() -> dict[str, tuple[str, ...]]:
    """The names that the time zone database has: its zones, their cities, countries."""
    available = available_timezones()
    whole = {_plain(name): (name,) for name in available if "/" in name}
    alone = {
        _plain(name): (name,) for name in available - _NO_PLACES if not re.search("[/0-9]", name)
    }
    earlier = {
        _plain(name.rpartition("/")[2]): (name,) for name in available if name.startswith(_AREAS)
    }
    current = {_plain(zone.rpartition("/")[2]): (zone,) for _, zone, _ in _table("zone.tab")}
    return whole | alone | earlier | _countries() | current


def _countries() -> dict[str, tuple[str, ...]]:
    """Countries with their zones; where one is called the main one, with that alone."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name, *_ in _table("iso3166.tab"):
        rows = [(zone, about) for of, zone, about in _table("zone.tab") if of == code]
        main = [zone for zone, about in rows if re.match("most of |.*mainland", about)]
        zones = tuple(main or (zone for zone, _ in rows))
        before, _, within = name.rstrip(")").partition(" (")  # Britain (UK), Korea (South)
        for said in (name, before, within, f"{within} {before}"):
            plain = _plain(said)
            found[plain] = (*found.get(plain, ()), *zones) if plain else ()
    return found


@cache
def _table(name: str) -> tuple[tuple[str, str, str], ...]:
    """The columns of a table of the database: of a country its code and name, or code, zone, about."""
    text = resources.files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    if name == "iso3166.tab":
        return tuple((code, called, "") for code, called in rows)
    return tuple((row[0], row[2], row[3] if len(row) > 3 else "") for row in rows)


def _cities(plain: str) -> Iterator[tuple[str, str]]:
    """A place and what it is in, wherever one may end and the other begin."""
    if "," in plain:
        city, _, region = plain.rpartition(",")
        yield city.replace(",", "").strip(), region.strip()
        return
    words = plain.split()
    for at in range(1, len(words)):
        yield " ".join(words[:at]), " ".join(words[at:])


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    return _AROUND_ZONE.sub("", " ".join(plain.split()))
