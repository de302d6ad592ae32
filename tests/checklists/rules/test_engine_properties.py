"""Whatever happens to a run, in whatever order and by whomever, some things hold."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given as tried_with
from hypothesis import note, settings
from hypothesis import strategies as st

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
    HandOver,
    Kept,
    LeftOut,
    Missing,
    Moved,
    Pause,
    Refusal,
    Reopen,
    Resume,
    SeenMove,
    SkipStep,
)
from bot.checklists.rules.run import Actor, Run, Status, StepAnswer
from bot.core.checklist import Checklist
from tests.examples import tries

from .samples import EVERYBODY, HEIR, NOW, OWNER, checklists, given

Answers = dict[tuple[str, int], StepAnswer]
"""By step and person; in a private run, which has one answer a step, the person is 0."""


def naive_path(checklist: Checklist, answers: Answers) -> list[str]:
    """The steps that are asked, told by asking each for itself."""

    def asked(id_: str) -> bool:
        when = checklist.by_id[id_].when
        if when is None:
            return True
        said = {answer.given.value for (step, _), answer in answers.items() if step == when.step}
        return asked(when.step) and not said.isdisjoint(when.values)

    return [step.id for step in checklist.steps if asked(step.id)]


def next_on(checklist: Checklist, answers: Answers, step: str) -> str | None:
    order = [one.id for one in checklist.steps]
    later = [id_ for id_ in naive_path(checklist, answers) if order.index(id_) > order.index(step)]
    return later[0] if later else None


class Account:
    """A run, and beside it a plain account of what was accepted; each event is held against it."""

    def __init__(self, checklist: Checklist, *, team: bool) -> None:
        self.checklist = checklist
        self.run: Run = engine.start(checklist, 7, OWNER, NOW, team=team)
        self.accepted: Answers = {}
        self.times_finished = 0
        self.times_reopened = 0

    # -- what each event has to keep to -----------------------------------------------------------

    def happens(self, event: Event, by: Actor) -> None:
        before = self.run
        after, effects = engine.apply(self.checklist, before, event, by, NOW)
        refused = any(isinstance(effect, Refusal) for effect in effects)
        if refused:
            assert after == before, "a refused event changed the run"
            assert len(effects) == 1
        self.check_who(before, after, event, by)
        if isinstance(event, SeenMove) and event.seen != before.revision:
            assert after == before, "a stale button changed the run"
        if isinstance(event, AnswerStep):
            former = self.accepted.get((event.step, by.person if before.team else 0))
            if event.seen != (former.revision if former else 0):
                assert after == before, "a stale form changed the run"
        for effect in effects:
            if isinstance(effect, Kept):
                assert effect.step in naive_path(self.checklist, self.accepted), "it wasn't asked"
                self.accepted[effect.step, by.person if before.team else 0] = effect.answer
            elif isinstance(effect, Became):
                self.check_status(before, after, effect)
        self.check_moves(before, after, event, effects)
        again, repeated = engine.apply(self.checklist, after, event, by, NOW)
        assert again == after, "the same event took effect twice"
        assert all(isinstance(effect, Refusal | Missing) for effect in repeated)
        self.run = after

    def check_who(self, before: Run, after: Run, event: Event, by: Actor) -> None:
        if by.person == before.owner:
            return
        if isinstance(event, HandOver) and by.steward:
            return
        if not before.team:
            assert after == before, "somebody else changed a private run"
            return
        assert isinstance(event, AnswerStep) or after == before
        assert after.status == before.status
        path = naive_path(self.checklist, {**self.accepted, **_answers(after)})
        if before.current is None or before.current in path:
            assert after.current == before.current, "a member's answer moved the run"
            assert after.revision == before.revision

    def check_status(self, before: Run, after: Run, effect: Became) -> None:
        assert (effect.before, effect.status) == (before.status, after.status)
        if effect.status is Status.FINISHED:
            self.times_finished += 1
            for step in naive_path(self.checklist, self.accepted):
                if self.checklist.by_id[step].required:
                    answered = any(step == answered for answered, _ in self.accepted)
                    assert answered or after.skipped[step].reason.strip()
        self.times_reopened += effect.before is Status.FINISHED

    def check_moves(
        self, before: Run, after: Run, event: Event, effects: tuple[object, ...]
    ) -> None:
        # Of a team's run the buttons stay good: they are its owner's, whoever that is.
        if _place(after) != _place(before):
            assert after.revision > before.revision, "an old button would look fresh"
        assert after.revision >= before.revision
        moved = [effect.to for effect in effects if isinstance(effect, Moved)]
        if moved:
            assert moved == [after.current]
        elif not isinstance(event, Finish):
            assert after.current == before.current
        kept = any(isinstance(effect, Kept) for effect in effects)
        on = isinstance(event, AnswerStep) and kept and not before.team
        on = on or any(isinstance(effect, LeftOut) for effect in effects)
        if on and before.current == getattr(event, "step", before.current):
            assert before.current is not None
            assert after.current == next_on(self.checklist, self.accepted, before.current)

    # -- what always holds ------------------------------------------------------------------------

    def holds(self) -> None:
        self.no_answer_is_lost_or_made_up()
        self.nothing_is_both_answered_and_skipped()
        self.the_path_is_what_the_naive_way_finds()
        self.the_run_stands_at_a_step_that_is_asked()
        self.progress_counts_the_steps_that_are_asked()
        self.it_is_finished_once_for_each_time_it_was_opened()
        self.a_required_step_was_skipped_only_with_a_reason()

    def no_answer_is_lost_or_made_up(self) -> None:
        assert _answers(self.run) == self.accepted

    def nothing_is_both_answered_and_skipped(self) -> None:
        assert not set(self.run.answers) & set(self.run.skipped)

    def the_path_is_what_the_naive_way_finds(self) -> None:
        found = [step.id for step in engine.path(self.checklist, self.run)]
        assert found == naive_path(self.checklist, self.accepted)

    def the_run_stands_at_a_step_that_is_asked(self) -> None:
        path = naive_path(self.checklist, self.accepted)
        assert self.run.current is None or self.run.current in path

    def progress_counts_the_steps_that_are_asked(self) -> None:
        path = naive_path(self.checklist, self.accepted)
        at = path.index(self.run.current) + 1 if self.run.current else len(path)
        assert engine.progress(self.checklist, self.run) == (at, len(path))
        assert engine.is_last(self.checklist, self.run) is (at == len(path))

    def it_is_finished_once_for_each_time_it_was_opened(self) -> None:
        is_finished = self.run.status is Status.FINISHED
        assert self.times_finished == self.times_reopened + is_finished
        assert (self.run.finished is not None) is is_finished

    def a_required_step_was_skipped_only_with_a_reason(self) -> None:
        for step, skipped in self.run.skipped.items():
            assert skipped.reason.strip() or not self.checklist.by_id[step].required


def _place(run: Run) -> tuple[str | None, Status, int | None]:
    return run.current, run.status, None if run.team else run.owner


def _answers(run: Run) -> Answers:
    return {
        (step, answer.person if run.team else 0): answer
        for step, answers in run.answers.items()
        for answer in answers
    }


class Chance:
    """Draws events as people might cause them: mostly the owner, at what is shown, now and then not."""

    def __init__(self, account: Account, seed: int) -> None:
        self._account = account
        self._random = Random(seed)

    def draw(self) -> tuple[Event, Actor]:
        run = self._account.run
        owner = next(one for one in EVERYBODY if one.person == run.owner)
        by = owner if self._often(4) else self._random.choice(EVERYBODY)
        step = run.current if run.current and self._often(2) else self._any_step()
        seen = run.revision + self._off()
        kind = self._random.choices(_KINDS, _WEIGHTS)[0]
        if kind is AnswerStep:
            value = self._random.choice(self._account.checklist.by_id[step].options or ("x", "y"))
            form = run.revision_of(step, by.person) + self._off()
            return AnswerStep(step, given(f"{value}!", value), form), by
        if kind is SkipStep:
            return SkipStep(step, seen, self._random.choice(("", " ", "not ours to say"))), by
        if kind is GoTo:
            return GoTo(self._any_step(), seen), by
        if kind is HandOver:
            to = self._random.choice((OWNER, HEIR))
            return HandOver(to.person, to.name), by
        return (kind() if kind in {Resume, Reopen, Cancel} else kind(seen)), by

    def _any_step(self) -> str:
        return self._random.choice(self._account.checklist.steps).id

    def _off(self) -> int:
        return 0 if self._often(6) else self._random.choice((-1, 1))

    def _often(self, times: int) -> bool:
        return self._random.randrange(times + 1) > 0


_CHANCES: dict[type[Any], int] = {
    AnswerStep: 12,
    SkipStep: 4,
    GoBack: 3,
    GoOn: 3,
    GoTo: 2,
    Finish: 2,
    Resume: 2,
    Reopen: 2,
    Pause: 1,
    Cancel: 1,
    HandOver: 1,
}
_KINDS, _WEIGHTS = list(_CHANCES), list(_CHANCES.values())


@settings(max_examples=tries(75))
@tried_with(checklists(), st.booleans(), st.integers(0, 2**32))
def test_whatever_happens_nothing_is_lost_repeated_or_out_of_reach(
    checklist: Checklist, team: bool, seed: int
) -> None:
    account = Account(checklist, team=team)
    chance = Chance(account, seed)

    for _ in range(60):
        event, by = chance.draw()
        note(f"{by.name}: {event}")
        account.happens(event, by)
        account.holds()


@pytest.mark.parametrize("team", [False, True])
def test_answering_what_is_shown_leads_through_any_checklist(team: bool) -> None:
    """A run that is only answered comes to its end, and asks each step of the path once."""

    @settings(max_examples=tries(25))
    @tried_with(checklists(), st.integers(0, 2**32))
    def leads(checklist: Checklist, seed: int) -> None:
        random = Random(seed)
        account = Account(checklist, team=team)
        shown = []
        while (step := account.run.current) is not None:
            shown.append(step)
            value = random.choice(checklist.by_id[step].options or ("x",))
            account.happens(AnswerStep(step, given(value), 0), OWNER)
            if team:
                account.happens(GoOn(account.run.revision), OWNER)
        account.happens(Finish(account.run.revision), OWNER)
        assert account.run.status is Status.FINISHED
        assert shown == naive_path(checklist, account.accepted)

    leads()
