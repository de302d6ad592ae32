"""A guide for each alliance: the shared library, and the practice notes of the alliance beside it.

What an alliance has of its own is read from the store for each question, so that a note is citable
from the moment it is written, and gone from the moment it is taken back. Only what changed is
embedded.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from bot.answers.gap_groups import NoMeanings
from bot.core.models import Answer, Library, Passage, PassageKind, Question
from bot.guide.assessment import Encoder
from bot.guide.search_index import Pieces, SearchIndex, Vectors
from bot.guide.service import Answering, AnswerService, ExtraPassages, GuideShelf
from bot.index.overlay import OverlayIndex
from bot.index.threads import give_back_memory

T = TypeVar("T")

_TEXTS_KEPT = 20_000
_ALLIANCES_HELD = 100
_AT_ONCE = 32
"""Texts that are embedded in one turn of the worker; questions come in between."""


class RememberingEncoder:
    """An encoder that keeps the vectors of the texts it saw last."""

    def __init__(self, encoder: Encoder, most: int = _TEXTS_KEPT) -> None:
        self._encoder = encoder
        self._most = most
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension)."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing or not texts:
            new = self._encoder.encode(missing)
            self._known.update(zip(missing, new, strict=True))
            if not texts:
                return new
        for text in texts:
            self._known.move_to_end(text)
        found: Vectors = np.stack([self._known[text] for text in texts])
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return found

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        """The vectors of texts, and their pieces; these are not kept."""
        return self._encoder.read(texts)

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of single words; the encoder keeps them itself."""
        return self._encoder.word_vectors(words)


class Evicted(Exception):
    """The passages of an alliance are held no more."""


class AllianceGuides:
    """Implements `bot.guide.service.GuideShelf`; used on the thread that owns the model only.

    Args:
        library: the shared one.
        index: over the shared library.
        encoder: the one the index was built with.
        make: makes the guide of a library and its index.
        most: of how many alliances the passages are held; those used last.
    """

    def __init__(
        self,
        library: Library,
        index: SearchIndex,
        encoder: Encoder,
        make: Callable[[Library, SearchIndex], Answering],
        most: int = _ALLIANCES_HELD,
    ) -> None:
        self._library = library
        self._index = index
        self._encoder = RememberingEncoder(encoder)
        self._make = make
        self._shared = make(library, index)
        self._own: OrderedDict[int, tuple[tuple[Passage, ...], Answering]] = OrderedDict()
        self._evicted: set[int] = set()
        self._most = most

    def guide(self, alliance: int) -> Answering:
        """The guide that answers for an alliance; one and the same for all without passages.

        Raises:
            Evicted: its passages have to be adopted again.
        """
        if alliance in self._evicted:
            raise Evicted
        if (own := self._own.get(alliance)) is None:
            return self._shared
        self._own.move_to_end(alliance)
        return own[1]

    def adopt(self, alliance: int, passages: tuple[Passage, ...]) -> None:
        """Let an alliance have these passages of its own, and no others."""
        self._evicted.discard(alliance)
        if not passages:
            self._own.pop(alliance, None)
        elif alliance not in self._own or self._own[alliance][0] != passages:
            library = replace(self._library, passages=(*self._library.passages, *passages))
            index = OverlayIndex(self._index, passages, self._encoder)
            self._own[alliance] = (passages, self._make(library, index))
            self._own.move_to_end(alliance)
            while len(self._own) > self._most:
                evicted, _ = self._own.popitem(last=False)
                self._evicted.add(evicted)
            give_back_memory()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, shape (len(texts), dimension)."""
        return self._encoder.encode(texts)


class NotedAnswers:
    """Implements `AnswerService` and `Meanings`: a service that knows each alliance's passages.

    Args:
        service: the one that holds the model.
        extras: the passages of an alliance.
    """

    def __init__(self, service: AnswerService, extras: ExtraPassages) -> None:
        self._service = service
        self._extras = extras
        self._adopted: dict[int, tuple[Passage, ...]] = {}

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._service.ready

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return self._service.waiting

    async def answer(self, alliance: int, question: Question) -> Answer:
        """Answer a question from the library and the alliance's own passages."""
        passages = tuple(await self._extras.passages(alliance))
        if passages == self._adopted.get(alliance, ()):
            with contextlib.suppress(Evicted):
                return await self._service.answer(alliance, question)
        return await self._adopting(
            alliance, passages, lambda shelf: shelf.guide(alliance).answer_many([question])[0]
        )

    async def search(
        self, alliance: int, question: Question, kind: PassageKind, limit: int
    ) -> list[Passage]:
        """The passages of one kind that fit a question best."""
        passages = tuple(await self._extras.passages(alliance))
        if passages == self._adopted.get(alliance, ()):
            with contextlib.suppress(Evicted):
                return await self._service.search(alliance, question, kind, limit)
        return await self._adopting(
            alliance, passages, lambda shelf: shelf.guide(alliance).search(question, kind, limit)
        )

    async def run(self, work: Callable[[GuideShelf], T]) -> T:
        """Do blocking work on the thread that owns the model."""
        return await self._service.run(work)

    async def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, dimension)."""
        if not await self._service.run(lambda shelf: isinstance(shelf, AllianceGuides)):
            return await NoMeanings().vectors(texts)
        parts = [texts[at : at + _AT_ONCE] for at in range(0, max(len(texts), 1), _AT_ONCE)]
        return np.concatenate([await self._service.run(_embedding(part)) for part in parts])

    async def _adopting(
        self, alliance: int, passages: tuple[Passage, ...], work: Callable[[GuideShelf], T]
    ) -> T:
        """Do work after the alliance has these passages; both in one turn, in this order."""

        def both(shelf: GuideShelf) -> T:
            if isinstance(shelf, AllianceGuides):
                shelf.adopt(alliance, passages)
            return work(shelf)

        result = await self._service.run(both)
        self._adopted[alliance] = passages
        return result


def _embedding(texts: Sequence[str]) -> Callable[[GuideShelf], Vectors]:
    def embed(shelf: GuideShelf) -> Vectors:
        assert isinstance(shelf, AllianceGuides)
        return shelf.vectors(texts)

    return embed
