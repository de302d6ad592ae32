"""Time zones, by the names that people call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
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
_LONGEST = 60
_CLOSE = 75  # of 100, where rapidfuzz calls two names alike
_SIGNS = str.maketrans({"_": " ", ".": "", "−": "-", "–": "-", "—": "-"})
_AROUND_ZONE = re.compile(r"^us[ /]|(?: standard| daylight)? time(?: zone)?$")
_OFFSET = re.compile(r"(?:utc|gmt)? ?(?P<hours>[+-][0-9]{1,2})(?::?00)?")


@dataclass(frozen=True)
class Zones:
    """The zones of the time zone database, its cities, the clocks of the United States, and more.

    Attributes:
        more: what people say beside these (places as a rule), to the name of the zone.
    """

    more: Mapping[str, str] = field(default_factory=dict, hash=False)

    def read(self, text: str) -> ZoneInfo | None:
        """The zone people mean by "America/New_York", "New York", "Eastern", "PST" or "UTC+2".

        None if there is no such zone; half hours from UTC have none without a place.
        """
        plain = _plain(text)
        if match := _OFFSET.fullmatch(plain):
            hours = int(match["hours"])
            name = f"Etc/GMT{-hours:+d}" if hours else "UTC"  # their sign counts westward
            return ZoneInfo(name) if name in available_timezones() else None
        wordings = (plain, plain.replace(",", ""), plain.partition(",")[0])  # New York, NY
        found = next((self._names[wording] for wording in wordings if wording in self._names), None)
        return ZoneInfo(found) if found else None

    def suggest(self, text: str, limit: int = 5) -> tuple[str, ...]:
        """Names of zones that come close to what was typed, the closest first; maybe none."""
        # A full name's area ("America/") and the letters of "et" are alike to far too much.
        choices = [name for name in self._names if "/" not in name and len(name) > 3]
        close = process.extract(
            _plain(text), choices, scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=4 * limit
        )
        return tuple(dict.fromkeys(self._names[name] for name, _, _ in close))[:limit]

    @cached_property
    def _names(self) -> dict[str, str]:
        """Plain names to zones: of all zones, of the cities of the current ones, what people say."""
        everything = {_plain(name): name for name in available_timezones() if "/" in name}
        table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
        current = [line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")]
        cities = {_plain(name.rpartition("/")[2]): name for name in current}
        more = {_plain(said): name for said, name in self.more.items() if _plain(said)}
        return everything | cities | CLOCK_NAMES | more


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    return _AROUND_ZONE.sub("", " ".join(plain.split()))
