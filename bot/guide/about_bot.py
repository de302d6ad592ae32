"""Whether something is said about the bot itself: by the nearest examples, held against the library.

A text counts where it is much nearer to an example of `knowledge/about-the-bot.yaml` than to the
questions that the library answers, or knows as not its own; "you" and "bot" speak for it. Only the
vector of the text and its words are looked at, before any passage is ranked.
"""

from __future__ import annotations

import numpy as np

from bot.core.about_bot import AboutBot, AboutBotKind
from bot.core.text import words
from bot.guide.search_index import Compared, SearchIndex, Vectors

_LEAST = 0.45
"""Cosine with the nearest example below which nothing else is looked at: most questions."""
_NEEDED = 0.13
_TO_LIBRARY, _TO_UNCOVERED, _ADDRESSED, _WORD = 0.6, 0.35, 0.12, 0.015
"""What is taken off for nearness to questions and for each word, and what "you" adds."""
_MOST_WORDS = 14
_NEAREST = 8
_BOT = frozenset(words("you your yours yourself u ya r bot robot"))


def about_bot(
    text: str, compared: Compared, known: AboutBot, index: SearchIndex
) -> tuple[AboutBotKind, float] | None:
    """The kind of thing that is said of the bot, and how surely (0 to 1); None for a question."""
    if not known.kinds:
        return None
    said = words(text)
    if (same := known.exactly(text)) is not None:
        return same, 1.0
    cosines = index.about_bot(compared.vector)
    count = sum(kind is not None for _, kind in known.examples)
    best = int(np.argmax(cosines[:count]))
    if cosines[best] < _LEAST:
        return None
    margin = how_much(said, compared, cosines, count, index)
    kind = known.examples[best][1]
    return None if margin < _NEEDED or kind is None else (kind, round(float(cosines[best]), 4))


def how_much(
    said: list[str], compared: Compared, cosines: Vectors, count: int, index: SearchIndex
) -> float:
    """How much speaks for the bot; the first `count` cosines are with what is said to it."""
    vector = compared.vector
    asks = index.similarities(vector, index.nearest(vector, _NEAREST)).ask
    library = max(float(np.nan_to_num(asks, nan=0.0).max(initial=0.0)), 0.0)
    unlike = float(cosines[count:].max(initial=0.0))
    uncovered = float(compared.uncovered.max(initial=0.0))
    return (
        float(cosines[:count].max())
        - _TO_LIBRARY * max(library, unlike)
        - _TO_UNCOVERED * uncovered
        + _ADDRESSED * (not _BOT.isdisjoint(said))
        - _WORD * min(len(said), _MOST_WORDS)
    )
