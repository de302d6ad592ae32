"""Scores answers against labelled questions: the figures the product is judged by."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.core.sentences import split_sentences
from bot.guide.contract import AnswerRecord
from bot.measure.labels import LabelledQuestion, Type

GOALS: dict[str, float] = {
    "answered": 0.97,
    "hit1": 0.85,
    "acceptable": 0.93,
    "hit3": 0.96,
    "parts_cited": 0.80,
    "followups": 0.80,
    "facts": 0.90,
    "relevant": 0.85,
    "marked": 1.00,
    "verbatim": 1.00,
    "refused_offdomain": 0.99,
    "refused_neardomain": 0.88,
    "underspecified": 0.75,
    "left_alone": 0.95,
    "polarity": 0.90,
}
EXPLAINED = {
    "answered": "answerable questions answered",
    "hit1": "first citation is right",
    "acceptable": "first citation is right or acceptable",
    "hit3": "one of the first three citations is right",
    "parts_cited": "multi-part questions with all parts cited",
    "followups": "follow-ups whose first citation is right",
    "facts": "required facts in answer and quotes",
    "relevant": "citations that are relevant",
    "marked": "sentences with a marker",
    "verbatim": "quotes verbatim in their passage",
    "refused_offdomain": "refused: far off-domain",
    "refused_neardomain": "refused: near-domain, not in the library",
    "underspecified": "underspecified: a question back, or an acceptable first citation",
    "left_alone": "small talk left alone",
    "polarity": "asked with a not: never answered with the opposite",
}
_Z = statistics.NormalDist().inv_cdf(0.975)
_MARKER = re.compile(r"\[\d+\][.!?]*[\"”'’)]*$")


class Figure(BaseModel):
    """One measured share, over how many cases, and what it should reach.

    Attributes:
        low, high: the 95% interval of the share (Wilson, 1927).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    explained: str
    value: Annotated[float, Field(ge=0, le=1)] | None
    over: int
    goal: float
    low: float = 0.0
    high: float = 1.0

    @property
    def reached(self) -> bool:
        """Whether the goal is met, or there was nothing to measure."""
        return self.value is None or self.value >= self.goal


class Miss(BaseModel):
    """A question that went wrong: what was wanted, and what was found instead."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    type: Type
    question: str
    fault: str
    wanted: list[str]
    found: list[str]
    confidence: float


class EvalReport(BaseModel):
    """All figures and misses of one evaluation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: int
    figures: list[Figure]
    classes: list[Figure] = []
    """Near misses refused, by their class."""
    median_ms: float
    misses: list[Miss]


@dataclass(frozen=True, slots=True)
class Scored:
    """One question beside its answer."""

    label: LabelledQuestion
    answer: AnswerRecord

    @property
    def cited(self) -> list[set[str]]:
        """The topics of each citation, in order."""
        return [{citation.passage, *citation.topics} for citation in self.answer.citations]

    def hit(self, depth: int) -> bool:
        """Whether one of the first `depth` citations is of a gold topic."""
        return any(topics & set(self.label.gold) for topics in self.cited[:depth])

    def acceptable(self) -> bool:
        """Whether the first citation is of a gold topic or another relevant one."""
        return self.relevant()[:1] == [True]

    def parts(self) -> bool:
        """Whether every gold topic is cited."""
        return set(self.label.gold) <= set().union(*self.cited)

    def relevant(self) -> list[bool]:
        """For each citation whether it is of a gold topic or another relevant one."""
        wanted = {*self.label.gold, *self.label.also}
        return [bool(topics & wanted) for topics in self.cited]

    def facts(self) -> list[bool]:
        """For each required fact whether it stands in the answer or a quote."""
        text = "\n".join([self.answer.answer, *(c.quote for c in self.answer.citations)])
        return [bool(re.search(pattern, text, re.IGNORECASE)) for pattern in self.label.must]

    def marked(self) -> list[bool]:
        """For each sentence of the answer whether it ends with a marker."""
        return [bool(_MARKER.search(s)) for s in split_sentences(self.answer.answer)]


