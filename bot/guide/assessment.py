"""What is known of a question before an answer is written: which passages, and are they enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.about_bot import AboutBotKind
from bot.core.models import Library, Question
from bot.core.text import content_words, words
from bot.guide.about_bot import about_bot
from bot.guide.coverage import Calibration, QuestionWords, coverage_features, kinds_in
from bot.guide.query import Query, understand
from bot.guide.retrieval import (
    Pieces,
    Ranking,
    Scores,
    SearchIndex,
    Vectors,
    add_checklists,
    add_parts,
    blended,
    candidates,
    gather,
    rank,
    read_closely,
    with_best,
)
from bot.guide.typed import Reader

BEST_OVERVIEWS = 3
CONTEXT_SHARE = 0.6
"""How much the whole question counts when a passage is sought for one part of it."""


class Encoder(Protocol):
    """Turns texts into vectors of unit length."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension)."""

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        """The same, and the pieces of each text."""

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of unit length of single words out of context, shape (len(words), any width)."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that is known of one question; what fitting and tests look at.

    Attributes:
        about_bot: what of the bot itself it is about, and how surely; None for a question.
    """

    query: Query
    vectors: Vectors
    ranking: Ranking
    parts: tuple[Ranking, ...]
    checklists: Scores
    features: dict[str, float]
    confidence: float
    about_bot: tuple[AboutBotKind, float] | None = None


class Assessor:
    """Ranks the passages of one library for questions."""

    def __init__(
        self, library: Library, index: SearchIndex, encoder: Encoder, calibration: Calibration
    ) -> None:
        self._library = library
        self._index = index
        self._encoder = encoder
        self._calibration = calibration
        self._reader = Reader(library)
        self._numbers = {name: number for number, name in enumerate(index.ids)}

    def assess_many(self, questions: Sequence[Question]) -> list[Assessment]:
        """Rank passages for several questions and judge whether the library covers them."""
        queries = [understand(self._reader.read(question)) for question in questions]
        texts = [wording for query in queries for wording in query.wordings]
        # What is said of the bot is seen in a text by itself, whatever was asked before.
        apart = dict.fromkeys(query.text for query in queries if query.text != query.search)
        alone = {text: number for number, text in enumerate(apart, len(texts))}
        vectors, pieces = self._encoder.read([*texts, *alone])
        assessments = []
        at = 0
        for query in queries:
            count = len(query.wordings)
            here = slice(at, at + count)
            assessment = self._assess(query, vectors[here], pieces[here])
            said = vectors[alone.get(query.text, at)]
            kind = about_bot(query.text, said, self._library.about_bot, self._index)
            assessments.append(replace(assessment, about_bot=kind))
            at += count
        return assessments

    def _assess(self, query: Query, vectors: Vectors, pieces: Sequence[Pieces]) -> Assessment:
        terms = [self._index.terms(wording) for wording in query.wordings]
        lexical = [self._index.lexical(wording) for wording in terms]
        near = self._index.checklists(vectors[0])
        overviews = {
            self._numbers[checklist.overview]: float(value)
            for checklist, value in zip(self._library.checklists, near, strict=True)
        }
        found = candidates(self._index, vectors, lexical)
        found = with_best(found, overviews, BEST_OVERVIEWS)
        gathered = [
            gather(self._index, vector, wording, scores, found)
            for vector, wording, scores in zip(vectors, terms, lexical, strict=True)
        ]
        whole, parts = gathered[0][0], [signals for signals, _ in gathered[1:]]
        add_parts(whole, parts)
        add_checklists(whole, found, overviews, wished=query.wants_checklist)
        for part in parts:
            add_parts(part, ())
            add_checklists(part, found, {}, wished=False)
        quick = [
            rank(found, signals, beyond, self._calibration.fusion) for signals, beyond in gathered
        ]
        rankings = [
            read_closely(self._index, ranking, vector, read, self._calibration.reading)
            for ranking, vector, read in zip(quick, vectors, pieces, strict=True)
        ]
        parts_in_context = tuple(blended(part, rankings[0], CONTEXT_SHARE) for part in rankings[1:])
        best = self._library.by_id[self._index.ids[int(rankings[0].passages[0])]]
        features = coverage_features(
            query,
            vectors[0],
            rankings[0],
            self._index,
            self._calibration.kind,
            kinds_in(best),
            self._words(query),
        )
        confidence = self._calibration.coverage.probability(features)
        return Assessment(
            query, vectors, rankings[0], parts_in_context, near, features, round(confidence, 4)
        )

    def _words(self, query: Query) -> QuestionWords:
        pairs = [
            (term, word)
            for word in content_words(query.search) or words(query.search)
            for term in self._index.terms(word) or [word]
        ]
        unique = dict(pairs)
        return QuestionWords(tuple(unique), self._encoder.word_vectors(list(unique.values())))
