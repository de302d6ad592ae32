"""Closer reading: how well each word of a question, as it is meant there, is met by a passage.

Every piece of a question is compared with every piece of a passage's text, of its asks and of the
known questions it answers, and counts by its best match and its rarity (late interaction: Khattab
and Zaharia, 2020). Of the many pieces of asks and known questions a few hundred centers are kept
for each passage, in fewer dimensions (as Santhanam et al., 2022, do).
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import faiss
import numpy as np
import numpy.typing as npt

from bot.core.files import replaced
from bot.core.models import Library
from bot.guide.search_index import Closeness, Numbers, Pieces, Scores, Vectors

WIDTH = 128
GROUPS = ("text", "asks", "known")
_MOST_CENTERS = {"text": 256, "asks": 96, "known": 256}
_ROUNDS = 6
_SEED = 1

Reader = Callable[[Sequence[str]], Sequence[Pieces]]
PassageTexts = tuple[tuple[str, ...], ...]
"""The texts of a passage in each of the groups."""


def texts_of(library: Library, *, without: str = "") -> list[PassageTexts]:
    """What is read of each passage; `without` leaves out the questions of a hand."""
    known: dict[str, list[str]] = {}
    for one in library.questions:
        if one.passage and one.hand != without:
            known.setdefault(one.passage, []).append(one.text)
    return [(p.sentences, p.asks, tuple(known.get(p.id, ()))) for p in library.passages]


@dataclass(frozen=True, slots=True)
class Lens:
    """What pieces are seen through: `projection` (dimension, width), `rarity` by vocabulary id."""

    projection: Vectors
    rarity: Scores

    @classmethod
    def of(cls, texts: Sequence[Pieces]) -> Lens:
        """The main directions of the pieces of many texts, and how rare each piece is."""
        found = [one.vectors for one in texts if len(one.ids)]
        if not found:
            return cls(np.empty((0, 0), np.float32), np.empty(0, np.float32))
        some = np.concatenate(found)[:: max(1, sum(map(len, found)) // 40_000)]
        _, _, axes = np.linalg.svd(some, full_matrices=False)
        frequency = Counter(int(piece) for one in texts for piece in set(one.ids.tolist()))
        rarity = np.full(max(frequency) + 1, math.log(len(texts)), dtype=np.float32)
        for piece, count in frequency.items():
            rarity[piece] = math.log(len(texts) / (1 + count)) if count < len(texts) else 0.0
        return cls(np.ascontiguousarray(axes[:WIDTH].T, dtype=np.float32), np.maximum(rarity, 0.01))

    def see(self, vectors: Vectors) -> Vectors:
        """Vectors of unit length in fewer dimensions."""
        narrow = vectors @ self.projection
        lengths = np.linalg.norm(narrow, axis=1, keepdims=True)
        return np.asarray(narrow / np.maximum(lengths, 1e-6), dtype=np.float32)

    def weights(self, ids: Numbers) -> Scores:
        """How much each piece of a question counts; they sum to 1."""
        inside = np.minimum(ids, len(self.rarity) - 1)
        rarest = self.rarity.max()
        weights = np.where(ids < len(self.rarity), self.rarity[inside], rarest)
        return np.asarray(weights / weights.sum(), dtype=np.float32)

    def centers(self, texts: PassageTexts, read: Reader) -> list[Vectors]:
        """What is kept of the pieces of a passage, for each group; shape (up to a bound, width)."""
        kept = []
        for group, group_texts in zip(GROUPS, texts, strict=True):
            pieces = [one.vectors for one in read(group_texts) if len(one.ids)]
            seen = self.see(np.concatenate(pieces)) if pieces else self.blank
            kept.append(_centers(seen, _MOST_CENTERS[group]))
        return kept

    @property
    def blank(self) -> Vectors:
        """No rows."""
        return np.empty((0, self.projection.shape[1]), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class PieceTable:
    """The pieces of P passages: `rows` (all, width); `starts` (P, groups + 1) tells whose they are."""

    lens: Lens
    rows: Vectors
    starts: Numbers

    @classmethod
    def of(cls, lens: Lens, passages: Sequence[Sequence[Vectors]]) -> PieceTable:
        """A table of what is kept of each passage."""
        counts = [[len(group) for group in groups] for groups in passages]
        ends = np.cumsum(np.array(counts, dtype=np.int64).reshape(-1))
        every = np.concatenate([[0], ends]).astype(np.int64)
        at = np.arange(len(passages))[:, None] * len(GROUPS) + np.arange(len(GROUPS) + 1)
        rows = [group for groups in passages for group in groups]
        return cls(lens, np.concatenate([lens.blank, *rows]), every[at])

    def closeness(self, pieces: Pieces, passages: Numbers) -> Closeness:
        """How well the pieces of a question are met by some passages.

        A group that is empty has what the one before it has.
        """
        count, width = len(passages), len(pieces.ids)
        if not width or not len(self.rows) or not count:
            groups = np.zeros((count, len(GROUPS)), np.float32)
            return Closeness(
                groups, np.zeros((count, width), np.float32), np.ones(width, np.float32)
            )
        weights = self.lens.weights(pieces.ids)
        starts = self.starts[passages]
        sizes = starts[:, -1] - starts[:, 0]
        shift = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        rows = np.arange(sizes.sum()) + np.repeat(starts[:, 0] - shift, sizes)
        cosines = self.rows[rows] @ self.lens.see(pieces.vectors).T
        counts = np.diff(starts, axis=1).reshape(-1)
        filled = counts > 0
        flat = np.full((len(counts), width), np.nan, dtype=np.float32)
        flat[filled] = np.maximum.reduceat(cosines, (np.cumsum(counts) - counts)[filled], axis=0)
        best: Scores = flat.reshape(count, len(GROUPS), width)
        for group in range(1, len(GROUPS)):
            missing = np.isnan(best[:, group, 0])
            best[missing, group] = best[missing, group - 1]
        known = np.nan_to_num(best)
        return Closeness(known @ weights, known.max(axis=1), weights)

    def save(self, folder: Path) -> None:
        """Write it into a folder, in files that are read where they lie."""
        np.save(folder / _ROWS, self.rows)
        np.savez(
            folder / _LENS,
            starts=self.starts,
            projection=self.lens.projection,
            rarity=self.lens.rarity,
        )

    @classmethod
    def open(cls, folder: Path) -> PieceTable:
        """What `save` wrote."""
        with np.load(folder / _LENS, allow_pickle=False) as stored:
            lens = Lens(stored["projection"], stored["rarity"])
            starts = stored["starts"]
        return cls(lens, np.asarray(np.load(folder / _ROWS, mmap_mode="r")), starts)


_ROWS, _LENS = "pieces.npy", "lens.npz"


class PieceCache:
    """What is kept of passages, by the hash of their texts, of one model.

    Args:
        file: where it is kept.
        model: the fingerprint of the model.
        shipped: a file to begin with where there is none.
    """

    def __init__(self, file: Path, model: str, shipped: Path | None = None) -> None:
        self._file = file
        self._model = model
        self.lens: Lens | None = None
        self._kept: dict[str, list[Vectors]] = {}
        if not self._load(file) and shipped is not None:
            self._load(shipped)

    def table(self, passages: Sequence[PassageTexts], read: Reader) -> PieceTable:
        """The table of some passages; what is not there yet is read, and kept."""
        lens = self.lens
        if lens is None:
            every = dict.fromkeys(text for texts in passages for group in texts for text in group)
            lens = self.lens = Lens.of(read(list(every)))
        keys = [_key(texts) for texts in passages]
        new = {k: t for k, t in zip(keys, passages, strict=True) if k not in self._kept}
        self._kept |= {key: lens.centers(texts, read) for key, texts in new.items()}
        if new:
            self._kept = {key: self._kept[key] for key in dict.fromkeys(keys)}
            self.write(self._file)
        return PieceTable.of(lens, [self._kept[key] for key in keys])

    def write(self, file: Path) -> None:
        """Write what is kept, in 8 bits a number."""
        assert self.lens is not None
        table = PieceTable.of(self.lens, list(self._kept.values()))
        scale = np.abs(table.rows).max(axis=1, keepdims=True) / 127
        with replaced(file) as part, part.open("wb") as stream:
            np.savez_compressed(
                stream,
                model=np.array(self._model),
                keys=np.array(list(self._kept)),
                rows=np.round(table.rows / scale).astype(np.int8),
                starts=table.starts,
                projection=self.lens.projection.astype(np.float16),
                rarity=self.lens.rarity.astype(np.float16),
            )

    def _load(self, file: Path) -> bool:
        try:
            with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
                if str(stored["model"]) != self._model:
                    return False
                rows = stored["rows"].astype(np.float32)
                starts, keys = stored["starts"], stored["keys"]
                lens = Lens(_wide(stored["projection"]), _wide(stored["rarity"]))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return False
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
        self.lens = lens
        self._kept = {
            str(key): [rows[a:b] for a, b in pairwise(cuts)]
            for key, cuts in zip(keys, starts, strict=True)
        }
        return True


def _centers(vectors: Vectors, most: int) -> Vectors:
    """At most so many vectors that stand for all; they themselves where they are few."""
    if len(vectors) <= most:
        return vectors
    means = faiss.Kmeans(
        vectors.shape[1],
        most,
        niter=_ROUNDS,
        spherical=True,
        seed=_SEED,
        min_points_per_centroid=1,
        max_points_per_centroid=len(vectors),
    )
    means.train(np.ascontiguousarray(vectors))
    return np.array(means.centroids, dtype=np.float32)


def _wide(stored: npt.NDArray[np.float16]) -> npt.NDArray[np.float32]:
    return stored.astype(np.float32)


def _key(texts: PassageTexts) -> str:
    return hashlib.sha256(repr(texts).encode()).hexdigest()