def evaluate(scored: Sequence[Scored], verbatim: Sequence[bool]) -> EvalReport:
    """Work out every figure.

    Args:
        scored: the questions with their answers.
        verbatim: for each quote given whether it stands in its passage.
    """
    answerable = [s for s in scored if s.label.gold]
    answered = [s for s in answerable if s.answer.answered]
    values: dict[str, Iterable[bool]] = {
        "answered": [s.answer.answered for s in answerable],
        "hit1": [s.hit(1) for s in answerable],
        "acceptable": [s.acceptable() for s in answerable],
        "hit3": [s.hit(3) for s in answerable],
        "parts_cited": [s.parts() for s in answerable if s.label.type == "multi"],
        "followups": [s.hit(1) for s in answerable if s.label.type == "followup"],
        "facts": [fact for s in answerable for fact in s.facts()],
        "relevant": [r for s in answered for r in s.relevant()],
        "marked": [m for s in scored if s.answer.answered for m in s.marked()],
        "verbatim": verbatim,
        "refused_offdomain": [not s.answer.answered for s in scored if s.label.type == "offdomain"],
        "refused_neardomain": [
            not s.answer.answered for s in scored if s.label.type == "neardomain"
        ],
        "underspecified": [
            bool(s.answer.ask_back) or s.acceptable()
            for s in scored
            if s.label.type == "underspecified"
        ],
        "left_alone": [not s.answer.answered for s in scored if s.label.type == "smalltalk"],
        "polarity": [
            s.acceptable() or not s.answer.answered for s in scored if s.label.type == "polarity"
        ],
    }
    sorts = sorted({s.label.sort for s in scored if s.label.type == "neardomain"} - {""})
    classes = {
        sort: [not s.answer.answered for s in scored if s.label.sort == sort] for sort in sorts
    }
    return EvalReport(
        questions=len(scored),
        figures=[
            figure(name, EXPLAINED[name], GOALS[name], list(outcomes))
            for name, outcomes in values.items()
        ],
        classes=[
            figure(sort, f"refused: {sort}", GOALS["refused_neardomain"], outcomes)
            for sort, outcomes in classes.items()
        ],
        median_ms=round(statistics.median(s.answer.elapsed_ms for s in scored), 2),
        misses=[miss for s in scored for miss in _misses(s)],
    )


def figure(name: str, explained: str, goal: float, outcomes: Sequence[bool]) -> Figure:
    """A share of outcomes with its interval."""
    if not outcomes:
        return Figure(name=name, explained=explained, value=None, over=0, goal=goal)
    count, share = len(outcomes), sum(outcomes) / len(outcomes)
    middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    wide = math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    half = wide * _Z / (1 + _Z**2 / count)
    return Figure(
        name=name,
        explained=explained,
        value=round(share, 4),
        over=count,
        goal=goal,
        low=round(max(middle - half, 0.0), 4),
        high=round(min(middle + half, 1.0), 4),
    )


def _misses(scored: Scored) -> Iterable[Miss]:
    label, answer = scored.label, scored.answer
    faults: list[str] = []
    if label.gold and not answer.answered:
        faults.append("refused")
    elif label.gold:
        if not scored.hit(1):
            faults.append("first citation wrong" if scored.hit(3) else "no citation right")
        if label.type == "multi" and not scored.parts():
            faults.append("a part is missing")
        missing = [m for m, found in zip(label.must, scored.facts(), strict=True) if not found]
        if missing:
            faults.append(f"fact missing: {', '.join(missing)}")
    elif answer.answered and label.type != "underspecified":
        faults.append("answered, though not covered")
    if any(re.search(pattern, answer.answer, re.IGNORECASE) for pattern in label.must_not):
        faults.append("says what it must not")
    if label.type == "underspecified" and not (answer.ask_back or scored.acceptable()):
        faults.append("neither asked back nor acceptable")
    if faults:
        yield Miss(
            id=label.id,
            type=label.type,
            question=label.question,
            fault="; ".join(faults),
            wanted=label.gold,
            found=[c.passage for c in (answer.citations or answer.related)],
            confidence=answer.confidence,
        )
