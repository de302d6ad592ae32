"""What a question wants, told from its vector: fitted on examples that a steward can extend."""

from __future__ import annotations

from collections.abc import Mapping

from bot.guide.calibration import QuestionKind
from bot.guide.query import AskedKind
from bot.guide.search_index import Vectors

SURE = 0.5
"""The chance from which a question is taken to want a kind of thing."""


def kinds_of(vector: Vectors, heads: Mapping[str, QuestionKind]) -> dict[AskedKind, float]:
    """The chance of each kind for a question by itself."""
    return {AskedKind(name): head.probability(vector) for name, head in heads.items()}
