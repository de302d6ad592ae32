"""Slips of the keyboard put right: a noisy channel over a list of English words and the library's own.

Only words that neither the list nor the library knows are touched. Candidates within a few edits
come from SymSpell (Garbe, 2012); the one is taken that most likely was meant, by how often it is
used, here and in English, by the words beside it, and by how easily the one becomes the other
(Kernighan, Church and Gale, 1990). The lists are read when the first unknown word needs them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.core.models import Library
from bot.core.text import STOPWORDS, words
from bot.core.typed_words import TypedWords
from bot.guide.english import LEAST_USED, MOST_EDITS, Speller, edit_cost, english

_TOKEN = re.compile(r"[^\W_]+(?:['’/][^\W_]+)*/?")
_OFTEN_USED = 12_000_000
"""How often a word of the list was counted, to be a part of another."""
_HARDLY_USED, _MISTAKES = 200_000, 1_600_000
"""How often a short word was counted that is none, as "kep", and one of another language, as "doit"."""
_OWN = 0.7
"""The share of the library's own words in what is expected here."""
_EDIT = 3.5
"""What an edit that fingers make by themselves costs, as minus the logarithm of its chance."""
_SHORT_WORD, _LONG_WORD = 3, 6
_FAR = ((5, 1.0), (7, 1.5), (99, 2.5))
"""Up to so many letters a word may be so many easy edits away: short ones may be abbreviations."""
_BEFORE = ("co", "non", "pre", "re", "un", "under", "over", "up", "out", "inter", "multi", "sub")
_AFTER = ("s", "es", "er", "ers", "ing", "ed", "d", "ly", "ness", "ish", "able", "ful", "less")
_AMERICAN = (("or", "our"), ("iz", "is"), ("yz", "ys"), ("er$", "re"), ("l", "ll"), ("og$", "ogue"),
             ("ens", "enc"), ("sk", "sc"), ("old", "ould"))  # fmt: skip
"""How words of the list, which is British, are written here."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text with its slips put right; `told` says that a word that matters was one."""

    text: str
    told: bool


