"""The search index on disk: vectors, a faiss index over them, BM25, and a manifest.

A build is written to a folder of its own; `current.json`, replaced in one step, names it. Opening
never writes. Everything is checked against the manifest before it is used.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import bm25s
import faiss
import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.core.errors import IndexMissing, IndexStale, IndexTorn
from bot.core.files import sha256_of
from bot.core.models import Library
from bot.guide.search_index import (
    Closeness,
    Compared,
    Neighbors,
    Numbers,
    Pieces,
    Scores,
    Similarities,
    Vectors,
)
from bot.index.known import KnownQuestions
from bot.index.pieces import PieceTable
from bot.index.stems import terms_of
from bot.index.threads import leave_cores_to_encoder

SCHEMA = 5
REBUILD = "Run `python -m bot index` to build it."
ROLES = ("text", "sentences", "asks", "beyond")
POINTER = "current.json"
MANIFEST = "manifest.json"
VECTORS, DENSE, ROWS, TERMS = "vectors.npy", "dense.faiss", "rows.json", "terms.json"
WORDS = "words.npy"


class Manifest(BaseModel):
    """What an index was built of; a different one can't be searched with this program."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: int
    model: str
    model_fingerprint: str
    dimension: int
    library_fingerprint: str
    passages: int
    rows: int
    files: dict[str, str]


