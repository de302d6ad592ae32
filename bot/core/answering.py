"""From a question to an answer: rank, decide whether it is covered, choose passages, compose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.composition import Chosen, compose, nearby
from bot.core.coverage import Calibration, coverage_features, probabilities, refusal
from bot.core.models import (
    Answer,
    Answered,
    ChecklistSummary,
    Library,
    NotCovered,
    Passage,
    PassageKind,
    Question,
)
from bot.core.phrases import Phrase, Phrases
from bot.core.retrieval import Ranking, SearchIndex, Vectors, candidates, gather, rank
from bot.core.text import is_latin, normalize
from bot.core.understanding import Query, understand

MOST_CITATIONS = 3
MOST_RELATED = 3
MOST_CHECKLISTS = 2


class Encoder(Protocol):
    """Turns texts into vectors of unit length."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what a person may send."""

    question_characters: int
    history_turns: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of a question before an answer is written; what fitting and tests look at."""

    query: Query
    vectors: Vectors
    ranking: Ranking
    parts: tuple[Ranking, ...]
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

    @property
    def library(self) -> Library:
        """The library that answers come from."""
        return self._library

    def read(self, text: str, history: Sequence[str] = ()) -> Question:
        """A question in normal form; earlier turns that are no questions are left out.

        Raises:
            QuestionRefused: with a sentence for the person who asked.
        """
        limit = self._limits.question_characters
        turns = list(history)[-self._limits.history_turns :] if self._limits.history_turns else []
        return Question(
            normalize(text, limit),
            tuple(normalize(turn[:limit], limit) for turn in turns if turn.strip()),
        )

    def answer(self, question: Question) -> Answer:
        """Answer one question."""
        return self.answer_many([question])[0]

    def answer_many(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer several questions; they are embedded together."""
        return [self._respond(assessment) for assessment in self.assess_many(questions)]

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
        found = candidates(self._index, vectors, lexical)
        weights = self._calibration.fusion
        rankings = [
            rank(found, *gather(self._index, vector, wording, scores, found), weights)
            for vector, wording, scores in zip(vectors, terms, lexical, strict=True)
        ]
        features = coverage_features(
            query, vectors[0], rankings[0], self._index, self._calibration.kind
        )
        confidence = self._calibration.coverage.probability(features)
        return Assessment(
            query, vectors, rankings[0], tuple(rankings[1:]), features, round(confidence, 4)
        )

    def _respond(self, assessment: Assessment) -> Answer:
        if not is_latin(assessment.query.text):
            words = self._phrases.say(Phrase.OTHER_LANGUAGE)
            return NotCovered(assessment.query.text, 0.0, words, ())
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
            self._checklists([pick.passage for pick in chosen]),
        )

    def choose(self, assessment: Assessment) -> list[int]:
        """The few passages that together answer the question, best first."""
        ranking = assessment.ranking
        chances = probabilities(ranking.scores)
        first = int(ranking.passages[0])
        picked = [first]
        for part in assessment.parts:
            best = int(part.passages[0])
            if best not in picked and probabilities(part.scores)[0] >= self._calibration.part:
                picked.append(best)
        for number, chance in zip(ranking.passages[1:], chances[1:], strict=True):
            if len(picked) >= MOST_CITATIONS or chance < self._calibration.second * chances[0]:
                break
            if int(number) not in picked:
                picked.append(int(number))
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
        words = self._phrases.say(refusal(assessment.query, off_topic=off_topic))
        numbers = [] if off_topic else [int(n) for n in ranking.passages[:MOST_RELATED]]
        related = tuple(
            nearby(self._passage(number), self._relevance(number, assessment), marker)
            for marker, number in enumerate(numbers, start=1)
        )
        if related:
            titles = [f"{citation.passage.title}" for citation in related]
            words = f"{words} {self._phrases.say(Phrase.NEARBY, titles=titles)}"
        return NotCovered(assessment.query.text, assessment.confidence, words, related)

    def _relevance(self, number: int, assessment: Assessment) -> list[float]:
        """How well each sentence of a passage fits the question or a part of it."""
        sentences = self._index.sentences(number)
        return [float(value) for value in (sentences @ assessment.vectors.T).max(axis=1)]

    def _checklists(self, passages: Sequence[Passage]) -> tuple[ChecklistSummary, ...]:
        """The checklists the cited passages belong to most, those of the first passage first."""
        votes: dict[str, float] = {}
        by_id: dict[str, ChecklistSummary] = {}
        for position, passage in enumerate(passages):
            for checklist in self._library.checklists_by_passage.get(passage.id, ()):
                by_id[checklist.id] = checklist
                share = 1 / (1 + position) / len(checklist.passages) ** 0.5
                votes[checklist.id] = votes.get(checklist.id, 0.0) + share
        best = sorted(votes, key=lambda name: (-votes[name], name))
        return tuple(by_id[name] for name in best[:MOST_CHECKLISTS])

    def _passage(self, number: int) -> Passage:
        return self._library.by_id[self._index.ids[number]]
