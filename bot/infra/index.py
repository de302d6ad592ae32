"""The search index on disk: vectors, a faiss index over them, BM25, and a manifest.

A build is written to a folder of its own; `current.json`, replaced in one step, names it. Opening
never writes. Everything is checked against the manifest before it is used.
"""

from __future__ import annotations

import json
import math
import shutil
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import bm25s
import faiss
import numpy as np
import Stemmer
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.core.errors import IndexMissing, IndexStale, IndexTorn
from bot.core.models import Library, Passage
from bot.core.retrieval import Numbers, Scores, Similarities, Vectors
from bot.core.text import content_words
from bot.infra.files import replaced, sha256_of

SCHEMA = 1
FLAT_ROWS = 20_000
"""Up to so many rows every one is compared; beyond, the search follows a graph (HNSW)."""
REBUILD = "Run `python -m bot index` to build it."
_ABANDONED_SECONDS = 3600
_ROLES = ("text", "sentences", "asks", "beyond")
_POINTER = "current.json"
_MANIFEST = "manifest.json"
_VECTORS, _DENSE, _ROWS, _TERMS = "vectors.npy", "dense.faiss", "rows.json", "terms.json"
_stem = lru_cache(maxsize=50_000)(Stemmer.Stemmer("english").stemWord)


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


class _Rows(BaseModel):
    """Which rows of the vectors belong to which passage: per passage one start for each role."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ids: list[str]
    starts: list[tuple[int, int, int, int, int]]


def terms_of(text: str) -> list[str]:
    """The stemmed content words of a text, in order."""
    return [_stem(word) for word in content_words(text)]


def passage_texts(passage: Passage) -> dict[str, list[str]]:
    """What is embedded of a passage, by role."""
    return {
        "text": [f"{passage.title}. {passage.text}"],
        "sentences": list(passage.sentences),
        "asks": list(passage.asks),
        "beyond": list(passage.beyond),
    }


class DiskIndex:
    """An opened index; implements `bot.core.retrieval.SearchIndex`."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        rows = _Rows.model_validate_json((folder / _ROWS).read_text("utf-8"))
        self._ids = rows.ids
        self._starts = np.array(rows.starts, dtype=np.int64).reshape(-1, len(_ROLES) + 1)
        self._vectors: Vectors = np.load(folder / _VECTORS, mmap_mode="r")
        self._dense = faiss.read_index(str(folder / _DENSE))
        self._owner = _searchable_owner(self._starts)
        self._bm25 = {
            field: bm25s.BM25.load(folder / field, load_corpus=False) for field in ("words", "asks")
        }
        terms = json.loads((folder / _TERMS).read_text("utf-8"))
        self._weights: dict[str, float] = terms["weights"]
        self._rarest = max(self._weights.values(), default=1.0)
        self._passage_terms = [frozenset(names) for names in terms["passages"]]

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
            _pooled(cosines, cuts[:, role], cuts[:, role + 1]) for role in range(len(_ROLES))
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


def build_index(
    folder: Path,
    library: Library,
    model: tuple[str, str],
    embed: Callable[[Sequence[str]], Vectors],
) -> Manifest:
    """Build an index aside and make it the current one.

    Args:
        folder: where the builds lie.
        library: what to index.
        model: name and fingerprint of the embedding model.
        embed: gives vectors of unit length, shape (texts, dimension).
    """
    texts: list[str] = []
    starts: list[tuple[int, ...]] = []
    for passage in library.passages:
        by_role = passage_texts(passage)
        cuts = [len(texts)]
        for role in _ROLES:
            texts += by_role[role]
            cuts.append(len(texts))
        starts.append(tuple(cuts))
    vectors = embed(texts)
    name = uuid.uuid4().hex
    build = folder / name
    build.mkdir(parents=True)
    try:
        _write_dense(build, vectors, np.array(starts, dtype=np.int64).reshape(-1, len(_ROLES) + 1))
        rows = _Rows.model_validate({"ids": [p.id for p in library.passages], "starts": starts})
        (build / _ROWS).write_text(rows.model_dump_json(), "utf-8")
        _write_lexical(build, library)
        files = {
            path.relative_to(build).as_posix(): sha256_of(path)
            for path in sorted(build.rglob("*"))
            if path.is_file()
        }
        manifest = Manifest(
            schema_version=SCHEMA,
            model=model[0],
            model_fingerprint=model[1],
            dimension=vectors.shape[1],
            library_fingerprint=library.fingerprint,
            passages=len(library.passages),
            rows=len(vectors),
            files=files,
        )
        (build / _MANIFEST).write_text(manifest.model_dump_json(indent=2), "utf-8")
        with replaced(folder / _POINTER) as part:
            part.write_text(json.dumps({"build": name}), "utf-8")
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise
    _remove_old(folder, name)
    return manifest


