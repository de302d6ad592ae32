"""What can happen to a run, and what comes of it, as immutable values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.checklists.rules.run import AnswerValue, Status, StepAnswer


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """Somebody answers a step; `seen` is `Run.revision_of` when the form was opened."""

    step: str
    given: AnswerValue
    seen: int


@dataclass(frozen=True, slots=True)
class SkipStep:
    """The owner leaves out the current step; `seen` is the revision of the run shown."""

    step: str
    seen: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GoBack:
    """The owner goes to the step before."""

    seen: int


@dataclass(frozen=True, slots=True)
class GoOn:
    """The owner goes to the step after: Next, in a team run."""

    seen: int


@dataclass(frozen=True, slots=True)
class GoTo:
    """The owner goes to a step to change its answer."""

    step: str
    seen: int


@dataclass(frozen=True, slots=True)
class Pause:
    """The owner puts the run aside."""

    seen: int


@dataclass(frozen=True, slots=True)
class Resume:
    """The owner takes a run up again; the same for one that is open."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The owner ends the run and gets the brief."""

    seen: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """The owner gives a run up; what was answered is kept as long as everything else."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """The owner goes on with a run that was over."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The owner or a steward gives the run to somebody else."""

    to: int
    to_name: str


Event = (
    AnswerStep
    | SkipStep
    | GoBack
    | GoOn
    | GoTo
    | Pause
    | Resume
    | Finish
    | Cancel
    | Reopen
    | HandOver
)

SeenMove = SkipStep | GoBack | GoOn | GoTo | Pause | Finish
"""Events that carry the revision of the run that was shown; one of an earlier revision is stale."""


# -- effects --------------------------------------------------------------------------------------


class Why(StrEnum):
    """Why an event changed nothing."""

    NOT_YOURS = "not yours"
    STALE = "stale"
    ALREADY_ANSWERED = "already answered"
    UNKNOWN_STEP = "unknown step"
    REASON_NEEDED = "reason needed"
    ANSWER_NEEDED = "answer needed"
    AT_FIRST = "at first"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    NOT_OVER = "not over"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing changed."""

    why: Why


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer was kept; `replaced` is the one it stands for now."""

    step: str
    answer: StepAnswer
    replaced: StepAnswer | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step was skipped; `required` makes it a gap."""

    step: str
    required: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The run stands at another step, or waits to be finished."""

    to: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """Finishing needs these required steps first, in order."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Became:
    """The run's status changed."""

    status: Status
    before: Status


@dataclass(frozen=True, slots=True)
class Handed:
    """The run belongs to somebody else now."""

    to: int
    before: int


Effect = Refusal | Kept | LeftOut | Moved | Missing | Became | Handed
