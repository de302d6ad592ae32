"""Building the search index: aside, then made the current one in a single step."""

from __future__ import annotations

import json
import math
import shutil
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import bm25s
import faiss
import numpy as np

from bot.core.files import replaced, sha256_of
from bot.core.models import Library, Passage
from bot.core.text import content_words
from bot.guide.search_index import Numbers, Vectors
from bot.index.index import (
    DENSE,
    MANIFEST,
    POINTER,
    ROLES,
    ROWS,
    SCHEMA,
    TERMS,
    VECTORS,
    WORDS,
    Manifest,
    Rows,
)
from bot.index.pieces import PassageTexts, PieceTable, texts_of
from bot.index.stems import terms_of

FLAT_ROWS = 20_000
"""Up to so many rows every one is compared; beyond, the search follows a graph (HNSW)."""
_ABANDONED_SECONDS = 3600


class TextEncoder(Protocol):
    """What building an index needs of an encoder."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, dimension)."""

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of unit length of single words out of context, shape (words, any width)."""

    def piece_table(self, passages: Sequence[PassageTexts]) -> PieceTable:
        """The pieces of passages, for close reading."""


def passage_texts(passage: Passage) -> dict[str, list[str]]:
    """What is embedded of a passage, by role."""
    return {
        "text": [f"{passage.title}. {passage.text}"],
        "sentences": list(passage.sentences),
        "asks": list(passage.asks),
        "beyond": list(passage.beyond),
    }


def build_index(
    folder: Path,
    library: Library,
    model: tuple[str, str],
    encoder: TextEncoder,
) -> Manifest:
    """Build an index aside and make it the current one.

    Args:
        folder: where the builds lie.
        library: what to index.
        model: name and fingerprint of the embedding model.
        encoder: gives the vectors of texts and of single words.
    """
    texts: list[str] = []
    starts: list[tuple[int, ...]] = []
    for passage in library.passages:
        by_role = passage_texts(passage)
        cuts = [len(texts)]
        for role in ROLES:
            texts += by_role[role]
            cuts.append(len(texts))
        starts.append(tuple(cuts))
    checklists: list[tuple[int, int]] = []
    for checklist in library.checklists:
        checklists.append((len(texts), len(texts) + len(checklist.texts)))
        texts += checklist.texts
    uncovered = (len(texts), len(texts) + len(library.uncovered))
    said = [text for text, _ in library.about_bot.examples]
    about_bot = (uncovered[1], uncovered[1] + len(said))
    questions = (about_bot[1], about_bot[1] + len(library.questions))
    asked = [one.text for one in library.questions]
    vectors = encoder.encode([*texts, *library.uncovered, *said, *asked])
    numbers = {passage.id: number for number, passage in enumerate(library.passages)}
    name = uuid.uuid4().hex
    build = folder / name
    build.mkdir(parents=True)
    try:
        _write_dense(build, vectors, np.array(starts, dtype=np.int64).reshape(-1, len(ROLES) + 1))
        rows = Rows.model_validate(
            {
                "ids": [passage.id for passage in library.passages],
                "starts": starts,
                "checklists": checklists,
                "uncovered": uncovered,
                "about_bot": about_bot,
                "questions": questions,
                "answered_by": [numbers.get(one.passage, -1) for one in library.questions],
                "hands": [one.hand for one in library.questions],
            }
        )
        (build / ROWS).write_text(rows.model_dump_json(), "utf-8")
        _write_lexical(build, library, encoder)
        encoder.piece_table(texts_of(library)).save(build)
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
        (build / MANIFEST).write_text(manifest.model_dump_json(indent=2), "utf-8")
        with replaced(folder / POINTER) as part:
            part.write_text(json.dumps({"build": name}), "utf-8")
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise
    _remove_old(folder, name)
    return manifest


def indexed_texts(library: Library) -> list[str]:
    """All that is embedded of a library, each text once."""
    texts = [
        text for one in library.passages for role in ROLES for text in passage_texts(one)[role]
    ]
    texts += [text for checklist in library.checklists for text in checklist.texts]
    texts += [*library.uncovered, *(text for text, _ in library.about_bot.examples)]
    return list(dict.fromkeys([*texts, *(one.text for one in library.questions)]))


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


def _remove_old(folder: Path, current: str) -> None:
    """Remove earlier builds, and what a killed process left; not what another is writing now."""
    for build in folder.iterdir():
        if not build.is_dir() or build.name == current:
            continue
        abandoned = time.time() - build.stat().st_mtime > _ABANDONED_SECONDS
        if abandoned or (build / MANIFEST).exists():
            shutil.rmtree(build, ignore_errors=True)


def _write_dense(build: Path, vectors: Vectors, starts: Numbers) -> None:
    np.save(build / VECTORS, vectors)
    searchable = np.concatenate([np.empty(0, np.int64), *(np.arange(s[0], s[3]) for s in starts)])
    faiss.write_index(dense_index(vectors[searchable]), str(build / DENSE))


def _write_lexical(build: Path, library: Library, encoder: TextEncoder) -> None:
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
    texts = [content_words(" ".join([p.title, p.text, *p.asks])) for p in library.passages]
    vocabulary = {word: i for i, word in enumerate(sorted({w for text in texts for w in text}))}
    np.save(build / WORDS, encoder.word_vectors(list(vocabulary)))
    content = {
        "weights": weights,
        "passages": [sorted(terms) for terms in together],
        "words": [sorted({vocabulary[word] for word in text}) for text in texts],
    }
    (build / TERMS).write_text(json.dumps(content), "utf-8")
