"""Fitting the few weights, on data whose answer is known."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Library
from bot.guide.assessment import Assessment
from bot.guide.calibration import FEATURES, Calibration
from bot.guide.retrieval import SIGNALS, Ranking
from bot.measure.calibrate import (
    COVERAGE_GOAL,
    curve_table,
    fit_coverage,
    fit_fusion,
    fit_kind,
    fit_off_topic,
    numbers_of,
    pick_threshold,
    risk_coverage,
)
from tests.conftest import MakeGuide

TELLING = SIGNALS[2]


@pytest.fixture
def assessment(make_guide: MakeGuide) -> Assessment:
    """Any assessment; tests put a ranking of their own in it."""
    guide = make_guide()
    return guide.assess_many([guide.read("how do we share credit")])[0]


def synthetic(assessment: Assessment, random: np.random.Generator) -> tuple[Assessment, list[int]]:
    """Ten candidates of which one is right; one signal tells which, the others are noise."""
    right = int(random.integers(10))
    signals = {name: random.random(10, dtype=np.float32) for name in SIGNALS}
    signals[TELLING][right] += 0.7
    ranking = Ranking(np.arange(10), np.zeros(10, np.float32), signals, np.zeros(10, np.float32))
    return dataclasses.replace(assessment, ranking=ranking), [right]


def test_fusion_finds_the_signal_that_tells(assessment: Assessment) -> None:
    random = np.random.default_rng(11)
    samples = [synthetic(assessment, random) for _ in range(150)]

    weights = fit_fusion([one for one, _ in samples], [gold for _, gold in samples])

    assert set(weights) == set(SIGNALS)
    others = [abs(weight) for name, weight in weights.items() if name != TELLING]
    assert weights[TELLING] > 3 * max(others)


def test_fusion_bears_questions_whose_passage_was_not_found(assessment: Assessment) -> None:
    random = np.random.default_rng(12)
    samples = [synthetic(assessment, random) for _ in range(60)]
    lost = (samples[0][0], [99])

    with_it = fit_fusion([*(s for s, _ in samples), lost[0]], [*(g for _, g in samples), lost[1]])

    assert with_it == fit_fusion([s for s, _ in samples], [g for _, g in samples])


CHANCES = st.lists(
    st.tuples(st.floats(0, 1, width=32), st.booleans()), min_size=2, max_size=60
).filter(lambda rows: len({covered for _, covered in rows}) == 2)


@given(CHANCES)
def test_a_higher_threshold_answers_less_and_refuses_more(
    rows: list[tuple[float, bool]],
) -> None:
    curve = risk_coverage([chance for chance, _ in rows], [covered for _, covered in rows])

    for lower, higher in pairwise(sorted(curve, key=lambda point: point.threshold)):
        assert lower.answered >= higher.answered
        assert lower.refused <= higher.refused


@given(CHANCES)
def test_each_point_of_the_curve_is_what_its_threshold_does(
    rows: list[tuple[float, bool]],
) -> None:
    covered = [chance for chance, right in rows if right]
    beyond = [chance for chance, right in rows if not right]

    for point in risk_coverage(*zip(*rows, strict=True)):
        answered = sum(chance >= point.threshold for chance in covered) / len(covered)
        refused = sum(chance < point.threshold for chance in beyond) / len(beyond)
        assert (point.answered, point.refused) == pytest.approx((answered, refused))


def test_the_curve_begins_where_everything_is_answered() -> None:
    curve = risk_coverage([0.9, 0.4, 0.1, 0.2], [True, True, False, False])

    assert max(point.answered for point in curve) == 1.0
    assert len(curve_table(curve).splitlines()) == len(curve) + 1


def test_the_threshold_keeps_the_goal_for_answered_questions() -> None:
    random = np.random.default_rng(13)
    covered = np.repeat([True, False], [400, 200])
    chances = np.where(covered, random.beta(6, 2, 600), random.beta(2, 6, 600))

    threshold = pick_threshold(chances.tolist(), covered.tolist())

    assert (chances[covered] >= threshold).mean() >= COVERAGE_GOAL
    assert (chances[~covered] < threshold).mean() > 0.5


def test_coverage_tells_apart_what_can_be_told_apart() -> None:
    random = np.random.default_rng(14)
    covered = [bool(n % 2) for n in range(200)]
    rows = [
        {name: float(random.normal(2.0 if right and name == "score" else 0.0)) for name in FEATURES}
        for right in covered
    ]

    model, chances = fit_coverage(rows, covered)

    assert len(chances) == len(rows)
    right = [(chance > 0.5) == truth for chance, truth in zip(chances, covered, strict=True)]
    assert sum(right) / len(right) > 0.75
    own = [model.probability(row) for row in rows]
    assert np.mean([p for p, c in zip(own, covered, strict=True) if c]) > 0.6
    assert np.mean([p for p, c in zip(own, covered, strict=True) if not c]) < 0.4


def test_fitting_twice_gives_the_same() -> None:
    random = np.random.default_rng(15)
    covered = [bool(n % 2) for n in range(60)]
    rows = [{name: float(random.normal()) for name in FEATURES} for _ in covered]

    assert fit_coverage(rows, covered) == fit_coverage(rows, covered)


def test_the_kind_of_a_question_is_learned_from_vectors() -> None:
    random = np.random.default_rng(16)
    covered = [bool(n % 2) for n in range(200)]
    vectors = random.normal(size=(200, 12)).astype(np.float32)
    vectors[:, 3] += np.where(covered, 1.5, -1.5)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    kind = fit_kind(vectors, covered)

    scores = np.array([kind.score(vector) for vector in vectors])
    assert ((scores > 0) == covered).mean() > 0.9


def test_the_line_of_the_off_topic_lies_between_far_and_near() -> None:
    scores = [1.0, 2.0, 3.0, 8.0, 9.0, 10.0, 20.0]
    types = ["offdomain"] * 3 + ["neardomain"] * 3 + ["paraphrase"]

    assert 3.0 < fit_off_topic(scores, types) < 8.0


@pytest.mark.parametrize("types", [["paraphrase"] * 3, ["offdomain"] * 3])
def test_without_both_sorts_nothing_is_off_topic(types: list[str]) -> None:
    scores = [4.0, 5.0, 6.0]

    assert all(score >= fit_off_topic(scores, types) for score in scores)


def test_passages_are_found_by_topic_and_by_id(small_library: Library) -> None:
    assert numbers_of(small_library, ["run-meetings", "share-credit", "nothing"]) == [0, 2]
    assert numbers_of(small_library, []) == []


def test_the_neutral_weights_answer_everything(make_guide: MakeGuide, neutral: Calibration) -> None:
    guide = make_guide()

    [far] = guide.assess_many([guide.read("zebra stripes on toast")])

    assert far.confidence > neutral.threshold
