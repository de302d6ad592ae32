"""What the contract settles about walking through a checklist, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.checklists import engine
from bot.core.checklists.definition import NO, YES, AnswerType, Checklist
from bot.core.checklists.run import (
    Actor,
    AnswerStep,
    Became,
    Cancel,
    Effect,
    Event,
    Finish,
    GoBack,
    GoOn,
    GoTo,
    Handed,
    HandOver,
    Kept,
    LeftOut,
    Missing,
    Moved,
    Pause,
    Refused,
    Reopen,
    Resume,
    Run,
    SkipStep,
    Status,
    Why,
)

from .samples import (
    BRANCHING,
    HEIR,
    MEMBER,
    NOW,
    OWNER,
    STEWARD,
    STRANGER,
    checklist,
    given,
    step,
)


class Walking:
    """A run that a test leads by the hand; every button it presses is fresh."""

    def __init__(self, steps: Checklist = BRANCHING, *, team: bool = False) -> None:
        self.checklist = steps
        self.run = engine.start(steps, 7, OWNER, NOW, team=team)

    def does(self, event: Event, by: Actor = OWNER) -> tuple[Effect, ...]:
        self.run, effects = engine.apply(self.checklist, self.run, event, by, NOW)
        return effects

    def answers(self, step: str, text: str, by: Actor = OWNER) -> tuple[Effect, ...]:
        return self.does(AnswerStep(step, given(text), self.run.revision_of(step, by.person)), by)

    def skips(self, reason: str = "") -> tuple[Effect, ...]:
        assert self.run.current is not None
        return self.does(SkipStep(self.run.current, self.run.revision, reason))

    def moves(self, kind: type[GoBack | GoOn | Pause | Finish]) -> tuple[Effect, ...]:
        return self.does(kind(self.run.revision))

    def goes_to_the_end(self) -> None:
        for id_, text in (
            ("name", "Ann"),
            ("hint", "x"),
            ("champion", YES),
            ("champion-name", "Bo"),
        ):
            self.answers(id_, text)
        self.answers("promise", "call her")
        assert self.run.current is None

    def texts(self, step: str) -> list[str]:
        return [answer.given.text for answer in self.run.answers.get(step, ())]


@pytest.fixture
def walk() -> Walking:
    return Walking()


@pytest.fixture
def team() -> Walking:
    return Walking(team=True)


# -- moving on ------------------------------------------------------------------------------------


def test_an_answer_in_a_private_run_goes_to_the_next_step_by_itself(walk: Walking) -> None:
    effects = walk.answers("name", "Ann")

    assert [type(effect) for effect in effects] == [Kept, Moved]
    assert walk.run.current == "hint"


def test_a_skip_goes_to_the_next_step_by_itself(walk: Walking) -> None:
    walk.answers("name", "Ann")

    assert walk.skips() == (LeftOut("hint", required=False), Moved("champion"))


def test_after_the_last_step_the_run_waits_to_be_finished(walk: Walking) -> None:
    walk.goes_to_the_end()

    assert walk.run.current is None
    assert walk.run.status is Status.OPEN
    assert Became(Status.FINISHED, Status.OPEN) in walk.moves(Finish)


def test_a_members_answer_does_not_move_a_team(team: Walking) -> None:
    team.answers("name", "Ann", MEMBER)

    assert team.run.current == "name"
    assert team.run.revision == 0


def test_the_owners_answer_does_not_move_a_team_either(team: Walking) -> None:
    team.answers("name", "Ann")

    assert team.run.current == "name"


def test_the_owner_moves_a_team_with_next(team: Walking) -> None:
    team.answers("name", "Ann", MEMBER)

    assert team.moves(GoOn) == (Moved("hint"),)


def test_next_needs_an_answer_to_a_required_step(team: Walking) -> None:
    assert team.moves(GoOn) == (Refused(Why.ANSWER_NEEDED),)


def test_next_leaves_out_an_optional_step_that_nobody_answered(team: Walking) -> None:
    team.answers("name", "Ann")
    team.moves(GoOn)

    assert team.moves(GoOn) == (LeftOut("hint", required=False), Moved("champion"))


def test_next_after_the_last_step_has_nowhere_to_go(walk: Walking) -> None:
    walk.goes_to_the_end()

    assert walk.moves(GoOn) == (Refused(Why.STALE),)


@pytest.mark.parametrize("by", [MEMBER, STEWARD, STRANGER])
@pytest.mark.parametrize(
    "event",
    [
        GoOn(0),
        GoBack(0),
        SkipStep("name", 0, "because"),
        Pause(0),
        Finish(0),
        GoTo("hint", 0),
        Resume(),
        Cancel(),
        Reopen(),
    ],
    ids=lambda event: type(event).__name__,
)
def test_only_the_owner_moves_a_team(event: Event, by: Actor, team: Walking) -> None:
    assert team.does(event, by) == (Refused(Why.NOT_YOURS),)


@pytest.mark.parametrize("by", [MEMBER, STEWARD, STRANGER])
def test_nobody_else_answers_in_a_private_run(by: Actor, walk: Walking) -> None:
    assert walk.answers("name", "Eve", by) == (Refused(Why.NOT_YOURS),)
    assert walk.run.answers == {}


# -- back and edit --------------------------------------------------------------------------------


def test_back_shows_the_step_before_with_its_answer(walk: Walking) -> None:
    walk.answers("name", "Ann")

    assert walk.moves(GoBack) == (Moved("name"),)
    answer = walk.run.answer_of("name", OWNER.person)
    assert answer is not None
    assert answer.given.text == "Ann"


def test_after_back_and_an_edit_the_run_goes_on_at_the_following_step(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.answers("hint", "x")
    walk.moves(GoBack)
    walk.moves(GoBack)

    walk.answers("name", "Anna")

    assert walk.run.current == "hint"
    assert walk.texts("name") == ["Anna"]


def test_back_passes_over_steps_that_are_not_asked(walk: Walking) -> None:
    walk.goes_to_the_end()

    walk.moves(GoBack)
    walk.moves(GoBack)

    assert walk.run.current == "champion-name"


def test_there_is_nothing_before_the_first_step(walk: Walking) -> None:
    assert walk.moves(GoBack) == (Refused(Why.AT_FIRST),)


def test_an_answered_step_can_be_left_as_it_is(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.moves(GoBack)

    assert walk.skips() == (Moved("hint"),)
    assert walk.texts("name") == ["Ann"]


def test_any_asked_step_can_be_gone_to(walk: Walking) -> None:
    walk.goes_to_the_end()

    assert walk.does(GoTo("champion-name", walk.run.revision)) == (Moved("champion-name"),)


def test_a_step_that_is_not_asked_can_not_be_gone_to(walk: Walking) -> None:
    walk.goes_to_the_end()

    assert walk.does(GoTo("weight", walk.run.revision)) == (Refused(Why.UNKNOWN_STEP),)


# -- branches -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("champion", "weight", "asked"),
    [
        ("", "", []),
        (YES, "", ["champion-name"]),
        (NO, "", ["champion-wish", "weight"]),
        (NO, "Light", ["champion-wish", "weight"]),
        (NO, "Heavy", ["champion-wish", "weight", "why-heavy"]),
    ],
)
def test_answers_decide_which_steps_are_asked(
    champion: str, weight: str, asked: list[str], walk: Walking
) -> None:
    walk.answers("name", "Ann")
    walk.skips()
    if champion:
        walk.answers("champion", champion)
    if weight:
        walk.skips()
        walk.answers("weight", weight)

    path = [one.id for one in engine.path(BRANCHING, walk.run)]

    assert path == ["name", "hint", "champion", *asked, "promise"]


def test_an_answer_of_a_branch_that_closed_is_kept_for_when_it_opens_again(walk: Walking) -> None:
    walk.goes_to_the_end()
    walk.does(GoTo("champion", walk.run.revision))
    walk.answers("champion", NO)
    assert "champion-name" not in [one.id for one in engine.path(BRANCHING, walk.run)]

    walk.does(GoTo("champion", walk.run.revision))
    walk.answers("champion", YES)

    assert walk.run.current == "champion-name"
    assert walk.texts("champion-name") == ["Bo"]


def test_a_branch_closes_with_all_that_hangs_on_it(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.skips()
    walk.answers("champion", NO)
    walk.skips()
    walk.answers("weight", "Heavy")
    assert walk.run.current == "why-heavy"

    walk.does(AnswerStep("champion", given(YES), 1))

    assert walk.run.current == "promise"


def test_in_a_team_one_answer_is_enough_to_open_a_branch(team: Walking) -> None:
    team.answers("champion", NO)
    team.answers("champion", YES, MEMBER)

    path = {one.id for one in engine.path(BRANCHING, team.run)}

    assert {"champion-name", "champion-wish", "weight"} <= path


def test_a_team_goes_on_when_the_step_it_is_at_is_no_longer_asked(team: Walking) -> None:
    team.answers("champion", YES, MEMBER)
    team.does(GoTo("champion-name", team.run.revision))

    team.answers("champion", NO, MEMBER)

    assert team.run.current == "champion-wish"


# -- progress -------------------------------------------------------------------------------------


def test_progress_counts_the_steps_that_are_asked(walk: Walking) -> None:
    assert engine.progress(BRANCHING, walk.run) == (1, 4)
    walk.answers("name", "Ann")
    walk.skips()
    walk.answers("champion", NO)

    assert engine.progress(BRANCHING, walk.run) == (4, 6)


def test_the_last_step_is_the_last_that_is_asked(walk: Walking) -> None:
    assert not engine.is_last(BRANCHING, walk.run)
    walk.goes_to_the_end()
    walk.moves(GoBack)

    assert walk.run.current == "promise"
    assert engine.is_last(BRANCHING, walk.run)


# -- skipping -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_required_step_is_not_skipped_without_a_reason(reason: str, walk: Walking) -> None:
    assert walk.skips(reason) == (Refused(Why.REASON_NEEDED),)


def test_a_required_step_that_is_skipped_is_a_gap_with_its_reason(walk: Walking) -> None:
    assert walk.skips("nobody knows yet") == (LeftOut("name", required=True), Moved("hint"))
    assert walk.run.skipped["name"].reason == "nobody knows yet"


def test_an_answer_closes_the_gap_of_a_skipped_step(walk: Walking) -> None:
    walk.skips("nobody knows yet")
    walk.moves(GoBack)
    walk.answers("name", "Ann")

    assert walk.run.skipped == {}


def test_only_the_step_that_is_shown_can_be_skipped(walk: Walking) -> None:
    assert walk.does(SkipStep("hint", 0)) == (Refused(Why.STALE),)


# -- one effect -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [GoBack, Finish, Pause])
def test_a_button_pressed_twice_has_one_effect(kind: type[Pause], walk: Walking) -> None:
    walk.goes_to_the_end()
    event = kind(walk.run.revision)
    walk.does(event)
    once = walk.run

    (effect,) = walk.does(event)

    assert isinstance(effect, Refused)
    assert walk.run is once


def test_a_skip_pressed_twice_skips_one_step(walk: Walking) -> None:
    walk.answers("name", "Ann")
    event = SkipStep("hint", walk.run.revision)
    walk.does(event)

    assert walk.does(event) == (Refused(Why.STALE),)
    assert walk.run.current == "champion"


def test_a_form_sent_twice_is_taken_once(walk: Walking) -> None:
    event = AnswerStep("name", given("Ann"), 0)
    walk.does(event)

    assert walk.does(event) == (Refused(Why.ALREADY_ANSWERED),)
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
    assert walk.answers("weight", "Heavy") == (Refused(Why.UNKNOWN_STEP),)
    assert walk.answers("no-such-step", "x") == (Refused(Why.UNKNOWN_STEP),)


def test_in_a_team_differing_answers_stay_side_by_side_with_who_gave_them(team: Walking) -> None:
    team.answers("name", "Ann", MEMBER)
    team.answers("name", "Bob", HEIR)
    team.answers("name", "Anna", MEMBER)

    answers = team.run.answers["name"]

    assert [(a.given.text, a.name, a.organization, a.revision) for a in answers] == [
        ("Anna", "Miguel", "City College", 2),
        ("Bob", "Hanna", "", 1),
    ]


# -- pause, cancel, reopen ------------------------------------------------------------------------


def test_a_paused_run_goes_on_where_it_was(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.moves(Pause)

    assert walk.moves(GoBack) == (Refused(Why.PAUSED),)
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

    assert walk.answers("hint", "x") == (Refused(Why.CANCELLED),)
    assert walk.does(Cancel()) == (Refused(Why.CANCELLED),)
    assert walk.texts("name") == ["Ann"]


def test_a_finished_run_can_be_reopened_edited_and_finished_again(walk: Walking) -> None:
    walk.goes_to_the_end()
    walk.moves(Finish)
    assert walk.moves(Finish) == (Refused(Why.FINISHED),)

    walk.does(Reopen())
    walk.does(GoTo("name", walk.run.revision))
    walk.answers("name", "Anna")
    walk.moves(Finish)

    assert walk.run.status is Status.FINISHED
    assert walk.texts("name") == ["Anna"]


def test_only_a_run_that_is_over_can_be_reopened(walk: Walking) -> None:
    assert walk.does(Reopen()) == (Refused(Why.NOT_OVER),)


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


def test_finishing_from_the_last_step_leaves_it_out_when_it_is_optional(walk: Walking) -> None:
    walk.goes_to_the_end()
    short = checklist(step("one"), step("two", required=False))
    walk = Walking(short)
    walk.answers("one", "x")

    walk.moves(Finish)

    assert walk.run.status is Status.FINISHED
    assert set(walk.run.skipped) == {"two"}


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
    assert walk.answers("name", "x") == (Refused(Why.NOT_YOURS),)


def test_nobody_else_hands_a_run_over(team: Walking) -> None:
    assert team.does(HandOver(MEMBER.person, MEMBER.name), MEMBER) == (Refused(Why.NOT_YOURS),)


def test_whoever_gets_a_private_run_finds_its_answers_and_edits_them(walk: Walking) -> None:
    walk.answers("name", "Ann")
    walk.does(HandOver(HEIR.person, HEIR.name))
    walk.does(GoBack(walk.run.revision), HEIR)

    walk.answers("name", "Anna", HEIR)

    assert walk.texts("name") == ["Anna"]
    assert walk.run.current == "hint"


def test_buttons_shown_before_a_run_was_handed_over_are_stale(walk: Walking) -> None:
    event = Pause(walk.run.revision)
    walk.does(HandOver(HEIR.person, HEIR.name))

    assert walk.does(event, HEIR) == (Refused(Why.STALE),)


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
