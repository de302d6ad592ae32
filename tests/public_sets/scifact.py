"""SciFact: abstracts as passages without asks; does the ranking put those first that bear on a claim?

Nothing is fitted: what is fused counts alike, and the model has no adapter unless one is asked for.
Abstracts are not read closely, which would hold a million pieces.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.core.models import Library
from bot.core.sentences import split_sentences
from bot.guide.calibration import Calibration, neutral_calibration
from bot.guide.guide import Guide
from bot.guide.search_index import Pieces, Vectors
from bot.index.cache import EmbeddingCache
from bot.index.encoder import SentenceEncoder
from bot.index.pieces import GROUPS, Lens, PassageTexts, PieceTable

from .shared import library_of, lines_of, passage

DEPTH = 10
FUSED = (("text",), ("words",), ("text", "words"))
"""By meaning, by words, and by both; without asks there is no other signal but sentences."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and the ids of the abstracts that bear on it."""

    text: str
    relevant: frozenset[str]


class Unread:
    """An encoder that gives the vectors of another, by way of a cache, and no pieces."""

    def __init__(self, encoder: SentenceEncoder, cache: EmbeddingCache) -> None:
        self._encoder = encoder
        self._cache = cache

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, dimension)."""
        return self._cache.vectors(texts)[0]

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        """The same, and no piece of any."""
        vectors = self._encoder.encode(texts)
        none = Pieces(np.empty(0, np.int64), np.empty((0, vectors.shape[1]), np.float32))
        return vectors, [none] * len(texts)

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of single words."""
        return self._encoder.word_vectors(words)

    def piece_table(self, passages: Sequence[PassageTexts]) -> PieceTable:
        """Nothing of any passage."""
        lens = Lens.of([])
        return PieceTable.of(lens, [[lens.blank] * len(GROUPS) for _ in passages])


def weights(*signals: str) -> Calibration:
    """One for each of some signals, and nothing for the others; all is fixed beforehand."""
    neutral = neutral_calibration()
    ones = dict.fromkeys(signals, 1.0)
    return neutral.model_copy(
        update={
            "fusion": dict.fromkeys(neutral.fusion, 0.0) | ones,
            "reading": dict.fromkeys(neutral.reading, 0.0) | ones,
        }
    )


def read_abstracts(folder: Path, *, sentences: bool) -> Library:
    """The abstracts; `sentences` lets each sentence have a vector of its own."""
    return library_of(
        [
            passage(
                line["id"],
                line["title"],
                split_sentences(line["text"]) if sentences else (),
                line["text"],
            )
            for line in lines_of(folder / "corpus.jsonl")
        ]
    )


def read_claims(folder: Path) -> list[Claim]:
    """The claims."""
    lines = lines_of(folder / "queries.jsonl")
    return [Claim(line["question"], frozenset(line["relevant"])) for line in lines]


def ndcg(found: Sequence[str], relevant: Collection[str]) -> float:
    """Of one ranking, to a depth of ten (Järvelin and Kekäläinen, 2002)."""
    gains = [1 / math.log2(place + 2) for place in range(DEPTH)]
    gained = sum(g for g, one in zip(gains, found, strict=False) if one in relevant)
    return gained / sum(gains[: len(relevant)])


def searched(guide: Guide, claims: Sequence[Claim]) -> list[float]:
    """The nDCG@10 of each claim, as `search` ranks."""
    found = [guide.results(guide.read(claim.text), DEPTH) for claim in claims]
    return [
        ndcg([one.passage for one in ranked], claim.relevant)
        for ranked, claim in zip(found, claims, strict=True)
    ]


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Of the mean, at 95%, by drawing the claims anew (bootstrap)."""
    random = np.random.default_rng(1)
    drawn = random.choice(np.asarray(values), (10_000, len(values))).mean(axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)
