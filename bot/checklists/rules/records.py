"""What is kept of checklists, and what handlers need of the store for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.checklists.rules.events import Effect, Event
from bot.checklists.rules.run import Actor, Run, Status
from bot.core.checklist import Checklist
from bot.core.quiet_hours import QuietHours


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

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    at: time = time(9)
    quiet: QuietHours | None = None


class ChecklistStorage(Protocol):
    """Runs, commitments, and when people want to be reminded.

    Reminders are written in the transaction of their cause: see `bot.checklists.rules.reminders`.
    """

    async def start_run(self, alliance: int, run: Run, checklist: Checklist) -> StoredRun:
        """Store a new run, with the checklist it keeps."""

    async def walk(self, alliance: int, run: int) -> StoredRun | None:
        """A run by its id."""

    async def change_run(self, alliance: int, run: int, event: Event, by: Actor) -> Change | None:
        """Apply an event to a run as it is now, in one transaction; None if there is no such run."""

    async def set_thread(self, alliance: int, run: int, thread: int) -> bool:
        """Note the thread that a team walks in."""

    async def runs(
        self,
        alliance: int,
        *,
        owner: int | None = None,
        thread: int | None = None,
        checklist: str | None = None,
        statuses: Sequence[Status] = tuple(Status),
        limit: int = 25,
    ) -> tuple[RunHead, ...]:
        """Runs that fit all of what is given, the one changed last first."""

    async def save_draft(
        self, alliance: int, run: int, step: str, person: int, fields: Mapping[str, str]
    ) -> bool:
        """Keep what a person typed that could not be taken; False if there is no such run.

        It goes by itself once the person's answer to the step is kept.
        """

    async def draft(
        self, alliance: int, run: int, step: str, person: int
    ) -> Mapping[str, str] | None:
        """What a person typed on a step that could not be taken; None if nothing is kept."""

    async def drop_draft(self, alliance: int, run: int, step: str, person: int) -> bool:
        """Delete a draft; False if none is kept."""

    async def commitments(
        self,
        alliance: int,
        *,
        person: int | None = None,
        run: int | None = None,
        statuses: Sequence[CommitmentStatus] = (CommitmentStatus.OPEN,),
    ) -> tuple[Commitment, ...]:
        """Commitments, those due first before those without a day."""

    async def commitment(self, alliance: int, commitment: int) -> Commitment | None:
        """A commitment by its id."""

    async def settle_commitment(
        self, alliance: int, commitment: int, status: CommitmentStatus
    ) -> bool:
        """Note what became of a commitment; False if it is so already, or isn't kept."""

    async def move_commitment(self, alliance: int, commitment: int, day: date) -> bool:
        """Give an open commitment another day."""

    async def person_settings(self, alliance: int, person: int) -> PersonSettings:
        """When a person wants to be written to; the defaults where nothing was said."""

    async def set_person_settings(
        self, alliance: int, person: int, settings: PersonSettings
    ) -> None:
        """Keep when a person wants to be written to; waiting reminders move along."""

    async def organization_of(self, alliance: int, person: int) -> str:
        """The partner organization a person speaks for; empty for none."""

    async def join_organization(self, alliance: int, person: int, name: str) -> str:
        """Let a person speak for an organization, which is made if need be; its name as kept."""

    async def organizations(self, alliance: int) -> tuple[tuple[str, int], ...]:
        """The organizations by name, each with how many people speak for it."""
