"""What the contract settles about moving through a checklist, rule by rule."""

from __future__ import annotations

import pytest

from bot.checklists.rules import engine
from bot.checklists.rules.events import (
    AnswerStep,
    Became,
    Cancel,
    Event,
    Finish,
    GoBack,
    GoOn,
    GoTo,
    Kept,
    LeftOut,
    Moved,
    Pause,
    Refusal,
    Reopen,
    Resume,
    SkipStep,
    Why,
)
from bot.checklists.rules.run import Actor, Status
from bot.core.checklist import NO, YES

from .samples import (
    BRANCHING,
    MEMBER,
    OWNER,
    STEWARD,
    STRANGER,
    Walking,
    given,
)


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
    assert team.moves(GoOn) == (Refusal(Why.ANSWER_NEEDED),)


def test_next_leaves_out_an_optional_step_that_nobody_answered(team: Walking) -> None:
    team.answers("name", "Ann")
    team.moves(GoOn)

    assert team.moves(GoOn) == (LeftOut("hint", required=False), Moved("champion"))


def test_next_after_the_last_step_has_nowhere_to_go(walk: Walking) -> None:
    walk.goes_to_the_end()

    assert walk.moves(GoOn) == (Refusal(Why.STALE),)


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
    assert team.does(event, by) == (Refusal(Why.NOT_YOURS),)


@pytest.mark.parametrize("by", [MEMBER, STEWARD, STRANGER])
def test_nobody_else_answers_in_a_private_run(by: Actor, walk: Walking) -> None:
    assert walk.answers("name", "Eve", by) == (Refusal(Why.NOT_YOURS),)
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
    assert walk.moves(GoBack) == (Refusal(Why.AT_FIRST),)


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

    assert walk.does(GoTo("weight", walk.run.revision)) == (Refusal(Why.UNKNOWN_STEP),)


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
