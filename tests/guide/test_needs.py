"""A question for several things: what is not covered of it is said by name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.models import Answered, Question
from bot.guide.assessment import Assessment
from bot.guide.guide import Guide
from bot.guide.needs import Need, look_apart

TWO = "Why do partnerships fail, and what is the hourly wage of a welder in Ohio?"


def test_each_thing_is_read_by_itself_and_after_the_other(guide: Guide) -> None:
    assessments = guide.assess_many([Question(TWO)])
    asked: list[Question] = []

    def assess(questions: Sequence[Question]) -> list[Assessment]:
        asked.extend(questions)
        return guide.assess_many(questions)

    (needs,) = look_apart(assessments, assess)
    assert [need.text for need in needs] == [
        "Why do partnerships fail",
        "what is the hourly wage of a welder in Ohio",
    ]
    assert [question.history for question in asked] == [
        (),
        (needs[1].text,),
        (),
        (needs[0].text,),
    ]
    assert [need.is_covered for need in needs] == [True, False]


def test_a_part_that_is_not_covered_is_named_and_the_other_answered(guide: Guide) -> None:
    answer, whole = guide.answer_many([Question(TWO), Question("Why do partnerships fail?")])
    assert isinstance(answer, Answered)
    assert isinstance(whole, Answered)
    assert answer.citations[0].passage.id == "two-causes-of-failure"
    assert answer.uncovered == ("what is the hourly wage of a welder in Ohio",)
    assert whole.uncovered == ()


def test_a_need_counts_by_the_better_reading(guide: Guide) -> None:
    alone, after = guide.assess_many(
        [Question("and who pays?"), Question("and who pays?", ("How do we train together?",))]
    )
    need = Need("and who pays?", alone, after)
    assert need.confidence == max(alone.confidence, after.confidence)
