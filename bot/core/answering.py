"""From a question to an answer: rank, decide whether it is covered, choose passages, compose."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.core.checklists.definition import Checklist
from bot.core.composition import Chosen, compose, nearby
from bot.core.coverage import (
    Calibration,
    QuestionWords,
    coverage_features,
    given,
    probabilities,
    refusal,
    unknown_name,
)
from bot.core.errors import QuestionRefused
from bot.core.models import (
    Answer,
    Answered,
    Library,
    NotCovered,
    Passage,
    PassageKind,
    Question,
)
from bot.core.phrases import Phrase, Phrases
from bot.core.retrieval import (
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
    with_best,
)
from bot.core.text import content_words, is_latin, normalize, words
from bot.core.understanding import Query, understand

MOST_CITATIONS = 3
MOST_RELATED = 3
MOST_CHECKLISTS = 2
BEST_OVERVIEWS = 3
CONTEXT_SHARE = 0.6
"""How much the whole question counts when a passage is sought for one part of it."""


class Encoder(Protocol):
    """Turns texts into vectors of unit length."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension)."""

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of unit length of single words out of context, shape (len(words), any width)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what a person may send."""

    question_characters: int
    history_turns: int


def read_question(text: str, history: Sequence[str], limits: Limits) -> Question:
    """A question in normal form; earlier turns that are no questions are left out.

    Raises:
        QuestionRefused: with a sentence for the person who asked.
    """
    most = limits.question_characters
    question = normalize(text, most)
    earlier = []
    for turn in list(history)[-limits.history_turns :] if limits.history_turns else []:
        with suppress(QuestionRefused):
            earlier.append(normalize(turn[:most], most))
    return Question(question, tuple(earlier))


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of a question before an answer is written; what fitting and tests look at."""

    query: Query
    vectors: Vectors
    ranking: Ranking
    parts: tuple[Ranking, ...]
    checklists: Scores
    features: dict[str, float]
    confidence: float


