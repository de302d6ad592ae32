"""BANKING77-OOS: intents as passages, training questions as asks; is what belongs to none refused?

Weights and thresholds are the shipped ones, or fitted on training questions as `bot fit` does it:
in each of a few folds some asks of every intent are left out, and some intents whole, so that
their asks are questions that come near and are not covered. What is measured is seen by nothing.

In the set as it lies here labels have slipped: up to eleven lines at the head of an intent in
train.jsonl, and two in valid.jsonl, belong to the one before. `--aside` leaves them out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from bot.core.models import HandQuestion, Library
from bot.core.text import words
from bot.core.typed_words import TypedWords
from bot.guide.assessment import Assessment
from bot.guide.calibration import Calibration, LogisticModel
from bot.guide.retrieval import CLOSE_SIGNALS, SIGNALS
from bot.measure import calibrate
from bot.measure.evaluate import Figure, figure
from bot.settings import Settings

from .shared import IndexingEncoder, guide_over, library_of, lines_of, passage

FOLDS = 5
_KEPT, _GONE, _NONE = 6, 10, 100
"""At most so many are asked of an intent that stays, of one that is left out, and of none."""
_STEPS = 201
PAPER = (2000, 1080)
"""Questions with an intent and near ones without in the paper's test, on which precision depends."""
GIVEN: tuple[tuple[int, bool, bool], ...] = (
    (10, False, False),
    (0, False, False),
    (10, True, False),
    (10, False, True),
    (0, False, True),
    (10, True, True),
)
"""What the guide is given in turn, see `known_of`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its intent; an empty one where it belongs to none. `far` is off the domain."""

    text: str
    intent: str
    far: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the guide is given: asks by intent, and questions of its bank, covered or not."""

    asks: Mapping[str, Sequence[str]]
    bank: Sequence[Asked] = ()

    def library(self, typed: TypedWords) -> Library:
        """The intents as passages: a name and its asks."""
        passages = [
            passage(intent, name, [f"{name}."], f"{name}.", asks)
            for intent, asks in self.asks.items()
            for name in [intent.replace("_", " ").strip("?").capitalize()]
        ]
        questions = [HandQuestion(one.text, one.intent, "train") for one in self.bank]
        return library_of(passages, questions, typed)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the intent found for it and how surely."""

    asked: Asked
    found: str
    confidence: float


def read_asked(file: Path, aside: int = 0) -> list[Asked]:
    """The questions of a file that have words.

    Args:
        file: where intents stand one after the other.
        aside: so many at the head of each intent are left aside; see `banking`.
    """
    lines = [line for line in lines_of(file) if words(line["text"])]
    return [
        Asked(line["text"], line["intent"] or "", line.get("oos") == "far")
        for _, some in groupby(lines, lambda line: (line["intent"], line.get("oos")))
        for line in list(some)[aside:]
    ]


def known_of(train: Sequence[Asked], shots: int, *, rest: bool, uncovered: bool) -> Known:
    """What of the training questions the guide is given.

    Args:
        train: all of them.
        shots: so many of each intent are asks; 0 is all.
        rest: whether those beyond are questions of the bank.
        uncovered: whether those of no intent are.
    """
    by_intent: dict[str, list[Asked]] = defaultdict(list)
    for one in train:
        by_intent[one.intent].append(one)
    none = by_intent.pop("", [])
    asks = {name: [one.text for one in some[: shots or None]] for name, some in by_intent.items()}
    further = [one for some in by_intent.values() for one in some[shots or len(some) :]]
    return Known(asks, [*(further if rest else []), *(none if uncovered else [])])


def left_out(known: Known) -> Iterator[tuple[Known, list[Asked]]]:
    """For each fold what the guide still knows, and what it is asked of the rest."""
    none = [one for one in known.bank if not one.intent]
    for fold in range(FOLDS):
        gone = set(list(known.asks)[fold::FOLDS])
        kept = {name: some for name, some in known.asks.items() if name not in gone}
        asks = {
            name: [ask for place, ask in enumerate(some) if place % FOLDS != fold]
            for name, some in kept.items()
        }
        asked = [Asked(a, name) for name, some in kept.items() for a in some[fold::FOLDS][:_KEPT]]
        asked += [Asked(a, "") for name in sorted(gone) for a in known.asks[name][:_GONE]]
        asked += none[fold::FOLDS][:_NONE]
        away = {one.text for one in none[fold::FOLDS]}
        bank = [one for one in known.bank if one.text not in away and one.intent not in gone]
        yield Known(asks, bank), asked


