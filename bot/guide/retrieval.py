"""Finding passages for a question: what an index has to offer, and how its signals are fused.

Dense search and BM25 each name candidates; for the candidates every signal is computed exactly,
and one weighted sum ranks them. The weights are data (`Calibration`), fitted by a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.guide.search_index import (
    Closeness,
    Compared,
    Numbers,
    Pieces,
    Scores,
    SearchIndex,
    Vectors,
)

SIGNALS = (
    "text",
    "sentence",
    "ask",
    "asks",
    "words",
    "ask_words",
    "part_text",
    "part_ask",
    "checklist",
    "wish",
    "known",
    "known_few",
    "known_many",
)
CLOSE_SIGNALS = ("close_text", "close_asks", "close_known")
CANDIDATES = 48
READ_CLOSELY = 16
"""So many candidates are read closely, and ranked by that; the others are let go."""
OF_PART_READ_CLOSELY = 8
"""The same for a part of a question, of which the first few are looked at."""


UNREAD = Closeness(
    np.empty((0, len(CLOSE_SIGNALS)), np.float32),
    np.empty((0, 0), np.float32),
    np.empty(0, np.float32),
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates for one question, best first.

    Attributes:
        passages: numbers of the passages, shape (C,).
        scores: the fused scores, shape (C,), descending.
        signals: what was fused, by name, each of shape (C,).
        beyond: cosine with the nearest question the passage does not answer, shape (C,).
        close: the close reading of the candidates, where they were read.
    """

    passages: Numbers
    scores: Scores
    signals: dict[str, Scores]
    beyond: Scores
    close: Closeness = UNREAD


def reciprocal_rank_fusion(rankings: Sequence[Sequence[int]], k: int = 60) -> list[int]:
    """Merge rankings by the sum of 1 / (k + rank) (Cormack, Clarke and Buettcher, 2009)."""
    totals: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            totals[item] = totals.get(item, 0.0) + 1.0 / (k + rank)
    return sorted(totals, key=lambda item: (-totals[item], item))


def candidates(
    index: SearchIndex, vectors: Vectors, lexical: Sequence[tuple[Scores, Scores]]
) -> Numbers:
    """The passages worth looking at for a question in several wordings, shape (C,)."""
    rankings = [index.nearest(vector, CANDIDATES).tolist() for vector in vectors]
    rankings += [highest(in_text + in_asks, CANDIDATES).tolist() for in_text, in_asks in lexical]
    return np.array(reciprocal_rank_fusion(rankings)[:CANDIDATES], dtype=np.int64)


def with_best(passages: Numbers, scores: dict[int, float], limit: int) -> Numbers:
    """Candidates, with the `limit` best of `scores` appended where they are missing."""
    best = sorted(scores, key=lambda number: -scores[number])[:limit]
    missing = [number for number in best if number not in set(passages.tolist())]
    return np.concatenate([passages, np.array(missing, dtype=np.int64)])


def highest(scores: Scores, limit: int) -> Numbers:
    """The places of the highest scores above zero, best first."""
    if limit < len(scores):
        best = np.argpartition(-scores, limit)[:limit]
    else:
        best = np.arange(len(scores))
    best = best[scores[best] > 0]
    return best[np.lexsort((best, -scores[best]))].astype(np.int64)


def gather(
    index: SearchIndex,
    compared: Compared,
    terms: Sequence[str],
    lexical: tuple[Scores, Scores],
    passages: Numbers,
) -> tuple[dict[str, Scores], Scores]:
    """The signals of one wording for some passages, and the cosine with their beyonds."""
    cosines = index.similarities(compared.vector, passages)
    in_text, in_asks = (scores[passages] for scores in lexical)
    total = max(sum(index.weight(term) for term in terms), 1e-6)
    near = index.neighbors(compared, passages)
    signals = {
        "known": near.passages[:, 0],
        "known_few": near.passages[:, 1],
        "known_many": near.passages[:, 2],
        "text": cosines.text,
        "sentence": cosines.sentence,
        "ask": np.where(np.isnan(cosines.ask), cosines.text, cosines.ask),
        "asks": np.where(np.isnan(cosines.asks), cosines.text, cosines.asks),
        "words": (in_text / total).astype(np.float32),
        "ask_words": (in_asks / total).astype(np.float32),
    }
    return signals, cosines.beyond


def add_parts(signals: dict[str, Scores], parts: Sequence[dict[str, Scores]]) -> None:
    """Let each passage also count by the part of the question it fits best."""
    for name in ("text", "ask"):
        every = [signals[name], *(part[name] for part in parts)]
        signals[f"part_{name}"] = np.max(np.stack(every), axis=0)


def add_checklists(
    signals: dict[str, Scores], passages: Numbers, overviews: dict[int, float], *, wished: bool
) -> None:
    """Let the passage that stands for a checklist count by how near the checklist is.

    Args:
        signals: gets two more entries.
        passages: the candidates.
        overviews: nearness by the number of the passage.
        wished: whether the question asks to be led through something.
    """
    near = np.array([overviews.get(int(number), 0.0) for number in passages], dtype=np.float32)
    signals["checklist"] = near
    signals["wish"] = near * np.float32(wished)


def blended(part: Ranking, whole: Ranking, share: float) -> Ranking:
    """A part's ranking, with `share` of the whole question's scores as its context."""
    context = dict(zip(whole.passages.tolist(), whole.scores.tolist(), strict=True))
    lowest = float(whole.scores[-1])
    added = np.array([context.get(n, lowest) for n in part.passages.tolist()], dtype=np.float32)
    scores = part.scores + np.float32(share) * added
    order = np.argsort(-scores, kind="stable")
    return Ranking(
        part.passages[order],
        scores[order],
        {name: values[order] for name, values in part.signals.items()},
        part.beyond[order],
        _ordered(part.close, order),
    )


def read_closely(
    index: SearchIndex,
    ranking: Ranking,
    vector: Vectors,
    pieces: Pieces,
    weights: dict[str, float],
    most: int = READ_CLOSELY,
) -> Ranking:
    """Rank the first candidates again, by what close reading adds to their signals."""
    some = slice(most)
    passages = ranking.passages[some]
    close = index.closeness(vector, pieces, passages)
    signals = {name: values[some] for name, values in ranking.signals.items()}
    signals |= {name: close.groups[:, column] for column, name in enumerate(CLOSE_SIGNALS)}
    return rank(passages, signals, ranking.beyond[some], weights, close)


def rank(
    passages: Numbers,
    signals: dict[str, Scores],
    beyond: Scores,
    weights: dict[str, float],
    close: Closeness = UNREAD,
) -> Ranking:
    """Order candidates by the weighted sum of their signals."""
    scores = np.zeros(len(passages), dtype=np.float32)
    for name, weight in weights.items():
        scores += np.float32(weight) * signals[name]
    order = np.argsort(-scores, kind="stable")
    return Ranking(
        passages[order],
        scores[order],
        {name: values[order] for name, values in signals.items()},
        beyond[order],
        close if close is UNREAD else _ordered(close, order),
    )


def _ordered(close: Closeness, order: Numbers) -> Closeness:
    return Closeness(close.groups[order], close.pieces[order], close.weights)
