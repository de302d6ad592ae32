"""The thread that owns the model: bounded, batching, stopping in order."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from bot.core.errors import GuideError, ModelUnusable
from bot.core.models import Library, Question
from bot.guide.service import Busy, GuideShelf, Stopping
from bot.index.worker import BATCH, AnswerWorker, WorkerWords
from tests.discord.bench import eventually
from tests.discord.fakes import FakeGuide, FakeShelf

WORDS = WorkerWords("busy", "stopping", "broken")


def asks(worker: AnswerWorker, count: int) -> list[asyncio.Task[object]]:
    return [
        asyncio.create_task(worker.answer(1, Question(f"question {number}")))
        for number in range(count)
    ]


@pytest.fixture
def guide(library: Library) -> FakeGuide:
    return FakeGuide(library)


async def test_questions_that_wait_for_the_model_are_answered_together(guide: FakeGuide) -> None:
    loaded = threading.Event()

    def load() -> GuideShelf:
        loaded.wait(10)
        return FakeShelf(guide)

    worker = AnswerWorker(load, WORDS)
    worker.start()
    waiting = asks(worker, BATCH + 6)
    await asyncio.sleep(0)
    assert not worker.ready
    assert worker.waiting == BATCH + 6
    loaded.set()
    answers = await asyncio.gather(*waiting)
    assert [answer.question for answer in answers] == [f"question {n}" for n in range(BATCH + 6)]
    assert guide.batches == [BATCH, 6]
    await worker.stop()


async def test_beyond_the_bound_a_question_is_refused(guide: FakeGuide) -> None:
    worker = AnswerWorker(lambda: FakeShelf(guide), WORDS, queue=3)
    waiting = asks(worker, 3)
    await asyncio.sleep(0)
    with pytest.raises(Busy, match="busy") as refused:
        await worker.answer(1, Question("one too many"))
    assert refused.value.waiting == 3
    worker.start()
    await asyncio.gather(*waiting)
    await worker.stop()


async def test_one_question_that_fails_spoils_no_other(guide: FakeGuide) -> None:
    worker = AnswerWorker(lambda: FakeShelf(guide), WORDS)
    good = asks(worker, 2)
    bad = asyncio.create_task(worker.answer(1, Question("explode")))
    worker.start()
    outcomes = await asyncio.gather(*good, bad, return_exceptions=True)
    assert isinstance(outcomes[2], RuntimeError)
    assert [type(outcome).__name__ for outcome in outcomes[:2]] == ["Answered", "Answered"]
    await worker.stop()


def unusable() -> GuideShelf:
    raise ModelUnusable("no such model")


def unexpected() -> GuideShelf:
    raise ZeroDivisionError


@pytest.mark.parametrize(("load", "words"), [(unusable, "no such model"), (unexpected, "broken")])
async def test_a_model_that_cant_be_loaded_is_told_to_everyone(
    load: Callable[[], GuideShelf], words: str
) -> None:
    worker = AnswerWorker(load, WORDS)
    waiting = asks(worker, 1)
    worker.start()
    with pytest.raises(GuideError, match=words):
        await waiting[0]
    with pytest.raises(GuideError, match=words):
        await worker.answer(1, Question("later"))
    await worker.stop()


async def test_stopping_answers_what_waits_and_refuses_what_comes(guide: FakeGuide) -> None:
    worker = AnswerWorker(lambda: FakeShelf(guide), WORDS)
    worker.start()
    waiting = asks(worker, 5)
    await asyncio.sleep(0)
    await worker.stop()
    assert len(await asyncio.gather(*waiting)) == 5
    with pytest.raises(Stopping):
        await worker.answer(1, Question("late"))


async def test_stopping_does_not_wait_for_ever(guide: FakeGuide) -> None:
    guide.gate.clear()
    worker = AnswerWorker(lambda: FakeShelf(guide), WORDS)
    worker.start()
    first = asks(worker, 1)
    await eventually(lambda: worker.ready and not worker.waiting)
    later = asks(worker, 2)
    await asyncio.sleep(0)
    await worker.stop(grace=0.05)
    outcomes = await asyncio.gather(*first, *later, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Stopping] * 3
    guide.gate.set()


async def test_other_work_runs_on_the_same_thread(guide: FakeGuide) -> None:
    worker = AnswerWorker(lambda: FakeShelf(guide), WORDS)
    worker.start()
    name = await worker.run(lambda _: threading.current_thread().name)
    assert name.startswith("encoder")
    await worker.stop()
