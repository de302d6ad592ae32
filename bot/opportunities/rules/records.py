"""What is kept of opportunities and partners, and what handlers need of the store for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.opportunities.rules.matching import Match
from bot.opportunities.rules.models import (
    DEFAULT_CAP,
    Form,
    Inquiry,
    Kind,
    Listener,
    Notifications,
    Offer,
    Opportunity,
    Outcome,
    PartnerProfile,
    Respondent,
    State,
)
from bot.opportunities.rules.replies import Replied
from bot.opportunities.rules.report import Told

CHANNEL = 0
"""Stands for the opportunities channel where a person is named who gets a digest."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was typed and not posted yet; `about` is the opportunity it edits, 0 for none."""

    form: Form
    kind: Kind
    about: int = 0


class PublishTrouble(StrEnum):
    """Why an opportunity could not be published."""

    GONE = "gone"
    ALREADY = "already published"
    CAP = "cap reached"
    PAST = "deadline past"


@dataclass(frozen=True, slots=True)
class Published:
    """An opportunity that is open now, and how many organizations were or will be notified."""

    opportunity: Opportunity
    reached: int


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a partner.

    Attributes:
        name: as the directory shows it; empty before they said anything about that.
        organizations: all they speak for, the one joined last first.
        shown: they agreed that the directory names them.
        contact: what interested partners and posters may be given to write to.
    """

    person: int
    name: str
    organizations: tuple[str, ...]
    notifications: Notifications
    shown: bool = False
    contact: str = ""


class OpportunityStorage(Protocol):
    """Opportunities, answers to them, partners.

    Whatever somebody has to hear of is written to the outbox in the transaction of its cause; see
    `bot.opportunities.rules.notices` for which notices follow from what.
    """

    # -- posting ---------------------------------------------------------------------------------

    async def keep_form(self, alliance: int, person: int, kept: KeptForm) -> None:
        """Keep what was typed, until it is posted or discarded; one for each `about`."""

    async def drop_form(self, alliance: int, person: int, about: int = 0) -> bool:
        """Delete what was typed; False if nothing is kept."""

    async def kept_form(self, alliance: int, person: int, about: int = 0) -> KeptForm | None:
        """What was typed last."""

    async def add_draft(
        self, alliance: int, poster: int, poster_name: str, organization: str, offer: Offer
    ) -> Opportunity:
        """Store an opportunity that isn't posted yet."""

    async def change_draft(self, alliance: int, opportunity: int, offer: Offer) -> bool:
        """Change a draft; False if it is none any more."""

    async def discard(self, alliance: int, opportunity: int) -> bool:
        """Give a draft up; False if it is none any more."""

    async def publish(
        self,
        alliance: int,
        opportunity: int,
        matches: Sequence[Match],
        channel: int | None,
        *,
        cap: int = DEFAULT_CAP,
    ) -> Published | PublishTrouble:
        """Open a draft, and write down who is told: exactly once, within the cap of the day.

        Who is told how follows from what people want at this moment, whatever `matches` says.
        """

    async def published_today(self, alliance: int, poster: int, organization: str) -> int:
        """How many an organization, or a person without one, published this UTC day."""

    async def set_message(
        self, alliance: int, opportunity: int, *, channel: int, message: int
    ) -> None:
        """Note where it stands; it is refreshed there if anything happened to it meanwhile."""

    async def set_question_thread(self, alliance: int, opportunity: int, thread: int) -> None:
        """Note where questions about it are asked."""

    # -- life ------------------------------------------------------------------------------------

    async def opportunity(self, alliance: int, opportunity: int) -> Opportunity | None:
        """An opportunity by its id."""

    async def opportunities(
        self,
        alliance: int,
        *,
        states: Sequence[State] = (State.OPEN,),
        poster: int | None = None,
        limit: int = 200,
    ) -> tuple[Opportunity, ...]:
        """Opportunities, those that close first first, then the newest."""

    async def answers(self, alliance: int, opportunity: int) -> tuple[Respondent, ...]:
        """The answers to an opportunity, in the order in which they were given."""

    async def reply(self, alliance: int, opportunity: int, by: Respondent) -> Replied | None:
        """Take an answer, in one transaction; None if there is no such opportunity."""

    async def ask_about(self, alliance: int, opportunity: int, inquiry: Inquiry) -> bool:
        """Take a question, once, with who is to be told; False if there is nothing to ask about."""

    async def edit(
        self, alliance: int, opportunity: int, offer: Offer
    ) -> tuple[Opportunity, tuple[str, ...]] | None:
        """Change an open opportunity: it, and which fields changed; None if it isn't open."""

    async def close_opportunity(
        self, alliance: int, opportunity: int, outcome: Outcome | None, note: str = ""
    ) -> bool:
        """Close it, or note what came of one that is closed; False if nothing of that is new."""

    async def close_by_deadline(self, alliance: int, opportunity: int) -> bool:
        """Close it because its time is over; False if it isn't, or it is closed."""

    async def told(self, alliance: int, since: datetime | None = None) -> tuple[Told, ...]:
        """What was posted since, each with whom it reached and what was answered."""

    # -- partners --------------------------------------------------------------------------------

    async def listeners(self, alliance: int) -> tuple[Listener, ...]:
        """Everybody who speaks for an organization."""

    async def person(self, alliance: int, person: int) -> Person:
        """A person as a partner; without organizations where they joined none."""

    async def set_notifications(
        self, alliance: int, person: int, notifications: Notifications
    ) -> None:
        """Keep when a person wants to hear; what waits for a digest moves along."""

    async def set_shown(
        self, alliance: int, person: int, *, shown: bool, name: str, contact: str
    ) -> None:
        """Keep what the directory may show of a person."""

    async def leave_organization(self, alliance: int, person: int, name: str) -> bool:
        """A person no longer speaks for an organization; False if they did not."""

    async def set_profile(
        self,
        alliance: int,
        organization: str,
        *,
        interests: Sequence[str] | None = None,
        region: str | None = None,
    ) -> bool:
        """Change what an organization looks for and where; what is None stays."""

    async def partners(self, alliance: int) -> tuple[PartnerProfile, ...]:
        """The directory, by name."""

    # -- digests ---------------------------------------------------------------------------------

    async def waiting_for_digest(
        self, alliance: int, person: int, before: datetime | None = None
    ) -> tuple[tuple[Opportunity, ...], tuple[Opportunity, ...]]:
        """For a person: what is new, and what was shown before, is open and not answered.

        Args:
            alliance: which one.
            person: who; `CHANNEL` for what is to be shown in the opportunities channel.
            before: leaves out what became new after this. A digest that was tried before
                (`Notice.tried`) may have arrived as it was then.
        """

    async def digest_shown(
        self, alliance: int, person: int, shown: Sequence[int], notice: int | None = None
    ) -> None:
        """Note that a digest showed these opportunities, and plan the next.

        Args:
            alliance: which one.
            person: who saw it, or `CHANNEL`.
            shown: what was new or closing soon in it; maybe nothing.
            notice: what it was delivered for; counts as sent, in the same transaction.
        """

    async def fall_back_to_channel(
        self, alliance: int, notice: int, opportunities: Sequence[int]
    ) -> bool:
        """Give up a notice to somebody who takes no direct messages: the channel shows it instead.

        It comes with the next digest in the alliance's opportunities channel, if there is one.
        False if the notice does not wait any more.
        """
