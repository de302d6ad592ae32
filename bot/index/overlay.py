"""A few passages of one alliance, searched together with the shared library.

`OverlayIndex` is a `bot.guide.search_index.SearchIndex` over a base index plus passages that are held
in memory and compared one by one. The passages of the base keep their numbers, the added ones
follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.core.models import Passage
from bot.core.text import content_words
from bot.guide.assessment import Encoder
from bot.guide.search_index import (
    Closeness,
    Compared,
    Neighbors,
    Numbers,
    Pieces,
    Scores,
    SearchIndex,
    Similarities,
    Vectors,
)

SAME_QUESTION = 0.8
"""Cosine from which a question counts as the one that an added passage answers."""
_UNRELATED = 0.4
"""Cosine with what is uncovered that says nothing: most questions have it."""
_K1 = 1.2
_FEW_BELOW, _MANY_BELOW = 0.04, 0.1
"""How far, in the library, the mean of a passage's three and ten nearest known questions lies below
its nearest one, in the mean of what other hands ask about it."""
_CLOSE = np.array([[0.14, 0.66], [0.15, 0.70], [0.25, 0.68]], dtype=np.float32)
"""How closeness goes with cosines in the library (text, nearest ask, nearest known question), as
offset and slope by least squares: pieces of added passages are not held."""


@dataclass(frozen=True, slots=True)
class _Added:
    """What is held of one passage: its words by themselves; `asks` may be empty."""

    text: Vectors
    sentences: Vectors
    asks: Vectors
    words: tuple[str, ...]
    in_text: Counter[str]
    in_asks: Counter[str]


class OverlayIndex:
    """Implements `bot.guide.search_index.SearchIndex` over a base and some passages more.

    What an added passage answers is no longer uncovered: for a question that is nearer to one of
    its asks than to anything known as uncovered, the latter do not count.

    Args:
        base: the index of the shared library.
        passages: what is added; their ids must not be in the base.
        encoder: the one the base was built with.
    """

    def __init__(self, base: SearchIndex, passages: Sequence[Passage], encoder: Encoder) -> None:
        self._base = base
        self._encoder = encoder
        self._size = len(base.ids)
        self._ids = [*base.ids, *(passage.id for passage in passages)]
        self._added = _embed(base, passages, encoder)
        self._asks = _stacked([one.asks for one in self._added])

    @property
    def ids(self) -> Sequence[str]:
        """The id of each passage, by number."""
        return self._ids

    def nearest(self, vector: Vectors, limit: int) -> Numbers:
        """Up to `limit` passages by their best row, of base and added ones together."""
        found = np.concatenate([self._base.nearest(vector, limit), self._new_numbers()])
        near = self.similarities(vector, found)
        best = np.maximum(np.maximum(near.text, near.sentence), np.nan_to_num(near.ask, nan=-1.0))
        order = np.argsort(-best, kind="stable")[:limit]
        best_first: Numbers = found[order]
        return best_first

    def similarities(self, vector: Vectors, passages: Numbers) -> Similarities:
        """All cosines of a vector with some passages."""
        old = passages < self._size
        base = self._base.similarities(vector, passages[old])
        rows = [_cosines(self._added[number - self._size], vector) for number in passages[~old]]
        new = np.array(rows, dtype=np.float32).reshape(-1, 4)

        def merged(from_base: Scores, added: Scores) -> Scores:
            values: Scores = np.empty(len(passages), dtype=np.float32)
            values[old], values[~old] = from_base, added
            return values

        beyond = self._still_open(vector, base.beyond)
        return Similarities(
            text=merged(base.text, new[:, 0]),
            sentence=merged(base.sentence, new[:, 1]),
            ask=merged(base.ask, new[:, 2]),
            asks=merged(base.asks, new[:, 3]),
            beyond=merged(beyond, np.zeros(len(new), dtype=np.float32)),
        )

    def compare(self, vectors: Vectors) -> Sequence[Compared]:
        """Each vector with all known questions of the base."""
        return [
            replace(one, uncovered=self._still_open(one.vector, one.uncovered))
            for one in self._base.compare(vectors)
        ]

    def neighbors(self, compared: Compared, passages: Numbers) -> Neighbors:
        """The known questions nearest to a vector; those of an added passage are its asks."""
        vector = compared.vector
        old = passages < self._size
        base = self._base.neighbors(compared, passages[old])
        values = np.empty((len(passages), 3), dtype=np.float32)
        values[old] = base.passages
        values[~old] = [
            _known(self._added[number - self._size], vector) for number in passages[~old]
        ] or np.empty((0, 3))
        own = self._asks @ vector if len(self._asks) else np.empty(0, dtype=np.float32)
        covered = -np.sort(-np.concatenate([base.covered, own]))[: max(len(base.covered), 1)]
        return Neighbors(values, covered, base.uncovered)

    def closeness(self, vector: Vectors, pieces: Pieces, passages: Numbers) -> Closeness:
        """How well each piece of a question is met; of added passages as far as cosines tell."""
        old = passages < self._size
        base = self._base.closeness(vector, pieces, passages[old])
        values = np.empty((len(passages), len(_CLOSE)), dtype=np.float32)
        values[old] = base.groups
        for place in np.flatnonzero(~old):
            one = self._added[passages[place] - self._size]
            text, sentence, ask, _ = _cosines(one, vector)
            cosines = [max(text, sentence), text if np.isnan(ask) else ask, _known(one, vector)[0]]
            values[place] = _CLOSE[:, 0] + _CLOSE[:, 1] * cosines
        every = np.repeat(values.max(axis=1, keepdims=True), base.pieces.shape[1], axis=1)
        every[old] = base.pieces
        return Closeness(values, every, base.weights)

    def lexical(self, terms: Sequence[str]) -> tuple[Scores, Scores]:
        """BM25 scores; the added passages count as being of average length."""
        in_text, in_asks = self._base.lexical(terms)
        added = [
            (self._bm25(terms, one.in_text), self._bm25(terms, one.in_asks)) for one in self._added
        ]
        new = np.array(added, dtype=np.float32).reshape(-1, 2)
        return np.concatenate([in_text, new[:, 0]]), np.concatenate([in_asks, new[:, 1]])

    def terms(self, text: str) -> list[str]:
        """The stemmed content words of a text, as they are indexed."""
        return self._base.terms(text)

    def weight(self, term: str) -> float:
        """Inverse document frequency in the base; the highest for what only added passages have."""
        return self._base.weight(term)

    def knows(self, term: str) -> bool:
        """Whether a term occurs anywhere, in the base or an added passage."""
        return self._base.knows(term) or any(
            term in one.in_text or term in one.in_asks for one in self._added
        )

    def has_term(self, passage: int, term: str) -> bool:
        """Whether a passage's title, text or asks have a term."""
        if passage < self._size:
            return self._base.has_term(passage, term)
        one = self._added[passage - self._size]
        return term in one.in_text or term in one.in_asks

    def checklists(self, vector: Vectors) -> Scores:
        """How near a vector is to each checklist of the base."""
        return self._base.checklists(vector)

    def about_bot(self, vector: Vectors) -> Scores:
        """Cosines with every example of what is said about the bot."""
        return self._base.about_bot(vector)

    def word_support(self, passage: int, words: Vectors) -> Scores:
        """For each word vector the highest cosine with a word of the passage or its asks."""
        if passage < self._size:
            return self._base.word_support(passage, words)
        # The encoder keeps the vectors of words: a hundred of them a passage would be most of it.
        own = self._encoder.word_vectors(self._added[passage - self._size].words)
        return _nearest(words, own)

    def sentences(self, passage: int) -> Vectors:
        """The vectors of a passage's sentences."""
        if passage < self._size:
            return self._base.sentences(passage)
        return self._added[passage - self._size].sentences

    def _new_numbers(self) -> Numbers:
        return np.arange(self._size, len(self._ids), dtype=np.int64)

    def _bm25(self, terms: Sequence[str], has: Counter[str]) -> float:
        return sum(self.weight(term) * has[term] / (has[term] + _K1) for term in terms)

    def _still_open(self, vector: Vectors, cosines: Scores) -> Scores:
        """Cosines with uncovered questions, lowered where an added passage answers this one."""
        if not len(self._asks):
            return cosines
        nearest = float((self._asks @ vector).max())
        if nearest < SAME_QUESTION:
            return cosines
        return np.where(cosines <= nearest, np.minimum(cosines, _UNRELATED), cosines)


