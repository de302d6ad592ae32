"""Embeddings kept by content hash, so that no text is embedded twice by the same model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.core.files import replaced
from bot.index.encoder import SentenceEncoder, Vectors
from bot.index.pieces import PassageTexts, PieceCache, PieceTable

_CHUNK = 256
_KEPT_EVERY = 8
"""After so many chunks what is embedded so far is written."""


class EmbeddingCache:
    """Vectors of one model by the hash of their text, in one file below `folder`."""

    def __init__(self, folder: Path, encoder: SentenceEncoder, shipped: Path | None = None) -> None:
        fingerprint = hashlib.sha256(encoder.fingerprint.encode()).hexdigest()
        self._file = folder / f"embeddings-{fingerprint[:16]}.npz"
        self._encoder = encoder
        self._rows, self._vectors = self._load()
        if not self._rows and shipped is not None:
            self._rows, self._vectors = read_shipped(shipped, encoder)

    def vectors(
        self, texts: Sequence[str], progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> tuple[Vectors, int]:
        """Vectors for `texts`, shape (len(texts), dimension), and how many were embedded for it.

        `progress` is told (done, all) of what has to be embedded, and nothing when nothing has.
        """
        keys = [_key(text) for text in texts]
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows
        }
        names, bodies = list(missing), list(missing.values())
        for start in range(0, len(bodies), _CHUNK):
            progress(start, len(bodies))
            self._append(
                names[start : start + _CHUNK], self._encoder.encode(bodies[start : start + _CHUNK])
            )
            if (start // _CHUNK + 1) % _KEPT_EVERY == 0:
                self._save(set(keys))  # a killed process loses little
        if bodies:
            progress(len(bodies), len(bodies))
            self._save(set(keys))
        return self._vectors[[self._rows[key] for key in keys]], len(bodies)

    def _append(self, keys: Sequence[str], vectors: Vectors) -> None:
        start = len(self._rows)
        self._rows |= {key: start + i for i, key in enumerate(keys)}
        self._vectors = np.concatenate([self._vectors, vectors])

    def _save(self, used: set[str]) -> None:
        """Write what is in use; texts that are gone from the library leave the cache."""
        keys = sorted(used & self._rows.keys())
        vectors = self._vectors[[self._rows[key] for key in keys]]
        with replaced(self._file) as part, part.open("wb") as stream:
            np.savez(stream, keys=np.array(keys), vectors=vectors)

    def _load(self) -> tuple[dict[str, int], Vectors]:
        empty = np.empty((0, self._encoder.dimension), dtype=np.float32)
        try:
            with self._file.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                keys, vectors = stored["keys"], stored["vectors"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}, empty  # no cache yet, or a torn one: everything is embedded anew
        if vectors.shape != (len(keys), self._encoder.dimension):
            return {}, empty
        return {str(key): row for row, key in enumerate(keys)}, vectors.astype(np.float32)


def write_shipped(
    file: Path, encoder: SentenceEncoder, texts: Sequence[str], vectors: Vectors
) -> None:
    """Write the vectors of texts, each in 8 bits a number, for whoever starts anew."""
    scale = np.abs(vectors).max(axis=1, keepdims=True) / 127
    with replaced(file) as part, part.open("wb") as stream:
        np.savez_compressed(
            stream,
            model=np.array(encoder.fingerprint),
            keys=np.array([list(bytes.fromhex(_key(text))) for text in texts], dtype=np.uint8),
            vectors=np.round(vectors / scale).astype(np.int8),
        )


def read_shipped(file: Path, encoder: SentenceEncoder) -> tuple[dict[str, int], Vectors]:
    """What `write_shipped` wrote; nothing where it is of another model, or can't be read."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            if str(stored["model"]) != encoder.fingerprint:
                return {}, np.empty((0, encoder.dimension), dtype=np.float32)
            keys, vectors = stored["keys"], stored["vectors"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}, np.empty((0, encoder.dimension), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return {bytes(key).hex(): row for row, key in enumerate(keys)}, vectors


def piece_cache(folder: Path, encoder: SentenceEncoder, shipped: Path | None = None) -> PieceCache:
    """What is kept of passages for close reading by a model, in one file below `folder`."""
    fingerprint = hashlib.sha256(encoder.fingerprint.encode()).hexdigest()
    return PieceCache(folder / f"pieces-{fingerprint[:16]}.npz", encoder.fingerprint, shipped)


class CachedEncoder:
    """An encoder that looks into the caches first; `embedded` counts what was not there."""

    def __init__(
        self,
        encoder: SentenceEncoder,
        cache: EmbeddingCache,
        pieces: PieceCache,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> None:
        self._encoder = encoder
        self._cache = cache
        self._pieces = pieces
        self._progress = progress
        self.embedded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, dimension)."""
        vectors, count = self._cache.vectors(texts, self._progress)
        self.embedded += count
        return vectors

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of single words; they cost nothing and are not kept."""
        return self._encoder.word_vectors(words)

    def piece_table(self, passages: Sequence[PassageTexts]) -> PieceTable:
        """The pieces of passages; those that are not there yet are read."""
        return self._pieces.table(passages, lambda texts: self._encoder.read(texts)[1])


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
