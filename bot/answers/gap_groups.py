"""Putting texts together that mean the same, by the vectors of their meaning."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Protocol

import numpy as np

from bot.guide.search_index import Vectors

ALIKE = 0.72
"""Mean cosine from which questions count as asking the same."""


class Meanings(Protocol):
    """Gives the vectors of texts."""

    def vectors(self, texts: Sequence[str]) -> Awaitable[Vectors]:
        """Vectors of unit length, shape (texts, dimension)."""


class NoMeanings:
    """Each wording means itself and nothing else: without a model, only equal texts are alike."""

    async def vectors(self, texts: Sequence[str]) -> Vectors:
        """One dimension for each wording."""
        folded = [" ".join(text.casefold().split()) for text in texts]
        places = {text: place for place, text in enumerate(dict.fromkeys(folded))}
        found: Vectors = np.zeros((len(texts), max(len(places), 1)), dtype=np.float32)
        for row, text in zip(found, folded, strict=True):
            row[places[text]] = 1.0
        return found


def group_by_meaning(vectors: Vectors, alike: float = ALIKE) -> list[list[int]]:
    """Groups of rows, by agglomeration with average linkage.

    The two groups with the highest mean cosine are joined again and again while it is at least
    `alike` (Lance and Williams, 1967, for the update).

    Args:
        vectors: of unit length, shape (N, dimension); N up to a few hundred.
        alike: the mean cosine that still joins.

    Returns:
        The rows of each group in ascending order; groups in the order of their first row.
    """
    count = len(vectors)
    cosines = np.asarray(vectors @ vectors.T, dtype=np.float64)
    np.fill_diagonal(cosines, -np.inf)
    groups: list[list[int]] = [[row] for row in range(count)]
    while count > 1:
        first, second = divmod(int(np.argmax(cosines)), count)
        if cosines[first, second] < alike:
            break
        first, second = min(first, second), max(first, second)
        sizes = len(groups[first]), len(groups[second])
        joined = (sizes[0] * cosines[first] + sizes[1] * cosines[second]) / sum(sizes)
        joined[[first, second]] = -np.inf
        cosines[first, :] = joined
        cosines[:, first] = joined
        cosines[second, :] = cosines[:, second] = -np.inf
        groups[first] = sorted(groups[first] + groups[second])
        groups[second] = []
    return [group for group in groups if group]
