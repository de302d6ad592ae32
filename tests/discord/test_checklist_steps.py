"""What a step looks like, whatever it is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.discord.draw import ROOM, view_of
from bot.answers.actions import READ_PASSAGE
from bot.chat.action import Action, Place
from bot.chat.fit import fit
from bot.chat.screen import Button, Menu, Screen
from bot.chat.turn import Context
from bot.checklists.actions import ANSWER, BACK, FINISH, NEXT, PAUSE, PICK, RESUME, SKIP
from bot.checklists.rules import engine
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Actor, AnswerValue, Promise, Skipped, Status, StepAnswer
from bot.checklists.step_answers import Unkept
from bot.checklists.step_screen import (
    left_screen,
    picked_option,
    step_options,
    unkept_screen,
    walk_screen,
)
from bot.core.checklist import AnswerType, Checklist, Step
from bot.core.markup import escape, quoted
from bot.core.models import Library, PassageKind
from bot.core.phrases import Phrases
from bot.services import Services
from tests.conftest import make_checklist, make_library, make_passage
from tests.discord.walks import MEAN
from tests.examples import tries
from tests.loopback.validation.components import check_components
from tests.loopback.validation.problems import Problems

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
ROSA = Actor(7, "Rosa")


def walk_of(checklist: Checklist, **changes: object) -> StoredRun:
    run = engine.start(checklist, 2**63 - 1, ROSA, NOW)
    return StoredRun(replace(run, id=2**53, revision=10**6, **changes), checklist)  # type: ignore[arg-type]


def context_of(library: Library, phrases: Phrases) -> Context:
    services = cast("Services", SimpleNamespace(library=library, phrases=phrases))
    return Context(services, 2**63 - 1, "Valley Alliance", ROOM)


def screen_of(walk: StoredRun, library: Library, phrases: Phrases) -> Screen:
    return walk_screen(context_of(library, phrases), walk)


def problems_of(screen: Screen) -> object:
    """What Discord would find wrong with the message."""
    found = Problems()
    check_components(found, view_of(screen).to_components(), v2=True)
    return found.tree


def text_of(screen: Screen) -> str:
    return "\n".join(fit(screen.blocks, ROOM))


def values_of(screen: Screen, action: Action) -> list[str]:
    """What can be picked from the menu of an action."""
    return [
        option.value
        for menu in screen.controls
        if isinstance(menu, Menu) and action.read(menu.id) is not None
        for option in menu.options
    ]


def moves_of(screen: Screen) -> list[Action]:
    """What the buttons do that move."""
    moves = (ANSWER, SKIP, BACK, PAUSE, FINISH, NEXT, RESUME)
    ids = [control.id for control in screen.controls if isinstance(control, Button)]
    return [move for id_ in ids for move in moves if move.read(id_) is not None]


def answer(text: str, person: int = 7, name: str = "Rosa", organization: str = "") -> StepAnswer:
    promise = Promise(text, text, date(2026, 12, 1))
    return StepAnswer(AnswerValue(text, text, promise), person, name, organization, 1, NOW)


# -- shipped content ------------------------------------------------------------------------------


def test_every_step_of_every_checklist_is_shown_whole(library: Library, phrases: Phrases) -> None:
    assert len(library.checklists) == 19
    for checklist in library.checklists:
        for step in checklist.steps:
            for team in (False, True):
                walk = walk_of(checklist, current=step.id, team=team)
                shown = screen_of(walk, library, phrases)
                assert problems_of(shown) == {}
                text = text_of(shown).replace("\\", "")
                assert " ".join(step.question.split()) in text
                assert step.why.strip() in text
                assert library.by_id[step.passages[0]].title in text
                assert values_of(shown, READ_PASSAGE)
                assert moves_of(shown)[:4] == [ANSWER, SKIP, BACK, PAUSE]
                assert ANSWER.read(shown.typed) is not None
                assert values_of(shown, PICK) == list(step.options)


def test_the_last_step_has_finish_and_a_team_moves_on_with_next(
    library: Library, phrases: Phrases
) -> None:
    checklist = make_checklist("two", "some-passage", "First?", "Last?")
    alone, team = walk_of(checklist), walk_of(checklist, team=True)
    assert NEXT in moves_of(screen_of(team, library, phrases))
    assert NEXT not in moves_of(screen_of(alone, library, phrases))
    for walk in (alone, team):
        last = StoredRun(replace(walk.run, current="step-2"), checklist)
        moves = moves_of(screen_of(last, library, phrases))
        assert moves[-1] is FINISH
        assert NEXT not in moves


def test_a_step_without_answer_type_shows_a_case_of_its_passage(phrases: Phrases) -> None:
    guidance = make_passage("guide", "Do this. Then that.")
    case = make_passage(
        "tale", "Once it worked.", kind=PassageKind.CASE, illustrates=("guide",), title="A tale"
    )
    checklist = make_checklist("two", "guide", "First?")
    library = make_library([guidance, case], [checklist])
    shown = screen_of(walk_of(checklist), library, phrases)
    assert "A tale" in text_of(shown)
    assert "Once it worked." in text_of(shown)
    assert values_of(shown, READ_PASSAGE) == ["guide", "tale"]


def test_what_is_gone_from_the_library_is_left_out(phrases: Phrases) -> None:
    checklist = make_checklist("two", "gone", "First?")
    shown = screen_of(walk_of(checklist), make_library([]), phrases)
    assert "It matters." in text_of(shown)
    assert values_of(shown, READ_PASSAGE) == []
    assert problems_of(shown) == {}


# -- answers --------------------------------------------------------------------------------------


def test_a_teams_answers_stand_side_by_side_with_who_gave_them(
    library: Library, phrases: Phrases
) -> None:
    checklist = make_checklist("two", "gone", "First?", "Last?")
    given = (answer("Ana", 1, "Rosa", "Harbor Works"), answer("Nobody yet", 2, "Omar"))
    walk = walk_of(checklist, team=True, answers={"step-1": given})
    context = context_of(library, phrases)
    for live in (True, False):
        shown = walk_screen(context, walk) if live else left_screen(context, walk, Place(0))
        text = text_of(shown)
        assert "**Rosa**, Harbor Works\n> Ana" in text
        assert "**Omar**, no organization\n> Nobody yet" in text
        assert ("Why this matters" in text) == live


def test_answers_that_find_no_room_are_counted(library: Library, phrases: Phrases) -> None:
    checklist = make_checklist("two", "gone", "First?", "Last?")
    given = tuple(answer("long " * 200, number, f"Person {number}") for number in range(80))
    walk = walk_of(checklist, team=True, answers={"step-1": given})
    shown = screen_of(walk, library, phrases)
    text = text_of(shown)
    named = text.count("**Person ")
    assert 5 < named < 80
    assert f"and {80 - named} more answers" in text
    assert problems_of(shown) == {}


@pytest.mark.parametrize("text", [MEAN, f"- a\n> b\n# c\n-# d\n{MEAN}", "```\n@here\n```", "\n\n"])
def test_a_quotation_shows_what_was_typed_and_nothing_of_it_counts(text: str) -> None:
    shown = quoted(text, 4000)
    assert all(line.startswith("> ") for line in shown.split("\n"))
    assert "@everyone" not in shown
    assert "@here" not in shown
    assert "<@" not in shown
    assert " **" not in shown


@given(st.text(max_size=300), st.integers(0, 200))
def test_a_quotation_is_never_longer_than_its_room(text: str, room: int) -> None:
    assert len(quoted(text, room)) <= room


# -- options --------------------------------------------------------------------------------------


def test_long_and_equal_choices_can_all_be_picked(phrases: Phrases) -> None:
    choices = ("yes " * 70, "yes " * 71, "short", "short")
    step = Step("s", "Q?", "W.", ("p",), True, AnswerType.CHOICE, choices=choices)
    options = step_options(context_of(make_library([]), phrases), step)
    assert len({one.value for one in options}) == len(options) == 3
    assert [picked_option(step, one.value) for one in options] == [
        choices[0],
        choices[1],
        "short",
    ]
    assert picked_option(step, "#99") is None
    assert picked_option(step, "other") is None


# -- the longest content --------------------------------------------------------------------------

_NASTY = st.sampled_from(["*", "@everyone ", "a", "\n", "> ", "🌍", "<@1> ", "word "])


def long_text(most: int) -> st.SearchStrategy[str]:
    return st.tuples(_NASTY, st.integers(1, most)).map(lambda t: ("x" + t[0] * t[1])[:most])


@st.composite
def walks(draw: st.DrawFn) -> StoredRun:
    """Runs at a step whose every text is as long as the files allow."""
    kind = draw(st.sampled_from(AnswerType))
    choices = tuple(draw(st.lists(long_text(300), min_size=2, max_size=25)))
    step = Step(
        "s" * 80,
        draw(long_text(300)),
        draw(long_text(2000)),
        ("guide",),
        required=draw(st.booleans()),
        type=kind,
        choices=choices if kind is AnswerType.CHOICE else (),
        commitment=draw(st.booleans()),
    )
    others = [replace(step, id=f"other-{number}") for number in range(draw(st.integers(0, 24)))]
    checklist = replace(
        make_checklist("c", "guide", "Q?"),
        title=draw(long_text(100)),
        steps=(step, *others),
    )
    given = tuple(
        answer(text, number, draw(long_text(100)), draw(long_text(300)))
        for number, text in enumerate(draw(st.lists(long_text(4000), max_size=6)))
    )
    skipped = {step.id: Skipped(draw(long_text(4000)), 7, NOW)} if draw(st.booleans()) else {}
    walk = walk_of(
        checklist,
        team=draw(st.booleans()),
        answers={step.id: given} if given else {},
        skipped=skipped,
        status=draw(st.sampled_from(Status)),
    )
    at = draw(st.sampled_from([step.id, None]))
    return StoredRun(replace(walk.run, current=at), checklist)


@settings(max_examples=tries(10))
@given(walk=walks(), notice=long_text(2000), typed=st.none() | long_text(4000))
def test_the_longest_content_stays_within_every_limit(
    phrases: Phrases, walk: StoredRun, notice: str, typed: str | None
) -> None:
    case = make_passage(
        "tale", "x. " * 900, kind=PassageKind.CASE, illustrates=("guide",), title="*" * 300
    )
    library = make_library([make_passage("guide", "Do this.", title="_" * 300), case])
    context = context_of(library, phrases)
    unkept = None if typed is None else Unkept(Place(0), escape(notice), typed)
    shown = [
        walk_screen(context, walk, escape(notice), unkept),
        left_screen(context, walk, Place(0)),
    ]
    if unkept is not None:
        shown.append(unkept_screen(context, walk, unkept, 2**63 - 1))
    for screen in shown:
        assert problems_of(screen) == {}
        assert "@everyone" not in text_of(screen)
        assert "<@1>" not in text_of(screen)


def test_a_page_of_every_status_has_only_the_buttons_that_work(
    library: Library, phrases: Phrases
) -> None:
    checklist = make_checklist("two", "gone", "First?", "Last?")

    def moves(**changes: object) -> list[Action]:
        return moves_of(screen_of(walk_of(checklist, **changes), library, phrases))

    assert moves(status=Status.PAUSED) == [RESUME]
    assert moves(status=Status.FINISHED, current=None) == []
    assert moves(status=Status.CANCELLED) == []
    assert moves(current=None) == [BACK, PAUSE, FINISH]
