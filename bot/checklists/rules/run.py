"""One walk through a checklist, as immutable values; what can happen to it: see `events`.

`person` is Discord's id (0 in the terminal); times are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a run stands."""

    OPEN = "open"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether nothing more can be answered."""
        return self in {Status.FINISHED, Status.CANCELLED}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something.

    Attributes:
        organization: the partner the person speaks for; empty for none.
        steward: administers the bot in this alliance.
    """

    person: int
    name: str
    organization: str = ""
    steward: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as it was given: what, who, and by when (None: no day was named)."""

    what: str
    who: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """What a person answers a step with.

    Attributes:
        text: exactly as typed.
        value: in normal form: the choice, yes or no, the rating, the ISO date; else the text.
    """

    text: str
    value: str
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """A stored answer; `revision` counts how often this person answered this step, from 1."""

    given: AnswerValue
    person: int
    name: str
    organization: str
    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step that was left out; a required one only with a reason."""

    reason: str
    person: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One walk through a checklist.

    Attributes:
        id: unique over all alliances; 0 before it is stored.
        version: of the checklist it began with.
        current: the step it stands at; None after the last one, where it waits to be finished.
        revision: counts moves and changes of status; a button of an earlier one is stale.
        answers: by step, in the order in which people first answered.
        thread: where a team walks through it.
    """

    alliance: int
    owner: int
    owner_name: str
    checklist: str
    version: int
    current: str | None
    started: datetime
    changed: datetime
    id: int = 0
    team: bool = False
    status: Status = Status.OPEN
    revision: int = 0
    answers: Mapping[str, tuple[StepAnswer, ...]] = field(default_factory=dict)
    skipped: Mapping[str, Skipped] = field(default_factory=dict)
    finished: datetime | None = None
    thread: int | None = None

    def answer_of(self, step: str, person: int) -> StepAnswer | None:
        """What somebody answered; in a private run, whose owner may change, whoever did."""
        given = self.answers.get(step, ())
        if not self.team:
            return given[-1] if given else None
        return next((answer for answer in given if answer.person == person), None)

    def revision_of(self, step: str, person: int) -> int:
        """How often somebody answered a step; a form opened now carries this number."""
        answer = self.answer_of(step, person)
        return answer.revision if answer else 0
