"""Answering as a service: what handlers of a chat see of the part that holds the model.

`AnswerService` is implemented by `bot.index.worker.AnswerWorker`, whose one thread owns the model.
`GuideShelf` is where the guides come from: one for everybody, or one for each alliance that has
passages of its own. `ExtraPassages` is the same for reading: the passages of one alliance beside
those of the library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from bot.core.errors import GuideError
from bot.core.models import Answer, Passage, PassageKind, Question

T = TypeVar("T")


class Busy(GuideError):
    """More questions wait than may; `waiting` is how many."""

    def __init__(self, message: str, waiting: int) -> None:
        super().__init__(message)
        self.waiting = waiting


class Stopping(GuideError):
    """The program is being stopped before it could answer."""


class Answering(Protocol):
    """The part of `bot.guide.guide.Guide` that serving needs; blocking."""

    def answer_many(self, questions: Sequence[Question]) -> Sequence[Answer]:
        """Answer several questions; they are embedded together."""

    def search(self, question: Question, kind: PassageKind, limit: int) -> list[Passage]:
        """The passages of one kind that fit best."""


class GuideShelf(Protocol):
    """Gives the guide of an alliance; used on the thread that owns the model only."""

    def guide(self, alliance: int) -> Answering:
        """The guide that answers for an alliance; the same object for all that share one."""


class AnswerService(Protocol):
    """Answers questions without blocking whoever asks."""

    @property
    def ready(self) -> bool:
        """Whether the model is loaded; questions are taken before, and answered then."""

    @property
    def waiting(self) -> int:
        """How many questions wait."""

    async def answer(self, alliance: int, question: Question) -> Answer:
        """Answer a question for an alliance (`NO_ALLIANCE` for none).

        Raises:
            Busy: too many wait already.
            Stopping: the program is being stopped.
            GuideError: the model or the index can't be used.
        """

    async def search(
        self, alliance: int, question: Question, kind: PassageKind, limit: int
    ) -> list[Passage]:
        """The passages of one kind that fit a question best; raises as `answer` does."""

    async def run(self, work: Callable[[GuideShelf], T]) -> T:
        """Do blocking work on the thread that owns the model; raises as `answer` does."""


class ExtraPassages(Protocol):
    """The passages of one alliance: practice notes and documents of its own."""

    async def passages(self, alliance: int) -> Sequence[Passage]:
        """All of them, oldest first."""


class NoExtraPassages:
    """No alliance has passages of its own."""

    async def passages(self, alliance: int) -> Sequence[Passage]:  # noqa: ARG002  (a protocol)
        """Nothing."""
        return ()
