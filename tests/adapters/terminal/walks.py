"""What a person at the terminal walks through, and the lines they type."""

from __future__ import annotations

from bot.core.checklist import NO, AnswerType, Checklist, Condition, Step
from tests.conftest import SMALL, make_checklist, make_library

WHO, WEIGHT, DAY, RATE = "Who answers for it?", "How heavy is it?", "When?", "How good is it?"
PROMISE = "What will you do?"


def a_step(id_: str, question: str, kind: AnswerType = AnswerType.TEXT, **more: object) -> Step:
    given = {"required": True, **more}
    return Step(id_, question, f"{question} matters.", ("share-credit",), type=kind, **given)  # type: ignore[arg-type]


SPONSOR = Checklist(
    "sponsor-check",
    2,
    "Settle it at home",
    "To settle it.",
    "Leaders",
    "share-credit",
    10,
    (
        a_step("who", WHO),
        a_step("champion", "Is there a champion?", AnswerType.YES_NO),
        a_step("win", "Who could it be?", when=Condition("champion", (NO,))),
        a_step("weight", WEIGHT, AnswerType.CHOICE, choices=("Light", "Heavy"), required=False),
        a_step("rate", RATE, AnswerType.RATING, required=False),
        a_step("day", DAY, AnswerType.DATE, required=False),
        a_step("promise", PROMISE, commitment=True),
    ),
)
LIBRARY = make_library(
    SMALL, (SPONSOR, make_checklist("money-check", "pay-training", "Who pays the bill?"))
)


START = "/checklist start sponsor-check"
THROUGH = (START, "Ann", "yes", "1", "4", "next Friday")
PROMISED = (*THROUGH, "I call Ann", "", "Bo", "tomorrow")

SEATS = "/opportunity post training seats"
FORM = (SEATS, "Welding seats", "Ten paid seats in a welding course.", "")
LINK = "https://college.example.org/apply"
PREVIEWED = (*FORM, "next Friday 5pm", LINK)
POSTED = (*PREVIEWED, "/post")
FRIDAY = "November 27, 2026, 5:00 PM"
