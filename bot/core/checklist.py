"""What a checklist is: its steps in order, and when each of them is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

YES, NO = "yes", "no"
RATINGS = ("1", "2", "3", "4", "5")


class AnswerType(StrEnum):
    """What kind of answer a step takes."""

    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes-no"
    RATING = "rating"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when an earlier step was answered with one of these values."""

    step: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One question.

    Attributes:
        why: why it matters, in a few sentences.
        passages: ids of the passages that explain it, the closest first.
        case: the id of a case that shows it; empty where the library has none.
        choices: with the type choice, what there is to choose from.
        commitment: it asks for a promise as well: what, who, by when.
        when: it is asked only if this holds; None for always.
    """

    id: str
    question: str
    why: str
    passages: tuple[str, ...]
    required: bool
    type: AnswerType = AnswerType.TEXT
    case: str = ""
    choices: tuple[str, ...] = ()
    commitment: bool = False
    when: Condition | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """The values to pick from; none where the answer is typed."""
        if self.type is AnswerType.YES_NO:
            return (YES, NO)
        return RATINGS if self.type is AnswerType.RATING else self.choices


@dataclass(frozen=True)
class Checklist:
    """The questions that matter about one thing, in order.

    Attributes:
        version: a run keeps the one it began with.
        overview: the id of the passage that says as a whole what the steps ask one by one.
        minutes: how long it takes.
    """

    id: str
    version: int
    title: str
    purpose: str
    audience: str
    overview: str
    minutes: int
    steps: tuple[Step, ...]

    @cached_property
    def by_id(self) -> dict[str, Step]:
        """The steps by their id."""
        return {step.id: step for step in self.steps}

    def place_of(self, step: str | None) -> int | None:
        """Where a step stands; None if it is none of them."""
        return next((place for place, one in enumerate(self.steps) if one.id == step), None)

    @cached_property
    def called_for(self) -> int:
        """How many steps are asked only if an answer calls for them: no run begins with these."""
        return sum(step.when is not None for step in self.steps)

    @cached_property
    def passages(self) -> tuple[str, ...]:
        """The ids of all passages that explain a step, each once."""
        return tuple(dict.fromkeys(passage for step in self.steps for passage in step.passages))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What a wish for this checklist is compared with: its purpose, and each step."""
        return (f"{self.title}. {self.purpose}", *(step.question for step in self.steps))