def _embed(base: SearchIndex, passages: Sequence[Passage], encoder: Encoder) -> list[_Added]:
    texts: list[str] = []
    for one in passages:
        texts += [f"{one.title}. {one.text}", *one.sentences, *one.asks]
    vectors = encoder.encode(texts) if texts else np.empty((0, 0), dtype=np.float32)
    added: list[_Added] = []
    at = 0
    for one in passages:
        sentences = at + 1
        asks = sentences + len(one.sentences)
        end = asks + len(one.asks)
        words = sorted(set(content_words(" ".join([one.title, one.text, *one.asks]))))
        added.append(
            _Added(
                text=vectors[at],
                sentences=vectors[sentences:asks],
                asks=vectors[asks:end],
                words=tuple(words),
                in_text=Counter(base.terms(f"{one.title} {one.text}")),
                in_asks=Counter(base.terms(" ".join(one.asks))),
            )
        )
        at = end
    return added


def _cosines(one: _Added, vector: Vectors) -> tuple[float, float, float, float]:
    text = float(one.text @ vector)
    sentence = float((one.sentences @ vector).max()) if len(one.sentences) else text
    if not len(one.asks):
        return text, sentence, float("nan"), float("nan")
    asks = -np.sort(-(one.asks @ vector))
    return text, sentence, float(asks[0]), float(asks[:3].mean())


def _known(one: _Added, vector: Vectors) -> tuple[float, float, float]:
    """What `bot.index.known` has of a passage that many ask about, from the little there is."""
    asks = one.asks @ vector if len(one.asks) else ()
    best = max(float(one.text @ vector), *map(float, asks))
    return best, best - _FEW_BELOW, best - _MANY_BELOW


def _nearest(words: Vectors, among: Vectors) -> Scores:
    if not len(words) or not len(among):
        return np.zeros(len(words), dtype=np.float32)
    return np.asarray((words @ among.T).max(axis=1), dtype=np.float32)


def _stacked(parts: Sequence[Vectors]) -> Vectors:
    filled = [part for part in parts if len(part)]
    return np.concatenate(filled) if filled else np.empty((0, 0), dtype=np.float32)