class Rows(BaseModel):
    """Which rows of the vectors belong to which passage: per passage one start for each role."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ids: list[str]
    starts: list[tuple[int, int, int, int, int]]
    checklists: list[tuple[int, int]]
    uncovered: tuple[int, int]
    about_bot: tuple[int, int]
    questions: tuple[int, int]
    answered_by: list[int]
    """For each of the known questions the number of its passage; -1 for none."""
    hands: list[str]


class DiskIndex:
    """An opened index; implements `bot.guide.search_index.SearchIndex`."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        *,
        without: str = "",
        pieces: PieceTable | None = None,
    ) -> None:
        leave_cores_to_encoder()
        self._folder = folder
        self.manifest = manifest
        rows = Rows.model_validate_json((folder / ROWS).read_text("utf-8"))
        self._ids = rows.ids
        self._starts = np.array(rows.starts, dtype=np.int64).reshape(-1, len(ROLES) + 1)
        self._checklists = rows.checklists
        self._uncovered = rows.uncovered
        self._about_bot = rows.about_bot
        self._rows = rows
        self._vectors: Vectors = np.asarray(np.load(folder / VECTORS, mmap_mode="r"))
        self._dense = faiss.read_index(str(folder / DENSE))
        self._owner = _searchable_owner(self._starts)
        self._bm25 = {
            field: bm25s.BM25.load(folder / field, load_corpus=False) for field in ("words", "asks")
        }
        terms = json.loads((folder / TERMS).read_text("utf-8"))
        self._weights: dict[str, float] = terms["weights"]
        self._rarest = max(self._weights.values(), default=1.0)
        self._passage_terms = [frozenset(names) for names in terms["passages"]]
        self._passage_words: list[list[int]] = terms["words"]
        self._words: Vectors = np.load(folder / WORDS)
        starts = self._starts
        self._beyond: Vectors = self._vectors[
            np.concatenate(
                [np.empty(0, np.int64), *(np.arange(s[3], s[4]) for s in starts if s[4] > s[3])]
            )
        ]
        self._known = self._known_without(without)
        self._pieces = pieces or PieceTable.open(folder)

    def without(self, hand: str, pieces: PieceTable) -> DiskIndex:
        """The same index, as if somebody had written no questions; `pieces` are without them."""
        return DiskIndex(self._folder, self.manifest, without=hand, pieces=pieces)

    def _known_without(self, hand: str) -> KnownQuestions:
        starts, rows = self._starts, self._rows
        asks = [np.arange(s[2], s[3]) for s in starts]
        begin, _ = rows.questions
        kept = np.array(
            [i for i, one in enumerate(rows.hands) if not hand or one != hand], dtype=np.int64
        )
        answered = np.array(rows.answered_by, dtype=np.int64)[kept]
        first, last = rows.uncovered
        return KnownQuestions.of(
            [
                *((self._vectors[at], np.full(len(at), n)) for n, at in enumerate(asks)),
                (self._vectors[begin + kept], answered),
                (self._vectors[first:last], np.full(last - first, -1)),
                (self._beyond, np.full(len(self._beyond), -1)),
            ],
            len(rows.ids),
        )

    @property
    def ids(self) -> Sequence[str]:
        """The id of each passage, by number."""
        return self._ids

    def nearest(self, vector: Vectors, limit: int) -> Numbers:
        """Up to `limit` passages by their best row."""
        if not self._ids:
            return np.empty(0, dtype=np.int64)
        width = min(limit * 6, self._dense.ntotal)
        _, found = self._dense.search(vector[None, :], width)
        owners = self._owner[found[0][found[0] >= 0]]
        _, first = np.unique(owners, return_index=True)
        best: Numbers = owners[np.sort(first)][:limit]
        return best

    def similarities(self, vector: Vectors, passages: Numbers) -> Similarities:
        """Cosines with every row of the passages, pooled by role."""
        starts = self._starts[passages]
        counts = starts[:, -1] - starts[:, 0]
        cuts = np.concatenate([[0], np.cumsum(counts)])[:-1, None] + (starts - starts[:, :1])
        rows = np.arange(counts.sum()) + np.repeat(starts[:, 0] - cuts[:, 0], counts)
        cosines = self._vectors[rows] @ vector
        text, sentences, asks, beyond = (
            _pooled(cosines, cuts[:, role], cuts[:, role + 1]) for role in range(len(ROLES))
        )
        none = np.isnan(asks[:, 0])
        nearest = np.where(none, np.nan, _mean(asks))
        return Similarities(
            text=text[:, 0],
            sentence=np.where(np.isnan(sentences[:, 0]), text[:, 0], sentences[:, 0]),
            ask=asks[:, 0],
            asks=nearest.astype(np.float32),
            beyond=np.nan_to_num(beyond[:, 0], nan=0.0),
        )

    def compare(self, vectors: Vectors) -> list[Compared]:
        """Each vector with all known questions."""
        return self._known.compare(vectors)

    def neighbors(self, compared: Compared, passages: Numbers) -> Neighbors:
        """The known questions nearest to a vector, for some passages and for all."""
        return self._known.nearest(compared, passages)

    def closeness(self, vector: Vectors, pieces: Pieces, passages: Numbers) -> Closeness:  # noqa: ARG002
        """How well each piece of a question is met by some passages; see `PieceTable`."""
        return self._pieces.closeness(pieces, passages)

    def lexical(self, terms: Sequence[str]) -> tuple[Scores, Scores]:
        """BM25 scores of all passages, over their text and over their asks."""
        return self._all_scores("words", terms), self._all_scores("asks", terms)

    def terms(self, text: str) -> list[str]:
        """The stemmed content words of a text."""
        return terms_of(text)

    def weight(self, term: str) -> float:
        """Inverse document frequency; an unknown term counts as the rarest."""
        return self._weights.get(term, self._rarest)

    def knows(self, term: str) -> bool:
        """Whether a term occurs anywhere in the library."""
        return term in self._weights

    def has_term(self, passage: int, term: str) -> bool:
        """Whether a passage has a term in title, text or asks."""
        return term in self._passage_terms[passage]

    def checklists(self, vector: Vectors) -> Scores:
        """Nearness of each checklist: its purpose, and the nearest of its steps, in the mean."""
        cosines = [self._vectors[start:end] @ vector for start, end in self._checklists]
        return np.array([(c[0] + c[1:].max()) / 2 for c in cosines], dtype=np.float32)

    def about_bot(self, vector: Vectors) -> Scores:
        """Cosines with every example of what is said about the bot, in the library's order."""
        start, end = self._about_bot
        return np.asarray(self._vectors[start:end] @ vector, dtype=np.float32)

    def word_support(self, passage: int, words: Vectors) -> Scores:
        """For each word vector the highest cosine with a word of the passage or its asks."""
        among = self._passage_words[passage]
        if not len(words) or not among:
            return np.zeros(len(words), dtype=np.float32)
        return np.asarray((words @ self._words[among].T).max(axis=1), dtype=np.float32)

    def sentences(self, passage: int) -> Vectors:
        """The vectors of a passage's sentences."""
        start = self._starts[passage]
        return np.asarray(self._vectors[start[1] : start[2]])

    def _all_scores(self, field: str, terms: Sequence[str]) -> Scores:
        known = [term for term in terms if term in self._bm25[field].vocab_dict]
        if not known:
            return np.zeros(len(self._ids), dtype=np.float32)
        return np.asarray(self._bm25[field].get_scores(known), dtype=np.float32)


