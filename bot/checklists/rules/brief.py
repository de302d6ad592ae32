"""What a run came to: its answers, gaps, commitments and sources; and what changed since another.

Pure values; how they read as Markdown stands in `prompts/brief.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.checklists.rules.changes import Changes, StepChange, kind_of_change
from bot.checklists.rules.engine import path
from bot.checklists.rules.records import Commitment, StoredRun
from bot.checklists.rules.run import AnswerValue, Promise, Run, Status, StepAnswer
from bot.checklists.rules.weakness import WhyOpen, weakness
from bot.core.checklist import Checklist, Step
from bot.core.models import Document, Library, Passage


@dataclass(frozen=True, slots=True)
class BriefPassage:
    """A passage to read, with where it comes from."""

    id: str
    title: str
    document: str
    section: str


@dataclass(frozen=True, slots=True)
class BriefStep:
    """A step with what was said to it.

    Attributes:
        number: its place among the steps that are asked, from 1.
        skipped: the reason for leaving it out, which may be empty; None if it wasn't.
        readings: the passages that explain it.
    """

    number: int
    id: str
    question: str
    required: bool
    answers: tuple[StepAnswer, ...]
    skipped: str | None
    readings: tuple[BriefPassage, ...]
    case: BriefPassage | None


@dataclass(frozen=True, slots=True)
class BriefGap:
    """A step that was left out or answered weakly, with what to read."""

    step: BriefStep
    reason: WhyOpen
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment as it was made in a step, by whom; `now` is what became of it, if known."""

    step: BriefStep
    promise: Promise
    name: str
    organization: str
    now: Commitment | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a sponsoring organization needs to see of a run.

    Attributes:
        set_aside: steps that were answered and are no longer asked, as an earlier answer changed.
        people: everybody who answered, with their organizations, in order.
    """

    run: int
    checklist: str
    version: int
    title: str
    purpose: str
    owner: str
    team: bool
    status: Status
    started: datetime
    finished: datetime | None
    steps: tuple[BriefStep, ...]
    set_aside: tuple[BriefStep, ...]
    gaps: tuple[BriefGap, ...]
    commitments: tuple[Promised, ...]
    sources: tuple[Document, ...]
    people: tuple[tuple[str, str], ...]
    changes: Changes | None = None

    @property
    def answered(self) -> int:
        """How many of the steps were answered."""
        return sum(bool(step.answers) for step in self.steps)


def make_brief(
    checklist: Checklist,
    run: Run,
    library: Library,
    *,
    previous: StoredRun | None = None,
    commitments: Sequence[Commitment] = (),
) -> Brief:
    """The brief of a run, finished or not.

    It is compared with `previous`; `commitments` are the run's, as they are by now.
    """
    now = {(one.step, one.person): one for one in commitments}
    dated = {one.step for one in commitments if one.day is not None}
    asked = path(checklist, run)
    on_path = {step.id for step in asked}
    steps = tuple(_step(number, step, run, library) for number, step in enumerate(asked, 1))
    aside = [step for step in checklist.steps if step.id not in on_path and step.id in run.answers]
    set_aside = tuple(_step(0, step, run, library) for step in aside)
    gaps = [
        gap
        for gap in _gaps(checklist, run, steps)
        if gap.reason is not WhyOpen.NO_DAY or gap.step.id not in dated
    ]
    sources = {
        passage.document.id: passage.document
        for step in asked
        for passage in (*_passages(step, library), *_case(step, library))
    }
    said = [answer for step in steps for answer in step.answers]
    return Brief(
        run=run.id,
        checklist=checklist.id,
        version=checklist.version,
        title=checklist.title,
        purpose=checklist.purpose,
        owner=run.owner_name,
        team=run.team,
        status=run.status,
        started=run.started,
        finished=run.finished,
        steps=steps,
        set_aside=set_aside,
        gaps=tuple(gaps),
        commitments=tuple(
            Promised(
                step,
                answer.given.promise,
                answer.name,
                answer.organization,
                now.get((step.id, answer.person)),
            )
            for step in steps
            for answer in step.answers
            if answer.given.promise is not None
        ),
        sources=tuple(sources.values()),
        people=tuple(dict.fromkeys((answer.name, answer.organization) for answer in said)),
        changes=compare(previous, StoredRun(run, checklist), library) if previous else None,
    )


def compare(old: StoredRun, new: StoredRun, library: Library) -> Changes:
    """What changed between two runs of a checklist, step by step; steps are matched by their id."""
    before = _asked_and_answered(old)
    after = _asked_and_answered(new)
    questions = {step.id: step.question for step in (*old.checklist.steps, *new.checklist.steps)}
    steps = []
    for id_, question in questions.items():
        was, now = before.get(id_, ()), after.get(id_, ())
        if was or now:
            skips = (_skip_reason(walk.run, id_) for walk in (old, new))
            steps.append(StepChange(question, kind_of_change(was, now), was, now, *skips))
    gaps_before = _gap_ids(old, library)
    gaps_now = _gap_ids(new, library)
    return Changes(
        run=old.run.id,
        since=old.run.finished or old.run.changed,
        version=old.run.version,
        steps=tuple(steps),
        still_open=tuple(questions[id_] for id_ in gaps_now if id_ in gaps_before),
        closed=tuple(questions[id_] for id_ in gaps_before if id_ not in gaps_now and id_ in after),
    )


def says_promise(given: AnswerValue) -> bool:
    """Whether what is promised is the answer itself, as where only one of both was typed."""
    return given.promise is not None and given.promise.what.strip() == given.text.strip()


def file_name(brief: Brief, kind: str) -> str:
    """What the file of a brief is called; `kind` is the ending."""
    return f"brief-{brief.checklist}-{brief.run}.{kind}"


def _step(number: int, step: Step, run: Run, library: Library) -> BriefStep:
    case = next(iter(_case(step, library)), None)
    return BriefStep(
        number=number,
        id=step.id,
        question=step.question,
        required=step.required,
        answers=run.answers.get(step.id, ()),
        skipped=_skip_reason(run, step.id),
        readings=tuple(_reading(passage) for passage in _passages(step, library)),
        case=_reading(case) if case else None,
    )


def _skip_reason(run: Run, step: str) -> str | None:
    skipped = run.skipped.get(step)
    return skipped.reason if skipped else None


def _gaps(checklist: Checklist, run: Run, steps: Sequence[BriefStep]) -> tuple[BriefGap, ...]:
    gaps = []
    for step in steps:
        definition = checklist.by_id[step.id]
        if not step.answers:
            if step.required and step.skipped is not None:
                gaps.append(BriefGap(step, WhyOpen.SKIPPED, step.skipped))
            elif step.required:
                gaps.append(BriefGap(step, WhyOpen.MISSING))
            continue
        weak = [found for answer in step.answers if (found := weakness(definition, answer))]
        # Where a team answered, one good commitment is enough; doubts and low ratings all count.
        if weak and (run.team and len(weak) < len(step.answers)):
            weak = [one for one in weak if one[0] in {WhyOpen.LOW, WhyOpen.UNSURE}]
        gaps += [BriefGap(step, *weak[0])] if weak else []
    return tuple(gaps)


def _gap_ids(walk: StoredRun, library: Library) -> tuple[str, ...]:
    asked = path(walk.checklist, walk.run)
    steps = [_step(number, step, walk.run, library) for number, step in enumerate(asked, 1)]
    return tuple(gap.step.id for gap in _gaps(walk.checklist, walk.run, steps))


def _asked_and_answered(walk: StoredRun) -> Mapping[str, tuple[StepAnswer, ...]]:
    asked = path(walk.checklist, walk.run)
    return {step.id: walk.run.answers.get(step.id, ()) for step in asked}


def _passages(step: Step, library: Library) -> tuple[Passage, ...]:
    return tuple(library.by_id[id_] for id_ in step.passages if id_ in library.by_id)


def _case(step: Step, library: Library) -> tuple[Passage, ...]:
    return (library.by_id[step.case],) if step.case in library.by_id else ()


def _reading(passage: Passage) -> BriefPassage:
    return BriefPassage(passage.id, passage.title, passage.document.title, passage.section)
