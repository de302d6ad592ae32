"""Words about a source of an answer: "what does [2] say?", "why?"; which is meant, pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.text import STOPWORDS, words

_COUNT = {
    name: number
    for number, names in enumerate(
        ("one first 1st", "two second 2nd", "three third 3rd", "four fourth 4th", "five fifth 5th"),
        start=1,
    )
    for name in names.split()
}
LAST = -1
"""Stands for the last source."""
_THING = r"(?:sources?|passages?|number|no\.?|nr\.?|refs?|references?|citations?|footnotes?)"
_NUMBER = re.compile(
    r"\[\s*(?P<marker>\d{1,2})\s*\]"
    rf"|(?:\b{_THING}\s*#?|#)\s*\[?(?P<after>\d{{1,2}}|one|two|three|four|five)\b\]?"
    r"|\b(?:(?P<the>the) )?(?P<place>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))"
    rf"(?= (?:one|{_THING})\b|(?(the)\W*$|(?!)))",
    re.IGNORECASE,
)
_READING = frozenset(
    words(
        "source sources passage passages number ref reference references citation citations "
        "footnote read full whole complete entire text open quote quoted exactly detail details "
        "explain elaborate expand info information content contents document documents section "
        "page please pls plz see show give write written writes come comes coming came based rest "
        "rests behind hear want wants like love know thanks thank hey hi ok okay original look get "
        "got exact wording words bit little again where which evidence proof prove cite cited "
        "origin really sure answer passage's actually here found find learn"
    )
)
_ORIGIN = re.compile(
    r"\bwhy\b|\bhow come\b|\bhow do you know\b|\b(?:says|said) who\b|\bwho (?:says|said)\b|\bsources?\b"
    r"|\bcitations?\b|\bevidence\b|\bproof\b|\bprove\b|\bbased on\b|\bfrom where\b|\bwhere\b.*\bfrom\b"
    r"|\b(?:which|what) (?:document|section|passage|page)\b|\baccording to who\w*\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\bnot\b|n't\b|\bno\b(?!\.? ?\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceWish:
    """A wish to read a source of an answer; `number` 0 asks where all of it comes from."""

    number: int = 0


def source_wished(text: str) -> SourceWish | None:
    """The source that a text asks for, and for nothing else; None where it asks for more."""
    numbered = list(_NUMBER.finditer(text))
    rest = _NUMBER.sub(" ", text)
    if _NO.search(rest) or any(_says_more(word) for word in words(rest)):
        return None
    if len(numbered) == 1:
        return SourceWish(_number_of(numbered[0]))
    if not numbered and _ORIGIN.search(rest):
        return SourceWish()
    return None


def _says_more(word: str) -> bool:
    return word not in STOPWORDS and word not in _READING


def _number_of(found: re.Match[str]) -> int:
    named = (found["marker"] or found["after"] or found["place"]).lower()
    return LAST if named == "last" else _COUNT.get(named) or int(named)