def open_index(folder: Path, library: Library, model_fingerprint: str) -> DiskIndex:
    """Open the current index for this library and model.

    Raises:
        IndexMissing, IndexTorn, IndexStale: with the command to run.
    """
    build = _current_build(folder)
    manifest = _read_manifest(build)
    if manifest.schema_version != SCHEMA:
        raise IndexStale(f"The index has an older format. {REBUILD}")
    if manifest.model_fingerprint != model_fingerprint:
        raise IndexStale(f"The index was built with another model, {manifest.model}. {REBUILD}")
    if manifest.library_fingerprint != library.fingerprint:
        raise IndexStale(f"The library has changed since the index was built. {REBUILD}")
    for name, digest in manifest.files.items():
        file = build / name
        if not file.is_file() or sha256_of(file) != digest:
            raise IndexTorn(f"The index is damaged ({name} is cut off or altered). {REBUILD}")
    try:
        return DiskIndex(build, manifest)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise IndexTorn(f"The index is damaged ({error}). {REBUILD}") from error


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the current build, without opening it.

    Raises:
        IndexMissing, IndexTorn: there is none, or it can't be read.
    """
    return _read_manifest(_current_build(folder))


def _pooled(cosines: Scores, starts: Numbers, ends: Numbers) -> Scores:
    """The three highest values of each stretch, shape (stretches, 3); NaN where there are fewer."""
    width = int((ends - starts).max(initial=1))
    at = starts[:, None] + np.arange(width)
    inside = at < ends[:, None]
    values = np.where(inside, cosines[np.minimum(at, len(cosines) - 1)], -np.inf)
    best = -np.sort(-values, axis=1)[:, :3]
    if best.shape[1] < 3:
        best = np.pad(best, ((0, 0), (0, 3 - best.shape[1])), constant_values=-np.inf)
    pooled: Scores = np.where(np.isinf(best), np.nan, best).astype(np.float32)
    return pooled


def _mean(values: Scores) -> Scores:
    """The mean of each row without its NaNs; 0 for a row of nothing else."""
    known = ~np.isnan(values)
    totals = np.where(known, values, 0).sum(axis=1)
    return np.asarray(totals / np.maximum(known.sum(axis=1), 1), dtype=np.float32)


def _searchable_owner(starts: Numbers) -> Numbers:
    """The passage each row of the dense index belongs to; beyonds are not searched."""
    counts = starts[:, 3] - starts[:, 0]
    return np.repeat(np.arange(len(starts), dtype=np.int64), counts)


def _current_build(folder: Path) -> Path:
    try:
        name = json.loads((folder / POINTER).read_text("utf-8"))["build"]
    except FileNotFoundError:
        raise IndexMissing(f"There is no search index yet. {REBUILD}") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexTorn(f"The index can't be read ({error}). {REBUILD}") from error
    return folder / str(name)


def _read_manifest(build: Path) -> Manifest:
    try:
        return Manifest.model_validate_json((build / MANIFEST).read_text("utf-8"))
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise IndexTorn(f"The index is damaged (its manifest can't be read). {REBUILD}") from error