@dataclass(frozen=True, slots=True)
class Seen:
    """What the guide finds out about a question; `found` is the intent it puts first."""

    asked: Asked
    found: str
    assessment: Assessment

    def judged(self, coverage: LogisticModel) -> Judged:
        """How surely it is covered, by one model or another; another language never is."""
        chance = coverage.probability(self.assessment.features)
        return Judged(self.asked, self.found, 0.0 if self.assessment.query.language else chance)


@dataclass(frozen=True, slots=True)
class Trial:
    """Asks the guide about intents; `typed` is what people type around questions."""

    settings: Settings
    encoder: IndexingEncoder
    typed: TypedWords

    def see(self, known: Known, asked: Sequence[Asked], calibration: Calibration) -> list[Seen]:
        """What the guide finds out about each question."""
        library = known.library(self.typed)
        with guide_over(library, self.encoder, calibration, self.settings) as guide:
            found = guide.assess_many([guide.read(one.text) for one in asked])
        first = [library.passages[int(one.ranking.passages[0])].id for one in found]
        return [Seen(*row) for row in zip(asked, first, found, strict=True)]

    def ranked(self, known: Known, start: Calibration) -> Calibration:
        """Weights that rank, fitted on what is left out in turn."""
        for part, signals in (("fusion", SIGNALS), ("reading", (*SIGNALS, *CLOSE_SIGNALS))):
            assessed: list[Assessment] = []
            gold: list[list[int]] = []
            for kept, asked in left_out(known):
                seen = self.see(kept, [one for one in asked if one.intent], start)
                assessed += [one.assessment for one in seen]
                names = list(kept.asks)
                gold += [[names.index(one.asked.intent)] for one in seen]
            weights = calibrate.fit_fusion(assessed, gold, signals)
            start = start.model_copy(update={part: weights})
        return start

    def decided(self, known: Known, start: Calibration) -> tuple[LogisticModel, list[Judged]]:
        """What decides, fitted on what is left out in turn, and how that fares, seen by no weight."""
        seen = [one for kept, asked in left_out(known) for one in self.see(kept, asked, start)]
        coverage, chances = calibrate.fit_coverage(
            [one.assessment.features for one in seen], [bool(one.asked.intent) for one in seen]
        )
        pairs = zip(seen, chances, strict=True)
        return coverage, [Judged(one.asked, one.found, chance) for one, chance in pairs]


def at_share(judged: Sequence[Judged], share: float) -> float:
    """The highest threshold at which so many of the questions with an intent are answered."""
    sure = sorted((one.confidence for one in judged if one.asked.intent), reverse=True)
    return sure[int(np.ceil(share * len(sure))) - 1]


def at_best(judged: Sequence[Judged]) -> float:
    """The threshold with the highest sum of in-scope accuracy and out-of-scope recall."""

    def worth(threshold: float) -> float:
        accuracy, recall, _ = triple(judged, threshold)
        return float(accuracy.value or 0) + float(recall.value or 0)

    sure = np.array([one.confidence for one in judged])
    steps: list[float] = np.quantile(sure, np.linspace(0, 1, _STEPS)).tolist()
    return max(steps, key=worth)


def triple(judged: Sequence[Judged], threshold: float) -> tuple[Figure, Figure, Figure]:
    """In-scope accuracy, in-domain out-of-scope recall, out-of-scope precision."""
    near = [one for one in judged if not one.asked.far]
    refused = [one for one in near if one.confidence < threshold]
    return (
        share(
            "in-scope accuracy",
            [
                one.confidence >= threshold and one.found == one.asked.intent
                for one in near
                if one.asked.intent
            ],
        ),
        share("in-domain OOS recall", recalled(near, threshold)),
        share("OOS precision", [not one.asked.intent for one in refused]),
    )


def precision_as_in_paper(judged: Sequence[Judged], threshold: float) -> float:
    """Out-of-scope precision at the paper's shares of questions with an intent and without."""
    near = [one for one in judged if not one.asked.far]
    covered, uncovered = (
        count
        * float(np.mean([o.confidence < threshold for o in near if bool(o.asked.intent) is has]))
        for count, has in zip(PAPER, (True, False), strict=True)
    )
    return uncovered / max(covered + uncovered, 1e-9)


def recalled(judged: Sequence[Judged], threshold: float) -> list[bool]:
    """For each question of no intent whether it is refused."""
    return [one.confidence < threshold for one in judged if not one.asked.intent]


def share(name: str, outcomes: Sequence[bool]) -> Figure:
    """A share with its interval."""
    return figure(name, name, 0.0, outcomes)
