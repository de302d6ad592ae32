"""Fits what is decided after ranking: follow-ups, further passages, and when to ask back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.core.models import Library
from bot.guide.assessment import Assessment
from bot.guide.calibration import FEATURES, LogisticModel
from bot.guide.choice import CHOICE_FEATURES, SEVERAL_FEATURES, PassageChoice
from bot.guide.followup import FOLLOW_SIGNALS
from bot.measure import calibrate
from bot.measure.labels import LabelledQuestion

RELEVANT_GOAL = 0.85
NEEDED_WEIGHT = 3.0
"""How much a passage counts without which a part of the question goes unanswered."""
_FOLLOW_STRENGTH = 0.003
ASKED_BACK_AT_MOST = 0.003
"""The share of clear questions that may be met with a question back."""

Labelled = Sequence[tuple[LabelledQuestion, Assessment]]


def fit_follow_up(labelled: Labelled, library: Library) -> dict[str, float]:
    """Weights of the signals of follow-ups."""
    pairs = [(q, one.follow) for q, one in labelled if q.gold and one.follow is not None]
    gold = [calibrate.numbers_of(library, q.gold) for q, _ in pairs]
    ranked = [follow for _, follow in pairs if follow is not None]
    return calibrate.fit_ranking(ranked, gold, FOLLOW_SIGNALS, start=0.0, strength=_FOLLOW_STRENGTH)


def fit_choice(
    labelled: Labelled, library: Library, hands: Sequence[str]
) -> tuple[LogisticModel, LogisticModel, float]:
    """The models of questions with several parts and of further passages.

    Args:
        labelled: questions, with all passages that are to the point.
        library: the passages.
        hands: who wrote each question.

    Returns:
        Both models, and the threshold at which citations are relevant enough.
    """
    kept = [
        (label, assessment, hand)
        for (label, assessment), hand in zip(labelled, hands, strict=True)
        if label.gold
    ]
    groups = [hand for _, _, hand in kept]
    never = LogisticModel(features=(), center=(), scale=(), weights=(), bias=-30.0)
    choices = [PassageChoice(one, library.passages, never) for _, one, _ in kept]
    several, needs = calibrate.fit_model(
        SEVERAL_FEATURES,
        [choice.several_features() for choice in choices],
        [label.type == "multi" for label, _, _ in kept],
        groups=groups,
    )
    rows: list[dict[str, float]] = []
    good: list[bool] = []
    weights: list[float] = []
    of_hand: list[str] = []
    first: list[bool] = []
    for (label, _, hand), choice, chance in zip(kept, choices, needs, strict=True):
        wanted = set(calibrate.numbers_of(library, label.gold))
        fitting = wanted | set(calibrate.numbers_of(library, label.also))
        choice.needs_several = chance
        first.append(choice.numbers[0] in fitting)
        for candidate in choice.candidates():
            needed = label.type == "multi" and candidate.number in wanted
            rows.append(candidate.features)
            good.append(candidate.number in fitting)
            weights.append(NEEDED_WEIGHT if needed else 1.0)
            of_hand.append(hand)
    model, chances = calibrate.fit_model(CHOICE_FEATURES, rows, good, weights, of_hand)
    order = np.argsort(-np.array(chances), kind="stable")
    found = np.cumsum(np.array(good)[order])
    cited = np.arange(1, len(order) + 1)
    relevant = (sum(first) + found) / (len(first) + cited)
    enough = np.flatnonzero(relevant >= RELEVANT_GOAL)
    last = int(enough[-1]) if len(enough) else 0
    return several, model, round(float(np.array(chances)[order][last]), 4)


def fit_unclear(labelled: Labelled, hands: Sequence[str]) -> tuple[LogisticModel, float]:
    """The model of questions to ask back about, and its threshold."""
    kept = [
        (label, one, hand)
        for (label, one), hand in zip(labelled, hands, strict=True)
        if label.type == "underspecified" or (label.gold and one.prior is None)
    ]
    unclear = [label.type == "underspecified" for label, _, _ in kept]
    model, chances = calibrate.fit_model(
        FEATURES,
        [one.features for _, one, _ in kept],
        unclear,
        groups=[hand for _, _, hand in kept],
    )
    clear = [c for c, yes in zip(chances, unclear, strict=True) if not yes]
    return model, round(float(np.quantile(clear, 1 - ASKED_BACK_AT_MOST)), 4)
