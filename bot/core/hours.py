"""Times of day that people type, and what stands for one: "5pm", "1700", "at 5", "close of business"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from bot.core.date_words import plain_words

Times = tuple[dt.time, ...]

# Patterns stay text: compiling them takes 15 ms, which re does (and remembers) at the first date.
_MORNING = 7
"""Before this hour nothing is due in the morning: "5:30" may be in the afternoon."""
_EARLY = 6
"""Before this hour nobody wants to be written to."""
LAST_MINUTE = dt.time(23, 59)
"""When a day ends."""
_CLOCK = (
    r"(?:(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>[ap]m)"
    r"|(?P<hour24>[0-9]{1,2}):(?P<minute24>[0-9]{2})(?::[0-9]{2})?(?: ?(?:h|hours))?"
    r"|(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2}) ?(?:h|hours)"
    r"|(?:12 )?(?P<word>noon|midday|midnight))"
)
PLAIN_CLOCK = r"(?:[0-9]{1,2}(?::[0-9]{2})? ?[ap]m|[0-9]{1,2}:[0-9]{2}|noon)"
_AT = r"(?:(?:at|by|before|until|around|@) ?)?"
_SPELLED_HOUR = (
    rf"(?:(?:at|by|before|until|around|@) ?(?P<bare>[0-9]{{1,2}})(?: oclock)?"
    rf"|(?P<oclock>[0-9]{{1,2}})(?: oclock|h|(?= tonight| in the (?:morning|afternoon|evening)))"
    rf"|{_AT}(?P<hours>[0-2][0-9])(?P<minutes>[0-5][0-9]))"
)
PART = r"\b(morning|afternoon|evening|night|tonight)\b"
WHOLE_DAY = r"(?:(?:the )?(?:end|close) of (?:the )?(?:business |working )?(?:day|business|play)|eod|cob|eob|eop)"
_PART_OF_DAY = (
    r"(?:(?:in the |first thing in the )?(?P<part>morning|afternoon|evening|night)|(?:at )?night"
    r"|first thing|[ap]m|(?:at |by )?lunch(?:time)?|sometime|some time|later)"
)


def read_clock(text: str) -> dt.time | None:
    """A time of day: "5pm", "5:30 p.m.", "17:00", "noon"; midnight is 0:00."""
    match = re.fullmatch(_CLOCK, plain_words(text))
    try:
        return _clock(match) if match else None
    except ValueError:
        return None


def hours_meant(text: str) -> Times:
    """The times of day that an hour may mean: "8" is in the morning, "5" may be in the afternoon."""
    clock = read_clock(text) or read_clock(f"{text.strip()}:00")
    if clock is None:
        return ()
    plain = plain_words(text)
    unsure = 1 <= clock.hour < _EARLY and re.fullmatch(r"[1-9](?::[0-9]{2})?", plain)
    return (clock, clock.replace(hour=clock.hour + 12)) if unsure else (clock,)


def times_in(plain: str) -> Iterator[tuple[str, Times]]:
    """A text without the time of day in it, and what that may be; none where there is none."""
    if match := re.fullmatch(rf"(?:(?P<before>.+?) )??{_AT}{_CLOCK}(?: (?P<after>.+))?", plain):
        time = LAST_MINUTE if match["word"] == "midnight" else _clock(match)
        unsure = match["hour24"] and match["hour24"][0] != "0" and 1 <= time.hour < _MORNING
        times = (time, time.replace(hour=time.hour + 12)) if unsure else (time,)
        yield _rest(match) or "today", times
        return
    yield plain, ()
    if match := re.fullmatch(
        rf"(?:(?P<before>.+?) )?{WHOLE_DAY}(?: (?:of )?(?P<after>.+))?", plain
    ):
        yield _rest(match) or "today", ()
    if match := re.fullmatch(rf"(?P<before>.+?) {_PART_OF_DAY}(?: (?P<after>.+))?", plain):
        yield "today" if _rest(match) == "this" else _rest(match), ()
    if match := re.fullmatch(rf"{_PART_OF_DAY} (?P<after>.+)", plain):
        yield match["after"], ()
    match = re.fullmatch(rf"(?:(?P<before>.+?) )??{_SPELLED_HOUR}(?: (?P<after>.+))?", plain)
    if match and (_rest(match) or match["oclock"]):  # 2027 alone is a year rather
        yield _rest(match) or "today", _spelled_hour(match)


def _rest(match: re.Match[str]) -> str:
    return " ".join(filter(None, (match.groupdict().get("before"), match["after"])))


def _spelled_hour(match: re.Match[str]) -> Times:
    """The times that "at 5", "5 o'clock" and "1700" may be."""
    if match["hours"]:
        return (dt.time(int(match["hours"]), int(match["minutes"])),)
    hour = int(match["bare"] or match["oclock"])
    return (dt.time(hour), dt.time(hour + 12)) if 0 < hour < 12 else (dt.time(hour),)


def _clock(match: re.Match[str]) -> dt.time:
    if match["word"]:
        return dt.time(0 if match["word"] == "midnight" else 12)
    if match["hour24"]:
        return dt.time(int(match["hour24"]), int(match["minute24"]))
    if match["hours"]:
        return dt.time(int(match["hours"]), int(match["minutes"]))
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        raise ValueError("a twelve-hour clock goes from 1 to 12")
    return dt.time(hour % 12 + 12 * (match["half"] == "pm"), int(match["minute"] or 0))


def without_part(rest: str) -> str:
    """A text without a word for a part of the day."""
    return " ".join(re.sub(rf"\b{_PART_OF_DAY}\b", "", rest).split())


def in_part(times: Times, part: re.Match[str] | None) -> Times:
    """Those of times that are in the morning, or after it."""
    if part is None:
        return times
    return tuple(time for time in times if (time.hour < 12) == (part[1] == "morning")) or times
