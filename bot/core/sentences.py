"""Where sentences begin and end.

nupunkt finds them, but it holds everyday words such as "hand", "lack", "can" and "rest" for
abbreviations, and takes "2." for a sentence. So a mark behind a plain word before a capital is an
end whatever it says, and its own reading decides only behind what may be shortened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import nupunkt

_END = re.compile(r"(?P<mark>[.!?…]+)[\"”'’)\]]*\s+(?=[\"“'‘(\[]*(?P<next>[^\W_]))")
_WORD = re.compile(r"[^\W_][\w.&/'’-]*$")
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]+\s+$")
_VOWEL = re.compile(r"[aeiouy]")
_NAME = re.compile(r"[A-Z][\w'’-]+(?: (?:of|for|on)(?: the)?)? [A-Z]")
"""A name of several words, which goes on behind "U.S.", such as "Chamber of Commerce"."""
_TITLES = frozenset(
    [
        "dr",
        "fig",
        "gen",
        "gov",
        "jr",
        "mr",
        "mrs",
        "ms",
        "no",
        "nos",
        "p",
        "pp",
        "prof",
        "rep",
        "rev",
        "sen",
        "sr",
        "st",
        "vs",
    ]
)
_SHORTENED = _TITLES | frozenset(
    [
        "al",
        "approx",
        "assn",
        "assoc",
        "ave",
        "ca",
        "cf",
        "co",
        "corp",
        "dept",
        "dist",
        "ed",
        "eds",
        "esp",
        "est",
        "etc",
        "ext",
        "hr",
        "hrs",
        "inc",
        "incl",
        "ltd",
        "max",
        "min",
        "misc",
        "mo",
        "sec",
        "tel",
        "univ",
        "viz",
        "vol",
        "yr",
        "yrs",
    ]
)


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; each stands in it verbatim, none crosses a blank line."""
    found = []
    for paragraph in text.split("\n\n"):
        starts = sorted(_starts(paragraph))
        for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True):
            if sentence := paragraph[start:end].strip():
                found.append(sentence)
    return tuple(found)


def doubtful_sentences(text: str) -> Iterator[str]:
    """What may be no sentence, or two: an author does well to word it differently.

    A sentence is doubtful that begins small or has no end, and one in which a mark stands before a
    capital behind a word that is not surely shortened.
    """
    for sentence in split_sentences(text):
        begins = sentence.lstrip("\"“'‘([")[:1]
        inside = any(_is_doubtful(sentence, end) for end in _ends(sentence))
        if inside or begins.islower() or not re.search(r"[.!?…][\"”'’)\]]*$", sentence):
            yield sentence


def _starts(paragraph: str) -> set[int]:
    starts = {0, *(start for start, _ in nupunkt.sent_spans(paragraph))}
    starts |= {end.end() for end in _ends(paragraph) if _is_plain(paragraph, end)}
    return {at for at in starts if at == 0 or not _follows_number(paragraph[:at], starts)}


def _ends(text: str) -> Iterator[re.Match[str]]:
    """Marks before a capital or a digit."""
    return (end for end in _END.finditer(text) if not end["next"].islower())


def _is_plain(text: str, end: re.Match[str]) -> bool:
    """Whether the word before a mark is surely whole, so that a sentence ends with it."""
    word = _word_before(text, end)
    if end["mark"] != "." or not word:
        return True
    if word.islower() or (word.isupper() and len(word) > 2):
        known = word.lower() in _SHORTENED or "." in word
        return not known and (len(word) > 4 or bool(_VOWEL.search(word.lower())) or word.isupper())
    return word.isdigit()


def _is_doubtful(text: str, end: re.Match[str]) -> bool:
    word = _word_before(text, end)
    is_in_name = "." in word and _NAME.match(text, end.end())
    return word.lower() not in _TITLES and not is_in_name


def _word_before(text: str, end: re.Match[str]) -> str:
    found = _WORD.search(text[: end.start()])
    return found[0] if found else ""


def _follows_number(before: str, starts: set[int]) -> bool:
    """Whether what stands before is nothing but the number of an item, as in "2. Ask"."""
    number = _NUMBER.search(before)
    return number is not None and number.start() in starts