def dense_index(vectors: Vectors) -> faiss.Index:
    """A faiss index by inner product: exact for few rows, a graph (HNSW) for many."""
    dimension = vectors.shape[1]
    if len(vectors) <= FLAT_ROWS:
        index: faiss.Index = faiss.IndexFlatIP(dimension)
    else:
        index = faiss.IndexHNSWFlat(dimension, 24, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 80
        index.hnsw.efSearch = 128
    index.add(vectors)
    return index


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
    totals: Scores = np.where(known, values, 0).sum(axis=1, dtype=np.float32)
    return totals / np.maximum(known.sum(axis=1), 1).astype(np.float32)


def _remove_old(folder: Path, current: str) -> None:
    """Remove earlier builds, and what a killed process left; not what another is writing now."""
    for build in folder.iterdir():
        if not build.is_dir() or build.name == current:
            continue
        abandoned = time.time() - build.stat().st_mtime > _ABANDONED_SECONDS
        if abandoned or (build / _MANIFEST).exists():
            shutil.rmtree(build, ignore_errors=True)


def _searchable_owner(starts: Numbers) -> Numbers:
    """The passage each row of the dense index belongs to; beyonds are not searched."""
    counts = starts[:, 3] - starts[:, 0]
    return np.repeat(np.arange(len(starts), dtype=np.int64), counts)


def _write_dense(build: Path, vectors: Vectors, starts: Numbers) -> None:
    np.save(build / _VECTORS, vectors)
    searchable = np.concatenate([np.arange(s[0], s[3]) for s in starts])
    faiss.write_index(dense_index(vectors[searchable]), str(build / _DENSE))


def _write_lexical(build: Path, library: Library) -> None:
    fields: dict[Literal["words", "asks"], list[list[str]]] = {
        "words": [terms_of(f"{p.title} {p.text}") for p in library.passages],
        "asks": [terms_of(" ".join(p.asks)) for p in library.passages],
    }
    for field, corpus in fields.items():
        bm25 = bm25s.BM25(k1=1.2, b=0.5)
        bm25.index([document or ["∅"] for document in corpus], show_progress=False)
        bm25.save(build / field)
    together = [set(a) | set(b) for a, b in zip(fields["words"], fields["asks"], strict=True)]
    frequency = Counter(term for terms in together for term in terms)
    total = len(together)
    weights = {
        term: math.log(1 + (total - count + 0.5) / (count + 0.5))
        for term, count in sorted(frequency.items())
    }
    content = {"weights": weights, "passages": [sorted(terms) for terms in together]}
    (build / _TERMS).write_text(json.dumps(content), "utf-8")


def _current_build(folder: Path) -> Path:
    try:
        name = json.loads((folder / _POINTER).read_text("utf-8"))["build"]
    except FileNotFoundError:
        raise IndexMissing(f"There is no search index yet. {REBUILD}") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexTorn(f"The index can't be read ({error}). {REBUILD}") from error
    return folder / str(name)


def _read_manifest(build: Path) -> Manifest:
    try:
        return Manifest.model_validate_json((build / _MANIFEST).read_text("utf-8"))
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise IndexTorn(f"The index is damaged (its manifest can't be read). {REBUILD}") from error
