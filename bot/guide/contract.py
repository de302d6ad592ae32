"""The answer as JSON: a contract with everyone who reads it, see README."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.core.models import AboutBotAnswer, Answer, Answered, Citation, QuestionBack


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceRecord(_Record):
    """Where a cited passage comes from, and where it stands in the library."""

    document: str
    title: str
    authors: str
    section: str
    file: str
    line: int


class CitationRecord(_Record):
    """One cited passage; `quote` stands verbatim in it."""

    marker: int
    passage: str
    title: str
    kind: Literal["guidance", "case", "glossary", "document", "note"]
    topics: list[str]
    quote: str
    source: SourceRecord


class ResultRecord(_Record):
    """A passage of a ranking; `signals` has what its score is made of, by name."""

    passage: str
    title: str
    document: str
    score: float
    signals: dict[str, float]


class SearchRecord(_Record):
    """The ranking for one question, best first; `error` says why there is none."""

    id: str | None
    results: list[ResultRecord]
    error: str | None = None

    def to_json(self) -> str:
        """One line of JSON; `error` only where there is one."""
        return self.model_dump_json(exclude={"error"} if self.error is None else set())


class Explanation(_Record):
    """Why an answer came out as it did.

    Attributes:
        decided: the stage that decided: language, distress, about the bot, asked back, direction,
            covered or not, choice (further passages were taken), ranking.
        confidence: how surely the library covers it; refused below `threshold`.
        kinds: how likely each kind of thing is asked for, the likely ones alone.
        parts: the pieces of the question that were searched too.
        unknown: the words that no passage has.
        ranking: the first passages.
    """

    decided: str
    confidence: float
    threshold: float
    kinds: dict[str, float]
    parts: list[str]
    unknown: list[str]
    ranking: list[ResultRecord]


class DirectionRecord(_Record):
    """One of several things that a question could mean: a title, and the passage behind it."""

    label: str
    passage: str


class AnswerRecord(_Record):
    """One answer; `answered` false means that the library does not cover the question.

    Attributes:
        ask_back: what the question could mean, where the bot asks instead of answering.
        about_bot: only where the question is about the bot itself: what of it, see `AboutBot`.
        explain: only where it was asked for: why it came out so.
        uncovered: only where a part of the question is not covered: those parts.
        read_as: only where slips of the keyboard were put right: what was read.
        error: only where there was no question to answer: what was wrong with the input.
    """

    id: str | None
    question: str
    answered: bool
    confidence: float
    answer: str
    citations: list[CitationRecord]
    related: list[CitationRecord]
    checklists: list[str]
    elapsed_ms: float
    ask_back: list[DirectionRecord] = []
    about_bot: str | None = None
    uncovered: list[str] | None = None
    read_as: str | None = None
    explain: Explanation | None = None
    error: str | None = None

    def to_json(self) -> str:
        """One line of JSON; without what there is none of (`about_bot`, `uncovered` and the like)."""
        names = ("about_bot", "uncovered", "read_as", "explain", "error")
        missing = {name for name in names if getattr(self, name) is None}
        return self.model_dump_json(exclude=missing)


def record(answer: Answer, id_: str | None, elapsed_ms: float) -> AnswerRecord:
    """An answer as a record."""
    answered = isinstance(answer, Answered)
    return AnswerRecord(
        id=None if id_ is None else _printable(id_),
        question=answer.question,
        answered=answered,
        confidence=answer.confidence,
        answer=answer.text,
        citations=[_citation(c) for c in answer.citations] if isinstance(answer, Answered) else [],
        related=[] if isinstance(answer, Answered) else [_citation(c) for c in answer.related],
        checklists=[checklist.id for checklist in answer.checklists],
        elapsed_ms=round(elapsed_ms, 2),
        ask_back=[
            DirectionRecord(label=passage.title, passage=passage.id)
            for passage in (answer.directions if isinstance(answer, QuestionBack) else ())
        ],
        about_bot=answer.kind if isinstance(answer, AboutBotAnswer) else None,
        uncovered=list(answer.uncovered) or None if isinstance(answer, Answered) else None,
        read_as=None if isinstance(answer, AboutBotAnswer) else answer.read_as or None,
    )


def refused(error: str, message: str, id_: str | None, question: str) -> AnswerRecord:
    """The record of input that can't be read as a question."""
    return AnswerRecord(
        id=None if id_ is None else _printable(id_),
        question=_printable(question),
        answered=False,
        confidence=0.0,
        answer=message,
        citations=[],
        related=[],
        checklists=[],
        elapsed_ms=0.0,
        error=error,
    )


def _printable(text: str) -> str:
    """The text with lone surrogates, which no JSON can carry, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _citation(citation: Citation) -> CitationRecord:
    passage = citation.passage
    return CitationRecord(
        marker=citation.marker,
        passage=passage.id,
        title=passage.title,
        kind=passage.kind.value,
        topics=list(passage.topics),
        quote=citation.quote,
        source=SourceRecord(
            document=passage.document.id,
            title=passage.document.title,
            authors=passage.document.authors,
            section=passage.section,
            file=passage.place.file,
            line=passage.place.line,
        ),
    )
