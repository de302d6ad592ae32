"""Choosing the few passages that together answer a question: a further one has to earn its place.

The first is the best of the ranking. What speaks for another is what it meets of the question that
the passages chosen so far leave open, and how well it fits a part of it; a fitted model turns that
into the chance that it is to the point.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.models import Passage, PassageKind
from bot.guide.assessment import Assessment
from bot.guide.calibration import LogisticModel
from bot.guide.coverage import probabilities
from bot.guide.query import does_ask
from bot.guide.retrieval import Ranking
from bot.guide.search_index import Scores

SEVERAL_FEATURES = (
    "parts",
    "asking",
    "tops",
    "several",
    "both",
    "and",
    "marks",
    "words",
    "part",
    "part_gain",
    "alone_lead",
    "alone_gain",
    "gain",
    "run",
    "open",
    "first",
)
"""What tells a question that needs several passages from one that does not."""
_BASE_FEATURES = (
    "chance",
    "share",
    "part",
    "part_lead",
    "part_gain",
    "part_rival",
    "alone",
    "alone_lead",
    "alone_gain",
    "alone_rival",
    "alone_top",
    "asking",
    "asking_lead",
    "gain",
    "run",
    "run_lost",
    "open",
    "closeness",
    "parts",
    "case",
    "illustrates",
    "same_document",
    "length",
    "rank",
    "chosen",
)
_WITH_SEVERAL = ("share", "part_gain", "alone_gain", "run", "same_document")
"""Features that mean more the likelier several passages are needed."""
CHOICE_FEATURES = (
    *_BASE_FEATURES,
    "needs_several",
    "surely_several",
    *(f"several_{name}" for name in _WITH_SEVERAL),
)
_OF_WHOLE, _OF_PART = 8, 3
_LEAST_SHARE = -8.0
_LEAST_GAIN = 0.01
_BOTH = re.compile(
    r"\b(?:both|two|three|also|plus|each|another thing|one more|before i forget)\b", re.IGNORECASE
)

Chances = Mapping[int, float]
"""The chance of each candidate of a ranking, by its number."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that might be cited besides those chosen, and what speaks for it, by name."""

    number: int
    features: dict[str, float]