class Guide:
    """Answers questions from one library; holds no state besides what it is given."""

    def __init__(
        self,
        library: Library,
        index: SearchIndex,
        encoder: Encoder,
        calibration: Calibration,
        phrases: Phrases,
        limits: Limits,
    ) -> None:
        self._library = library
        self._index = index
        self._encoder = encoder
        self._calibration = calibration
        self._phrases = phrases
        self._limits = limits
        self._numbers = {name: number for number, name in enumerate(index.ids)}

    @property
    def library(self) -> Library:
        """The library that answers come from."""
        return self._library

    def read(self, text: str, history: Sequence[str] = ()) -> Question:
        """A question in normal form; see `read_question`."""
        return read_question(text, history, self._limits)

    def answer(self, question: Question) -> Answer:
        """Answer one question."""
        return self.answer_many([question])[0]

    def answer_many(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer several questions; they are embedded together."""
        return [self._respond(assessment) for assessment in self.assess_many(questions)]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """What texts mean: vectors of unit length, shape (len(texts), dimension)."""
        return self._encoder.encode(texts)

    def search(self, question: Question, kind: PassageKind, limit: int) -> list[Passage]:
        """The passages of one kind that fit best, whether or not they answer the question."""
        ranking = self.assess_many([question])[0].ranking
        passages = [self._passage(int(number)) for number in ranking.passages]
        return [passage for passage in passages if passage.kind is kind][:limit]

    def assess_many(self, questions: Sequence[Question]) -> list[Assessment]:
        """Rank passages for several questions and judge whether the library covers them."""
        queries = [understand(question) for question in questions]
        texts = [wording for query in queries for wording in query.wordings]
        vectors = self._encoder.encode(texts)
        assessments = []
        at = 0
        for query in queries:
            count = len(query.wordings)
            assessments.append(self._assess(query, vectors[at : at + count]))
            at += count
        return assessments

    def _assess(self, query: Query, vectors: Vectors) -> Assessment:
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
        rankings = [
            rank(found, signals, beyond, self._calibration.fusion) for signals, beyond in gathered
        ]
        parts_in_context = tuple(blended(part, rankings[0], CONTEXT_SHARE) for part in rankings[1:])
        best = self._passage(int(rankings[0].passages[0]))
        features = coverage_features(
            query,
            vectors[0],
            rankings[0],
            self._index,
            self._calibration.kind,
            given(best),
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

    def _respond(self, assessment: Assessment) -> Answer:
        if not is_latin(assessment.query.text):
            words = self._phrases.say(Phrase.OTHER_LANGUAGE)
            return NotCovered(assessment.query.text, 0.0, words, ())
        if assessment.query.distress:
            return NotCovered(assessment.query.text, 0.0, self._phrases.say(Phrase.DISTRESS), ())
        if assessment.confidence < self._calibration.threshold:
            return self._refuse(assessment)
        numbers = self.choose(assessment)
        chosen = [
            Chosen(self._passage(number), self._relevance(number, assessment)) for number in numbers
        ]
        text, citations = compose(chosen, self._phrases)
        return Answered(
            assessment.query.text,
            assessment.confidence,
            text,
            citations,
            self._checklists([pick.passage for pick in chosen], assessment),
        )

    def choose(self, assessment: Assessment) -> list[int]:
        """The few passages that together answer the question, best first.

        Each part of the question brings the passage that fits it best; a question in one piece
        brings further ones as far as they are nearly as likely as the first.
        """
        ranking = assessment.ranking
        picked = [int(ranking.passages[0])]
        picked += [
            int(part.passages[0])
            for part in assessment.parts
            if probabilities(part.scores)[0] >= self._calibration.part
        ]
        if len(set(picked)) < 2:
            chances = probabilities(ranking.scores)
            likely = [chance >= self._calibration.second * chances[0] for chance in chances]
            picked += [int(n) for n, fits in zip(ranking.passages, likely, strict=True) if fits]
        picked = list(dict.fromkeys(picked))
        if assessment.query.wants_case:
            picked = self._with_case(picked, ranking)
        return picked[:MOST_CITATIONS]

    def _with_case(self, picked: list[int], ranking: Ranking) -> list[int]:
        """Add a case that illustrates the guidance picked, when an example was asked for."""
        if any(self._passage(number).kind is PassageKind.CASE for number in picked):
            return picked
        wanted = self._passage(picked[0]).id
        for number in ranking.passages[:12]:
            passage = self._passage(int(number))
            if wanted in passage.circumstance.illustrates:
                return [picked[0], int(number), *picked[1:]]
        return picked

    def _refuse(self, assessment: Assessment) -> NotCovered:
        ranking = assessment.ranking
        off_topic = float(ranking.scores[0]) < self._calibration.off_topic
        words = self._reason(assessment.query, off_topic=off_topic)
        numbers = [] if off_topic else [int(n) for n in ranking.passages[:MOST_RELATED]]
        related = tuple(
            nearby(self._passage(number), self._relevance(number, assessment), marker)
            for marker, number in enumerate(numbers, start=1)
        )
        if related:
            titles = [f"{citation.passage.title}" for citation in related]
            words = f"{words} {self._phrases.say(Phrase.NEARBY, titles=titles)}"
        return NotCovered(assessment.query.text, assessment.confidence, words, related)

    def _reason(self, query: Query, *, off_topic: bool) -> str:
        name = unknown_name(query, self._index)
        if name and not off_topic:
            return self._phrases.say(Phrase.UNKNOWN_NAME, name=name)
        return self._phrases.say(refusal(query, off_topic=off_topic))

    def _relevance(self, number: int, assessment: Assessment) -> list[float]:
        """How well each sentence of a passage fits the question or a part of it."""
        sentences = self._index.sentences(number)
        return [float(value) for value in (sentences @ assessment.vectors.T).max(axis=1)]

    def _checklists(
        self, passages: Sequence[Passage], assessment: Assessment
    ) -> tuple[Checklist, ...]:
        """The checklists worth running: the one wished for, or those the first passages belong to."""
        order = np.argsort(-np.asarray(assessment.checklists), kind="stable")
        by_nearness = [self._library.checklists[place] for place in order]
        if assessment.query.wants_checklist:
            return tuple(by_nearness[:1])
        first = passages[0].id
        fitting = [c for c in by_nearness if first == c.overview or first in c.passages]
        return tuple(fitting[:MOST_CHECKLISTS])

    def _passage(self, number: int) -> Passage:
        return self._library.by_id[self._index.ids[number]]
