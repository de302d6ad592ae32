"""Opportunities, partners and answers, as immutable values.

`person`, `channel`, `message` and `thread` are Discord's ids (0 in the terminal); times are aware
and in UTC.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.alliance import TERMINAL
from bot.core.quiet_hours import QuietHours
from bot.core.text import visible
from bot.core.zones import UNSAID

OPEN_WITHOUT_DEADLINE = timedelta(days=60)
"""An opportunity without a deadline closes after this."""
DEFAULT_CAP = 10
"""How many opportunities an organization, or a person without one, may publish a day."""
_JOINERS_AND_VARIANTS = re.compile("[\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def folded(name: str) -> str:
    """What an organization's name is told from others by; nothing that can't be seen counts."""
    plain = _JOINERS_AND_VARIANTS.sub("", visible(name))
    return unicodedata.normalize("NFKC", " ".join(plain.split())).casefold()


class Kind(StrEnum):
    """What sort of thing is offered or asked for."""

    TRAINING = "training seats"
    FUNDING = "funding call"
    EVENT = "event"
    HIRING = "hiring need"
    HELP = "request for help"
    OTHER = "other"


class State(StrEnum):
    """Where an opportunity is in its life."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    DISCARDED = "discarded"


class Outcome(StrEnum):
    """What came of an opportunity."""

    FILLED = "filled"
    PARTLY = "partly"
    NONE = "none"
    WITHDRAWN = "withdrawn"


class Mode(StrEnum):
    """When a person is told of an opportunity that fits."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


class Reply(StrEnum):
    """What an organization answers an opportunity."""

    INTERESTED = "interested"
    WAITING = "waiting"
    NOT_FOR_US = "not for us"


@dataclass(frozen=True, slots=True)
class OfferForm:
    """What stands in the fields of the form, exactly as typed; the last three may be asked apart."""

    title: str = ""
    description: str = ""
    audience: str = ""
    deadline: str = ""
    link: str = ""
    capacity: str = ""
    region: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered, read from a form.

    Attributes:
        audience: who it is for.
        deadline: the last moment to answer; None where none was named.
        capacity: how many organizations can have it; None for any number.
        region: where it is; empty for anywhere.
        contact: whom to write to, in words.
    """

    title: str
    description: str
    kind: Kind = Kind.OTHER
    audience: str = ""
    deadline: datetime | None = None
    link: str = ""
    capacity: int | None = None
    region: str = ""
    contact: str = ""

    @property
    def text(self) -> str:
        """All that is said of it."""
        return "\n".join(part for part in (self.title, self.description, self.audience) if part)

    @property
    def texts(self) -> tuple[str, ...]:
        """What an interest's meaning is compared with; the closest of them counts."""
        return (self.text, self.title, f"{self.title}. {self.audience}")


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A stored opportunity; `id` is unique over all alliances.

    Attributes:
        organization: the poster's, when it was posted; empty for none.
        closes: when it closes by itself.
        edited: when something of it was changed after it was posted.
        channel: where it is posted; None once its post is gone.
        message: where it stands in the opportunities channel.
        thread: where questions about it are asked.
        revision: goes up with everything that changes what its post shows.
    """

    id: int
    alliance: int
    poster: int
    poster_name: str
    organization: str
    offer: Offer
    state: State
    created: datetime
    posted: datetime | None = None
    closes: datetime | None = None
    closed: datetime | None = None
    edited: datetime | None = None
    outcome: Outcome | None = None
    note: str = ""
    channel: int | None = None
    message: int | None = None
    thread: int | None = None
    revision: int = 0

    @property
    def homeless(self) -> bool:
        """Whether it was posted, and its post is gone."""
        return self.posted is not None and self.channel is None and self.alliance != TERMINAL


@dataclass(frozen=True, slots=True)
class Respondent:
    """What a person answered for an organization (empty: for none); the last word counts."""

    person: int
    name: str
    organization: str
    reply: Reply
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about an opportunity; `id` is the form's it was typed into, in which it is sent once."""

    id: int
    person: int
    name: str
    organization: str
    text: str


@dataclass(frozen=True, slots=True)
class Notifications:
    """When and how a person wants to hear of opportunities.

    Attributes:
        hour: when a digest comes, in `zone`.
        quiet: hours without any message.
    """

    mode: Mode = Mode.INSTANT
    hour: time = time(9)
    zone: ZoneInfo = UNSAID
    quiet: QuietHours | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """A person who speaks for an organization, and what that one looks for.

    Attributes:
        interests: comma-separated words of the organization, kept as given.
        region: where it works; empty for anywhere.
    """

    person: int
    organization: str
    interests: tuple[str, ...]
    region: str
    notifications: Notifications


@dataclass(frozen=True, slots=True)
class PartnerProfile:
    """An organization as the directory shows it.

    Attributes:
        people: names of those who speak for it and agreed to be shown.
        hidden: how many more there are.
        id: what buttons know it by.
    """

    name: str
    interests: tuple[str, ...]
    region: str
    people: tuple[str, ...]
    hidden: int = 0
    id: int = field(default=0, compare=False)
