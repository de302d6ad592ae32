"""When to ask back: a question that could mean several things in the library."""

from __future__ import annotations

from bot.guide.assessment import Assessment
from bot.guide.calibration import Calibration
from bot.guide.coverage import probabilities
from bot.guide.query import AskedKind

MOST_DIRECTIONS = 4
_LEAST_CHANCE = 0.04
_CLEAR = 0.7
"""The chance of the first passage from which that direction is clear."""


def directions(assessment: Assessment, calibration: Calibration) -> list[int]:
    """The passages that a question might be about, best first; none where one of them is clear."""
    if assessment.prior is not None or AskedKind.SMALLTALK in assessment.query.asked:
        return []
    if calibration.unclear.probability(assessment.features) < calibration.unclear_threshold:
        return []
    ranking = assessment.ranking
    chances = probabilities(ranking.scores)
    if chances[0] >= _CLEAR or float(ranking.scores[0]) < calibration.off_topic:
        return []
    likely = [int(n) for n, c in zip(ranking.passages, chances, strict=True) if c >= _LEAST_CHANCE]
    found = likely[:MOST_DIRECTIONS]
    return found if len(found) > 1 else list(map(int, ranking.passages[:2]))
