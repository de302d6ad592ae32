"""Walking through a checklist: `(definition, run, event) -> (run, effects)`, pure.

In a private run an answer or a skip goes on by itself; in a team run only the owner moves. What is
no longer asked, because an earlier answer changed, stays kept. A button that was shown before the
run moved changes nothing; a form is taken as long as its own step was not answered meanwhile by
the same person, however often the program was restarted since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.checklists.rules.events import (
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
    Refusal,
    Reopen,
    Resume,
    SeenMove,
    SkipStep,
    Why,
)
from bot.checklists.rules.run import Actor, Run, Skipped, Status, StepAnswer
from bot.core.checklist import Checklist, Step

Result = tuple[Run, tuple[Effect, ...]]

_HINDERS = {
    Status.PAUSED: Why.PAUSED,
    Status.FINISHED: Why.FINISHED,
    Status.CANCELLED: Why.CANCELLED,
}


def start(
    checklist: Checklist, alliance: int, owner: Actor, now: datetime, *, team: bool = False
) -> Run:
    """A new run, at its first step."""
    return Run(
        alliance=alliance,
        owner=owner.person,
        owner_name=owner.name,
        checklist=checklist.id,
        version=checklist.version,
        current=checklist.steps[0].id,
        started=now,
        changed=now,
        team=team,
    )


def path(checklist: Checklist, run: Run) -> tuple[Step, ...]:
    """The steps that are asked, in order, as things stand.

    A step with a condition is among them when the step it waits for is, and somebody answered that
    one with a value that opens it.
    """
    found: dict[str, Step] = {}
    for step in checklist.steps:
        when = step.when
        if when is None or (
            when.step in found
            and any(answer.given.value in when.values for answer in run.answers.get(when.step, ()))
        ):
            found[step.id] = step
    return tuple(found.values())


def progress(checklist: Checklist, run: Run) -> tuple[int, int]:
    """The number of the current step, from 1, and how many there are as things stand."""
    steps = [step.id for step in path(checklist, run)]
    return (steps.index(run.current) + 1 if run.current in steps else len(steps)), len(steps)


def tally(checklist: Checklist, run: Run) -> tuple[int, int]:
    """How many of the steps that are asked were answered, and how many skipped."""
    steps = [step.id for step in path(checklist, run)]
    answered = sum(step in run.answers for step in steps)
    return answered, sum(step in run.skipped and step not in run.answers for step in steps)


def is_last(checklist: Checklist, run: Run) -> bool:
    """Whether no step comes after the current one."""
    return _after(checklist, run, run.current) is None


def unsettled(checklist: Checklist, run: Run) -> tuple[str, ...]:
    """The required steps that are asked and were neither answered nor skipped."""
    return tuple(
        step.id
        for step in path(checklist, run)
        if step.required and step.id not in run.answers and step.id not in run.skipped
    )


def apply(checklist: Checklist, run: Run, event: Event, by: Actor, now: datetime) -> Result:
    """What becomes of a run."""
    if (why := _refusal(run, event, by)) is not None:
        return run, (Refusal(why),)
    handle: Callable[..., Result] = _HANDLERS[type(event)]
    after, effects = handle(checklist, run, event, by, now)
    return (after if after is run else replace(after, changed=now)), effects


def _refusal(run: Run, event: Event, by: Actor) -> Why | None:
    """Who may do what, when."""
    if not _may(run, event, by):
        return Why.NOT_YOURS
    if isinstance(event, HandOver):
        return None
    if isinstance(event, Reopen):
        return None if run.status.over else Why.NOT_OVER
    if run.status is Status.OPEN and isinstance(event, SeenMove):
        return Why.STALE if event.seen != run.revision else None
    if run.status is Status.PAUSED and not isinstance(event, SeenMove):
        return None
    return _HINDERS.get(run.status)


def _may(run: Run, event: Event, by: Actor) -> bool:
    if by.person == run.owner:
        return True
    if isinstance(event, HandOver):
        return by.steward
    return run.team and isinstance(event, AnswerStep)


def _answer(checklist: Checklist, run: Run, event: AnswerStep, by: Actor, now: datetime) -> Result:
    if event.step not in {step.id for step in path(checklist, run)}:
        return run, (Refusal(Why.UNKNOWN_STEP),)
    before = run.answer_of(event.step, by.person)
    if run.revision_of(event.step, by.person) != event.seen:
        return run, (Refusal(Why.ALREADY_ANSWERED),)
    answer = StepAnswer(event.given, by.person, by.name, by.organization, event.seen + 1, now)
    given = [answer if one is before else one for one in run.answers.get(event.step, ())]
    if before is None:
        given.append(answer)
    after = replace(
        run,
        answers={**run.answers, event.step: tuple(given)},
        skipped=_without(run.skipped, event.step),
    )
    effects: tuple[Effect, ...] = (Kept(event.step, answer, before),)
    if not run.team and run.status is Status.PAUSED:
        after = replace(after, status=Status.OPEN, revision=after.revision + 1)
        effects += (Became(Status.OPEN, Status.PAUSED),)
    if run.team or event.step != run.current:
        return _kept_on_path(checklist, after, effects)
    return _move(after, _after(checklist, after, event.step), effects)


def _skip(checklist: Checklist, run: Run, event: SkipStep, by: Actor, now: datetime) -> Result:
    if event.step != run.current:
        return run, (Refusal(Why.STALE),)
    step = checklist.by_id[event.step]
    onward = _after(checklist, run, event.step)
    if event.step in run.answers:  # it was answered, so there is nothing to leave out
        return _move(run, onward)
    if step.required and not event.reason.strip():
        return run, (Refusal(Why.REASON_NEEDED),)
    skipped = {**run.skipped, event.step: Skipped(event.reason, by.person, now)}
    left_out = (LeftOut(event.step, step.required),)
    return _move(replace(run, skipped=skipped), onward, left_out)


def _back(checklist: Checklist, run: Run, _: GoBack, __: Actor, ___: datetime) -> Result:
    steps = [step.id for step in path(checklist, run)]
    place = steps.index(run.current) if run.current in steps else len(steps)
    if place == 0:
        return run, (Refusal(Why.AT_FIRST),)
    return _move(run, steps[place - 1])


def _on(checklist: Checklist, run: Run, _: GoOn, by: Actor, now: datetime) -> Result:
    if run.current is None:
        return run, (Refusal(Why.STALE),)
    step = checklist.by_id[run.current]
    effects: tuple[Effect, ...] = ()
    if not _settled(run, step.id):
        if step.required:
            return run, (Refusal(Why.ANSWER_NEEDED),)
        run = replace(run, skipped={**run.skipped, step.id: Skipped("", by.person, now)})
        effects = (LeftOut(step.id, required=False),)
    return _move(run, _after(checklist, run, step.id), effects)


def _to(checklist: Checklist, run: Run, event: GoTo, _: Actor, __: datetime) -> Result:
    if event.step not in {step.id for step in path(checklist, run)}:
        return run, (Refusal(Why.UNKNOWN_STEP),)
    return _move(run, event.step)


def _pause(_: Checklist, run: Run, __: Pause, ___: Actor, ____: datetime) -> Result:
    return _become(run, Status.PAUSED)


def _resume(_: Checklist, run: Run, __: Resume, ___: Actor, ____: datetime) -> Result:
    return _become(run, Status.OPEN) if run.status is Status.PAUSED else (run, ())


def _finish(checklist: Checklist, run: Run, _: Finish, by: Actor, now: datetime) -> Result:
    missing = unsettled(checklist, run)
    if missing:
        if missing[0] == run.current:
            return run, (Missing(missing),)
        return _move(run, missing[0], (Missing(missing),))
    if (at := run.current) is not None and not _settled(run, at):
        run = replace(run, skipped={**run.skipped, at: Skipped("", by.person, now)})
    after, effects = _become(run, Status.FINISHED)
    return replace(after, current=None, finished=now), effects


def _cancel(_: Checklist, run: Run, __: Cancel, ___: Actor, ____: datetime) -> Result:
    return _become(run, Status.CANCELLED)


def _reopen(_: Checklist, run: Run, __: Reopen, ___: Actor, ____: datetime) -> Result:
    return _become(replace(run, finished=None), Status.OPEN)


def _hand_over(_: Checklist, run: Run, event: HandOver, __: Actor, ___: datetime) -> Result:
    if event.to == run.owner:
        return run, ()
    # What a team sees stays as it is, so its buttons do; a private run is shown anew.
    revision = run.revision if run.team else run.revision + 1
    after = replace(run, owner=event.to, owner_name=event.to_name, revision=revision)
    return after, (Handed(event.to, run.owner),)


_HANDLERS: dict[type[Any], Callable[..., Result]] = {
    AnswerStep: _answer,
    SkipStep: _skip,
    GoBack: _back,
    GoOn: _on,
    GoTo: _to,
    Pause: _pause,
    Resume: _resume,
    Finish: _finish,
    Cancel: _cancel,
    Reopen: _reopen,
    HandOver: _hand_over,
}


def _move(run: Run, to: str | None, effects: tuple[Effect, ...] = ()) -> Result:
    return replace(run, current=to, revision=run.revision + 1), (*effects, Moved(to))


def _become(run: Run, status: Status) -> Result:
    after = replace(run, status=status, revision=run.revision + 1)
    return after, (Became(status, run.status),)


def _kept_on_path(checklist: Checklist, run: Run, effects: tuple[Effect, ...]) -> Result:
    """Go on to the next step that is asked where the current one no longer is."""
    steps = {step.id for step in path(checklist, run)}
    if run.current is None or run.current in steps:
        return run, effects
    return _move(run, _after(checklist, run, run.current), effects)


def _after(checklist: Checklist, run: Run, step: str | None) -> str | None:
    """The next step that is asked after one that need not be asked itself; None at the end."""
    if step is None:
        return None
    asked = {one.id for one in path(checklist, run)}
    order = [one.id for one in checklist.steps]
    return next((id_ for id_ in order[order.index(step) + 1 :] if id_ in asked), None)


def _settled(run: Run, step: str) -> bool:
    return step in run.answers or step in run.skipped


def _without(skipped: Mapping[str, Skipped], step: str) -> dict[str, Skipped]:
    return {id_: one for id_, one in skipped.items() if id_ != step}
