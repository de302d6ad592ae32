"""An encoder for fitting, which reads the same thousands of texts again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.guide.search_index import Pieces, Vectors
from bot.index.cache import EmbeddingCache
from bot.index.encoder import SentenceEncoder
from bot.index.pieces import PassageTexts, PieceCache, PieceTable


class OnceEncoder:
    """Reads each text once and holds all of it; takes half a gigabyte for the library."""

    def __init__(self, encoder: SentenceEncoder, cache: EmbeddingCache, pieces: PieceCache) -> None:
        self._encoder = encoder
        self._cache = cache
        self._pieces = pieces
        self._held: dict[str, tuple[Vectors, Pieces]] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, dimension), by way of the cache."""
        return self._cache.vectors(texts)[0]

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        """Vectors, and the pieces of each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._held]
        if new:
            vectors, pieces = self._encoder.read(new)
            self._held |= zip(new, zip(vectors, pieces, strict=True), strict=True)
        found = [self._held[text] for text in texts]
        width = self._encoder.dimension
        vectors = np.array([vector for vector, _ in found], dtype=np.float32).reshape(-1, width)
        return vectors, [pieces for _, pieces in found]

    def piece_table(self, passages: Sequence[PassageTexts]) -> PieceTable:
        """The pieces of passages as they are to be shipped."""
        return self._pieces.table(passages, self._pieces_of)

    def piece_table_apart(self, passages: Sequence[PassageTexts]) -> PieceTable:
        """The same, seen through the same lens, and not kept."""
        lens = self._pieces.lens
        assert lens is not None
        return PieceTable.of(lens, [lens.centers(texts, self._pieces_of) for texts in passages])

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of single words."""
        return self._encoder.word_vectors(words)

    def _pieces_of(self, texts: Sequence[str]) -> list[Pieces]:
        return self.read(texts)[1]
