"""Which passages are cited besides the best: what meets something that is still open."""

from __future__ import annotations

from bot.guide.calibration import LogisticModel
from bot.guide.choice import CHOICE_FEATURES, SEVERAL_FEATURES, PassageChoice
from tests.conftest import MakeGuide

NEVER = LogisticModel(features=(), center=(), scale=(), weights=(), bias=-30.0)
TWO = "how do we share credit and who pays for training"


def by_part(bias: float) -> LogisticModel:
    return LogisticModel(
        features=("part",), center=(0.0,), scale=(1.0,), weights=(10.0,), bias=bias
    )


def test_the_best_comes_first_and_candidates_are_others_with_all_features(
    make_guide: MakeGuide,
) -> None:
    guide = make_guide()
    assessment = guide.assess_many([guide.read(TWO)])[0]
    choice = PassageChoice(assessment, guide.library.passages, NEVER)
    assert choice.numbers == [int(assessment.ranking.passages[0])]
    candidates = choice.candidates()
    assert {one.number for one in candidates}.isdisjoint(choice.numbers)
    assert all(set(one.features) == set(CHOICE_FEATURES) for one in candidates)


def test_what_meets_the_open_part_gains_more_than_what_meets_the_same(
    make_guide: MakeGuide,
) -> None:
    guide = make_guide()
    assessment = guide.assess_many([guide.read(TWO)])[0]
    choice = PassageChoice(assessment, guide.library.passages, NEVER)
    gains = {
        guide.library.passages[one.number].id: one.features["gain"] for one in choice.candidates()
    }
    best = guide.library.passages[choice.numbers[0]].id
    (other,) = {"share-credit", "pay-training"} - {best}
    assert gains[other] == max(gains.values()) > 0


def test_nothing_is_added_below_the_threshold_nor_beyond_the_most(make_guide: MakeGuide) -> None:
    guide = make_guide()
    assessment = guide.assess_many([guide.read(TWO)])[0]

    def chosen(bias: float, threshold: float) -> list[int]:
        choice = PassageChoice(assessment, guide.library.passages, NEVER)
        return choice.extend(by_part(bias), threshold, 3)

    assert len(chosen(-30.0, 0.5)) == 1
    assert len(chosen(30.0, 0.5)) == 3
    assert len(set(chosen(30.0, 0.5))) == 3


def test_a_question_with_two_needs_shows_in_what_tells_several_from_one(
    make_guide: MakeGuide,
) -> None:
    guide = make_guide()
    one, two = guide.assess_many([guide.read("how do we share credit"), guide.read(TWO)])
    told = [
        PassageChoice(each, guide.library.passages, NEVER).several_features() for each in (one, two)
    ]
    assert all(set(each) == set(SEVERAL_FEATURES) for each in told)
    assert told[0]["parts"] == 0
    assert told[1]["tops"] == 2
    assert told[1]["alone_gain"] > told[0]["alone_gain"]
