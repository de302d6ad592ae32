"""Composing an answer from sentences of passages, each with the marker of its citation.

What is chosen are units, not single sentences: see `bot.guide.units`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.models import Citation, Passage, PassageKind
from bot.core.phrases import Phrases
from bot.core.text import content_words, words
from bot.guide.query import AskedKind
from bot.guide.units import unit_of

SENTENCES = {1: (4,), 2: (3, 3), 3: (2, 2, 2)}
"""How many sentences each passage gives, by the number of passages; for a long unit one more."""
QUOTE_WORDS = 110
_SHORT = 2
"""With so few sentences of a passage, none is added when they are full."""
_LEAD_BONUS = 0.12
_NAME_BONUS = 0.08
_ASKED_BONUS = 0.3
"""For the best sentence that has a thing of the kind asked for, so that it is said."""
_END = re.compile(r"(?<!\.[A-Z])([.!?]+[\"”'’)]*)$")
_YEAR = r"\b(?:1[89]|20)\d\d\b"
_NUMBER = (
    rf"(?!{_YEAR})\b\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|dozens?"
    r"|hundreds?|thousands?)\b"
)
_MONTH = (
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_EVIDENCE = {
    AskedKind.FIGURE: re.compile(_NUMBER, re.IGNORECASE),
    AskedKind.DATE: re.compile(rf"{_YEAR}|{_MONTH}|\b\d+ (?:day|week|month|year)s?\b"),
    AskedKind.PERSON: re.compile(r"(?<!^)\b[A-Z][\w'’-]+ (?:[A-Z]\. )?[A-Z]\w+"),
}
_NAME = re.compile(r"(?<!^)\b(?:[A-Z][\w'’-]+|\d[\d,.]*\d|\d)")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage picked for an answer.

    Attributes:
        passage: the passage.
        relevance: how well each of its sentences fits, best highest.
        question: what was asked; names and numbers in it count.
        asked: the kinds of thing that it wants.
        said: its sentences that were said before, which are not said again while there are others.
        wants_more: something beyond what was said is asked for.
    """

    passage: Passage
    relevance: Sequence[float]
    question: str = ""
    asked: Collection[AskedKind] = ()
    said: Collection[int] = ()
    wants_more: bool = False

    @property
    def exhausted(self) -> bool:
        """Whether all of it was said."""
        return len(self.said) >= len(self.passage.sentences)


def compose(chosen: Sequence[Chosen], phrases: Phrases) -> tuple[str, tuple[Citation, ...]]:
    """The text of an answer and its citations; one to three passages, the best one first."""
    text: list[str] = []
    citations: list[Citation] = []
    every = pick_sentences(chosen)
    for marker, (pick, picked) in enumerate(zip(chosen, every, strict=True), 1):
        sentences = [pick.passage.sentences[i] for i in picked]
        lead = _lead(chosen, marker - 1, phrases)
        text += [_marked(sentence, marker) for sentence in [lead + sentences[0], *sentences[1:]]]
        citations.append(Citation(marker, pick.passage, quote(pick.passage, picked)))
    return " ".join(text), tuple(citations)


def pick_sentences(chosen: Sequence[Chosen]) -> list[list[int]]:
    """The sentences that an answer has of each passage, in their order there."""
    limits = SENTENCES[len(chosen)]
    return [
        _pick_sentences(pick, 1 if pick.exhausted else limit)
        for pick, limit in zip(chosen, limits, strict=True)
    ]


def nearby(passage: Passage, relevance: Sequence[float], marker: int) -> Citation:
    """A passage as something to read, quoted with its most fitting sentence and what that needs."""
    best = int(np.argmax(relevance)) if len(relevance) else 0
    return Citation(marker, passage, quote(passage, sorted(unit_of(passage.sentences, best))))


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
    """The most fitting units, as far as there is room, in the order of the passage.

    A unit of several sentences may go one beyond the room, and the first one is taken whatever its
    length; a unit with no room is left out whole.
    """
    rated = _rated(pick)
    fresh = [i for i in range(len(rated)) if i not in pick.said or pick.exhausted]
    picked: set[int] = set()
    for number in sorted(fresh, key=lambda i: -rated[i]):
        unit = unit_of(pick.passage.sentences, number)
        most = limit + (len(unit) > 1 and (limit > _SHORT or len(picked) < limit))
        if not picked or len(picked | unit) <= most:
            picked |= unit
    return sorted(picked)


def _rated(pick: Chosen) -> list[float]:
    """What each sentence counts: its relevance, more where it has what was asked for."""
    sentences = pick.passage.sentences
    known = {*content_words(pick.question), *re.findall(r"\d[\d,.]*", pick.question)}
    rated = [
        value
        + _LEAD_BONUS * (i == 0 and not pick.said)
        + _NAME_BONUS * bool(known.intersection(name.lower() for name in _names(sentences[i])))
        for i, value in enumerate(pick.relevance)
    ]
    for kind in pick.asked:
        pattern = _EVIDENCE.get(kind)
        having = [i for i, said in enumerate(sentences) if pattern and pattern.search(said)]
        if having:
            rated[max(having, key=rated.__getitem__)] += _ASKED_BONUS
    return rated


def _names(sentence: str) -> list[str]:
    return [word for name in _NAME.findall(sentence) for word in words(name)]


def _lead(chosen: Sequence[Chosen], number: int, phrases: Phrases) -> str:
    if number == 0:
        if not chosen[0].exhausted:
            return ""
        return phrases.say("nothing_more" if chosen[0].wants_more else "as_said")
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
