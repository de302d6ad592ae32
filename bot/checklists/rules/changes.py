"""What is different between two runs of a checklist, step by step, as pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.checklists.rules.run import Promise, StepAnswer


class ChangeKind(StrEnum):
    """How a step compares with the same step of an earlier run."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Side:
    """What was said to a step in the earlier run (`then`), or in the later one."""

    answers: tuple[StepAnswer, ...]
    skip: str | None
    then: bool


@dataclass(frozen=True, slots=True)
class StepChange:
    """Old and new answers to one step, side by side; where there is none, why it was skipped."""

    question: str
    kind: ChangeKind
    old: tuple[StepAnswer, ...]
    new: tuple[StepAnswer, ...]
    old_skip: str | None = None
    new_skip: str | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        """First what was said then, then what is said now."""
        return Side(self.old, self.old_skip, then=True), Side(self.new, self.new_skip, then=False)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from an earlier run of the same checklist.

    Attributes:
        since: when that one was finished, or else changed last.
        still_open: questions that are gaps in both.
        closed: questions that were gaps then and aren't now.
    """

    run: int
    since: datetime
    version: int
    steps: tuple[StepChange, ...]
    still_open: tuple[str, ...]
    closed: tuple[str, ...]

    @property
    def different(self) -> tuple[StepChange, ...]:
        """The steps that aren't the same."""
        return tuple(step for step in self.steps if step.kind is not ChangeKind.SAME)


def kind_of_change(old: tuple[StepAnswer, ...], new: tuple[StepAnswer, ...]) -> ChangeKind:
    """How new answers compare with the old ones."""
    if not old:
        return ChangeKind.NEW
    if not new:
        return ChangeKind.GONE
    same = [_said(answer) for answer in old] == [_said(answer) for answer in new]
    return ChangeKind.SAME if same else ChangeKind.CHANGED


def _said(answer: StepAnswer) -> tuple[str, Promise | None]:
    # The value, as "next Friday" is another day in another run; of a text it is the text.
    return answer.given.value, answer.given.promise
