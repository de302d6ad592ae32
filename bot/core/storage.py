"""What handlers of a chat need of the store; `bot.infra.store.Store` has it.

The alliance comes first in every call. All methods raise a `GuideError` when the database can't be
used, with nothing half-written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, Unpack

from bot.answers.status import AllianceStatus
from bot.checklists.rules.records import ChecklistStorage
from bot.core.outbox import OutboxStorage
from bot.core.records import (
    AllianceSettings,
    AnswerOutcome,
    ChannelPurpose,
    Exchange,
    FeedbackChange,
    FeedbackCounts,
    Forgotten,
    Gap,
    NewExchange,
    Note,
    PendingQuestion,
    Purged,
    PurposeChannel,
    SettingsChanges,
)
from bot.opportunities.rules.records import OpportunityStorage


class AllianceStorage(Protocol):
    """Settings, channels, events that were taken, choices for direct messages."""

    async def settings(self, alliance: int) -> AllianceSettings:
        """The settings; the defaults where nothing was configured."""

    async def change_settings(
        self, alliance: int, **changes: Unpack[SettingsChanges]
    ) -> AllianceSettings:
        """Change some settings and return all."""

    async def add_channel(self, alliance: int, channel: int, purpose: ChannelPurpose) -> bool:
        """Give a channel a purpose; False if it has it already."""

    async def remove_channel(
        self, alliance: int, channel: int, purpose: ChannelPurpose | None = None
    ) -> bool:
        """Take a purpose, or all of them, from a channel; False if it had none."""

    async def channels(
        self, alliance: int, purpose: ChannelPurpose | None = None
    ) -> tuple[PurposeChannel, ...]:
        """The channels that have a purpose."""

    async def claim(self, alliance: int, event: int | str) -> bool:
        """Take an event; True exactly once."""

    async def choose_alliance_for_person_in_direct_messages(
        self, alliance: int, person: int
    ) -> None:
        """Answer a person for this alliance in direct messages."""

    async def alliance_of_person_in_direct_messages(self, person: int) -> int | None:
        """The alliance a person chose for direct messages."""


class ExchangeStorage(Protocol):
    """Questions, answers and feedback."""

    async def add_exchange(self, alliance: int, new: NewExchange) -> Exchange:
        """Store a question with its answer."""

    async def exchange(self, alliance: int, exchange: int) -> Exchange | None:
        """An exchange by its id."""

    async def exchange_by_answer(self, alliance: int, message: int) -> Exchange | None:
        """The exchange that a message shows the answer of."""

    async def exchange_by_source(self, alliance: int, source: int) -> Exchange | None:
        """The exchange that a message or an interaction asked for."""

    async def last_exchange_in_thread(self, alliance: int, thread: int) -> Exchange | None:
        """The newest exchange in a thread."""

    async def history(self, alliance: int, exchange: int, most: int) -> tuple[str, ...]:
        """The last questions up to and with an exchange's own, oldest first."""

    async def set_answer_message(self, alliance: int, exchange: int, message: int) -> bool:
        """Note which message shows the answer."""

    async def revise_exchange(
        self, alliance: int, exchange: int, question: str, outcome: AnswerOutcome
    ) -> bool:
        """Replace question and answer after an edit; False if the exchange isn't kept."""

    async def mark_shared(self, alliance: int, exchange: int) -> bool:
        """Note that a private answer is shared; True exactly once."""

    async def unmark_shared(self, alliance: int, exchange: int) -> bool:
        """Note that a private answer isn't shared after all; False if it was not marked."""

    async def give_feedback(
        self, alliance: int, exchange: int, person: int, *, helpful: bool, reason: str = ""
    ) -> FeedbackChange:
        """Keep what a person thinks of an answer, and tell what it changed."""

    async def feedback_counts(self, alliance: int, exchange: int | None = None) -> FeedbackCounts:
        """How many found an answer helpful or not."""


class PendingStorage(Protocol):
    """Questions that are to be answered also when the program ends before it did."""

    async def claim_question(
        self,
        alliance: int,
        message: int,
        *,
        channel: int,
        thread: int | None,
        person: int,
        received: datetime,
        previous: int | None = None,
    ) -> bool:
        """Take a message as `claim` does, and keep that it waits for an answer."""

    async def pending_questions_everywhere(self) -> tuple[PendingQuestion, ...]:
        """The questions that wait for an answer, oldest first."""

    async def drop_pending(self, alliance: int, message: int) -> bool:
        """Note that a question needs no answer any more; False if it waited for none."""


class StewardStorage(Protocol):
    """Gaps, practice notes, the numbers of an alliance."""

    async def open_gaps(
        self, alliance: int, limit: int, before: int | None = None
    ) -> tuple[Gap, ...]:
        """The open gaps, newest first."""

    async def open_gap(self, alliance: int, gap: int) -> Gap | None:
        """One gap, if it is open."""

    async def dismiss_gap(self, alliance: int, gap: int) -> bool:
        """Put an open gap aside."""

    async def answer_gap(
        self,
        alliance: int,
        gap: int,
        *,
        text: str,
        author: int,
        author_name: str,
        question: str | None = None,
        also: Sequence[int] = (),
    ) -> Note | None:
        """Write a practice note that answers a gap."""

    async def note(self, alliance: int, note: int) -> Note | None:
        """A practice note by its id."""

    async def notes(self, alliance: int) -> tuple[Note, ...]:
        """The current practice notes, oldest first."""

    async def questions_of_notes(self, alliance: int) -> dict[int, str]:
        """The questions that current notes answer, by gap."""

    async def retract_note(self, alliance: int, note: int) -> bool:
        """Take a note back."""

    async def status(self, alliance: int) -> AllianceStatus:
        """The numbers of the last seven days."""


class PrivacyStorage(Protocol):
    """What is held about a person, and its end."""

    async def export_person(self, alliance: int, person: int) -> dict[str, Any]:
        """Everything held about a person in an alliance, ready for JSON."""

    async def export_person_everywhere(self, person: int) -> dict[str, Any]:
        """Everything held about a person, ready for JSON."""

    async def forget_person(self, alliance: int, person: int) -> Forgotten:
        """Delete what is held about a person in an alliance."""

    async def forget_person_everywhere(self, person: int) -> Forgotten:
        """Delete what is held about a person."""

    async def purge_all_expired(self) -> Purged:
        """Purge every alliance by its own retention."""


class Storage(
    AllianceStorage,
    ExchangeStorage,
    PendingStorage,
    StewardStorage,
    ChecklistStorage,
    OpportunityStorage,
    OutboxStorage,
    PrivacyStorage,
    Protocol,
):
    """All of it."""
