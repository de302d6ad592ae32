"""From what somebody typed to an answer, and why something typed is none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as tried_with
from hypothesis import strategies as st

from bot.checklists.rules.run import AnswerValue, Promise
from bot.checklists.rules.typed_answer import (
    MOST_CHARACTERS,
    NotTaken,
    Trouble,
    Typed,
    read_answer,
    read_promise,
)
from bot.core.checklist import AnswerType, Step

from .samples import NOW, step

UTC_ZONE = ZoneInfo("UTC")
CHOICES = ("Yes, fully", "Yes, but in a smaller part", "Not sure yet", "No, not now")
TEXT = step("a")
CHOICE = step("a", AnswerType.CHOICE, choices=CHOICES)
YES_NO = step("a", AnswerType.YES_NO)
RATING = step("a", AnswerType.RATING)
DATE = step("a", AnswerType.DATE)
PROMISING = step("a", commitment=True)


def read(asked: Step, text: str = "", **fields: str) -> AnswerValue | NotTaken:
    return read_answer(asked, Typed(text, **fields), NOW, UTC_ZONE)


def value(asked: Step, text: str) -> str:
    taken = read(asked, text)
    assert isinstance(taken, AnswerValue)
    assert taken.text == text
    return taken.value


def trouble(asked: Step, text: str = "", **fields: str) -> Trouble:
    refused = read(asked, text, **fields)
    assert isinstance(refused, NotTaken)
    return refused.trouble


# -- text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ann, the chief executive",
        "  kept as typed \n\n with lines ",
        "**Ann** <@123> @everyone 👩‍🏭 `code`",
        "👍",
        "7",
        "é" * MOST_CHARACTERS,
    ],
)
def test_text_is_taken_exactly_as_typed(text: str) -> None:
    assert value(TEXT, text) == text


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b", "\u00a0 \u200d"])
@pytest.mark.parametrize("asked", [TEXT, CHOICE, YES_NO, RATING, DATE])
def test_nothing_to_see_is_no_answer(text: str, asked: Step) -> None:
    assert trouble(asked, text) is Trouble.EMPTY


def test_more_than_a_form_holds_is_no_answer() -> None:
    assert trouble(TEXT, "x" * (MOST_CHARACTERS + 1)) is Trouble.TOO_LONG


# -- choices --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("Yes, fully", 0),
        ("yes, FULLY", 0),
        ("yes fully!", 0),
        (" Not  sure yet ", 2),
        ("1", 0),
        ("4", 3),
        ("no", 3),
        ("not sure", 2),
        ("yes but in a smaler part", 1),
        ("smaller part", 1),
    ],
)
def test_a_choice_is_taken_by_its_words_its_number_or_nearly_so(text: str, choice: int) -> None:
    assert value(CHOICE, text) == CHOICES[choice]


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "maybe",
        "0",
        "5",
        "-1",
        "²",
        "not fully",
        "yes, but not in a smaller part",
        "sure",
        "now",
        "9" * 3000,
    ],
)
def test_what_may_mean_another_choice_is_asked_again(text: str) -> None:
    assert trouble(CHOICE, text) is Trouble.NO_SUCH_CHOICE


def test_what_may_be_meant_is_named() -> None:
    refused = read(CHOICE, "yes")

    assert isinstance(refused, NotTaken)
    assert refused.near == CHOICES[:2]


# -- yes and no -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["yes", "Y", "YES!", "yes, Ann does", "sure", "Definitely."])
def test_yes_is_understood(text: str) -> None:
    assert value(YES_NO, text) == "yes"


@pytest.mark.parametrize("text", ["no", "N", "Nope", "no, not yet", "No. Nobody does"])
def test_no_is_understood(text: str) -> None:
    assert value(YES_NO, text) == "no"


@pytest.mark.parametrize(
    "text",
    ["maybe", "not sure", "no idea", "No clue", "no doubt", "yes and no", "yes/no", "y or n", "👍"],
)
def test_neither_yes_nor_no_is_asked_again(text: str) -> None:
    assert trouble(YES_NO, text) is Trouble.NOT_YES_OR_NO


# -- ratings --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["4", " 4 ", "4/5", "4 / 5", "4 out of 5", "4 of 5", "four", "4."])
def test_a_rating_is_understood(text: str) -> None:
    assert value(RATING, text) == "4"


@pytest.mark.parametrize("text", ["7", "0", "6", "-4", "4.5", "3-4", "4/10", "good", "４４"])
def test_what_is_not_between_one_and_five_is_no_rating(text: str) -> None:
    assert trouble(RATING, text) is Trouble.NOT_A_RATING


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("next Friday", "2026-11-27"),
        ("tomorrow", "2026-11-24"),
        ("2027-01-05", "2027-01-05"),
        ("January 5", "2027-01-05"),
        ("today", "2026-11-23"),
    ],
)
def test_a_date_is_kept_in_normal_form(text: str, day: str) -> None:
    assert value(DATE, text) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soon", Trouble.DATE_UNCLEAR),
        ("when Ann is back", Trouble.DATE_UNCLEAR),
        ("February 30", Trouble.DATE_UNCLEAR),
        ("2020-01-05", Trouble.DATE_PAST),
        ("yesterday", Trouble.DATE_PAST),
        ("2099-01-05", Trouble.DATE_FAR),
    ],
)
def test_a_date_that_can_not_be_meant_says_why(text: str, why: Trouble) -> None:
    assert trouble(DATE, text) is why
    assert trouble(PROMISING, "x", what="call", by_when=text) is why


def test_today_is_the_day_where_the_person_is() -> None:
    late = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

    taken = read_answer(DATE, Typed("today"), late, ZoneInfo("America/Chicago"))

    assert isinstance(taken, AnswerValue)
    assert taken.value == "2026-11-23"


# -- commitments ----------------------------------------------------------------------------------


def test_a_commitment_stands_beside_the_answer() -> None:
    taken = read(PROMISING, "We start.", what=" call Ann ", who="Bo", by_when="next Friday")

    assert taken == AnswerValue(
        "We start.", "We start.", Promise("call Ann", "Bo", date(2026, 11, 27))
    )


def test_a_commitment_alone_is_the_answer_as_well() -> None:
    assert read(PROMISING, what="call Ann") == AnswerValue(
        "call Ann", "call Ann", Promise("call Ann")
    )


def test_an_answer_alone_makes_no_commitment() -> None:
    assert read(PROMISING, "nothing yet") == AnswerValue("nothing yet", "nothing yet")


def test_who_or_when_without_what_promise_what_was_answered() -> None:
    taken = read(PROMISING, "Call Ann.", who="Bo")

    assert taken == AnswerValue("Call Ann.", "Call Ann.", Promise("Call Ann.", "Bo"))


@pytest.mark.parametrize("fields", [{"who": "Bo"}, {"by_when": "next Friday"}])
def test_who_or_when_of_nothing_is_asked_again(fields: dict[str, str]) -> None:
    assert trouble(PROMISING, **fields) is Trouble.PROMISE_WITHOUT_WHAT


def test_a_step_that_asks_for_no_commitment_takes_none() -> None:
    assert read(TEXT, "x", what="call Ann") == AnswerValue("x", "x")


def test_blank_fields_are_no_commitment() -> None:
    assert read_promise(Typed("x", " ", "\n", ""), NOW, UTC_ZONE) is None


# -- anything -------------------------------------------------------------------------------------


@tried_with(
    st.sampled_from((TEXT, CHOICE, YES_NO, RATING, DATE, PROMISING)),
    st.builds(Typed, st.text(), st.text(), st.text(), st.text()),
)
def test_whatever_is_typed_is_taken_as_it_is_or_refused(asked: Step, typed: Typed) -> None:
    taken = read_answer(asked, typed, NOW, UTC_ZONE)

    if isinstance(taken, AnswerValue):
        assert taken.text in {typed.text, typed.what.strip()}
        assert not asked.options or taken.value in asked.options
