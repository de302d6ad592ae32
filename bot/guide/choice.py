"""Choosing the few passages that together answer a question: a further one has to earn its place.

The first is the best of the ranking. What speaks for another is what it meets of the question that
the passages chosen so far leave open, and how well it fits a part of it; a fitted model turns that
into the chance that it is to the point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.core.models import Passage, PassageKind
from bot.guide.assessment import Assessment
from bot.guide.calibration import LogisticModel
from bot.guide.coverage import probabilities
from bot.guide.search_index import Scores

CHOICE_FEATURES = (
    "chance",
    "share",
    "part",
    "part_lead",
    "gain",
    "run",
    "run_lost",
    "open",
    "closeness",
    "parts",
    "several",
    "case",
    "illustrates",
    "same_document",
    "length",
    "rank",
    "chosen",
)
_OF_WHOLE, _OF_PART = 6, 2
_LEAST_SHARE = -8.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that might be cited besides those chosen, and what speaks for it, by name."""

    number: int
    features: dict[str, float]


@dataclass(slots=True)
class PassageChoice:
    """What is chosen of the candidates for one question so far; the best is, to begin with.

    Args:
        assessment: what is known of the question.
        passages: of the library, by number.
    """

    assessment: Assessment
    passages: Sequence[Passage]
    numbers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Choose the best of the ranking."""
        self.numbers = [int(self.assessment.ranking.passages[0])]

    def extend(self, model: LogisticModel, threshold: float, most: int) -> list[int]:
        """Choose on for as long as a candidate is likely enough to be to the point."""
        while len(self.numbers) < most and (found := self.candidates()):
            chances = [model.probability(one.features) for one in found]
            best = int(np.argmax(chances))
            if chances[best] < threshold:
                break
            self.numbers.append(found[best].number)
        return self.numbers

    def candidates(self) -> list[Candidate]:
        """What could be chosen next."""
        found = list(map(int, self.assessment.ranking.passages[:_OF_WHOLE]))
        for part in self.assessment.parts:
            found += map(int, part.passages[:_OF_PART])
        return [
            Candidate(n, self._features(n)) for n in dict.fromkeys(found) if n not in self.numbers
        ]

    def _features(self, number: int) -> dict[str, float]:
        query, ranking = self.assessment.query, self.assessment.ranking
        places = {int(n): place for place, n in enumerate(ranking.passages)}
        chances = probabilities(ranking.scores)
        place = places.get(number, len(places) - 1)
        chosen = [places[n] for n in self.numbers if n in places]
        met = ranking.close.pieces[chosen].max(axis=0)
        here = ranking.close.pieces[place]
        weights = ranking.close.weights
        part, lead = self._of_parts(number)
        passage, first = self.passages[number], self.passages[self.numbers[0]]
        cases = any(self.passages[n].kind is PassageKind.CASE for n in self.numbers)
        return {
            "chance": chances[place],
            "share": max(_LEAST_SHARE, math.log((chances[place] + 1e-9) / (chances[0] + 1e-9))),
            "part": part,
            "part_lead": lead,
            "gain": float(np.maximum(here - met, 0) @ weights),
            "run": _best_run(weights * (here - met)),
            "run_lost": _best_run(weights * (met - here)),
            "open": float((1 - met) @ weights),
            "closeness": float(here @ weights),
            "parts": float(len(self.assessment.parts)),
            "several": float(query.several),
            "case": float(query.wants_case and passage.kind is PassageKind.CASE and not cases),
            "illustrates": float(first.id in passage.circumstance.illustrates),
            "same_document": float(passage.document.id == first.document.id),
            "length": math.log(1 + len(weights)),
            "rank": math.log(1 + place),
            "chosen": float(len(self.numbers)),
        }

    def _of_parts(self, number: int) -> tuple[float, float]:
        """The chance of a passage in the part that it fits best, and its lead over the chosen there."""
        best, lead = 0.0, 0.0
        for part in self.assessment.parts:
            chances = dict(zip(map(int, part.passages), probabilities(part.scores), strict=True))
            here = chances.get(number, 0.0)
            if here > best:
                best, lead = here, here - max(chances.get(n, 0.0) for n in self.numbers)
        return best, lead


def _best_run(values: Scores) -> float:
    """The highest sum of neighbors: what is asked in one go is met in one go (Kadane)."""
    best = current = 0.0
    for value in values.tolist():
        current = max(current + value, 0.0)
        best = max(best, current)
    return best
