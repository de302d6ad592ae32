"""Clocks that are named with a time: "5pm ET", "noon in Chicago", "17:00 my time"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.core.hours import PLAIN_CLOCK, WHOLE_DAY, read_clock
from bot.core.zones import CLOCK_NAMES, Zones

_LONGEST_CLOCK = 4
_NO_CLOCKS = frozenset(
    {"al", "de", "hi", "id", "in", "la", "ma", "me", "oh", "ok", "or", "pa", "z"}
)
"""What is a word here before it is the short name of a state."""
_OWN_CLOCK = r"(?:local|my|our|my local|our local) (?:time(?: ?zone)?|clock)"
_NAMES_OF_CLOCKS = "|".join(CLOCK_NAMES)
_TWO_CLOCKS = (
    rf"(?P<first>{PLAIN_CLOCK}) (?P<its>{_NAMES_OF_CLOCKS})"
    rf"(?P<rest> ?(?:/|-|or)? ?(?P<second>{PLAIN_CLOCK}) (?P<other>{_NAMES_OF_CLOCKS})\b)"
)


def by_one_clock(plain: str, now: dt.datetime) -> str:
    """A text that gives one moment by several clocks with the first alone: "5pm ET / 2pm PT"."""
    while match := re.search(_TWO_CLOCKS, plain):
        moments = []
        for text, name in ((match["first"], match["its"]), (match["second"], match["other"])):
            zone, time = ZoneInfo(CLOCK_NAMES[name]), read_clock(text)
            if time is None:
                return plain
            moments.append(dt.datetime.combine(now.date(), time, zone).astimezone(dt.UTC).time())
        if moments[0] != moments[1]:
            return plain
        plain = plain[: match.start("rest")] + plain[match.end("rest") :]
    return plain


def clocks_named(
    plain: str, zone: ZoneInfo, zones: Zones
) -> Iterator[tuple[str, tuple[ZoneInfo, ...]]]:
    """A text without the clock it names; as it is first, for Easter is no island here."""
    yield plain, ()
    if match := re.search(rf"(?:^| ){_OWN_CLOCK}(?= |$)", plain):
        yield " ".join(f"{plain[: match.start()]} {plain[match.end() :]}".split()), (zone,)
    words = plain.split()
    timed = rf"[0-9]|{WHOLE_DAY}|noon|midnight|midday"
    if not re.search(timed, plain) and CLOCK_NAMES.keys().isdisjoint(words):
        return
    for size in range(min(_LONGEST_CLOCK, len(words) - 1), 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            before, after = words[:start], words[start + size :]
            clocks = () if name in _NO_CLOCKS or name.isdecimal() else zones.readings(name)
            if not clocks:
                continue
            rest = " ".join([*(before[:-1] if before[-1:] == ["in"] else before), *after])
            if name in CLOCK_NAMES or re.search(timed, rest):
                yield rest, clocks
