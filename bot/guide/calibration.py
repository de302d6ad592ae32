"""Everything fitted, as data: how signals are fused, what counts as covered, what is chosen.

Its one file is written by `python -m bot fit`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.guide.query import AskedKind
from bot.guide.retrieval import CLOSE_SIGNALS, SIGNALS
from bot.guide.search_index import Vectors

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
    several: LogisticModel
    """Whether one passage is not enough for a question."""
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
        several=never,
        choice=never,
        choice_threshold=0.5,
        unclear=never,
        unclear_threshold=1.0,
    )
