"""Covered or not: a calibrated decision over several signals, and the reason when it is no.

A logistic model turns the signals of the best passages into the probability that the library
answers the question. Its weights are data, fitted by `python -m bot fit`; so are the weights that
fuse the retrieval signals. Refusing below the threshold is selective prediction (El-Yaniv and
Wiener, 2010): the risk-coverage curve shows what each threshold costs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.core.models import Passage
from bot.guide.query import AskedKind, Query
from bot.guide.retrieval import (
    CLOSE_SIGNALS,
    SIGNALS,
    Compared,
    Neighbors,
    Ranking,
    SearchIndex,
    Vectors,
)

FEATURES = (
    "score",
    "margin",
    "share",
    "text",
    "sentence",
    "ask",
    "asks",
    "words",
    "ask_words",
    "beyond",
    "beyond_lead",
    "support",
    "unknown",
    "kind",
    "length",
    "far",
    "uncovered_lead",
    "word_support",
    "weakest_words",
    "weakest_word",
    "wish",
    "checklist",
    "name",
    "date_given",
    "date_missing",
    "figure_given",
    "figure_missing",
    "known_1",
    "known_5",
    "known_20",
    "unknown_1",
    "unknown_5",
    "unknown_20",
    "known_lead_1",
    "known_lead_5",
    "known_lead_20",
    "known_share",
    *CLOSE_SIGNALS,
    *(
        f"asks_{kind}"
        for kind in (
            AskedKind.PERSON,
            AskedKind.PLACE,
            AskedKind.RULE,
            AskedKind.CURRENT,
            AskedKind.SERVICE,
            AskedKind.ASIDE,
            AskedKind.SMALLTALK,
            AskedKind.NEGATED,
        )
    ),
)
_FAR = 12.0
_VOTERS = 15
_GIVEN = {
    AskedKind.DATE: re.compile(r"\b(19|20)\d\d\b|\b(years?|months?)\b"),
    AskedKind.FIGURE: re.compile(
        r"\d|\b(two|three|four|five|six|seven|eight|ten|twelve|thirteen|dozen|half|percent)\b",
        re.IGNORECASE,
    ),
}
_NAME = re.compile(r"(?<=[\w,;(] )[A-Z][\w&.'-]*\w(?: (?:of |and |the )?[A-Z][\w&.'-]*\w)*")


class LogisticModel(BaseModel):
    """A logistic regression over named features, each standardized by `center` and `scale`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: tuple[str, ...]
    center: tuple[float, ...]
    scale: tuple[Annotated[float, Field(gt=0)], ...]
    weights: tuple[float, ...]
    bias: float

    @model_validator(mode="after")
    def _lengths_agree(self) -> LogisticModel:
        if len({len(self.features), len(self.center), len(self.scale), len(self.weights)}) != 1:
            raise ValueError("features, center, scale and weights differ in length")
        return self

    def probability(self, values: Mapping[str, float]) -> float:
        """The probability for one set of feature values."""
        total = self.bias
        for name, center, scale, weight in zip(
            self.features, self.center, self.scale, self.weights, strict=True
        ):
            total += weight * (values[name] - center) / scale
        return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))


class QuestionKind(BaseModel):
    """A linear view of a question's vector alone: does it sound like something a library has?

    It sees that a question wants a price, a statute or a phone number before any passage is
    looked at.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: tuple[float, ...]
    bias: float

    def score(self, vector: Vectors) -> float:
        """The log-odds for a vector of the model's dimension; 0 for a vector of another model."""
        if len(self.weights) != len(vector):
            return 0.0
        return float(np.dot(np.asarray(self.weights, dtype=np.float32), vector)) + self.bias

    def probability(self, vector: Vectors) -> float:
        """The chance for a vector; none for a vector of another model."""
        if len(self.weights) != len(vector):
            return 0.0
        return 1.0 / (1.0 + math.exp(-max(min(self.score(vector), 30.0), -30.0)))


class Calibration(BaseModel):
    """Everything fitted: how signals are fused, what counts as covered, how much is cited."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fusion: dict[str, float]
    """Weights of the signals that choose what is read closely."""
    reading: dict[str, float]
    """Weights of all signals, with those of close reading: they rank."""
    coverage: LogisticModel
    kind: QuestionKind
    kinds: dict[str, QuestionKind]
    """What tells each kind of thing that a question can want."""
    threshold: Annotated[float, Field(gt=0, lt=1)]
    off_topic: float
    """Fused score below which nothing in the library has to do with the question."""
    follow_up: dict[str, float]
    """Weights of the signals that rank passages for a follow-up."""
    choice: LogisticModel
    """Whether a further passage is to the point."""
    choice_threshold: Annotated[float, Field(ge=0, le=1)]
    unclear: LogisticModel
    """Whether a question is asked back about: it could mean several things."""
    unclear_threshold: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _signals_are_known(self) -> Calibration:
        if set(self.fusion) != set(SIGNALS):
            raise ValueError(f"fusion needs a weight for each of {', '.join(SIGNALS)}")
        if set(self.reading) != {*SIGNALS, *CLOSE_SIGNALS}:
            raise ValueError(f"reading needs those, and {', '.join(CLOSE_SIGNALS)}")
        if set(self.coverage.features) != set(FEATURES):
            raise ValueError("coverage does not have the features this program computes")
        return self


def neutral_calibration() -> Calibration:
    """A calibration that fuses evenly and answers everything: where fitting begins."""
    width = len(FEATURES)
    never = LogisticModel(features=(), center=(), scale=(), weights=(), bias=-30.0)
    return Calibration(
        fusion=dict.fromkeys(SIGNALS, 3.0),
        reading=dict.fromkeys((*SIGNALS, *CLOSE_SIGNALS), 3.0),
        coverage=LogisticModel(
            features=FEATURES,
            center=(0.0,) * width,
            scale=(1.0,) * width,
            weights=(0.0,) * width,
            bias=5.0,
        ),
        kind=QuestionKind(weights=(), bias=0.0),
        kinds={},
        threshold=0.0001,
        off_topic=-1e9,
        follow_up=dict.fromkeys(("joined",), 1.0),
        choice=never,
        choice_threshold=0.5,
        unclear=never,
        unclear_threshold=1.0,
    )


def probabilities(scores: Sequence[float] | np.ndarray) -> list[float]:
    """Softmax over fused scores: the chance of each candidate to be the right one."""
    values = np.exp(np.asarray(scores, dtype=np.float64) - float(np.max(scores)))
    return [float(value) for value in values / values.sum()]


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The different content words of a question: at least one stem, and a vector for each."""

    terms: tuple[str, ...]
    vectors: Vectors


