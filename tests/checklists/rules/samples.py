"""Checklists, people and events to try the engine on, by hand and at random."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.checklists.rules import engine
from bot.checklists.rules.events import (
    AnswerStep,
    Effect,
    Event,
    Finish,
    GoBack,
    GoOn,
    Pause,
    SkipStep,
)
from bot.checklists.rules.run import Actor, AnswerValue, Promise
from bot.core.checklist import (
    NO,
    YES,
    AnswerType,
    Checklist,
    Condition,
    Step,
)

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday

OWNER = Actor(1, "Olivia", "Hotel League")
MEMBER = Actor(2, "Miguel", "City College")
HEIR = Actor(3, "Hanna")
STEWARD = Actor(4, "Stella", steward=True)
STRANGER = Actor(5, "Sid")
EVERYBODY = (OWNER, MEMBER, HEIR, STEWARD, STRANGER)


def step(
    id_: str,
    kind: AnswerType = AnswerType.TEXT,
    *,
    required: bool = True,
    choices: tuple[str, ...] = (),
    when: tuple[str, ...] = (),
    commitment: bool = False,
) -> Step:
    """A step; `when` is the step it waits for, and then the values that open it."""
    return Step(
        id_,
        f"What about {id_}?",
        "It matters.",
        ("share-credit",),
        required,
        kind,
        choices=choices,
        commitment=commitment,
        when=Condition(when[0], when[1:]) if when else None,
    )


def checklist(*steps: Step) -> Checklist:
    """A checklist of some steps."""
    return Checklist("try", 1, "Try", "To try.", "Testers", "share-credit", 5, steps)


BRANCHING = checklist(
    step("name"),
    step("hint", required=False),
    step("champion", AnswerType.YES_NO),
    step("champion-name", when=("champion", YES)),
    step("champion-wish", required=False, when=("champion", NO)),
    step("weight", AnswerType.CHOICE, choices=("Light", "Heavy"), when=("champion", NO)),
    step("why-heavy", when=("weight", "Heavy")),
    step("promise", commitment=True, required=False),
)
"""Two branches, one of them with a branch of its own."""


def given(text: str, value: str | None = None, promise: Promise | None = None) -> AnswerValue:
    """An answer whose value is the text, unless something else is said."""
    return AnswerValue(text, text if value is None else value, promise)


_CHOICES = ("a", "b", "c")


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Checklists with steps that wait for earlier ones, in chains too."""
    steps: list[Step] = []
    for number in range(draw(st.integers(2, 8))):
        kind = draw(
            st.sampled_from(
                (AnswerType.YES_NO, AnswerType.YES_NO, AnswerType.CHOICE, AnswerType.TEXT)
            )
        )
        openers = [one for one in steps if one.options]
        when: tuple[str, ...] = ()
        if openers and draw(st.integers(0, 2)):
            opener = draw(st.sampled_from(openers))
            values = st.lists(st.sampled_from(opener.options), min_size=1, max_size=2, unique=True)
            when = (opener.id, *draw(values))
        steps.append(
            step(
                f"s{number}",
                kind,
                required=draw(st.booleans()),
                choices=_CHOICES if kind is AnswerType.CHOICE else (),
                when=when,
            )
        )
    return checklist(*steps)


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
