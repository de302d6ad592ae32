"""What is kept of answers: questions asked, feedback, gaps and practice notes.

Numbers named after a Discord thing (`channel`, `person`, `source`, `answer_message`) are Discord's
ids; `exchange`, `gap` and `note` are the store's. All times are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PICKED_UP_WITHIN = timedelta(hours=1)
"""How long after it was asked a question is still answered that an ended program left open."""
OF_TITLE = 0
"""In the place of a message, where it is the title of a thread: that isn't deleted with any."""


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What became of a question.

    Attributes:
        latency_ms: from the question's arrival to the answer, in milliseconds.
        passages: ids of the cited passages, in the order of their markers.
        record: the answer as JSON (`AnswerRecord.model_dump(mode="json")`), to render it again.
        same_as: the marked exchange that asked the same: where its answer was marked as good, this
            one says so; where as wrong, this one was kept back.
    """

    answered: bool
    confidence: float
    latency_ms: float
    passages: tuple[str, ...]
    record: Mapping[str, object]
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class Borrowed:
    """What somebody else wrote, and a question was read with.

    Attributes:
        message: in which; `OF_TITLE` for the title of a thread.
    """

    message: int
    person: int
    words: str


@dataclass(frozen=True, slots=True)
class NewExchange:
    """A question and its answer, about to be stored.

    Attributes:
        source: the message, or for a command the interaction, that asked.
        previous: the exchange this one follows up on.
        received: when the bot heard of it; None for now.
        borrowed: what others wrote, and stands in it.
    """

    channel: int
    person: int
    source: int
    question: str
    outcome: AnswerOutcome
    thread: int | None = None
    private: bool = False
    previous: int | None = None
    answer_message: int | None = None
    received: datetime | None = None
    borrowed: tuple[Borrowed, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A stored question and its answer.

    Attributes:
        answer_message: the message that shows the answer, once it was sent.
        shared: a private answer was posted to the channel.
        dismissed: a steward put the gap aside.
        mark: what a steward marked the answer as, of `Mark`; None for nothing.
    """

    id: int
    alliance: int
    channel: int
    thread: int | None
    person: int
    source: int
    answer_message: int | None
    private: bool
    question: str
    previous: int | None
    outcome: AnswerOutcome
    shared: bool
    dismissed: bool
    mark: str | None
    created: datetime


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A message that was taken as a question and has no answer yet.

    Attributes:
        channel: the channel, or a thread's parent.
        thread: the thread, or the channel of direct messages, that the message is in.
        received: when the bot heard of it.
        previous: the exchange it follows up on.
        part_of: the message that it is answered with.
    """

    alliance: int
    message: int
    channel: int
    thread: int | None
    person: int
    received: datetime
    previous: int | None
    part_of: int | None = None


class FeedbackChange(StrEnum):
    """What feedback did to what the same person thought of the answer before."""

    NOT_KEPT = "not kept"
    FIRST = "first"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """How many people found answers helpful, and how many did not."""

    helpful: int
    not_helpful: int


class Mark(StrEnum):
    """What a steward marks an answer as: it shows so, or is kept from coming again."""

    GOOD = "good"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """A marked answer, by which others are told to be the same.

    Attributes:
        passage: the first that it cited; empty where it cites none.
        alone: the question followed up on nothing.
        note: the newest practice note that answers it; None while it is not mended.
    """

    exchange: int
    mark: Mark
    question: str
    passage: str
    alone: bool
    note: int | None


class GapReason(StrEnum):
    """Why an exchange is a gap."""

    UNANSWERED = "unanswered"
    NOT_HELPFUL = "not helpful"
    MARKED_WRONG = "marked wrong"


@dataclass(frozen=True, slots=True)
class Gap:
    """A question the library could not answer well; `exchange` is also the gap's id.

    Attributes:
        remarks: what people wrote about why the answer did not help, oldest first.
    """

    exchange: int
    alliance: int
    question: str
    reason: GapReason
    private: bool
    created: datetime
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A practice note: a steward's answer to one or more gaps, citable in its alliance.

    Attributes:
        gaps: the exchanges it answers that are still kept, oldest first.
        question: empty once the person who asked it was forgotten.
        author: None once the author was forgotten.
    """

    id: int
    alliance: int
    gaps: tuple[int, ...]
    question: str
    text: str
    author: int | None
    author_name: str
    created: datetime
    retracted: bool
