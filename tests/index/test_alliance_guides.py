"""Each alliance is answered from the library and its own notes, as they are at that moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import numpy as np
import pytest

from bot.core.models import Answered, Library, Passage, PassageKind, Question
from bot.core.phrases import Phrases
from bot.guide.calibration import Calibration
from bot.guide.guide import Guide, Limits
from bot.guide.search_index import SearchIndex
from bot.index.alliance_guides import AllianceGuides, NotedAnswers, RememberingEncoder
from bot.index.worker import AnswerWorker, WorkerWords
from tests.conftest import BagOfWordsEncoder, OpenIndex, make_passage

DRONES = Question("who signs up for the drone licence")


def note(number: int, text: str = "Maria signs people up for the drone licence.") -> Passage:
    return make_passage(
        f"note-{number}",
        text,
        asks=(DRONES.text,),
        kind=PassageKind.NOTE,
        document="practice-notes",
    )


class Extras:
    """The passages of alliances, which a test may change at any time."""

    def __init__(self) -> None:
        self.by_alliance: dict[int, tuple[Passage, ...]] = {}

    async def passages(self, alliance: int) -> Sequence[Passage]:
        await asyncio.sleep(0)
        return self.by_alliance.get(alliance, ())


@pytest.fixture
def shelf(
    small_library: Library,
    opened: OpenIndex,
    neutral: Calibration,
    phrases: Phrases,
    bag: BagOfWordsEncoder,
) -> AllianceGuides:
    index = opened(small_library)

    def make(library: Library, searched: SearchIndex) -> Guide:
        return Guide(library, searched, bag, neutral, phrases, Limits(400, 4))

    return AllianceGuides(small_library, index, bag, make)


@pytest.fixture
def extras() -> Extras:
    return Extras()


@pytest.fixture
async def service(shelf: AllianceGuides, extras: Extras) -> AsyncIterator[NotedAnswers]:
    worker = AnswerWorker(lambda: shelf, WorkerWords("busy", "stopping", "broken"))
    worker.start()
    yield NotedAnswers(worker, extras)
    await worker.stop()


async def cited(service: NotedAnswers, alliance: int) -> list[str]:
    answer = await service.answer(alliance, DRONES)
    assert isinstance(answer, Answered)
    return [citation.passage.id for citation in answer.citations]


async def test_a_note_is_cited_from_the_next_question_on_and_in_its_alliance_alone(
    service: NotedAnswers, extras: Extras
) -> None:
    assert "note-1" not in await cited(service, 1)
    extras.by_alliance[1] = (note(1),)
    assert (await cited(service, 1))[0] == "note-1"
    assert (await cited(service, 1))[0] == "note-1"
    assert "note-1" not in await cited(service, 2)
    extras.by_alliance[1] = ()
    assert "note-1" not in await cited(service, 1)


async def test_search_finds_notes_of_the_alliance(service: NotedAnswers, extras: Extras) -> None:
    extras.by_alliance[1] = (note(1),)
    found = await service.search(1, DRONES, PassageKind.NOTE, 3)
    assert [one.id for one in found] == ["note-1"]
    assert await service.search(2, DRONES, PassageKind.NOTE, 3) == []


async def test_many_alliances_asking_at_once_each_get_their_own(
    service: NotedAnswers, extras: Extras
) -> None:
    extras.by_alliance = {alliance: (note(alliance),) for alliance in range(1, 9)}
    answers = await asyncio.gather(*(cited(service, number % 9) for number in range(45)))
    for number, ids in enumerate(answers):
        own = f"note-{number % 9}"
        assert [one for one in ids if one.startswith("note-")] == ([own] if number % 9 else [])


async def test_only_new_texts_are_embedded(shelf: AllianceGuides, bag: BagOfWordsEncoder) -> None:
    shelf.adopt(1, (note(1),))
    bag.embedded.clear()
    shelf.adopt(1, (note(1),))
    assert bag.embedded == []
    shelf.adopt(1, (note(1), note(2, "Bring a passport.")))
    assert bag.embedded == ["Note 2. Bring a passport.", "Bring a passport."]


async def test_vectors_come_in_the_order_of_the_texts(
    service: NotedAnswers, bag: BagOfWordsEncoder
) -> None:
    texts = [f"apple number {number % 50}" for number in range(100)]
    np.testing.assert_array_equal(await service.vectors(texts), bag.encode(texts))
    assert len(await service.vectors([])) == 0


def test_the_oldest_texts_are_embedded_anew(bag: BagOfWordsEncoder) -> None:
    encoder = RememberingEncoder(bag, most=2)
    encoder.encode(["one", "two"])
    encoder.encode(["one", "three"])
    bag.embedded.clear()
    encoder.encode(["one", "three"])
    assert bag.embedded == []
    encoder.encode(["two"])
    assert bag.embedded == ["two"]


async def test_of_few_alliances_notes_are_held_and_the_others_still_get_theirs(
    shelf: AllianceGuides, service: NotedAnswers, extras: Extras
) -> None:
    shelf._most = 2
    extras.by_alliance = {alliance: (note(alliance),) for alliance in range(1, 6)}
    for _ in range(2):
        for alliance in range(1, 6):
            assert (await cited(service, alliance))[0] == f"note-{alliance}"
            found = await service.search(alliance, DRONES, PassageKind.NOTE, 3)
            assert [one.id for one in found] == [f"note-{alliance}"]
    assert len(shelf._own) == 2
    at_once = await asyncio.gather(*(cited(service, 1 + number % 5) for number in range(20)))
    assert [ids[0] for ids in at_once] == [f"note-{1 + number % 5}" for number in range(20)]
