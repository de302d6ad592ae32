"""What the contract settles about skips, double clicks and forms, rule by rule."""

from __future__ import annotations

import pytest

from bot.checklists.rules.events import (
    AnswerStep,
    Finish,
    GoBack,
    Kept,
    LeftOut,
    Moved,
    Pause,
    Refusal,
    SkipStep,
    Why,
)

from .samples import (
    HEIR,
    MEMBER,
    Walking,
    given,
)


@pytest.fixture
def walk() -> Walking:
    return Walking()


@pytest.fixture
def team() -> Walking:
    return Walking(team=True)


# -- skipping -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_required_step_is_not_skipped_without_a_reason(reason: str, walk: Walking) -> None:
    assert walk.skips(reason) == (Refusal(Why.REASON_NEEDED),)


def test_a_required_step_that_is_skipped_is_a_gap_with_its_reason(walk: Walking) -> None:
    assert walk.skips("nobody knows yet") == (LeftOut("name", required=True), Moved("hint"))
    assert walk.run.skipped["name"].reason == "nobody knows yet"


def test_an_answer_closes_the_gap_of_a_skipped_step(walk: Walking) -> None:
    walk.skips("nobody knows yet")
    walk.moves(GoBack)
    walk.answers("name", "Ann")

    assert walk.run.skipped == {}


def test_only_the_step_that_is_shown_can_be_skipped(walk: Walking) -> None:
    assert walk.does(SkipStep("hint", 0)) == (Refusal(Why.STALE),)


# -- one effect -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [GoBack, Finish, Pause])
def test_a_button_pressed_twice_has_one_effect(kind: type[Pause], walk: Walking) -> None:
    walk.goes_to_the_end()
    event = kind(walk.run.revision)
    walk.does(event)
    once = walk.run

    (effect,) = walk.does(event)

    assert isinstance(effect, Refusal)
    assert walk.run is once


def test_a_skip_pressed_twice_skips_one_step(walk: Walking) -> None:
    walk.answers("name", "Ann")
    event = SkipStep("hint", walk.run.revision)
    walk.does(event)

    assert walk.does(event) == (Refusal(Why.STALE),)
    assert walk.run.current == "champion"


def test_a_form_sent_twice_is_taken_once(walk: Walking) -> None:
    event = AnswerStep("name", given("Ann"), 0)
    walk.does(event)

    assert walk.does(event) == (Refusal(Why.ALREADY_ANSWERED),)
    assert walk.run.current == "hint"


def test_of_two_forms_opened_at_once_the_second_does_not_overwrite_the_first(walk: Walking) -> None:
    walk.does(AnswerStep("name", given("first"), 0))
    walk.does(AnswerStep("name", given("second"), 0))

    assert walk.texts("name") == ["first"]


def test_a_form_opened_before_the_run_moved_is_still_taken(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.skips()

    effects = walk.does(AnswerStep("hint", given("late"), 0))

    assert isinstance(effects[0], Kept)
    assert walk.run.current == "champion"
    assert walk.texts("hint") == ["late"]
    assert walk.run.skipped == {}


def test_an_answer_to_a_step_that_is_not_asked_is_refused(walk: Walking) -> None:
    assert walk.answers("weight", "Heavy") == (Refusal(Why.UNKNOWN_STEP),)
    assert walk.answers("no-such-step", "x") == (Refusal(Why.UNKNOWN_STEP),)


def test_in_a_team_differing_answers_stay_side_by_side_with_who_gave_them(team: Walking) -> None:
    team.answers("name", "Ann", MEMBER)
    team.answers("name", "Bob", HEIR)
    team.answers("name", "Anna", MEMBER)

    answers = team.run.answers["name"]

    assert [(a.given.text, a.name, a.organization, a.revision) for a in answers] == [
        ("Anna", "Miguel", "City College", 2),
        ("Bob", "Hanna", "", 1),
    ]