class PassageChoice:
    """What is chosen of the candidates for one question so far; the best is, to begin with.

    Attributes:
        numbers: of the passages chosen, in their order.
        needs_several: the chance that one passage is not enough.
    """

    def __init__(
        self, assessment: Assessment, passages: Sequence[Passage], several: LogisticModel
    ) -> None:
        """Choose the best of the ranking; `passages` are those of the library, by number."""
        self._assessment, self._passages = assessment, passages
        self.numbers = [int(assessment.ranking.passages[0])]
        self._whole = _chances(assessment.ranking)
        self._places = {number: place for place, number in enumerate(self._whole)}
        self._parts = [_chances(part) for part in assessment.parts]
        self._alone = [_chances(part) for part in assessment.alone]
        self._asking = [
            chances
            for chances, part in zip(self._alone, assessment.query.parts, strict=True)
            if does_ask(part)
        ]
        found = list(self._whole)[:_OF_WHOLE]
        for part in [*self._parts, *self._alone]:
            found += list(part)[:_OF_PART]
        self._found = list(dict.fromkeys(found))
        self.needs_several = 0.0
        self.needs_several = several.probability(self.several_features())

    def extend(self, model: LogisticModel, threshold: float, most: int) -> list[int]:
        """Choose on for as long as a candidate is likely enough to be to the point."""
        while len(self.numbers) < most and (found := self.candidates()):
            chances = [model.probability(one.features) for one in found]
            best = int(np.argmax(chances))
            if chances[best] < threshold:
                break
            self.numbers.append(found[best].number)
        return self.numbers

    def several_features(self) -> dict[str, float]:
        """What tells whether the question needs several passages."""
        query = self._assessment.query
        found = [one.features for one in self.candidates()]
        best = {
            name: max((row[name] for row in found), default=0.0)
            for name in ("part", "part_gain", "alone_lead", "alone_gain", "gain", "run", "open")
        }
        return best | {
            "parts": float(len(self._parts)),
            "asking": float(len(self._asking)),
            "tops": float(len({next(iter(chances)) for chances in self._asking})),
            "several": float(query.several),
            "both": float(bool(_BOTH.search(query.text))),
            "and": float(" and " in query.text.lower()),
            "marks": float(query.text.count("?")),
            "words": math.log(1 + len(query.text.split())),
            "first": self._whole[self.numbers[0]],
        }

    def candidates(self) -> list[Candidate]:
        """What could be chosen next."""
        close = self._assessment.ranking.close
        chosen = [self._places[n] for n in self.numbers if n in self._places]
        met = close.pieces[chosen].max(axis=0)
        left = [n for n in self._found if n not in self.numbers]
        return [Candidate(number, self._features(number, met)) for number in left]

    def _features(self, number: int, met: Scores) -> dict[str, float]:
        query, close = self._assessment.query, self._assessment.ranking.close
        first = self.numbers[0]
        chance = self._whole.get(number, min(self._whole.values()))
        place = self._places.get(number, len(self._places) - 1)
        here, weights = close.pieces[place], close.weights
        part, part_lead, part_gain, part_rival = self._within(self._parts, number)
        alone, alone_lead, alone_gain, alone_rival = self._within(self._alone, number)
        asking, asking_lead, _, _ = self._within(self._asking, number)
        passage, best = self._passages[number], self._passages[first]
        cases = any(self._passages[n].kind is PassageKind.CASE for n in self.numbers)
        sure = min(max(self.needs_several, 1e-3), 1 - 1e-3)
        values = {
            "chance": chance,
            "share": max(_LEAST_SHARE, math.log((chance + 1e-9) / (self._whole[first] + 1e-9))),
            "part": part,
            "part_lead": part_lead,
            "part_gain": math.log(part_gain + _LEAST_GAIN),
            "part_rival": part_rival,
            "alone": alone,
            "alone_lead": alone_lead,
            "alone_gain": math.log(alone_gain + _LEAST_GAIN),
            "alone_rival": alone_rival,
            "alone_top": float(any(next(iter(chances)) == number for chances in self._alone)),
            "asking": asking,
            "asking_lead": asking_lead,
            "gain": float(np.maximum(here - met, 0) @ weights),
            "run": _best_run(weights * (here - met)),
            "run_lost": _best_run(weights * (met - here)),
            "open": float((1 - met) @ weights),
            "closeness": float(here @ weights),
            "parts": float(len(self._parts)),
            "case": float(query.wants_case and passage.kind is PassageKind.CASE and not cases),
            "illustrates": float(best.id in passage.circumstance.illustrates),
            "same_document": float(passage.document.id == best.document.id),
            "length": math.log(1 + len(weights)),
            "rank": math.log(1 + place),
            "chosen": float(len(self.numbers)),
            "needs_several": sure,
            "surely_several": math.log(sure / (1 - sure)),
        }
        return values | {f"several_{name}": sure * values[name] for name in _WITH_SEVERAL}

    def _within(self, parts: Sequence[Chances], number: int) -> tuple[float, float, float, float]:
        """How a passage stands in the parts of a question.

        Returns:
            Its chance in the part that it fits best, its lead over those chosen there, the highest
            lead in any part, and how much it and those chosen fit the same part.
        """
        best = lead = gain = rival = 0.0
        for chances in parts:
            here = chances.get(number, 0.0)
            chosen = max(chances.get(one, 0.0) for one in self.numbers)
            gain, rival = max(gain, here - chosen), max(rival, here * chosen)
            if here > best:
                best, lead = here, here - chosen
        return best, lead, gain, rival


def _chances(ranking: Ranking) -> dict[int, float]:
    return dict(zip(map(int, ranking.passages), probabilities(ranking.scores), strict=True))


def _best_run(values: Scores) -> float:
    """The highest sum of neighbors: what is asked in one go is met in one go (Kadane)."""
    best = current = 0.0
    for value in values.tolist():
        current = max(current + value, 0.0)
        best = max(best, current)
    return best
