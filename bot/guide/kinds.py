"""What a question wants, told from its vector: fitted on examples that a steward can extend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.guide.calibration import QuestionKind
from bot.guide.query import AskedKind, Query
from bot.guide.search_index import Vectors

SURE = 0.5
"""The chance from which a question is taken to want a kind of thing."""
VERY_SURE = 0.9
"""The chance from which it is, where its wording does not say so and much depends on it."""


def understood(query: Query, wants: Mapping[AskedKind, float]) -> Query:
    """A question with what it wants, by wording or by its vector."""

    def surely(kind: AskedKind) -> bool:
        return wants.get(kind, 0.0) >= VERY_SURE

    return replace(
        query,
        asked=query.asked | {kind for kind, chance in wants.items() if chance >= _needed(kind)},
        wants_case=query.wants_case or surely(AskedKind.CASE),
        wants_checklist=query.wants_checklist or surely(AskedKind.CHECKLIST),
        distress=query.distress or surely(AskedKind.DISTRESS),
    )


def _needed(kind: AskedKind) -> float:
    return VERY_SURE if kind in {AskedKind.SERVICE, AskedKind.ASIDE} else SURE


def kinds_of(vector: Vectors, heads: Mapping[str, QuestionKind]) -> dict[AskedKind, float]:
    """The chance of each kind for a question by itself."""
    return {AskedKind(name): head.probability(vector) for name, head in heads.items()}
