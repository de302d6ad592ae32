"""The things the domain speaks of: documents, passages, checklists, the library, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from bot.core.about_bot import AboutBot
from bot.core.checklist import Checklist
from bot.core.spoken import SpokenWords
from bot.core.typed_words import TypedWords
from bot.core.zones import Zones


class PassageKind(StrEnum):
    """What sort of text a passage is."""

    GUIDANCE = "guidance"
    CASE = "case"
    GLOSSARY = "glossary"
    DOCUMENT = "document"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Document:
    """A source document that passages were written from; `year` is None where it isn't known."""

    id: str
    title: str
    authors: str
    publisher: str
    year: int | None
    note: str
    series: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where in the repository a passage's text begins; lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a case is an example of, where it happened and what came of it."""

    illustrates: tuple[str, ...] = ()
    sector: str = ""
    place: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A short self-contained text about one topic.

    `text` is the concatenation of its `sentences` and the white space between them, so that a run
    of sentences can be quoted verbatim. `asks` are questions it answers, `beyond` questions that
    come close and that it does not answer.
    """

    id: str
    title: str
    kind: PassageKind
    topics: tuple[str, ...]
    document: Document
    section: str
    place: FilePlace
    text: str
    sentences: tuple[str, ...]
    asks: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    stage: str = ""
    circumstance: Circumstance = field(default_factory=Circumstance)


@dataclass(frozen=True, slots=True)
class KindExamples:
    """A kind of thing that questions want, by questions that do and some that only look so."""

    name: str
    wants: tuple[str, ...]
    unlike: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """Everything the bot knows, as one immutable value.

    Attributes:
        uncovered: questions people may ask that no passage answers, beside those that come close
            to one passage (its `beyond`).
        fingerprint: hash over all content that is searched; an index names the one it was built of.
        zones: time zones by what people call them.
        about_bot: what people say to the bot about itself.
        spoken: what they write where a button was meant.
        questions: what people of many kinds would ask, covered or not.
        typed: what people type around questions, and how they shorten words.
        kinds: what questions can want, by examples; what tells them apart is fitted on these.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    checklists: tuple[Checklist, ...]
    uncovered: tuple[str, ...]
    fingerprint: str
    zones: Zones = field(default_factory=Zones)
    about_bot: AboutBot = field(default_factory=AboutBot)
    spoken: SpokenWords = field(default_factory=SpokenWords)
    questions: tuple[HandQuestion, ...] = ()
    typed: TypedWords = field(default_factory=TypedWords)
    kinds: tuple[KindExamples, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Passage]:
        """The passages by their id."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def checklists_by_id(self) -> Mapping[str, Checklist]:
        """The checklists by their id."""
        return {checklist.id: checklist for checklist in self.checklists}


@dataclass(frozen=True, slots=True)
class HandQuestion:
    """A question as somebody might put it, and the passage that answers it, if one does.

    Attributes:
        passage: its id; empty where the library does not cover the question.
        hand: who wrote it, so that weights can be fitted on hands that the rest did not see.
    """

    text: str
    passage: str
    hand: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked, with what the same person asked before, oldest first.

    Attributes:
        typed: what the person typed, where `text` is that without slips and courtesies.
        read_as: the text to be shown as what was read, where a word that matters was put right.
        language: the code of the language it is in; empty for English.
        mixed: it may be in two languages.
        negated: it asks for the other side: what does not work, or should not be done.
        overheard: what came before was said by others, or answered by nobody.
        direction: the id of the passage that is meant, where the bot had asked back.
    """

    text: str
    history: tuple[str, ...] = ()
    typed: str = ""
    read_as: str = ""
    language: str = ""
    mixed: bool = False
    negated: bool = False
    overheard: bool = False
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that an answer rests on; `quote` stands verbatim in its text."""

    marker: int
    passage: Passage
    quote: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer from the library: sentences that end with the marker of a citation.

    Attributes:
        read_as: what was read, where slips were put right.
        uncovered: the parts of the question that the library does not cover.
    """

    question: str
    confidence: float
    text: str
    citations: tuple[Citation, ...]
    checklists: tuple[Checklist, ...]
    read_as: str = ""
    uncovered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The library does not cover the question.

    Attributes:
        related: what lies nearby.
        smalltalk: it is what people say to each other.
    """

    question: str
    confidence: float
    text: str
    related: tuple[Citation, ...]
    checklists: tuple[Checklist, ...] = ()
    read_as: str = ""
    smalltalk: bool = False


@dataclass(frozen=True, slots=True)
class AboutBotAnswer:
    """What was asked is about the bot itself, which no library has to cover; `kind` says what."""

    question: str
    confidence: float
    text: str
    kind: str
    related: tuple[Citation, ...] = ()
    checklists: tuple[Checklist, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionBack:
    """The question could mean several things: the bot asks back, with two to four directions."""

    question: str
    confidence: float
    text: str
    directions: tuple[Passage, ...]
    related: tuple[Citation, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    read_as: str = ""


Answer = Answered | NotCovered | AboutBotAnswer | QuestionBack
