"""A guide that needs no model: what it answers depends on the words of the question alone."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from bot.core.checklist import Checklist
from bot.core.models import (
    AboutBotAnswer,
    Answer,
    Answered,
    Citation,
    Library,
    NotCovered,
    Passage,
    PassageKind,
    Question,
    QuestionBack,
)
from bot.core.phrases import Phrases


class FakeGuide:
    """Cites the library's first guidance; what has "weather" in it is not covered.

    What is "vague" is asked back about.
    What stands as an example in about-the-bot.yaml is about the bot.

    Attributes:
        asked: every question, in order, and `batches` how many came together.
        hold: while set to a cleared event, answering waits for it (on the worker's thread).
    """

    def __init__(self, library: Library, phrases: Phrases | None = None) -> None:
        self.library = library
        self.phrases = phrases
        self.asked: list[Question] = []
        self.batches: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        guidance = [p for p in library.passages if p.kind is PassageKind.GUIDANCE]
        self.passages: list[Passage] = guidance[:2]
        self.checklists: tuple[Checklist, ...] = library.checklists[:1]

    def answer_many(self, questions: Sequence[Question]) -> Sequence[Answer]:
        self.gate.wait(20)
        self.asked += questions
        self.batches.append(len(questions))
        return [self._answer(question) for question in questions]

    def search(self, question: Question, kind: PassageKind, limit: int) -> list[Passage]:
        if "nothing" in question.text:
            return []
        return [p for p in self.library.passages if p.kind is kind][:limit]

    def _answer(self, question: Question) -> Answer:
        kind = self.library.about_bot.exactly(question.text)
        if kind is not None and self.phrases is not None:
            return AboutBotAnswer(question.text, 1.0, self.phrases.say(kind.phrase), kind.id)
        if "explode" in question.text:
            raise RuntimeError("the secret inside")
        first, second = self.passages
        if "vague" in question.text and not (question.history or question.direction):
            return QuestionBack(question.text, 0.5, "Which is nearest?", (first, second))
        if question.direction:
            meant = self.library.by_id[question.direction]
            cited = Citation(1, meant, meant.sentences[0])
            return Answered(question.text, 0.5, f"{meant.title} it is [1].", (cited,), ())
        if "weather" in " ".join([*question.history, question.text]):
            near = Citation(1, first, first.sentences[0])
            return NotCovered(question.text, 0.1, "The library does not cover this.", (near,))
        text = f"About {question.text.rstrip('?')}"
        if question.history:
            text += f" after {' / '.join(question.history)}"
        return Answered(
            question.text,
            0.9,
            f"{text} [1]. {second.sentences[0].rstrip('.')} [2].",
            (Citation(1, first, first.sentences[0]), Citation(2, second, second.sentences[0])),
            self.checklists,
        )


class FakeShelf:
    """One fake guide for all."""

    def __init__(self, guide: FakeGuide) -> None:
        self._guide = guide

    def guide(self, _: int) -> FakeGuide:
        return self._guide
