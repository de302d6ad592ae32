"""Words by their stems, so that "trainings" is "training"."""

from __future__ import annotations

from functools import lru_cache

import Stemmer

from bot.core.text import content_words

_stem = lru_cache(maxsize=50_000)(Stemmer.Stemmer("english").stemWord)


def terms_of(text: str) -> list[str]:
    """The stemmed content words of a text, in order."""
    return [_stem(word) for word in content_words(text)]


def stems(text: str) -> frozenset[str]:
    """The same, each once; a `bot.opportunities.rules.matching.Stems`."""
    return frozenset(terms_of(text))
