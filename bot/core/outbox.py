"""What the bot has to say to somebody later, or may not forget to say: each once, also after a crash.

A notice is written in the transaction of its cause. Whoever delivers it notes first that it tries,
then sends, then notes that it was sent; after a crash in between, the place it went to is looked
through before it is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about; `Notice.about` is the id of that, or 0 where it is about many."""

    COMMITMENT_DUE = "commitment due"
    RUN_OFFERED = "run offered"
    OPPORTUNITY_POST = "opportunity post"
    OPPORTUNITY_REFRESH = "opportunity refresh"
    OPPORTUNITY_GONE = "opportunity gone"
    OPPORTUNITY_LEFT = "opportunity left"
    OPPORTUNITY_NEW = "opportunity new"
    OPPORTUNITY_REMINDER = "opportunity reminder"
    OPPORTUNITY_CLOSE = "opportunity close"
    OPPORTUNITY_OUTCOME = "opportunity outcome"
    OPPORTUNITY_CHANGED = "opportunity changed"
    OPPORTUNITY_MOVED_UP = "opportunity moved up"
    OPPORTUNITY_QUESTION = "opportunity question"
    OPPORTUNITY_ASKED = "opportunity asked"
    OPPORTUNITY_ANSWER = "opportunity answer"
    PARTNER_JOINED = "partner joined"
    PARTNER_REQUEST = "partner request"
    PARTNER_DECIDED = "partner decided"
    DIGEST = "digest"
    CHANNEL_DIGEST = "channel digest"
    GAVE_UP = "gave up"


QUOTING = (
    NoticeKind.OPPORTUNITY_QUESTION,
    NoticeKind.OPPORTUNITY_ASKED,
    NoticeKind.OPPORTUNITY_ANSWER,
    NoticeKind.PARTNER_JOINED,
)
"""The kinds whose details have what is somebody else's (`asker` says whose): gone once delivered."""


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice about to be stored; one of the same key that waits is replaced.

    Attributes:
        person: who gets it, as a direct message; None where it goes to `channel`.
        key: tells it from others of its alliance, such as "commitment:7".
        due: when it is to be delivered, at the earliest.
        details: whatever its text needs that isn't found through `about`.
    """

    kind: NoticeKind
    about: int
    key: str
    due: datetime
    person: int | None = None
    channel: int | None = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Notices to store, and the keys of waiting ones to take back; taking back comes first."""

    add: tuple[NewNotice, ...] = ()
    remove: tuple[str, ...] = ()

    def __add__(self, other: Schedule) -> Schedule:
        return Schedule(self.add + other.add, self.remove + other.remove)


@dataclass(frozen=True, slots=True)
class Notice:
    """A stored notice; `id` is unique over all alliances and stands in what is sent.

    Attributes:
        attempts: how often delivery was begun.
        tried: when it was begun last; set without being sent: it may have arrived.
    """

    id: int
    alliance: int
    kind: NoticeKind
    about: int
    person: int | None
    channel: int | None
    due: datetime
    details: Mapping[str, object]
    attempts: int = 0
    tried: datetime | None = None
