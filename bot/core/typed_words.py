"""How people type, as data: what stands around a question, what is short for what, what is no slip.

The words themselves are content, see `knowledge/as-people-type.yaml`; `bot.guide.typed` reads a
question by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.text import words

OPEN = "…"
"""A wording that ends so takes the rest of its clause along."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Some words in a row; `open` takes the rest of the clause along."""

    words: tuple[str, ...]
    open: bool = False

    @classmethod
    def of(cls, written: str) -> Wording:
        """As it is written in the file."""
        return cls(tuple(words(written.removesuffix(OPEN))), written.endswith(OPEN))


Wordings = tuple[Wording, ...]


@dataclass(frozen=True)
class TypedWords:
    """All of it; see the file for what each is."""

    greetings: Wordings = ()
    addressed: Wordings = ()
    thanks: Wordings = ()
    courtesies: Wordings = ()
    requests: Wordings = ()
    openers: Wordings = ()
    hesitations: Wordings = ()
    fillers: Wordings = ()
    anywhere: Wordings = ()
    meant_after: frozenset[str] = frozenset()
    said_signs: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    short_in_doubt: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    negations: Wordings = ()
    languages: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def around(self) -> Mapping[str, Wordings]:
        """What stands around a question by its first word, the longest first."""
        return by_first((*self.greetings, *self.thanks, *self.courtesies))


def by_first(wordings: Wordings) -> Mapping[str, Wordings]:
    """Wordings by their first word, the longest first."""
    found: dict[str, list[Wording]] = {}
    for wording in sorted(wordings, key=lambda one: -len(one.words)):
        found.setdefault(wording.words[0], []).append(wording)
    return {first: tuple(some) for first, some in found.items()}
