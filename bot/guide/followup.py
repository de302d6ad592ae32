"""What a follow-up means: read by itself, with what was asked before, and beside the answer.

A passage counts by its rank in each of these readings and by how it stands to the passage that was
answered with: the same, its case, a neighbor in its document. The weights are fitted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.models import Library, PassageKind
from bot.core.text import content_words
from bot.guide.query import Query, leans_on_earlier
from bot.guide.retrieval import Ranking
from bot.guide.search_index import Numbers, Scores

FOLLOW_SIGNALS = (
    "joined",
    "alone",
    "titled",
    "joined_lean",
    "alone_lean",
    "same",
    "same_lean",
    "same_short",
    "same_pointed",
    "same_wish",
    "beside",
    "linked",
    "linked_case",
    "same_document",
    "adjacent",
    "case",
    "first_alone",
)
_LOWEST = -12.0
_OF_READING, _OF_PRIOR = 12, 2


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Readings of a follow-up.

    Attributes:
        joined: with what was asked before.
        alone: by itself.
        titled: below the title of the passage that was answered with.
        prior: the passages of the question before, best first.
    """

    joined: Ranking
    alone: Ranking
    titled: Ranking
    prior: Sequence[int]


def follow_up_signals(
    query: Query, readings: FollowUp, library: Library
) -> tuple[Numbers, dict[str, Scores]]:
    """Candidates for a follow-up, and their signals, each of shape (C,)."""
    passages = library.passages
    scores = [_leads(one) for one in (readings.joined, readings.alone, readings.titled)]
    joined, alone, titled = scores
    first = passages[readings.prior[0]]
    linked = {
        number
        for number, one in enumerate(passages)
        if first.id in one.circumstance.illustrates or one.id in first.circumstance.illustrates
    }
    order = [n for n, one in enumerate(passages) if one.document.id == first.document.id]
    place = {number: at for at, number in enumerate(order)}
    at_first = place[readings.prior[0]]
    found = [n for one in scores for n in list(one)[:_OF_READING]]
    numbers = list(dict.fromkeys([*found, *readings.prior[:_OF_PRIOR], *sorted(linked)]))
    lean = float(leans_on_earlier(query.text))
    short = 1 / (1 + len(content_words(query.text)))
    rows = []
    for number in numbers:
        same = float(number == readings.prior[0])
        case = float(passages[number].kind is PassageKind.CASE and query.wants_case)
        near = number in place and abs(place[number] - at_first) == 1
        with_before, by_itself = joined.get(number, _LOWEST), alone.get(number, _LOWEST)
        rows.append(
            (
                with_before,
                by_itself,
                titled.get(number, _LOWEST),
                with_before * lean,
                by_itself * lean,
                same,
                same * lean,
                same * short,
                same * query.pointed,
                same * query.wants_checklist,
                float(number in readings.prior[1:]),
                float(number in linked),
                float(number in linked and query.wants_case),
                float(number in place),
                float(near),
                case,
                float(number == int(readings.alone.passages[0])),
            )
        )
    columns = np.array(rows, dtype=np.float32).T
    return np.array(numbers, dtype=np.int64), dict(zip(FOLLOW_SIGNALS, columns, strict=True))


def follow_up_scores(signals: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The weighted sum of the signals, shape (C,)."""
    scores = np.zeros(len(signals["joined"]), dtype=np.float32)
    for name, weight in weights.items():
        scores += np.float32(weight) * signals[name]
    return scores


def _leads(ranking: Ranking) -> dict[int, float]:
    """How far each passage lies behind the first of a ranking, in fused scores, best first."""
    behind = np.maximum(ranking.scores - ranking.scores[0], _LOWEST)
    return dict(zip(map(int, ranking.passages), map(float, behind), strict=True))
