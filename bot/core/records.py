"""What is kept: an alliance's settings, questions asked, feedback, gaps and practice notes.

Plain values without a database. Numbers named after a Discord thing (`channel`, `person`,
`source`, `answer_message`, roles) are Discord's ids; `exchange`, `gap` and `note` are the store's.
All times are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypedDict

Clock = Callable[[], datetime]
"""Tells the time, aware and in UTC."""

NO_ALLIANCE = 0
"""Stands for direct messages of people who are in no alliance."""

AT_TERMINAL = 0
"""Stands for the person at the terminal, who belongs to `NO_ALLIANCE`."""

DEFAULT_RETENTION_DAYS = 180
LONGEST_RETENTION_DAYS = 3650
PICKED_UP_WITHIN = timedelta(hours=1)
"""How long after it was asked a question is still answered that an ended program left open."""

FORMER_MEMBER = "a former member"
"""Shown as the author of a practice note whose author asked to be forgotten."""


class ChannelPurpose(StrEnum):
    """What a channel is used for."""

    QUESTIONS = "questions"
    OPPORTUNITIES = "opportunities"
    STEWARDS = "stewards"


@dataclass(frozen=True, slots=True)
class AllianceSettings:
    """What stewards configured; `retention_days` is how long questions are kept.

    Raises:
        ValueError: the retention is out of bounds.
    """

    steward_role: int | None = None
    intermediary_role: int | None = None
    retention_days: int = DEFAULT_RETENTION_DAYS
    notes: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.retention_days <= LONGEST_RETENTION_DAYS:
            raise ValueError(
                f"Questions are kept between 1 and {LONGEST_RETENTION_DAYS} days, "
                f"not {self.retention_days}."
            )


class SettingsChanges(TypedDict, total=False):
    """Settings to change; those left out stay as they are."""

    steward_role: int | None
    intermediary_role: int | None
    retention_days: int
    notes: str


@dataclass(frozen=True, slots=True, order=True)
class PurposeChannel:
    """A channel and what it is used for; a channel may have several purposes."""

    channel: int
    purpose: ChannelPurpose


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What became of a question.

    Attributes:
        latency_ms: from the question's arrival to the answer, in milliseconds.
        passages: ids of the cited passages, in the order of their markers.
        record: the answer as JSON (`AnswerRecord.model_dump(mode="json")`), to render it again.
    """

    answered: bool
    confidence: float
    latency_ms: float
    passages: tuple[str, ...]
    record: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NewExchange:
    """A question and its answer, about to be stored.

    Attributes:
        source: the message, or for a command the interaction, that asked.
        previous: the exchange this one follows up on.
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


@dataclass(frozen=True, slots=True)
class Exchange:
    """A stored question and its answer.

    Attributes:
        answer_message: the message that shows the answer, once it was sent.
        shared: a private answer was posted to the channel.
        dismissed: a steward put the gap aside.
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
    created: datetime


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A message that was taken as a question and has no answer yet.

    Attributes:
        channel: the channel, or a thread's parent.
        thread: the thread, or the channel of direct messages, that the message is in.
        received: when the bot heard of it.
        previous: the exchange it follows up on.
    """

    alliance: int
    message: int
    channel: int
    thread: int | None
    person: int
    received: datetime
    previous: int | None


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


class GapReason(StrEnum):
    """Why an exchange is a gap."""

    UNANSWERED = "unanswered"
    NOT_HELPFUL = "not helpful"


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


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted of a person; of `notes` only the authorship.

    Attributes:
        pending: questions that were still to be answered.
        runs: private ones, and those of a team, which stay without the name.
        answers: to steps of runs that stay, and reasons to skip one.
        settings: also of drafts, and of organizations the person spoke for.
        opportunities: posts; those that were published stay without the name.
        replies: answers to opportunities.
    """

    questions: int = 0
    feedback: int = 0
    notes: int = 0
    choices: int = 0
    pending: int = 0
    runs: int = 0
    answers: int = 0
    commitments: int = 0
    settings: int = 0
    opportunities: int = 0
    replies: int = 0

    def __add__(self, other: Forgotten) -> Forgotten:
        return Forgotten(
            self.questions + other.questions,
            self.feedback + other.feedback,
            self.notes + other.notes,
            self.choices + other.choices,
            self.pending + other.pending,
            self.runs + other.runs,
            self.answers + other.answers,
            self.commitments + other.commitments,
            self.settings + other.settings,
            self.opportunities + other.opportunities,
            self.replies + other.replies,
        )


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was deleted because it was kept long enough."""

    exchanges: int = 0
    feedback: int = 0
    notes: int = 0
    events: int = 0
    pending: int = 0
    runs: int = 0
    commitments: int = 0
    notices: int = 0
    opportunities: int = 0

    def __add__(self, other: Purged) -> Purged:
        return Purged(
            self.exchanges + other.exchanges,
            self.feedback + other.feedback,
            self.notes + other.notes,
            self.events + other.events,
            self.pending + other.pending,
            self.runs + other.runs,
            self.commitments + other.commitments,
            self.notices + other.notices,
            self.opportunities + other.opportunities,
        )
