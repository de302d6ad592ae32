"""Libraries of any size without any meaning, to measure how the cost of a search grows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.core.models import Document, FilePlace, Library, Passage, PassageKind
from bot.guide.search_index import Vectors
from bot.index.pieces import Lens, PassageTexts, PieceTable


def synthetic_library(size: int, random: np.random.Generator) -> Library:
    """Passages of 60 words each, as often as words are in a language (Zipf)."""
    document = Document("synthetic", "Synthetic", "", "", None, "")
    words = np.minimum(random.zipf(1.3, (size, 60)), 30_000)
    passages = []
    for number, row in enumerate(words):
        text = " ".join(f"w{word}" for word in row)
        passages.append(
            Passage(
                f"p{number:06d}",
                "",
                PassageKind.DOCUMENT,
                (),
                document,
                "",
                FilePlace("", 1),
                text,
                (),
            )
        )
    return Library((document,), tuple(passages), (), (), f"synthetic-{size}")


def clustered(size: int, dimension: int, random: np.random.Generator) -> Vectors:
    """Vectors of unit length, shape (size, dimension), about 50 around each center."""
    centers = random.normal(0, 1, (max(size // 50, 1), dimension))
    chosen = random.integers(0, len(centers), size)
    return unit(centers[chosen] + random.normal(0, 0.5, (size, dimension)))


def unit(vectors: np.ndarray) -> Vectors:
    """The same directions with length 1."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / lengths, dtype=np.float32)


class PreparedEncoder:
    """An encoder that gives prepared vectors, so that nothing but the search is measured."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The prepared vectors, one for each text."""
        assert len(texts) == len(self._vectors)
        return self._vectors

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """A column of ones."""
        return np.ones((len(words), 1), dtype=np.float32)

    def piece_table(self, passages: Sequence[PassageTexts]) -> PieceTable:
        """Nothing of any passage."""
        lens = Lens.of([])
        return PieceTable.of(lens, [[lens.blank] * 3 for _ in passages])
