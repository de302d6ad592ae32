"""What is known of a question before an answer is written: which passages, and are they enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from bot.core.about_bot import AboutBotKind
from bot.core.models import Library, Passage, Question
from bot.core.text import content_words, words
from bot.guide.about_bot import about_bot
from bot.guide.calibration import Calibration
from bot.guide.coverage import QuestionWords, coverage_features, kinds_in
from bot.guide.followup import FollowUp, follow_up_scores, follow_up_signals
from bot.guide.kinds import kinds_of, understood
from bot.guide.listed import Listed, lists_in, pointed_at
from bot.guide.query import AskedKind, Query, understand
from bot.guide.retrieval import (
    CLOSE_SIGNALS,
    OF_PART_READ_CLOSELY,
    READ_CLOSELY,
    Ranking,
    add_checklists,
    add_parts,
    blended,
    candidates,
    gather,
    rank,
    read_closely,
    with_best,
)
from bot.guide.search_index import Compared, Numbers, Pieces, Scores, SearchIndex, Vectors
from bot.guide.typed import TypedReader

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
        parts: the rankings for its parts, each with the whole as its context.
        alone: the same without.
        about_bot: what of the bot itself it is about, and how surely; None for a question.
        prior: of a follow-up, what is known of the question before.
        follow: of a follow-up, its candidates and their signals.
        wants: how likely each kind of thing is asked for.
    """

    query: Query
    vectors: Vectors
    ranking: Ranking
    parts: tuple[Ranking, ...]
    alone: tuple[Ranking, ...]
    checklists: Scores
    features: dict[str, float]
    confidence: float
    about_bot: tuple[AboutBotKind, float] | None = None
    prior: Assessment | None = None
    follow: tuple[Numbers, dict[str, Scores]] | None = None
    wants: Mapping[AskedKind, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """A wording as the model reads it."""

    text: str
    compared: Compared
    pieces: Pieces

    @property
    def vector(self) -> Vectors:
        """Its vector of unit length."""
        return self.compared.vector


class Assessor:
    """Ranks the passages of one library for questions."""

    def __init__(
        self, library: Library, index: SearchIndex, encoder: Encoder, calibration: Calibration
    ) -> None:
        self._library = library
        self._index = index
        self._encoder = encoder
        self._calibration = calibration
        self._reader = TypedReader(library)
        self._numbers = {name: number for number, name in enumerate(index.ids)}

    def assess_many(self, questions: Sequence[Question]) -> list[Assessment]:
        """Rank passages for several questions and judge whether the library covers them."""
        following = [question for question in questions if question.history]
        before = (
            self.assess_many([_before(question) for question in following]) if following else []
        )
        priors = iter(before)
        prior = [next(priors) if question.history else None for question in questions]
        queries = [
            self._understood(self._reader.read(question), earlier)
            for question, earlier in zip(questions, prior, strict=True)
        ]
        texts: dict[str, int] = {}
        for query, earlier in zip(queries, prior, strict=True):
            for wording in (*query.wordings, query.text, self._titled(query, earlier)):
                texts.setdefault(wording, len(texts))
        vectors, pieces = self._encoder.read(list(texts))
        compared = self._index.compare(vectors)

        def read(wording: str) -> _Read:
            return _Read(wording, compared[texts[wording]], pieces[texts[wording]])

        assessments = []
        for query, earlier in zip(queries, prior, strict=True):
            by_itself = read(query.text)
            wants = kinds_of(by_itself.vector, self._calibration.kinds)
            assessment = self._assess(
                understood(query, wants),
                dict.fromkeys(query.asked, 1.0) | wants,
                [read(wording) for wording in query.wordings],
                (by_itself, read(self._titled(query, earlier))),
                earlier,
            )
            # What is said of the bot is seen in a text by itself, whatever was asked before.
            library = self._library.about_bot
            kind = about_bot(query.text, by_itself.compared, library, self._index)
            assessments.append(replace(assessment, about_bot=kind))
        return assessments

    def _understood(self, question: Question, prior: Assessment | None) -> Query:
        """A question taken apart; a follow-up that points at a thing in a list, with that thing."""
        lists: list[Listed] = []
        while prior is not None:
            lists += lists_in(self._passage(int(prior.ranking.passages[0])).sentences)
            prior = prior.prior
        before = question.history[-1] if question.history else ""
        text = pointed_at(question.text, lists, before)
        return replace(understand(replace(question, text=text)), pointed=text != question.text)

    def _titled(self, query: Query, prior: Assessment | None) -> str:
        """A follow-up below the title of what was answered before."""
        if prior is None:
            return query.text
        return f"{self._passage(int(prior.ranking.passages[0])).title}. {query.text}"

    def _passage(self, number: int) -> Passage:
        return self._library.by_id[self._index.ids[number]]

    def _assess(
        self,
        query: Query,
        wants: Mapping[AskedKind, float],
        wordings: Sequence[_Read],
        apart: tuple[_Read, _Read],
        prior: Assessment | None,
    ) -> Assessment:
        vectors = np.stack([wording.vector for wording in wordings])
        pieces = [wording.pieces for wording in wordings]
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
            gather(self._index, wording.compared, words_, scores, found)
            for wording, words_, scores in zip(wordings, terms, lexical, strict=True)
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
        most_read = [READ_CLOSELY, *(OF_PART_READ_CLOSELY for _ in parts)]
        rankings = [
            read_closely(self._index, ranking, vector, read, self._calibration.reading, most)
            for ranking, vector, read, most in zip(quick, vectors, pieces, most_read, strict=True)
        ]
        parts_in_context = tuple(blended(part, rankings[0], CONTEXT_SHARE) for part in rankings[1:])
        follow, ranking = None, rankings[0]
        if prior is not None:
            alone, titled = map(self._ranked, apart)
            readings = FollowUp(ranking, alone, titled, list(map(int, prior.ranking.passages[:3])))
            follow = follow_up_signals(query, readings, self._library)
            ranking = self._followed(wordings[0], ranking, follow)
        best = self._passage(int(ranking.passages[0]))
        features = coverage_features(
            query,
            wordings[0].compared,
            ranking,
            self._index,
            self._calibration.kind,
            wants,
            kinds_in(best),
            self._words(query),
        )
        confidence = self._calibration.coverage.probability(features)
        return Assessment(
            query,
            vectors if prior is None else np.stack([apart[0].vector, *vectors[1:]]),
            ranking,
            parts_in_context,
            tuple(rankings[1:]),
            near,
            features,
            round(confidence, 4),
            prior=prior,
            follow=follow,
            wants=wants,
        )

    def _ranked(self, wording: _Read) -> Ranking:
        """The ranking for one wording by itself."""
        lexical = self._index.lexical(self._index.terms(wording.text))
        found = candidates(self._index, wording.vector[None, :], [lexical])
        signals, beyond = self._signals(wording, found)
        quick = rank(found, signals, beyond, self._calibration.fusion)
        return read_closely(
            self._index, quick, wording.vector, wording.pieces, self._calibration.reading
        )

    def _signals(self, wording: _Read, found: Numbers) -> tuple[dict[str, Scores], Scores]:
        terms = self._index.terms(wording.text)
        lexical = self._index.lexical(terms)
        signals, beyond = gather(self._index, wording.compared, terms, lexical, found)
        add_parts(signals, ())
        add_checklists(signals, found, {}, wished=False)
        return signals, beyond

    def _followed(
        self, wording: _Read, joined: Ranking, follow: tuple[Numbers, dict[str, Scores]]
    ) -> Ranking:
        """The candidates of a follow-up, ranked as such, as high as without."""
        numbers, signals = follow
        scores = follow_up_scores(signals, self._calibration.follow_up)
        order = np.argsort(-scores, kind="stable")[:READ_CLOSELY]
        passages = numbers[order]
        shared, beyond = self._signals(wording, passages)
        level = float(joined.scores[0] - scores[order[0]])
        close = self._index.closeness(wording.vector, wording.pieces, passages)
        shared |= {name: close.groups[:, column] for column, name in enumerate(CLOSE_SIGNALS)}
        return Ranking(passages, scores[order] + np.float32(level), shared, beyond, close)

    def _words(self, query: Query) -> QuestionWords:
        pairs = [
            (term, word)
            for word in content_words(query.search) or words(query.search)
            for term in self._index.terms(word) or [word]
        ]
        unique = dict(pairs)
        return QuestionWords(tuple(unique), self._encoder.word_vectors(list(unique.values())))


def _before(question: Question) -> Question:
    """The last question before another, with the one before that."""
    return replace(question, text=question.history[-1], history=question.history[:-1][-1:])
