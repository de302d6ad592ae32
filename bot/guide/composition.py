"""Composing an answer from sentences of passages, each with the marker of its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.models import Citation, Passage, PassageKind
from bot.core.phrases import Phrases

SENTENCES = {1: (4,), 2: (3, 3), 3: (2, 2, 2)}
"""How many sentences each passage gives, by the number of passages: two to six in all."""
QUOTE_WORDS = 110
_LEAD_BONUS = 0.12
_END = re.compile(r"([.!?]+[\"”'’)]*)$")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage picked for an answer; `relevance` rates each of its sentences, best highest."""

    passage: Passage
    relevance: Sequence[float]


def compose(chosen: Sequence[Chosen], phrases: Phrases) -> tuple[str, tuple[Citation, ...]]:
    """The text of an answer and its citations; one to three passages, the best one first."""
    text: list[str] = []
    citations: list[Citation] = []
    for marker, (pick, limit) in enumerate(zip(chosen, SENTENCES[len(chosen)], strict=True), 1):
        picked = _pick_sentences(pick, limit)
        sentences = [pick.passage.sentences[i] for i in picked]
        lead = _lead(chosen, marker - 1, phrases)
        text += [_marked(sentence, marker) for sentence in [lead + sentences[0], *sentences[1:]]]
        citations.append(Citation(marker, pick.passage, quote(pick.passage, picked)))
    return " ".join(text), tuple(citations)


def nearby(passage: Passage, relevance: Sequence[float], marker: int) -> Citation:
    """A passage as something to read, with its most fitting sentence as the quote."""
    best = int(np.argmax(relevance)) if len(relevance) else 0
    return Citation(marker, passage, quote(passage, [best]))


def quote(passage: Passage, sentences: Sequence[int]) -> str:
    """A verbatim run of a passage that holds the sentences, or the longest part that is not long.

    The run goes from the first to the last sentence; where that is over `QUOTE_WORDS` words it
    is shortened from the end of the passage.
    """
    first, last = min(sentences), max(sentences)
    counts = [len(sentence.split()) for sentence in passage.sentences]
    while last > first and sum(counts[first : last + 1]) > QUOTE_WORDS:
        last -= 1
    starts: list[int] = []
    at = 0
    for sentence in passage.sentences:
        at = passage.text.index(sentence, at)
        starts.append(at)
        at += len(sentence)
    return passage.text[starts[first] : starts[last] + len(passage.sentences[last])]


def _pick_sentences(pick: Chosen, limit: int) -> list[int]:
    """The most fitting sentences in the order of the passage; its first one is favored."""
    rated = [value + _LEAD_BONUS * (i == 0) for i, value in enumerate(pick.relevance)]
    best = sorted(range(len(rated)), key=lambda i: -rated[i])[:limit]
    return sorted(best)


def _lead(chosen: Sequence[Chosen], number: int, phrases: Phrases) -> str:
    if number == 0:
        return ""
    before, here = chosen[number - 1].passage, chosen[number].passage
    if here.kind is PassageKind.CASE and before.kind is not PassageKind.CASE:
        return phrases.say("example_lead")
    if here.document.id != before.document.id:
        return phrases.say("other_source_lead", document=here.document.title)
    return ""


def _marked(sentence: str, marker: int) -> str:
    """The sentence with its marker before the closing punctuation."""
    if _END.search(sentence):
        return _END.sub(rf" [{marker}]\1", sentence)
    return f"{sentence} [{marker}]."
