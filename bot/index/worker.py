"""The encoder's own thread: it loads the model and answers everything that waits, in batches.

Nothing else in the program may touch the model. Questions are taken at once, also while the model
is loading, up to a bound; each turn of the thread takes what waits, up to `BATCH`, embeds it
together and hands the answers back to the event loop.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog

from bot.core.errors import GuideError, ModelUnusable
from bot.core.models import Answer, Passage, PassageKind, Question
from bot.guide.service import Answering, Busy, GuideShelf, Stopping

BATCH = 64
QUEUE = 200

T = TypeVar("T")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class WorkerWords:
    """What the worker tells people."""

    busy: str
    stopping: str
    broken: str


@dataclass(frozen=True, slots=True)
class _Asked:
    alliance: int
    question: Question


@dataclass(slots=True)
class _Job:
    """Something that waits: a question, which is batched, or other work, which is not."""

    task: _Asked | Callable[[GuideShelf], Any]
    result: asyncio.Future[Any] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class AnswerWorker:
    """Implements `bot.guide.service.AnswerService`.

    Args:
        load: loads the model and everything that goes with it; runs on the worker's thread.
        words: what people are told.
        queue: how many questions may wait.
    """

    def __init__(
        self, load: Callable[[], GuideShelf], words: WorkerWords, queue: int = QUEUE
    ) -> None:
        self._load = load
        self._words = words
        self._bound = queue
        self._waiting: deque[_Job] = deque()
        self._something = asyncio.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoder")
        self._shelf: GuideShelf | None = None
        self._broken: GuideError | None = None
        self._ended = asyncio.Event()
        self._stopping = False
        self._pump: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._shelf is not None

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return len(self._waiting)

    def start(self) -> None:
        """Begin to load the model, then to answer; returns at once."""
        if self._pump is None:
            self._pump = asyncio.create_task(self._run(), name="encoder")

    async def broken(self) -> GuideError:
        """Wait until nothing can be answered any more; what ended it."""
        await self._ended.wait()
        assert self._broken is not None
        return self._broken

    async def stop(self, grace: float = 10.0) -> None:
        """Take nothing more, answer what waits for up to `grace` seconds, then refuse the rest."""
        self._stopping = True
        self._something.set()
        if self._pump is not None and not self._pump.done():
            await asyncio.wait({self._pump}, timeout=grace)
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
        self._refuse(Stopping(self._words.stopping))
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def answer(self, alliance: int, question: Question) -> Answer:
        """Answer a question; waits for its turn."""
        answer: Answer = await self._enqueue(_Job(_Asked(alliance, question)))
        return answer

    async def search(
        self, alliance: int, question: Question, kind: PassageKind, limit: int
    ) -> list[Passage]:
        """The passages of one kind that fit best."""
        return await self.run(lambda shelf: shelf.guide(alliance).search(question, kind, limit))

    async def run(self, work: Callable[[GuideShelf], T]) -> T:
        """Do blocking work on the thread."""
        result: T = await self._enqueue(_Job(work))
        return result

    async def _enqueue(self, job: _Job) -> Any:
        if self._stopping:
            raise Stopping(self._words.stopping)
        if self._broken is not None:
            raise self._broken
        if len(self._waiting) >= self._bound:
            raise Busy(self._words.busy, len(self._waiting))
        self._waiting.append(job)
        self._something.set()
        return await job.result

    async def _run(self) -> None:
        try:
            await self._answer_all()
        except GuideError as error:
            _log.error("model_unusable", reason=str(error))
            self._fail(error)
        except Exception as error:  # noqa: BLE001  (whatever it was, people are told)
            _log.exception("model_failed")
            self._fail(ModelUnusable(f"{self._words.broken} ({type(error).__name__})"))

    async def _answer_all(self) -> None:
        shelf = self._shelf = await self._on_thread(self._load)
        _log.info("model_ready", waiting=len(self._waiting))
        while self._waiting or not self._stopping:
            if not self._waiting:
                self._something.clear()
                await self._something.wait()
                continue
            await self._turn(shelf, self._take())

    def _fail(self, error: GuideError) -> None:
        self._shelf, self._broken = None, error
        self._refuse(error)
        self._ended.set()

    async def _on_thread(self, work: Callable[[], T]) -> T:
        """Do something on the thread; nothing that ends a thread or program passes from there."""

        def contained() -> T:
            try:
                return work()
            except Exception:
                raise
            except BaseException as error:
                raise RuntimeError(f"The model's thread was ended: {error!r}") from error

        return await asyncio.get_running_loop().run_in_executor(self._thread, contained)

    def _take(self) -> list[_Job]:
        jobs: list[_Job] = []
        while self._waiting and len(jobs) < BATCH:
            job = self._waiting.popleft()
            if not job.result.done():
                jobs.append(job)
        return jobs

    async def _turn(self, shelf: GuideShelf, jobs: Sequence[_Job]) -> None:
        """Do a batch; questions that failed are asked again one by one: one spoils no other."""
        outcomes = await self._outcomes(shelf, jobs)
        if len(jobs) > 1:
            for place, job in enumerate(jobs):
                if isinstance(outcomes[place], Exception) and isinstance(job.task, _Asked):
                    outcomes[place] = (await self._outcomes(shelf, [job]))[0]
        for job, outcome in zip(jobs, outcomes, strict=True):
            if job.result.done():
                continue
            if isinstance(outcome, Exception):
                job.result.set_exception(outcome)
            else:
                job.result.set_result(outcome)

    async def _outcomes(self, shelf: GuideShelf, jobs: Sequence[_Job]) -> list[Any]:
        try:
            return await self._on_thread(lambda: _perform(shelf, [job.task for job in jobs]))
        except BaseException as error:
            stopped = isinstance(error, asyncio.CancelledError)
            words = self._words.stopping if stopped else self._words.broken
            for job in jobs:
                if not job.result.done():
                    job.result.set_exception(Stopping(words) if stopped else ModelUnusable(words))
            raise

    def _refuse(self, error: Exception) -> None:
        while self._waiting:
            job = self._waiting.popleft()
            if not job.result.done():
                job.result.set_exception(error)


def _perform(shelf: GuideShelf, tasks: Sequence[_Asked | Callable[[GuideShelf], Any]]) -> list[Any]:
    """Outcomes of the tasks in order; an exception stands for each that failed."""
    outcomes: list[Any] = [None] * len(tasks)
    by_guide: dict[int, tuple[Answering, list[int]]] = {}
    for place, task in enumerate(tasks):
        try:
            if isinstance(task, _Asked):
                guide = shelf.guide(task.alliance)
                by_guide.setdefault(id(guide), (guide, []))[1].append(place)
            else:
                outcomes[place] = task(shelf)
        except Exception as error:  # noqa: BLE001  (handed to whoever asked)
            outcomes[place] = error
    for guide, places in by_guide.values():
        questions = [task.question for i in places if isinstance(task := tasks[i], _Asked)]
        try:
            answers: Sequence[Any] = guide.answer_many(questions)
        except Exception as error:  # noqa: BLE001  (handed to whoever asked)
            answers = [error] * len(places)
        for place, answer in zip(places, answers, strict=True):
            outcomes[place] = answer
    return outcomes
