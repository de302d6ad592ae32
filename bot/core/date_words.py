"""The words of a date as people type them: short forms, slips, numbers and ordinals in words.

What comes out is what `bot.core.date_shapes` knows. A word that comes near two of its own is read
both ways, and so is asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from rapidfuzz.distance import OSA

ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = tuple(f"{begin}teen" for begin in ("thir", "four", "fif", "six", "seven", "eigh", "nine"))
TENS = tuple(
    f"{begin}ty" for begin in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")
)
SMALL = (*ONES, "ten", "eleven", "twelve", *_TEENS)
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_LATER_NTH = ("tenth", "eleventh", "twelfth", *(f"{teen}th" for teen in _TEENS))
_ORDINALS = {
    name: number for number, name in enumerate((*_NTH, *_LATER_NTH), 1)
} | {"twentieth": 20, "thirtieth": 30}  # fmt: skip
_ORDINALS |= {f"twenty {name}": 20 + number for number, name in enumerate(_NTH, 1)}
_ORDINALS |= {"thirty first": 31}
_ORDINAL = rf"\b(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b(?! thing)"

WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)

_SHORT = {
    short: word
    for word, shorts in {
        "today": "tdy 2day",
        "tomorrow": "tmrw tmw tmr tmrrw tomo tomoz 2moro 2morrow 2mrw",
        "tonight": "tonite 2nite 2night",
        "next": "nxt",
        "week": "wk",
        "weeks": "wks",
        "weekend": "wkend wknd",
        "day": "dy",
        "month": "mo mth mnth",
        "months": "mos mths mnths",
        "quarter": "qtr",
        "year": "yr",
        "years": "yrs",
        "hour": "hr",
        "hours": "hrs",
        "minutes": "min mins",
        "business": "bus biz working work",
        "business day": "workday",
        "business days": "workdays",
        "couple": "cple",
        "before": "b4",
        "at": "@",
    }.items()
    for short in shorts.split()
}
_UNITS = {"d": "days", "w": "weeks", "y": "years"} | {
    word: _SHORT[word] for word in ("wk", "wks", "mo", "mos", "mth", "mths", "yr", "yrs")
} | {word: _SHORT[word] for word in ("hr", "hrs", "min", "mins")}  # fmt: skip
_OTHERS = """
    today tomorrow tonight yesterday week weeks weekend fortnight month months quarter year years days
    business working weekday next this last from after before noon midday midnight morning afternoon
    evening close beginning middle coming eastern central mountain pacific christmas thanksgiving
    easter halloween memorial independence veterans presidents labor
"""
_SPELLED = frozenset(
    [*WEEKDAY_NAMES, *MONTH_NAMES, *_NTH, *_LATER_NTH, *SMALL, *TENS, *_OTHERS.split()]
)
_KNOWN = _SPELLED | frozenset(_SHORT) | {"weekly", "monthly", "yearly", "quarterly", "labour"}
_LONG = 7
"""Letters from which on a word may be off by two."""
_MOST_SPELLINGS = 4

# Patterns stay text: re compiles and remembers them at the first date.
_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "—": "-", "−": "-"} | dict.fromkeys(',()*_~"[];', " ")
)
_NAMES = "|".join(
    [*WEEKDAY_NAMES, *MONTH_NAMES, "thurs", "thur", "tues", "sept"]
    + [name[:3] for name in (*WEEKDAY_NAMES, *MONTH_NAMES)]
)
_GLUED = (
    (rf"\b({_NAMES})(?=[0-9])", r"\1 "),  # nov28
    (rf"(?<=[0-9])(?=(?:{_NAMES})\b)", " "),  # 28nov
    (rf"(?<=[0-9][ap]m)(?=(?:{_NAMES})\b)", " "),  # 5pmfriday
    (r"\b([0-9]{1,2})h([0-9]{2})\b", r"\1:\2"),  # 17h30
    (r"\b([0-9]{1,2}(?::[0-9]{2})?)([ap])\b", r"\1 \2m"),  # 5p
)
_COUNTED = rf"(?<![\w.])\+?([0-9]{{1,4}}) ?({'|'.join(_UNITS)})\b"


def plain_words(text: str) -> str:
    """Lower case and single spaces; only the signs that mean something within a date."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    plain = re.sub(r"(?<=[0-9])\.(?=[0-9]{2} ?[ap]\.?m)", ":", plain)  # 5.30 p.m.
    plain = re.sub(r"(?<![0-9])\.|\.(?![0-9])", "", plain)  # Jan. 5, p.m., 29.11.
    plain = re.sub(r"(?<=[0-9])t(?=[0-9]{2}:)", " ", plain)  # 2027-01-05T17:00
    plain = re.sub(  # mid-Jan, 5-Jan-2027, but UTC-5
        r"(?<=[a-z])(?<!\butc)(?<!\bgmt)-(?=\w)|(?<=[0-9])-(?=[a-z])", " ", plain
    )
    plain = re.sub(r"(?<=[a-z])'(?=s\b)|(?<=s)'(?= |$)", "", plain)  # new year's, two weeks'
    plain = " ".join(plain.replace("o'clock", "oclock").strip(" \t\n!?:").split())
    plain = re.sub(r"^\+ ?(?=[0-9a-z])", "", plain)  # +2 weeks
    for glued, apart in _GLUED:
        plain = re.sub(glued, apart, plain)
    plain = re.sub(_COUNTED, lambda match: f"{match[1]} {_UNITS[match[2]]}", plain)
    plain = " ".join(_SHORT.get(word, word) for word in plain.split())
    # A while, or a place in a row; "a third of it" is no day either.
    if re.fullmatch(rf"(?:the |in a |a )*(?:first|second)|{_ORDINAL}", plain):
        return plain
    return re.sub(_ORDINAL, lambda match: _nth(_ORDINALS[match[0]]), plain)


def spellings(plain: str) -> Iterator[str]:
    """Texts that may be meant where some words are slips: "firday" is Friday."""
    found = product(*map(_near, plain.split()))
    for words in islice(found, _MOST_SPELLINGS):
        if (spelled := " ".join(words)) != plain:
            yield plain_words(spelled)


def _near(word: str) -> tuple[str, ...]:
    """The words that a slip may stand for; itself where it is none, or like nothing."""
    plural = word.endswith("s") and word[:-1] in _KNOWN  # every Friday is no Friday
    if not word.isalpha() or len(word) < 4 or word in _KNOWN or plural:
        return (word,)
    squeezed = _squeezed(word)
    near: dict[str, int] = {}
    for known, plain in _spelled_with(word[0]):
        least = min(len(word), len(known))
        most = 1 + (least >= _LONG)
        distance = OSA.distance(squeezed, plain, score_cutoff=most)
        swapped = distance == 1 and sorted(word) == sorted(known)
        if distance == 0 or swapped or (least > 4 and distance <= most):
            near[known] = distance
    closest = [known for known, distance in near.items() if distance == min(near.values())]
    return tuple(sorted(closest)) or (word,)


@cache
def _spelled_with(letter: str) -> tuple[tuple[str, str], ...]:
    """The words that begin with a letter and may be misspelled, with what tells slips in them."""
    words = (word for word in sorted(_SPELLED) if word[0] == letter and len(word) >= 4)
    return tuple((word, _squeezed(word)) for word in words)


def _squeezed(word: str) -> str:
    """Without doubled letters, which are the most common slip."""
    return re.sub(r"(.)\1+", r"\1", word)


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number < 14 else ending}"
