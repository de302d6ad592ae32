"""From a question to an answer: rank, decide whether it is covered, choose passages, compose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import compress

import numpy as np

from bot.core.checklist import Checklist
from bot.core.errors import QuestionRefused
from bot.core.models import (
    AboutBotAnswer,
    Answer,
    Answered,
    Library,
    NotCovered,
    Passage,
    PassageKind,
    Question,
    QuestionBack,
)
from bot.core.phrases import Phrases
from bot.core.text import normalize
from bot.guide.assessment import Assessment, Assessor, Encoder
from bot.guide.calibration import Calibration
from bot.guide.choice import PassageChoice
from bot.guide.composition import Chosen, compose, nearby, pick_sentences
from bot.guide.contract import Explanation, ResultRecord
from bot.guide.coverage import probabilities, refusal, unknown_name
from bot.guide.explain import results, unknown_words
from bot.guide.language import LANGUAGES
from bot.guide.needs import SEVERAL, Need, look_apart
from bot.guide.query import AskedKind, Query, asking_parts
from bot.guide.retrieval import Ranking
from bot.guide.search_index import SearchIndex
from bot.guide.unclear import directions

MOST_CITATIONS = 3
_EXPLAINED = 8
_MENTIONED = 0.2
MOST_RELATED = 3
MOST_CHECKLISTS = 2
_CHECKLIST_WITHIN = 3
"""A checklist is meant by a follow-up only if it is among so many of the nearest."""
_LIKELY = 0.05
"""The chance from which a passage stands beside one of which all was said."""
_SURELY_COVERED = 0.5
"""What sounds like small talk is answered only from here on."""
_CASE_WITHIN = 6
"""A case that illustrates nothing picked is an example only if it is among so many."""


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
        self._assessor = Assessor(library, index, encoder, calibration)

    @property
    def library(self) -> Library:
        """The library that answers come from."""
        return self._library

    @property
    def phrases(self) -> Phrases:
        """The words that answers are made with."""
        return self._phrases

    def read(self, text: str, history: Sequence[str] = ()) -> Question:
        """A question in normal form; see `read_question`."""
        return read_question(text, history, self._limits)

    def answer(self, question: Question) -> Answer:
        """Answer one question."""
        return self.answer_many([question])[0]

    def answer_many(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer several questions; they are embedded together."""
        assessments = self.assess_many(questions)
        several = [self._needs_several(one) for one in assessments]
        needs = iter(look_apart(list(compress(assessments, several)), self.assess_many))
        apart = [next(needs) if yes else () for yes in several]
        return [self._respond(one, of_one) for one, of_one in zip(assessments, apart, strict=True)]

    @property
    def encoder(self) -> Encoder:
        """The model it understands questions with."""
        return self._encoder

    def search(self, question: Question, kind: PassageKind, limit: int) -> list[Passage]:
        """The passages of one kind that fit best, whether or not they answer the question."""
        ranking = self.assess_many([question])[0].ranking
        passages = [self._passage(int(number)) for number in ranking.passages]
        return [passage for passage in passages if passage.kind is kind][:limit]

    def results(self, question: Question, limit: int) -> list[ResultRecord]:
        """The ranking for a question, whether or not it answers it."""
        return results(self.assess_many([question])[0], self._library, self._index, limit)

    def explain(self, question: Question, limit: int = _EXPLAINED) -> Explanation:
        """Why the answer to a question comes out as it does."""
        assessment = self.assess_many([question])[0]
        return Explanation(
            decided=self._decided(assessment),
            confidence=assessment.confidence,
            threshold=round(self._calibration.threshold, 4),
            kinds={
                kind: round(chance, 4)
                for kind, chance in assessment.wants.items()
                if chance >= _MENTIONED
            },
            parts=list(assessment.query.parts),
            unknown=unknown_words(assessment, self._index),
            ranking=results(assessment, self._library, self._index, limit),
        )

    def _decided(self, assessment: Assessment) -> str:
        """The stage at which an answer was settled."""
        stages = {
            "language": bool(assessment.query.language),
            "distress": assessment.query.distress,
            "about the bot": assessment.about_bot is not None,
            "asked back": bool(self._directions(assessment)),
            "direction": assessment.query.direction in self._library.by_id,
            "covered or not": self._is_open(assessment),
            "choice": len(self.choose(assessment)) > 1,
        }
        return next((stage for stage, so in stages.items() if so), "ranking")

    def assess_many(self, questions: Sequence[Question]) -> list[Assessment]:
        """Rank passages for several questions and judge whether the library covers them."""
        return self._assessor.assess_many(questions)

    def _respond(self, assessment: Assessment, needs: Sequence[Need] = ()) -> Answer:
        if assessment.query.language:
            return self._in_english(assessment.query)
        if assessment.query.distress:
            return NotCovered(assessment.query.typed, 0.0, self._phrases.say("distress"), ())
        if assessment.about_bot is not None and self._wished(assessment) is None:
            kind, sure = assessment.about_bot
            words = self._phrases.say(kind.phrase)
            return AboutBotAnswer(assessment.query.typed, sure, words, kind.id)
        if found := self._directions(assessment):
            words = self._phrases.say("ask_back", titles=[passage.title for passage in found])
            query = assessment.query
            return QuestionBack(
                query.typed, assessment.confidence, words, found, read_as=query.read_as
            )
        confidence = assessment.confidence
        uncovered = [need for need in needs if need.is_uncovered]
        if not self._is_open(assessment):
            chosen = self._chosen(assessment)
        elif covered := [need for need in needs if need.is_covered]:
            chosen = self._chosen_apart(covered)
            confidence = max(need.alone.confidence for need in covered)
            uncovered = [need for need in needs if not need.is_covered]
        else:
            return self._refuse(assessment)
        text, citations = compose(chosen, self._phrases)
        return Answered(
            assessment.query.typed,
            confidence,
            text,
            citations,
            self._checklists([pick.passage for pick in chosen], assessment),
            assessment.query.read_as,
            tuple(need.text for need in uncovered),
        )

    def _needs_several(self, assessment: Assessment) -> bool:
        """Whether a question surely asks for several things, each in words of its own."""
        if assessment.prior is not None or not asking_parts(assessment.query.text)[1:]:
            return False
        several = self._calibration.several
        choice = PassageChoice(assessment, self._library.passages, several)
        return choice.needs_several >= SEVERAL

    def _chosen_apart(self, needs: Sequence[Need]) -> list[Chosen]:
        """The passages for some of the things asked for, each chosen by itself."""
        picks = [self._chosen(need.alone)[0] for need in needs]
        return list({pick.passage.id: pick for pick in picks}.values())[:MOST_CITATIONS]

    def _directions(self, assessment: Assessment) -> tuple[Passage, ...]:
        """What a question could mean, where it is to be asked back."""
        if assessment.query.direction:
            return ()
        return tuple(map(self._passage, directions(assessment, self._calibration)))

    def _chosen(self, assessment: Assessment) -> list[Chosen]:
        """The passages of an answer, with what speaks for each of their sentences.

        One of which all was said is left out where there is another; where there is none, the
        likeliest of those that have something new stands beside it.
        """
        said = self._said(assessment)
        numbers = self.choose(assessment)
        chosen = [self._pick(number, assessment, said) for number in numbers]
        if fresh := [pick for pick in chosen if not pick.exhausted]:
            return fresh
        others = probabilities(assessment.ranking.scores)
        for number, chance in zip(assessment.ranking.passages, others, strict=True):
            beside = self._pick(int(number), assessment, said)
            if chance >= _LIKELY and not beside.exhausted:
                return [chosen[0], beside]
        return chosen[:1]

    def _pick(
        self, number: int, assessment: Assessment, said: Mapping[str, frozenset[int]]
    ) -> Chosen:
        passage, query = self._passage(number), assessment.query
        return Chosen(
            passage,
            self._relevance(number, assessment),
            query.text,
            query.asked,
            said.get(passage.id, frozenset()),
            query.wants_more,
        )

    def _said(self, assessment: Assessment) -> dict[str, frozenset[int]]:
        """The sentences that were said in answer to the questions before, by passage."""
        prior = assessment.prior
        if prior is None or assessment.query.overheard or self._is_open(prior):
            return {}
        before, chosen = self._said(prior), self._chosen(prior)
        for pick, picked in zip(chosen, pick_sentences(chosen), strict=True):
            said = before.get(pick.passage.id, frozenset())
            before[pick.passage.id] = said | frozenset(picked)
        return before

    def _is_open(self, assessment: Assessment) -> bool:
        """Whether the library does not cover a question."""
        if assessment.query.direction in self._library.by_id or self._wished(assessment):
            return False
        enough = self._calibration.threshold
        if AskedKind.SMALLTALK in assessment.query.asked:
            enough = max(enough, _SURELY_COVERED)
        return assessment.confidence < enough

    def _wished(self, assessment: Assessment) -> Checklist | None:
        """The checklist for what was answered before, where a follow-up asks for one."""
        prior = assessment.prior
        if prior is None or not assessment.query.wants_checklist or self._is_open(prior):
            return None
        near = self._by_nearness(assessment)[:_CHECKLIST_WITHIN]
        answered = self._passage(self.choose(prior)[0]).id
        return next((one for one in near if answered in (one.overview, *one.passages)), None)

    def choose(self, assessment: Assessment) -> list[int]:
        """The few passages that together answer the question, best first."""
        if (meant := assessment.query.direction) in self._library.by_id:
            return [self._index.ids.index(meant)]
        if (wished := self._wished(assessment)) is not None:
            return [self._index.ids.index(wished.overview)]
        weights = self._calibration
        choice = PassageChoice(assessment, self._library.passages, weights.several)
        picked = choice.extend(weights.choice, weights.choice_threshold, MOST_CITATIONS)
        if assessment.query.wants_case:
            within = _CASE_WITHIN if assessment.prior is None else None
            picked = self._with_case(picked, assessment.ranking, within)
        return picked[:MOST_CITATIONS]

    def _with_case(self, picked: list[int], ranking: Ranking, within: int | None) -> list[int]:
        """Add a case that illustrates the guidance picked, or the nearest, where one was asked for."""
        best = self._passage(picked[0])
        if best.kind is PassageKind.CASE:
            return picked
        every = list(map(int, ranking.passages))
        cases = [number for number in every if self._passage(number).kind is PassageKind.CASE]
        for number in cases:
            if best.id in self._passage(number).circumstance.illustrates:
                return [picked[0], number, *(one for one in picked[1:] if one not in cases)]
        if any(number in cases for number in picked):
            return picked
        near = [number for number in cases if number in every[:within]]
        return [picked[0], *near[:1], *picked[1:]]

    def _in_english(self, query: Query) -> NotCovered:
        """That English is read here, in the language of the question where there are words for it."""
        words = self._phrases.say("other_language")
        if (phrase := LANGUAGES.get(query.language)) is not None:
            words = f"{self._phrases.say(phrase)}\n{words}"
        return NotCovered(query.typed, 0.0, words, ())

    def _refuse(self, assessment: Assessment) -> NotCovered:
        ranking = assessment.ranking
        off_topic = float(ranking.scores[0]) < self._calibration.off_topic
        words = self._reason(assessment.query, off_topic=off_topic)
        if assessment.query.mixed:
            words = f"{words} {self._phrases.say('other_language')}"
        numbers = [] if off_topic else [int(n) for n in ranking.passages[:MOST_RELATED]]
        related = tuple(
            nearby(self._passage(number), self._relevance(number, assessment), marker)
            for marker, number in enumerate(numbers, start=1)
        )
        if related:
            titles = [f"{citation.passage.title}" for citation in related]
            words = f"{words} {self._phrases.say('nearby', titles=titles)}"
        return NotCovered(
            assessment.query.typed,
            assessment.confidence,
            words,
            related,
            read_as=assessment.query.read_as,
            smalltalk=AskedKind.SMALLTALK in assessment.query.asked,
        )

    def _reason(self, query: Query, *, off_topic: bool) -> str:
        name = unknown_name(query, self._index)
        if name and not off_topic:
            return self._phrases.say("unknown_name", name=name)
        return self._phrases.say(refusal(query, off_topic=off_topic))

    def _relevance(self, number: int, assessment: Assessment) -> list[float]:
        """How well each sentence of a passage fits the question or a part of it."""
        sentences = self._index.sentences(number)
        return [float(value) for value in (sentences @ assessment.vectors.T).max(axis=1)]

    def _checklists(
        self, passages: Sequence[Passage], assessment: Assessment
    ) -> tuple[Checklist, ...]:
        """The checklists worth running: the one wished for, or those the first passages belong to."""
        by_nearness = self._by_nearness(assessment)
        if assessment.query.wants_checklist:
            return (self._wished(assessment) or by_nearness[0],) if by_nearness else ()
        first = passages[0].id
        fitting = [c for c in by_nearness if first == c.overview or first in c.passages]
        return tuple(fitting[:MOST_CHECKLISTS])

    def _by_nearness(self, assessment: Assessment) -> list[Checklist]:
        order = np.argsort(-np.asarray(assessment.checklists), kind="stable")
        return [self._library.checklists[place] for place in order]

    def _passage(self, number: int) -> Passage:
        return self._library.by_id[self._index.ids[number]]
