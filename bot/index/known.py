"""Known questions and the passages that answer them: a new one is told by its neighbors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.guide.search_index import Compared, Neighbors, Numbers, Scores, Vectors

_LOOKED_AT = 400
"""So many of the nearest tell passages apart; what is not among them counts as far as the last."""
_MANY, _FEW = 10, 3
_NEAREST = 20


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """Questions as vectors, those that passages answer and those that none does.

    Attributes:
        covered: shape (questions, dimension), with the number of the passage of each in `owner`.
        uncovered: shape (questions, dimension).
        passages: how many passages there are.
    """

    covered: Vectors
    owner: Numbers
    uncovered: Vectors
    passages: int

    @classmethod
    def of(cls, groups: Sequence[tuple[Vectors, Numbers]], passages: int) -> KnownQuestions:
        """Questions in groups, each with the numbers of their passages; -1 is none."""
        vectors = np.concatenate([vectors for vectors, _ in groups]).astype(np.float32)
        owner = np.concatenate([owner for _, owner in groups]).astype(np.int64)
        return cls(vectors[owner >= 0], owner[owner >= 0], vectors[owner < 0], passages)

    def compare(self, vectors: Vectors) -> list[Compared]:
        """Each vector with all questions; many cost little more than one."""
        covered = np.ascontiguousarray((self.covered @ vectors.T).T)
        uncovered = np.ascontiguousarray((self.uncovered @ vectors.T).T)
        return [Compared(*row) for row in zip(vectors, covered, uncovered, strict=True)]

    def nearest(self, compared: Compared, passages: Numbers) -> Neighbors:
        """The questions nearest to a vector, for some passages and for all."""
        cosines = compared.covered
        uncovered = _highest(compared.uncovered, _NEAREST)
        if not len(cosines):
            return Neighbors(np.zeros((len(passages), 3), np.float32), cosines, uncovered)
        some = min(_LOOKED_AT, len(cosines))
        near = np.argpartition(-cosines, some - 1)[:some]
        near = near[np.argsort(-cosines[near], kind="stable")]
        return Neighbors(
            self._of_passages(cosines[near], self.owner[near])[passages],
            cosines[near[:_NEAREST]],
            uncovered,
        )

    def _of_passages(self, cosines: Scores, owner: Numbers) -> Scores:
        """The best, the mean of three and of ten of each passage; shape (passages, 3)."""
        order = np.argsort(owner, kind="stable")  # within a passage still the nearest first
        owner, cosines, floor = owner[order], cosines[order], cosines.min()
        starts = np.searchsorted(owner, np.arange(self.passages))
        place = np.arange(len(owner)) - starts[owner]
        table = np.full((self.passages, _MANY), floor, dtype=np.float32)
        kept = place < _MANY
        table[owner[kept], place[kept]] = cosines[kept]
        return np.stack([table[:, 0], table[:, :_FEW].mean(axis=1), table.mean(axis=1)], axis=1)


def _highest(values: Scores, count: int) -> Scores:
    if len(values) > count:
        values = np.partition(values, -count)[-count:]
    return np.asarray(-np.sort(-values), dtype=np.float32)