class Slips:
    """Puts right what was typed to one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._typed: TypedWords = library.typed

    def correct(self, text: str) -> Corrected:
        """Put slips right, and write out what is short for something."""
        spelled, told = self._written_out(text), False
        spans = list(_TOKEN.finditer(spelled))
        shouted = not any(letter.islower() for letter in spelled)
        said = [found[0].lower().replace("’", "'") for found in spans]
        doubtful = [not self._stays(spelled, found, shouted=shouted) for found in spans]
        pieces: list[str] = []
        at = end = 0
        while at < len(spans):
            taken, meant = 1, None
            if doubtful[at] or (at + 1 < len(spans) and doubtful[at + 1]):
                taken, meant = self._joined(said, at, spelled, spans) or (1, None)
            if meant is None and doubtful[at]:
                around = (said[at - 1] if at else "", "".join(said[at + 1 : at + 2]))
                name = not shouted and spelled[spans[at].start()].isupper()
                meant = self._meant(said[at], *around, surely=name)
            start, stop = spans[at].start(), spans[at + taken - 1].end()
            pieces.append(spelled[end:start])
            if meant is None or meant == said[at]:
                pieces.append(spelled[start:stop])
            else:
                upper = meant.upper() if shouted else meant.capitalize()
                pieces.append(upper if spelled[start].isupper() else meant)
                said[at + taken - 1] = meant.split()[-1]
                told = told or any(word not in STOPWORDS for word in meant.split())
            at, end = at + taken, stop
        return Corrected("".join([*pieces, spelled[end:]]), told)

    def knows(self, word: str) -> bool:
        """Whether a word, in lower case, is one of the list, of the library, or built of such."""
        bare = word.split("'", maxsplit=1)[0]
        return self._has(bare) or self._is_built(bare) or self._is_american(bare)

    def is_english(self, word: str) -> bool:
        """Whether a word is an English one, and hardly one of another language."""
        return (
            word in STOPWORDS or word in self._own or (len(word) > _SHORT_WORD and _is_used(word))
        )

    def is_only_english(self, word: str) -> bool:
        """The same more strictly: a word that is rare in English may be another language's."""
        used = english().used.get(word, 0) >= (
            _OFTEN_USED if len(word) < _LONG_WORD else LEAST_USED
        )
        return word in STOPWORDS or (len(word) > _SHORT_WORD and (used or word in self._own))

    # -- what is short for something -----------------------------------------------------------------

    def _written_out(self, text: str) -> str:
        """A text with its short forms written out."""
        spans = list(_TOKEN.finditer(text))
        said = [found[0].lower() for found in spans]
        short, doubt = self._typed.short, self._typed.short_in_doubt
        sure = any(word in short and word not in doubt for word in said)
        pieces, end = [], 0
        for at, found in enumerate(spans):
            full = short.get(said[at])
            if (
                full is None
                or _is_attached(text, found)
                or (found[0].isupper() and not text.isupper())
            ):
                continue
            following = said[at + 1] if at + 1 < len(said) else ""
            counts = found[0].isdecimal() and (following in short or following.endswith("s"))
            beside = following in self._typed.beside
            if said[at] in doubt and not beside and (not sure or counts):
                continue
            pieces += [text[end : found.start()], full]
            end = found.end()
        return "".join([*pieces, text[end:]])

    # -- what is known -------------------------------------------------------------------------------

    def _stays(self, text: str, found: re.Match[str], *, shouted: bool) -> bool:
        """Whether a word is left as it is: it is known, a name, a number, or in other letters."""
        word = found[0]
        if len(word) < _SHORT_WORD or not word.isascii() or not word.replace("'", "").isalpha():
            return True
        inside = bool(re.search(r"[\w,;)'\"]\s+$", text[: found.start()]))
        if not shouted and ((word[0].isupper() and inside) or not word[1:].islower()):
            return True
        return _is_attached(text, found) or self.knows(word.lower())

    def _has(self, word: str) -> bool:
        known = (english().names, self._own, self._known, STOPWORDS)
        rare = _HARDLY_USED if len(word) <= _SHORT_WORD else 0
        return english().used.get(word, 0) > rare or any(word in some for some in known)

    def _is_built(self, word: str) -> bool:
        """Whether a word is one with an ending or beginning, or two that are often used."""
        for ending in _AFTER:
            if word.endswith(ending) and self._is_base(word.removesuffix(ending)):
                return True
        if any(word.startswith(one) and self._is_base(word.removeprefix(one)) for one in _BEFORE):
            return True
        return any(
            self._often(word[:cut]) and self._often(word[cut:]) for cut in range(4, len(word) - 3)
        )

    def _is_base(self, word: str) -> bool:
        return len(word) > 3 and (self._often(word) or self._is_american(word))

    def _often(self, word: str) -> bool:
        used = english().used.get(word, 0) >= _OFTEN_USED or word in self._own
        return len(word) > 2 and word not in STOPWORDS and used

    def _is_american(self, word: str) -> bool:
        used = english().used
        return any(
            word[: at.start()] + british + word[at.end() :] in used
            for american, british in _AMERICAN
            for at in re.finditer(american, word)
        )

    @cached_property
    def _own(self) -> frozenset[str]:
        """The words of what stands in the library, without the questions asked of it."""
        library = self._library
        texts = [
            *(text for one in library.passages for text in (one.title, one.text, one.section)),
            *(text for one in library.passages for text in (one.circumstance.place, *one.topics)),
            *(text for one in library.checklists for text in one.texts),
            *(text for one in library.documents for text in (one.title, one.authors)),
        ]
        return frozenset(word.removesuffix("'s") for text in texts for word in words(text))

    @cached_property
    def _known(self) -> frozenset[str]:
        zones = [*self._library.zones.more, *self._library.zones.several]
        return self._typed.known | {word for name in zones for word in words(name)}

    # -- what was meant ------------------------------------------------------------------------------

    def _joined(
        self, said: list[str], at: int, text: str, spans: list[re.Match[str]]
    ) -> tuple[int, str] | None:
        """One word that was typed as two: "to gether"; how many were taken, and the word."""
        if at + 1 == len(spans) or text[spans[at].end() : spans[at + 1].start()] != " ":
            return None
        whole = said[at] + said[at + 1]
        here = whole in self._expected or english().used.get(whole, 0) >= LEAST_USED
        return (2, whole) if here and len(whole) > _LONG_WORD else None

    def _meant(self, word: str, before: str, after: str, *, surely: bool) -> str | None:
        """The word, or the two, that most likely were meant; None where nothing is likely.

        What may be a name has to be `surely` meant: by an easy edit behind the first letter.
        """
        best, least = None, math.inf
        for candidate, cost in self._candidates(word):
            if surely and (
                candidate[0] != word[0] or cost > _EDIT * (1 + (len(word) > _LONG_WORD))
            ):
                continue
            row = [before, *candidate.split(), after]
            total = cost - sum(self._chance(one, two) for one, two in pairwise(row) if two)
            if total < least:
                best, least = candidate, total
        return best

    def _candidates(self, word: str) -> Iterator[tuple[str, float]]:
        most = 1 if len(word) < _LONG_WORD else MOST_EDITS
        for near in self._speller.near(word, most) | english().speller.near(word, most):
            edits = edit_cost(word, near)
            if edits <= next(far for letters, far in _FAR if len(word) <= letters):
                yield near, _EDIT * edits
        for cut in range(1, len(word)):
            one, two = word[:cut], word[cut:]
            if not STOPWORDS.isdisjoint({one, two}) and all(
                piece in ("a", "i") or (len(piece) > 1 and piece in self._expected | STOPWORDS)
                for piece in (one, two)
            ):
                yield f"{one} {two}", _EDIT

    @cached_property
    def _speller(self) -> Speller:
        """Finds words of the library and of questions to it, also where they are rare."""
        return Speller(self._expected | STOPWORDS)

    @cached_property
    def _asked(self) -> tuple[Counter[str], Counter[tuple[str, str]]]:
        """How often words, and two in a row, stand in the library and in questions to it."""
        singles: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in self._texts():
            row = words(text)
            singles.update(row)
            pairs.update(pairwise(["", *row]))
        return singles, pairs

    def _texts(self) -> Iterable[str]:
        for passage in self._library.passages:
            yield from (passage.title, *passage.sentences, *passage.asks)
        yield from (one.text for one in self._library.questions if one.passage)

    @cached_property
    def _expected(self) -> frozenset[str]:
        """Words of the library itself, and those that the list has and questions have, too."""
        used = english().used
        return self._own | {word for word in self._asked[0] if word in used}

    def _chance(self, before: str, word: str) -> float:
        """The logarithm of the chance that a word follows another."""
        singles, pairs = self._asked
        share = _OWN * singles[word] / max(singles.total(), 1)
        share += (1 - _OWN) * english().used.get(word, 1) / english().total
        if singles[before] and (pair := pairs[before, word]):
            share = 0.5 * share + 0.5 * pair / singles[before]
        return math.log(share + 1e-12)


def _is_used(word: str) -> bool:
    """Whether a word is used in English; a short one more often than another language's is there."""
    return english().used.get(word, 0) > (0 if len(word) >= _LONG_WORD else _MISTAKES)


def _is_attached(text: str, found: re.Match[str]) -> bool:
    """Whether a word is a part of something longer, such as an address."""
    before, behind = text[: found.start()][-1:], text[found.end() :][:1]
    if found[0].isdecimal():
        return not before.isspace() or not behind.isspace()
    return bool(before and before in "@#_/\\.:=<-+&") or bool(behind and behind in "@_/\\=-+&")
