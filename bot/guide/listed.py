"""Which thing of a list a follow-up points at: "the third one", "the last of those", "before that?".

The lists are those of the passage that was answered with: "… has four steps: …; …; …; and …".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.text import content_words

_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
]
_COUNTS = {word: number for number, word in enumerate(_NUMBERS, start=1)}
_ANNOUNCES = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS[1:])})\b[^:;]*:\s*(?P<items>.+)", re.IGNORECASE
)
_JOIN = re.compile(r"^(?:(?:and|or) )?(?:(?:one|the other) is about )?")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_FIGURES = {"1st": 0, "2nd": 1, "3rd": 2} | {f"{n}th": n - 1 for n in range(4, 14)}
_PLACES = (
    {word: place for place, word in enumerate(_ORDINALS)} | _FIGURES | {"last": -1, "final": -1}
)
_ALIKE = (
    r"ones?|of (?:them|these|those|the (?:\w+)|that)|item|kind|sort|type|point|part|step|thing"
    r"|category|reason|way|rule|piece"
)
_ORDINAL = re.compile(
    rf"(?P<which>^|\b(?:the|that|this|your|its|their|whose) (?:very )?)?\b(?P<place>{'|'.join(_PLACES)})\b"
    rf"(?: (?P<alike>{_ALIKE})\b| (?P<noun>[a-z]+)\b)?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?:\b(?:number|no\.?|point|step|item|part)|#) ?(?P<number>\d\d?|{'|'.join(_NUMBERS)})\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:\b(?:the|that|this) )?(?:\b(?:one|step|phase|part|stage|point) )?"
    r"\b(?P<way>before|after|following|preceding|previous|next)\b"
    r"(?: (?:that|this|it|one|step|phase|stage|part|point))*(?= ?(?:[?.,!;]|$))",
    re.IGNORECASE,
)
_BACK = frozenset({"before", "preceding", "previous"})
_GOES_ON = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "can",
        "could",
        "should",
        "would",
        "need",
        "needs",
        "needed",
        "mean",
        "means",
        "what",
        "how",
        "why",
        "who",
        "when",
        "where",
        "which",
        "in",
        "and",
        "or",
        "for",
        "with",
        "then",
        "best",
        "to",
    ]
)
"""Words behind an ordinal that stands for the thing itself: "why is the third needed"."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in a passage: the words before the colon, and its things in order."""

    lead: str
    things: tuple[str, ...]


def lists_in(sentences: Sequence[str]) -> list[Listed]:
    """The lists of a passage that have as many things as they say."""
    found = []
    for sentence in sentences:
        if (announced := _ANNOUNCES.search(sentence)) is None:
            continue
        items = announced["items"].strip(" .?!")
        between = next((one for one in (";", ",", " and ") if one in items), " or ")
        things = tuple(_JOIN.sub("", thing.strip()) for thing in items.split(between))
        if len(things) == _COUNTS[announced["count"].lower()]:
            found.append(Listed(sentence[: announced.start("items")], things))
    return found


def pointed_at(text: str, lists: Sequence[Listed], before: str = "") -> str:
    """A follow-up with the thing itself in the place of where it stands in a list.

    Args:
        text: the follow-up.
        lists: of what was answered before.
        before: the question before, for what points on from it: "and the step after that?".

    Returns:
        The text as it is where it points at nothing in a list.
    """
    for listed in lists:
        if (found := _place_in(text, listed)) is not None:
            start, end, place = found
        elif (moved := _NEXT.search(text)) and (at := _named(before, listed)) is not None:
            start, end = moved.span()
            place = at + (-1 if moved["way"].lower() in _BACK else 1)
        else:
            continue
        if -1 <= place < len(listed.things) and (place >= 0 or found is not None):
            return f"{text[:start]}{listed.things[place]}{text[end:]}"
    return text


def _place_in(text: str, listed: Listed) -> tuple[int, int, int] | None:
    """Where a text names a place in a list, and which."""
    if numbered := _NUMBERED.search(text):
        number = numbered["number"].lower()
        place = int(number) if number.isdigit() else _COUNTS[number]
        return numbered.start(), numbered.end(), place - 1
    for found in _ORDINAL.finditer(text):
        place, noun = _PLACES[found["place"].lower()], (found["noun"] or "").lower()
        which = found["which"] is not None
        if found["alike"] or (which and not noun) or noun.rstrip("s") in _kinds(listed):
            return found.start(), found.end(), place
        if which and noun in _GOES_ON:
            return found.start(), found.start("noun") - 1, place
    return None


def _kinds(listed: Listed) -> set[str]:
    """What the things of a list may be called, without plural."""
    return {word.rstrip("s") for word in content_words(listed.lead)}


def _named(text: str, listed: Listed) -> int | None:
    """The place of the thing of a list that a text names, by its place or its words."""
    if (found := _place_in(text, listed)) is not None:
        place = found[2]
        return place if place >= 0 else len(listed.things) - 1
    said = set(content_words(text))
    shared = [len(said.intersection(content_words(thing))) for thing in listed.things]
    return shared.index(max(shared)) if max(shared) else None
