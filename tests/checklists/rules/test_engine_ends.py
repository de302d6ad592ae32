"""What the contract settles about pausing, finishing and handing over, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.checklists.rules import engine
from bot.checklists.rules.events import (
    AnswerStep,
    Became,
    Cancel,
    Finish,
    GoBack,
    GoTo,
    Handed,
    HandOver,
    Kept,
    Missing,
    Moved,
    Pause,
    Refusal,
    Reopen,
    Resume,
    Why,
)
from bot.checklists.rules.run import Actor, Run, Status
from bot.core.checklist import NO, YES, AnswerType

from .samples import (
    BRANCHING,
    HEIR,
    MEMBER,
    NOW,
    OWNER,
    STEWARD,
    Walking,
    checklist,
    given,
    step,
)


@pytest.fixture
def walk() -> Walking:
    return Walking()


@pytest.fixture
def team() -> Walking:
    return Walking(team=True)


# -- pause, cancel, reopen ------------------------------------------------------------------------


def test_a_paused_run_goes_on_where_it_was(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.moves(Pause)

    assert walk.moves(GoBack) == (Refusal(Why.PAUSED),)
    assert walk.does(Resume()) == (Became(Status.OPEN, Status.PAUSED),)
    assert walk.run.current == "hint"


def test_a_form_sent_to_a_paused_run_takes_it_up_again(walk: Walking) -> None:
    walk.moves(Pause)

    effects = walk.answers("name", "Ann")

    assert [type(effect) for effect in effects] == [Kept, Became, Moved]
    assert walk.run.status is Status.OPEN


def test_a_members_answer_leaves_a_paused_team_paused(team: Walking) -> None:
    team.moves(Pause)
    team.answers("name", "Ann", MEMBER)

    assert team.run.status is Status.PAUSED
    assert team.texts("name") == ["Ann"]


def test_resuming_an_open_run_changes_nothing(walk: Walking) -> None:
    before = walk.run

    assert walk.does(Resume()) == ()
    assert walk.run is before


def test_a_cancelled_run_takes_nothing_and_keeps_its_answers(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.does(Cancel())

    assert walk.answers("hint", "x") == (Refusal(Why.CANCELLED),)
    assert walk.does(Cancel()) == (Refusal(Why.CANCELLED),)
    assert walk.texts("name") == ["Ann"]


def test_a_finished_run_can_be_reopened_edited_and_finished_again(walk: Walking) -> None:
    walk.goes_to_the_end()
    walk.moves(Finish)
    assert walk.moves(Finish) == (Refusal(Why.FINISHED),)

    walk.does(Reopen())
    walk.does(GoTo("name", walk.run.revision))
    walk.answers("name", "Anna")
    walk.moves(Finish)

    assert walk.run.status is Status.FINISHED
    assert walk.texts("name") == ["Anna"]


def test_only_a_run_that_is_over_can_be_reopened(walk: Walking) -> None:
    assert walk.does(Reopen()) == (Refusal(Why.NOT_OVER),)


# -- finishing ------------------------------------------------------------------------------------


def test_finishing_too_early_goes_to_the_first_required_step_that_is_missing(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.skips()
    walk.answers("champion", YES)
    walk.does(GoTo("promise", walk.run.revision))

    effects = walk.moves(Finish)

    assert effects == (Missing(("champion-name",)), Moved("champion-name"))
    assert walk.run.status is Status.OPEN


def test_finishing_at_a_required_step_without_an_answer_stays_there(walk: Walking) -> None:
    before = walk.run

    assert walk.moves(Finish) == (Missing(("name", "champion")),)
    assert walk.run is before


def test_finishing_from_the_last_step_leaves_it_out_when_it_is_optional() -> None:
    short = checklist(step("one"), step("two", required=False))
    walk = Walking(short)
    walk.answers("one", "x")

    walk.moves(Finish)

    assert walk.run.status is Status.FINISHED
    assert set(walk.run.skipped) == {"two"}
    assert walk.run.current is None


def test_required_steps_of_a_branch_that_was_not_taken_are_not_missed(walk: Walking) -> None:
    walk.goes_to_the_end()

    assert engine.unsettled(BRANCHING, walk.run) == ()


def test_a_finished_run_knows_when(walk: Walking) -> None:
    walk.goes_to_the_end()
    walk.moves(Finish)

    assert walk.run.finished == NOW
    assert walk.run.current is None


# -- handing over ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [OWNER, STEWARD])
def test_owner_and_steward_hand_a_run_over(by: Actor, walk: Walking) -> None:
    effects = walk.does(HandOver(HEIR.person, HEIR.name), by)

    assert effects == (Handed(HEIR.person, OWNER.person),)
    assert (walk.run.owner, walk.run.owner_name) == (HEIR.person, HEIR.name)
    assert walk.answers("name", "x") == (Refusal(Why.NOT_YOURS),)


def test_nobody_else_hands_a_run_over(team: Walking) -> None:
    assert team.does(HandOver(MEMBER.person, MEMBER.name), MEMBER) == (Refusal(Why.NOT_YOURS),)


def test_whoever_gets_a_private_run_finds_its_answers_and_edits_them(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.does(HandOver(HEIR.person, HEIR.name))
    walk.does(GoBack(walk.run.revision), HEIR)

    walk.answers("name", "Anna", HEIR)

    assert walk.texts("name") == ["Anna"]
    assert walk.run.current == "hint"


def test_buttons_shown_before_a_private_run_was_handed_over_are_stale(walk: Walking) -> None:
    event = Pause(walk.run.revision)
    walk.does(HandOver(HEIR.person, HEIR.name))

    assert walk.does(event, HEIR) == (Refusal(Why.STALE),)


def test_buttons_that_a_team_sees_are_the_new_owners_once_it_was_handed_over(team: Walking) -> None:
    event = Pause(team.run.revision)
    team.does(HandOver(HEIR.person, HEIR.name))

    assert team.does(event, OWNER) == (Refusal(Why.NOT_YOURS),)
    assert team.does(event, HEIR) == (Became(Status.PAUSED, Status.OPEN),)


def test_a_run_that_is_over_can_be_handed_over(walk: Walking) -> None:
    walk.goes_to_the_end()
    walk.moves(Finish)
    effects = walk.does(HandOver(HEIR.person, HEIR.name), STEWARD)

    assert effects == (Handed(HEIR.person, OWNER.person),)
    assert walk.run.status is Status.FINISHED


def test_a_run_handed_to_its_owner_stays_as_it_is(walk: Walking) -> None:
    before = walk.run

    assert walk.does(HandOver(OWNER.person, OWNER.name), STEWARD) == ()
    assert walk.run is before


# -- keeping time ---------------------------------------------------------------------------------


def test_a_run_notes_when_it_changed_and_not_when_it_did_not(walk: Walking) -> None:
    later = NOW + timedelta(days=2)

    refused, _ = engine.apply(BRANCHING, walk.run, GoBack(0), OWNER, later)
    answered, _ = engine.apply(BRANCHING, walk.run, AnswerStep("name", given("x"), 0), OWNER, later)

    assert refused.changed == NOW
    assert (answered.started, answered.changed) == (NOW, later)


def test_a_run_begins_at_the_first_step_with_the_version_of_its_checklist() -> None:
    newer = replace(BRANCHING, version=3)

    run = engine.start(newer, 7, OWNER, NOW)

    assert run == Run(7, OWNER.person, "Olivia", "try", 3, "name", NOW, NOW)


def test_options_follow_from_the_type_of_a_step() -> None:
    assert step("a", AnswerType.YES_NO).options == (YES, NO)
    assert step("a", AnswerType.RATING).options == ("1", "2", "3", "4", "5")
    assert step("a", AnswerType.CHOICE, choices=("x", "y")).options == ("x", "y")
    assert step("a", AnswerType.DATE).options == ()
