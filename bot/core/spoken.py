"""What somebody means by words where a button was meant, pure; the words themselves are content.

It is read within what can be meant where they were written: "no" declines an opportunity and gives
up a paused run. What isn't certain is said to be so, and nothing must be noted by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.dates import Day, Unclear, read_date

Tokens = tuple[str, ...]

_MOST_WORDS, _MOST_BESIDE = 40, 4
"""Words of a text that is certain, and of them beside what was meant in the same part."""
_MOST_OF_DAY = 14
_ZONE = ZoneInfo("UTC")
"""Which day is named hardly depends on it; whoever takes the day reads it in its own zone."""
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[\u2600-\u27bf\U0001f300-\U0001faff]")
_PART = re.compile(r"[.,;:!?]+(?=\s|$)|[\n()…]+|\s[-–—]+\s")
_SHORT = (
    (r"\b(?:can't|cannot|cant)\b", "can not"),
    (r"\b(?:won't|wont)\b", "will not"),
    (r"\b(do|does|did|is|are|was|were|have|has|had|could|would|should)n'?t\b", r"\1 not"),
    (r"\bi'?m\b", "i am"),
    (r"\b(i|we|you|they)'?ve\b", r"\1 have"),
    (r"'re\b", " are"),
    (r"'ll\b", " will"),
    (r"'d\b", " would"),
    (r"'s\b", " is"),
)


@dataclass(frozen=True, slots=True)
class SpokenKind:
    """Something that can be meant.

    Attributes:
        says: wordings that count anywhere in a part of a sentence, `alone` those that fill one.
        unless: words beside which it isn't certain.
        day: a day goes with it.
    """

    id: str
    says: tuple[Tokens, ...]
    alone: tuple[Tokens, ...] = ()
    unless: frozenset[str] = frozenset()
    day: bool = False


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """All that can be meant, and what else the words of a text do; see the file of content."""

    kinds: tuple[SpokenKind, ...] = ()
    other: tuple[Tokens, ...] = ()
    every: tuple[Tokens, ...] = ()
    doubts: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    requests: tuple[Tokens, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Everything that can be meant."""
        return frozenset(kind.id for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text means.

    Attributes:
        kind: empty where nothing, or more than one thing, is meant.
        sure: nothing in it speaks against that.
        only: nothing else is said.
        day: the words of the day that goes with it.
        asks: it has a question mark and is no request.
        every: it is about all of a list.
        numbers: the numbers in it.
    """

    kind: str = ""
    sure: bool = False
    only: bool = False
    day: str = ""
    asks: bool = False
    every: bool = False
    numbers: tuple[str, ...] = ()


def tokens(text: str) -> Tokens:
    """The words of a text in plain form: "We're in!" is "we are in"."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    for pattern, full in _SHORT:
        plain = re.sub(pattern, full, plain)
    return tuple(_TOKEN.findall(plain))


def read_spoken(text: str, spoken: SpokenWords, possible: Collection[str], now: datetime) -> Meant:
    """What a text means among what is possible.

    Args:
        text: as it was written.
        spoken: the words.
        possible: the kinds that can be meant.
        now: counts for days.
    """
    parts = [tokens(part) for part in _PART.split(text)]
    every = [token for part in parts for token in part]
    days = _days_in(text, now) if len(every) <= _MOST_OF_DAY else []
    of_day = {token for phrase in days for token in tokens(phrase)}
    requested = any(_at(part, wording) >= 0 for part in parts for wording in spoken.requests)
    found: set[str] = set()
    clear = len(every) <= _MOST_WORDS
    beside = 0
    for part in parts:
        kinds, rest = _kinds_in(part, spoken, possible)
        rest = [token for token in rest if token not in of_day]
        unsure = not spoken.doubts.isdisjoint(rest)
        for kind in kinds:
            unsure = unsure or not kind.unless.isdisjoint(rest)
        left = [token for token in rest if token not in spoken.fillers]
        beside += len(left)
        clear = clear and not unsure and not (kinds and len(left) > _MOST_BESIDE)
        found |= {kind.id for kind in kinds}
    with_day = {kind.id for kind in spoken.kinds if kind.day} & set(possible)
    if not found and len(days) == 1 and not beside:
        found = with_day  # a day by itself
    meant = next(iter(found)) if len(found) == 1 else ""
    takes_day = meant in with_day
    if not takes_day and any(_is_ahead(day, now) for day in days):
        clear = False
    asks = "?" in text and not (requested or (takes_day and days and not beside))
    return Meant(
        kind=meant,
        sure=bool(meant) and clear and not asks and (not takes_day or len(days) == 1),
        only=not beside,
        day=days[0] if len(days) == 1 else "",
        asks=asks,
        every=any(_at(part, wording) >= 0 for part in parts for wording in spoken.every),
        numbers=tuple(re.findall(r"\d+", text)),
    )


def _kinds_in(
    part: Tokens, spoken: SpokenWords, possible: Collection[str]
) -> tuple[list[SpokenKind], list[str]]:
    """The kinds that a part of a sentence names, and its other words; the longest wording first."""
    wordings: list[tuple[Tokens, SpokenKind | None]] = [(one, None) for one in spoken.other]
    bare = tuple(token for token in part if token not in spoken.fillers) or part
    kinds: list[SpokenKind] = []
    for kind in spoken.kinds:
        if kind.id not in possible:
            # What it says counts for nothing else, but doesn't hide "no" in "no thanks" either.
            continue
        if part in kind.alone or bare in kind.alone:
            return [kind], []
        wordings += [(one, kind) for one in kind.says]
    rest = list(part)
    for wording, meant in sorted(wordings, key=lambda pair: -len(pair[0])):
        while (start := _at(rest, wording)) >= 0:
            rest[start : start + len(wording)] = [""] * len(wording)
            if meant is not None:
                kinds.append(meant)
    return kinds, [token for token in rest if token]


def _at(within: Sequence[str], wording: Tokens) -> int:
    """Where a wording stands in a row of words; -1 for nowhere."""
    width = len(wording)
    places = range(len(within) - width + 1)
    return next((at for at in places if tuple(within[at : at + width]) == wording), -1)


def _days_in(text: str, now: datetime) -> list[str]:
    """The days that a text names, each in as many words as possible."""
    said = text.split()
    found: list[str] = []
    start = 0
    while start < len(said):
        for end in range(len(said), start, -1):
            phrase = " ".join(said[start:end]).strip(".,;:!?()")
            if not phrase.isdecimal() and _names_day(phrase, now):
                found.append(phrase)
                start = end - 1
                break
        start += 1
    return found


def _names_day(phrase: str, now: datetime) -> bool:
    """Whether a phrase is a day, or one of a few: who takes it asks which."""
    read = read_date(phrase, now, _ZONE)
    if isinstance(read, Unclear):
        return bool(read.readings) and any(sign.isalpha() for sign in phrase)
    return True


def _is_ahead(phrase: str, now: datetime) -> bool:
    read = read_date(phrase, now, _ZONE)
    return isinstance(read, Day) and read.date > now.astimezone(UTC).date()
