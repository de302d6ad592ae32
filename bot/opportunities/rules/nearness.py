"""How near interests are in meaning to opportunities, pure.

A cosine alone tells little: some opportunities are near to everything, others to nothing. So what
counts is how far an interest stands out from the library's own topics, in standard deviations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.guide.search_index import Vectors

_LEAST_SPREAD = 0.05
"""About the least that the library's topics had over 78 opportunities; few topics tell little."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Interests to be compared with opportunities.

    Attributes:
        interests: as people gave them.
        topics: what is usual, against which an interest has to stand out.
        offers: of each opportunity the texts, of which the nearest counts.
    """

    interests: tuple[str, ...]
    topics: tuple[str, ...]
    offers: tuple[tuple[str, ...], ...]

    @property
    def wordings(self) -> list[str]:
        """What is to be embedded, in the order in which `nearness` wants the vectors."""
        texts = [text for offer in self.offers for text in offer]
        return [*map(_framed, self.interests), *map(_framed, self.topics), *texts]

    def nearness(self, vectors: Vectors) -> tuple[Mapping[str, float], ...]:
        """For each opportunity, how far each interest stands out, in standard deviations.

        Args:
            vectors: of unit length, shape (wordings, dimension).
        """
        words = len(self.interests) + len(self.topics)
        cosines = vectors[:words] @ vectors[words:].T
        found, at = [], 0
        for offer in self.offers:
            best = cosines[:, at : at + len(offer)].max(axis=1)
            at += len(offer)
            own, usual = best[: len(self.interests)], best[len(self.interests) :]
            middle, spread = (usual.mean(), usual.std()) if usual.size else (0.0, 1.0)
            scores = (own - middle) / np.maximum(spread, _LEAST_SPREAD)
            found.append(dict(zip(self.interests, map(float, scores), strict=True)))
        return tuple(found)


def _framed(interest: str) -> str:
    """An interest as somebody would say it: two bare words mean too much at once."""
    return f"We are interested in {interest}."
