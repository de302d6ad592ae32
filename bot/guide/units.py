"""Which sentences of a passage belong together, so that none is said without what it leans on.

Two things tie sentences: an enumeration is one block, said whole or not at all; and a sentence that
begins with "They", "However", "The second …" or the like, or speaks of "the program" where another
brought in "a program", needs that other one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.core.text import words

_PRONOUN = (
    r"(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|these|those|that|such|both"
    r"|neither|either|so)\b"
)
_IMPERSONAL = r"it (?:is|was|takes|pays|helps|makes sense)\b(?: \w+){0,2} (?:to|that|when|for)\b"
_BEFORE_PRONOUN = (
    r"after|all of|among|as|as soon as|because|before|besides|beyond|by|despite|during|each of"
    r"|even if|for|from|given|if|in|like|most of|none of|of|on|once|one of|since|some of|to|unless"
    r"|unlike|until|when|whenever|where|wherever|whether|while|with|without"
)
_CONNECTIVE = (
    r"accordingly|also|and|as a result|at the same time|but|by contrast|consequently|even so"
    r"|even then|for (?:example|instance|the same reason|(?:this|that) reason)|further|furthermore"
    r"|here|hence|however|in (?:addition|contrast|other words|return|short|the end|turn)|instead"
    r"|in all|indeed|likewise|meanwhile|moreover|nevertheless|nonetheless|nor|on the other hand"
    r"|only then|or|otherwise|rather|similarly|still|that way|then|there(?! (?:is|are|was|were)\b)"
    r"|therefore|thus|together|too|what is more|yet"
)
_LATER = (
    r"(?:(?:and|but) )?(?:(?:at|for|in|on|to) )?(?:(?:the|an?|its|their|your) )?"
    r"(?:second|third|fourth|fifth|sixth|last|next|final|other|others|another)\b|the (?:latter|rest|same)\b"
    r"|(?:secondly|thirdly|finally|lastly|then|next|others)\b"
)
_FIRST = r"(?:(?:at|for|in|on|to) )?(?:the |its |their |your )?(?:first|firstly|one)\b"
_LEANS = re.compile(
    rf"(?!{_IMPERSONAL})(?:{_PRONOUN}|(?:{_BEFORE_PRONOUN}) {_PRONOUN}|(?:{_CONNECTIVE})\b|{_LATER})"
    rf"|[^,;]{{1,60}}, (?:also|however|in turn|instead|on the other hand|then|therefore|though|too)\b"
    rf"|(?:\S+ ){{1,5}}(?:also|then|therefore|thus|instead)\b",
    re.IGNORECASE,
)
_NUMBERS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
)
_LEANS_WITHIN = re.compile(
    r"\w+ (?:how |what )?(?:it|its|them|their|they|he|she|this|these|those|so|both)\b"
    r"|(?:after|as|at|by|during|for|from|in|later|on|over|since|within)(?: [\w'’-]+){1,5},? (?:it|they|he|she)\b"
    r"|(?:\S+ ){0,6}(?:all|any|each|both|one|some|most|none|either) of (?:them|these|those)\b"
    r"|(?:\S+ ){1,3}(?:ours|theirs|yours)\b|(?:the|an?) (?:\w+ )?ones?\b|.*\b(?:this|these)\b|.*\ba further\b"
    r"|.*\b(?:about|at|by|for|from|in|of|on|to|under|with) (?:that (?!is\b|are\b)|those (?!who|that|with))\w+",
    re.IGNORECASE,
)
"""What points back from inside a sentence, as in "Share it with all" or "Ask for that support"."""
_COUNTED = re.compile(
    rf"\b(?:all|both|the|these|those) (?:(?P<count>{_NUMBERS})\b|(?P<things>\w+s)\b)", re.IGNORECASE
)
_FIRST_OF_MANY = re.compile(_FIRST, re.IGNORECASE)
_FURTHER = re.compile(_LATER, re.IGNORECASE)
_ANNOUNCES = re.compile(
    rf"\b(?P<count>{_NUMBERS}|both|several)\b(?: \w+){{0,3}}? (?P<kind>\w+s)\b(?P<named>[^:]*:.*)?",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[-*•–]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_DEFINITE = re.compile(r"(?:[A-Z]\w+ )?[Tt]he ((?:[a-z][\w'’-]* ?){1,3})")
_INDEFINITE = (
    r"\b(?:an?|another|one|new|some|several|two|three|four|five|six)(?: [\w'’-]+){{0,2}} {}"
)
_MOST_BETWEEN = 2
_SHORT_WORD = 5
_PLURAL = re.compile(r"(?:ies|es|s)$")


def unit_of(sentences: tuple[str, ...], number: int) -> frozenset[int]:
    """The sentence and all others without which it would not be understood or not be whole."""
    return _units(sentences)[number]


@lru_cache(maxsize=2048)
def _units(sentences: tuple[str, ...]) -> tuple[frozenset[int], ...]:
    tied = [set(_leans_on(sentences, number)) for number in range(len(sentences))]
    for block in _enumerations(sentences):
        for number in block:
            tied[number] |= set(block)
    return tuple(_closure(tied, number) for number in range(len(sentences)))


def _closure(tied: Sequence[set[int]], number: int) -> frozenset[int]:
    found, waiting = {number}, [number]
    while waiting:
        more = tied[waiting.pop()] - found
        found |= more
        waiting += more
    return frozenset(found)


def _leans_on(sentences: Sequence[str], number: int) -> set[int]:
    """The earlier sentences that one leans on."""
    sentence = sentences[number]
    if number == 0:
        return set()
    earlier = range(number - 1, -1, -1)
    found = {at for at in earlier if _counts_on(sentence, sentences[at])}
    if _LEANS.match(sentence) or _ITEM.match(sentence):
        return {number - 1, *found}
    if not found and _LEANS_WITHIN.match(sentence):
        return {number - 1}
    definite = _DEFINITE.match(sentence)
    for word in definite[1].split() if definite is not None else ():
        named = re.compile(_INDEFINITE.format(re.escape(_stem(word))), re.IGNORECASE)
        found |= set(next(([at] for at in earlier if named.search(sentences[at])), []))
    return found


def _counts_on(sentence: str, earlier: str) -> bool:
    """Whether a sentence speaks of "all six" or "the steps" that an earlier one counts or names."""
    announced = _ANNOUNCES.search(earlier)
    if announced is None:
        return False
    count, kind = announced["count"].lower(), announced["kind"].lower()
    if any(
        (found["count"] or "").lower() == count or (found["things"] or "").lower() == kind
        for found in _COUNTED.finditer(sentence)
    ):
        return True
    named = {word for word in words(announced["named"] or "") if len(word) > _SHORT_WORD}
    return bool(named.intersection(words(sentence)[:2]))


def _enumerations(sentences: Sequence[str]) -> list[range]:
    """Runs of sentences that list things, each with what announces it."""
    found = []
    for number, sentence in enumerate(sentences):
        if _FIRST_OF_MANY.match(sentence):
            end = _last_further(sentences, number)
            announced = number > 0 and bool(
                _ANNOUNCES.search(sentences[number - 1]) or sentences[number - 1].endswith(":")
            )
            if end > number:
                found.append(range(number - announced, end + 1))
        elif sentence.endswith(":"):
            found.append(range(number, _last_item(sentences, number) + 1))
        elif announcing := _ANNOUNCES.search(sentence):
            end = _last_of_kind(sentences, number, announcing["kind"])
            if end > number + 1:
                found.append(range(number, end + 1))
    return found


def _last_further(sentences: Sequence[str], first: int) -> int:
    """The last sentence of a list; up to two may explain each item, the last one included."""
    last, explained = first, False
    for number in range(first + 1, len(sentences)):
        if _FURTHER.match(sentences[number]):
            explained |= number - last > 1
            last = number
        elif number - last > _MOST_BETWEEN and not _LEANS.match(sentences[number]):
            break
    if last > first and explained:
        while last + 1 < len(sentences) and _LEANS.match(sentences[last + 1]):
            last += 1
    return last


def _last_item(sentences: Sequence[str], lead_in: int) -> int:
    """The last item of the list behind a colon; the next sentence, where none is marked as one."""
    last = min(lead_in + 1, len(sentences) - 1)
    while last + 1 < len(sentences) and _ITEM.match(sentences[last + 1]):
        last += 1
    return last


def _last_of_kind(sentences: Sequence[str], announcing: int, kind: str) -> int:
    """The last in a row of sentences that begin with one of the announced things."""
    begins = re.compile(
        rf"(?:[\w'’-]+ ){{0,4}}(?:{re.escape(_stem(kind))}|(?<=\w )one\b)", re.IGNORECASE
    )
    last = announcing
    for number in range(announcing + 1, len(sentences)):
        if re.match(r"(?:the|one|an?)\b", sentences[number], re.IGNORECASE) and begins.match(
            sentences[number]
        ):
            last = number
        else:
            break
    return last


def _stem(word: str) -> str:
    return _PLURAL.sub("", word.strip()) or word
