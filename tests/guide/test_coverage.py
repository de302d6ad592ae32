"""Whether the library covers a question, and which words say that it doesn't."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.core.models import Question
from bot.guide.calibration import FEATURES, Calibration, LogisticModel, QuestionKind
from bot.guide.coverage import probabilities, refusal
from bot.guide.query import AskedKind, understand
from bot.guide.retrieval import SIGNALS
from tests.conftest import MakeGuide


def test_the_logistic_model_gives_what_paper_and_pencil_give() -> None:
    model = LogisticModel(
        features=("a", "b"), center=(1.0, 10.0), scale=(2.0, 5.0), weights=(3.0, -1.0), bias=0.5
    )

    # 0.5 + 3 (2 - 1) / 2 - 1 (20 - 10) / 5 = 0, and the logistic function of 0 is one half
    assert model.probability({"a": 2.0, "b": 20.0}) == pytest.approx(0.5)
    # 0.5 + 3 (3 - 1) / 2 - 1 (10 - 10) / 5 = 3.5
    assert model.probability({"a": 3.0, "b": 10.0}) == pytest.approx(1 / (1 + math.exp(-3.5)))


@pytest.mark.parametrize("value", [-1e9, 1e9])
def test_the_logistic_model_bears_extreme_values(value: float) -> None:
    model = LogisticModel(features=("a",), center=(0.0,), scale=(1.0,), weights=(1.0,), bias=0.0)

    assert model.probability({"a": value}) == pytest.approx(float(value > 0), abs=1e-9)


@pytest.mark.parametrize("part", ["center", "scale", "weights", "features"])
def test_a_model_with_a_number_missing_is_refused(part: str) -> None:
    given_: dict[str, object] = {
        "features": ("a", "b"),
        "center": (0.0, 0.0),
        "scale": (1.0, 1.0),
        "weights": (1.0, 1.0),
        "bias": 0.0,
    }
    whole = given_[part]
    assert isinstance(whole, tuple)

    with pytest.raises(ValidationError, match="differ in length"):
        LogisticModel.model_validate(given_ | {part: whole[:1]})


def test_a_scale_of_zero_is_refused() -> None:
    with pytest.raises(ValidationError, match="greater than 0"):
        LogisticModel(features=("a",), center=(0.0,), scale=(0.0,), weights=(1.0,), bias=0.0)


def test_a_calibration_without_one_of_the_signals_is_refused(neutral: Calibration) -> None:
    content = neutral.model_dump()
    del content["fusion"][SIGNALS[0]]

    with pytest.raises(ValidationError, match="fusion needs a weight for each of"):
        Calibration.model_validate(content)


def test_a_calibration_with_another_feature_is_refused(neutral: Calibration) -> None:
    content = neutral.model_dump()
    content["coverage"]["features"] = ("astrology", *FEATURES[1:])

    with pytest.raises(ValidationError, match="does not have the features"):
        Calibration.model_validate(content)


@pytest.mark.parametrize(
    ("key", "value"), [("threshold", 0.0), ("threshold", 1.0), ("second", 1.5), ("part", -0.1)]
)
def test_a_share_out_of_bounds_is_refused(neutral: Calibration, key: str, value: float) -> None:
    with pytest.raises(ValidationError, match=key):
        Calibration.model_validate(neutral.model_dump() | {key: value})


def test_an_unknown_key_is_refused(neutral: Calibration) -> None:
    with pytest.raises(ValidationError, match="luck"):
        Calibration.model_validate(neutral.model_dump() | {"luck": 1})


def test_a_calibration_survives_being_written_and_read(neutral: Calibration) -> None:
    assert Calibration.model_validate_json(neutral.model_dump_json()) == neutral


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=30))
def test_chances_sum_to_one_and_keep_the_order(scores: list[float]) -> None:
    chances = probabilities(scores)

    assert sum(chances) == pytest.approx(1.0)
    assert all(0 <= chance <= 1 for chance in chances)
    assert chances[int(np.argmax(scores))] == max(chances)


def test_chances_do_not_change_when_all_scores_move() -> None:
    assert probabilities([1.0, 2.0, 4.0]) == pytest.approx(probabilities([101.0, 102.0, 104.0]))


def test_the_kind_of_a_question_is_a_weighted_sum() -> None:
    kind = QuestionKind(weights=(0.5, -2.0), bias=0.25)

    assert kind.score(np.array([1.0, 0.5], dtype=np.float32)) == pytest.approx(-0.25)


def test_the_kind_of_a_question_of_another_model_is_not_judged() -> None:
    kind = QuestionKind(weights=(0.5, -2.0), bias=0.25)

    assert kind.score(np.array([1.0, 0.5, 0.1], dtype=np.float32)) == 0.0


@pytest.mark.parametrize(
    ("asked", "phrase"),
    [
        (AskedKind.DATE, "no_date"),
        (AskedKind.FIGURE, "no_figure"),
        (AskedKind.PERSON, "no_person"),
        (AskedKind.PLACE, "no_place"),
        (AskedKind.RULE, "no_rule"),
        (AskedKind.CURRENT, "no_current"),
        (AskedKind.SERVICE, "no_service"),
        (AskedKind.SMALLTALK, "among_people"),
        (None, "not_covered"),
    ],
)
def test_a_refusal_says_what_is_missing(asked: AskedKind | None, phrase: str) -> None:
    query = understand(Question("how do bees find their hive"))
    query = dataclasses.replace(query, asked=frozenset({asked} - {None}))
    assert refusal(query, off_topic=False) == phrase


def test_a_question_from_another_world_is_called_that_whatever_it_wants() -> None:
    assert refusal(understand(Question("how many moons has Saturn")), off_topic=True) == (
        "off_topic"
    )


@pytest.mark.parametrize("text", ["how do we share credit", "zebra", "who is it", "what of levies"])
def test_all_features_are_computed_and_finite_for_any_question(
    text: str, make_guide: MakeGuide
) -> None:
    guide = make_guide()

    features = guide.assess_many([guide.read(text)])[0].features

    assert set(features) >= set(FEATURES)
    assert all(math.isfinite(value) for value in features.values())


def test_a_question_in_the_words_of_a_passage_has_more_support_than_another(
    make_guide: MakeGuide,
) -> None:
    guide = make_guide()

    near, far = guide.assess_many(
        [guide.read("who pays for training"), guide.read("who paints zebras in winter")]
    )

    assert near.ranking.scores[0] > far.ranking.scores[0]
    assert near.features["support"] > far.features["support"]
    assert near.features["unknown"] < far.features["unknown"]
