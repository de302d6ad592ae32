"""Answers that a steward marked: which new one is the same, and what is said in its place."""

from __future__ import annotations

from bot.answers.notes import note_id
from bot.answers.records import Mark, MarkedAnswer
from bot.core.alliance import NO_ALLIANCE
from bot.core.models import Answer, Answered, NotCovered, Passage, PassageKind, Question
from bot.core.text import words
from bot.guide.composition import Chosen, compose, nearby
from bot.guide.guide import MOST_RELATED
from bot.services import Services

SAME = 0.95
"""The cosine from which questions that are answered by the same passage first are the same."""


async def as_marked(
    services: Services, alliance: int, question: Question, answer: Answer
) -> tuple[Answer, MarkedAnswer | None]:
    """What is answered where a steward marked the same answer, and which that was.

    What was marked as wrong is kept back; once a practice note mends it, the note answers.

    Raises:
        GuideError: that can't be told now.
    """
    marked = await _marked_same(services, alliance, question, answer)
    if marked is None or marked.mark is Mark.GOOD or not isinstance(answer, Answered):
        return answer, marked
    if marked.note is not None:
        note = await services.passage(alliance, note_id(marked.note))
        if note is not None:
            return await _mended(services, question, answer, note), None
    return await _kept_back(services, alliance, question, answer, marked), marked


async def _marked_same(
    services: Services, alliance: int, question: Question, answer: Answer
) -> MarkedAnswer | None:
    """The marked answer that an answer is the same as; one marked as wrong before a good one.

    It is the same where the question is, word for word, or where the first passage is and the
    question means the same. What follows up on something, or was asked back about, is not the same
    for its words alone; nor is what a practice note answers that the marked answer did not have.
    """
    if alliance == NO_ALLIANCE or not isinstance(answer, Answered) or not answer.citations:
        return None
    first = answer.citations[0].passage
    alone = not (question.history or question.direction)
    known = [
        mark
        for mark in await services.store.marks.marked_answers(alliance)
        if first.kind is not PassageKind.NOTE or mark.passage == first.id
    ]
    asked = words(question.text)
    same = [mark for mark in known if alone and mark.alone and words(mark.question) == asked]
    near = [mark for mark in known if mark.passage == first.id and mark not in same]
    if near:
        texts = [question.text, *(mark.question for mark in near)]
        vectors = await services.meanings.vectors(texts)
        cosines = vectors[1:] @ vectors[0]
        same += [mark for mark, cosine in zip(near, cosines, strict=True) if cosine >= SAME]
    return max(same, key=lambda mark: (mark.mark is Mark.WRONG, mark.exchange), default=None)


async def _kept_back(
    services: Services, alliance: int, question: Question, answer: Answered, marked: MarkedAnswer
) -> NotCovered:
    """What is said in the place of an answer that was marked as wrong, with what lies nearby."""
    wrong = {marked.passage, answer.citations[0].passage.id}
    most = MOST_RELATED + len(wrong)
    found = await services.answers.search(alliance, question, PassageKind.GUIDANCE, most)
    near = [passage for passage in found if passage.id not in wrong][:MOST_RELATED]
    text = services.phrases.say("marked_wrong")
    if near:
        titles = [passage.title for passage in near]
        text = f"{text} {services.phrases.say('nearby', titles=titles)}"
    related = tuple(nearby(passage, (), marker) for marker, passage in enumerate(near, start=1))
    return NotCovered(answer.question, answer.confidence, text, related, read_as=answer.read_as)


async def _mended(
    services: Services, question: Question, answer: Answered, note: Passage
) -> Answered:
    """The answer from the practice note that mends one that was marked as wrong."""
    vectors = await services.meanings.vectors([question.text, *note.sentences])
    relevance = [float(cosine) for cosine in vectors[1:] @ vectors[0]]
    text, citations = compose([Chosen(note, relevance, question.text)], services.phrases)
    return Answered(answer.question, answer.confidence, text, citations, (), answer.read_as)
