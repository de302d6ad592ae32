"""What is kept of checklists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.checklists.rules.events import Effect
from bot.checklists.rules.run import Run, Status
from bot.core.checklist import Checklist
from bot.core.quiet_hours import QuietHours
from bot.core.zones import UNSAID


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A stored run with the checklist as it was when the run began."""

    run: Run
    checklist: Checklist


@dataclass(frozen=True, slots=True)
class Change:
    """What an event did to a run."""

    walk: StoredRun
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class RunHead:
    """A run in a list; `title` is that of its checklist."""

    id: int
    alliance: int
    checklist: str
    title: str
    version: int
    owner: int
    owner_name: str
    team: bool
    status: Status
    thread: int | None
    started: datetime
    changed: datetime
    finished: datetime | None


class CommitmentStatus(StrEnum):
    """What became of a commitment."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise made in a run; there is one for each step and person.

    Attributes:
        id: unique over all alliances.
        who: in words, as given; empty for the person who promised.
        day: by when; None where no day was named.
        thread: where it was promised, if by a team.
    """

    id: int
    alliance: int
    run: int
    step: str
    person: int
    what: str
    who: str
    day: date | None
    status: CommitmentStatus
    thread: int | None
    made: datetime
    settled: datetime | None


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """When and how a person wants to be written to.

    Attributes:
        at: the hour of reminders, in `zone`.
        quiet: hours without any message; None for none.
    """

    zone: ZoneInfo = UNSAID
    at: time = time(9)
    quiet: QuietHours | None = None

    @property
    def known_zone(self) -> ZoneInfo | None:
        """The zone that the person named; None if they named none."""
        return None if self.zone.key == UNSAID.key else self.zone
