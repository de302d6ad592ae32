"""The runs of the person at the terminal, from the same store that Discord's are kept in.

The conversation waits for one thing after another, while the store is asynchronous: here they meet,
on an event loop that runs only while it is waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from bot import wiring
from bot.checklists.rules import engine
from bot.checklists.rules.events import Event
from bot.checklists.rules.records import (
    Change,
    Commitment,
    CommitmentStatus,
    RunHead,
    StoredRun,
)
from bot.checklists.rules.run import Actor, Status
from bot.core.alliance import NO_ALLIANCE
from bot.core.checklist import Checklist
from bot.core.clock import Clock
from bot.core.outbox import Notice
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store import Store

YOU = Actor(0, "You")
OPEN = (Status.OPEN, Status.PAUSED)
_MOST_NOTICES = 50

T = TypeVar("T")


class Ledger:
    """What is kept for the person at the terminal; every change is stored when it returns."""

    def __init__(self, store: Store, runner: asyncio.Runner, clock: Clock, zone: ZoneInfo) -> None:
        self.store = store
        self._runner = runner
        self._clock = clock
        self.zone = zone
        settings = self.wait(store.people.person_settings(NO_ALLIANCE, YOU.person))
        if settings.zone.key == "UTC" != zone.key:  # nothing was said: this computer's clock counts
            changed = replace(settings, zone=zone)
            self.wait(store.people.set_person_settings(NO_ALLIANCE, YOU.person, changed))

    @property
    def now(self) -> datetime:
        """The time, in UTC."""
        return self._clock()

    @property
    def today(self) -> date:
        """The day it is here."""
        return self._clock().astimezone(self.zone).date()

    def start(self, checklist: Checklist) -> StoredRun:
        """Begin a run."""
        run = engine.start(checklist, NO_ALLIANCE, YOU, self._clock())
        return self.wait(self.store.checklists.start_run(NO_ALLIANCE, run, checklist))

    def walk(self, run: int) -> StoredRun | None:
        """A run by its id; None if it is not this person's."""
        walk = self.wait(self.store.checklists.walk(NO_ALLIANCE, run))
        return walk if walk is not None and walk.run.owner == YOU.person else None

    def change(self, run: int, event: Event) -> Change | None:
        """Let something happen to a run."""
        return self.wait(self.store.checklists.change_run(NO_ALLIANCE, run, event, YOU))

    def runs(
        self,
        checklist: str | None = None,
        statuses: Sequence[Status] = tuple(Status),
        limit: int = 25,
    ) -> tuple[RunHead, ...]:
        """Runs, the one changed last first."""
        found = self.store.checklists.runs(
            NO_ALLIANCE, owner=YOU.person, checklist=checklist, statuses=statuses, limit=limit
        )
        return self.wait(found)

    def draft(self, run: int, step: str) -> Mapping[str, str] | None:
        """What was typed on a step and is not an answer yet."""
        return self.wait(self.store.checklists.draft(NO_ALLIANCE, run, step, YOU.person))

    def save_draft(self, run: int, step: str, fields: Mapping[str, str]) -> None:
        """Keep what was typed on a step; it goes when the step is answered."""
        self.wait(self.store.checklists.save_draft(NO_ALLIANCE, run, step, YOU.person, fields))

    def drop_draft(self, run: int, step: str) -> None:
        """Forget what was typed on a step."""
        self.wait(self.store.checklists.drop_draft(NO_ALLIANCE, run, step, YOU.person))

    def commitments(self, run: int | None = None) -> tuple[Commitment, ...]:
        """Open commitments, or all those of a run."""
        if run is not None:
            every = tuple(CommitmentStatus)
            return self.wait(
                self.store.checklists.commitments(NO_ALLIANCE, run=run, statuses=every)
            )
        return self.wait(self.store.checklists.commitments(NO_ALLIANCE, person=YOU.person))

    def commitment(self, number: int) -> Commitment | None:
        """A commitment by its id; None if it is not this person's."""
        found = self.wait(self.store.checklists.commitment(NO_ALLIANCE, number))
        return found if found is not None and found.person == YOU.person else None

    def commitment_done(self, number: int) -> bool:
        """Note that a commitment was kept; False if it was known."""
        done = CommitmentStatus.DONE
        return self.wait(self.store.checklists.settle_commitment(NO_ALLIANCE, number, done))

    def move_commitment(self, number: int, day: date) -> bool:
        """Give a commitment another day; False if it is not open."""
        return self.wait(self.store.checklists.move_commitment(NO_ALLIANCE, number, day))

    def take_notices(self) -> tuple[Notice, ...]:
        """The reminders that are due, noted as delivered; those of Discord are left alone."""
        due = self.wait(self.store.outbox.due_notices(_MOST_NOTICES, terminal=True))
        mine = [n for n in due if n.alliance == NO_ALLIANCE and n.person == YOU.person]
        taken = []
        for notice in mine:
            if self.wait(self.store.outbox.try_notice(notice.id)):
                taken.append(notice)
                self.wait(self.store.outbox.notice_sent(notice.id))
        return tuple(taken)

    def wait(self, call: Coroutine[Any, Any, T]) -> T:
        """Wait for what the store does."""
        return self._runner.run(call)


@contextmanager
def open_ledger(settings: Settings) -> Iterator[Ledger]:
    """The runs of whoever sits at this terminal.

    Raises:
        ConfigurationError, StoreUnavailable: the store can't be opened.
    """
    options = wiring.ServeOptions(database=settings.database_url)
    with asyncio.Runner() as runner:
        store = runner.run(wiring.open_storage(settings, options))
        try:
            yield Ledger(store, runner, wiring.utc_now, wiring.local_zone())
        finally:
            runner.run(store.close())