def coverage_features(
    query: Query,
    compared: Compared,
    ranking: Ranking,
    index: SearchIndex,
    kind: QuestionKind,
    wants: Mapping[AskedKind, float],
    has: frozenset[AskedKind],
    words: QuestionWords,
) -> dict[str, float]:
    """The signals of the coverage decision, by name.

    `wants` has how likely each kind of thing is asked for, `has` what the best passage gives.
    """
    terms = index.terms(query.search)
    total = sum(index.weight(term) for term in terms) or 1.0
    best = [int(number) for number in ranking.passages[:3]]
    support = max(
        sum(index.weight(term) for term in terms if index.has_term(number, term)) / total
        for number in best
    )
    unknown = sum(index.weight(term) for term in terms if not index.knows(term)) / total
    chances = probabilities(ranking.scores)
    beyond = float(ranking.beyond[:8].max())
    top = {name: float(values[0]) for name, values in ranking.signals.items()}
    near = index.neighbors(compared, ranking.passages[:1])
    supported = index.word_support(int(ranking.passages[0]), words.vectors)
    weakest = np.sort(supported)
    rarity = np.array([index.weight(term) for term in words.terms], dtype=np.float32)
    rarity /= max(float(rarity.sum()), 1e-6)
    return {
        **top,
        **_neighbor_features(near),
        "score": float(ranking.scores[0]),
        "margin": float(ranking.scores[0] - ranking.scores[1]) if len(ranking.scores) > 1 else 0.0,
        "share": chances[0],
        "beyond": beyond,
        "beyond_lead": beyond - float(ranking.signals["ask"][:3].max()),
        "support": support,
        "unknown": unknown,
        "kind": kind.score(compared.vector),
        "length": math.log(1 + len(terms)),
        "uncovered_lead": float(near.uncovered[:3].mean()) - top["asks"]
        if len(near.uncovered)
        else 0.0,
        "word_support": float(supported @ rarity),
        "weakest_words": float(weakest[:2].mean()),
        "weakest_word": float(weakest[0]),
        "far": max(0.0, _FAR - float(ranking.scores[0])),
        "name": float(unknown_name(query, index) is not None),
        **{
            f"{name}_{'given' if there else 'missing'}": wants.get(name, 0.0)
            * ((name in has) is there)
            for name in _GIVEN
            for there in (True, False)
        },
        **{f"asks_{name}": wants.get(name, 0.0) for name in AskedKind if name not in _GIVEN},
    }


def _neighbor_features(near: Neighbors) -> dict[str, float]:
    """What the known questions nearest to one say: how near covered and uncovered ones are."""
    values: dict[str, float] = {}
    for count in (1, 5, 20):
        known = float(near.covered[:count].mean()) if len(near.covered) else 0.0
        unknown = float(near.uncovered[:count].mean()) if len(near.uncovered) else 0.0
        values[f"known_{count}"] = known
        values[f"unknown_{count}"] = unknown
        values[f"known_lead_{count}"] = known - unknown
    both = np.concatenate([near.covered[:_VOTERS], near.uncovered[:_VOTERS]])
    nearest = np.argsort(-both, kind="stable")[:_VOTERS]
    values["known_share"] = float((nearest < len(near.covered[:_VOTERS])).mean())
    return values


def kinds_in(passage: Passage) -> frozenset[AskedKind]:
    """Which kinds of thing a passage has at all, of those that can be told from its words."""
    return frozenset(kind for kind, pattern in _GIVEN.items() if pattern.search(passage.text))


def unknown_name(query: Query, index: SearchIndex) -> str | None:
    """The first capitalized name in a question of which the library knows no word."""
    for found in _NAME.finditer(query.text):
        terms = [term for word in found[0].split() for term in index.terms(word)]
        if terms and not any(index.knows(term) for term in terms):
            return found[0]
    return None


def refusal(query: Query, *, off_topic: bool) -> str:
    """Which words say best why there is no answer."""
    if off_topic or AskedKind.ASIDE in query.asked:
        return "off_topic"
    for kind, phrase in (
        (AskedKind.SERVICE, "no_service"),
        (AskedKind.RULE, "no_rule"),
        (AskedKind.FIGURE, "no_figure"),
        (AskedKind.PERSON, "no_person"),
        (AskedKind.PLACE, "no_place"),
        (AskedKind.DATE, "no_date"),
        (AskedKind.CURRENT, "no_current"),
    ):
        if kind in query.asked:
            return phrase
    return "not_covered"
