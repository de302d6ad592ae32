"""What is kept of opportunities and partners."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.opportunities.rules.models import (
    Kind,
    Notifications,
    OfferForm,
    Opportunity,
)

CHANNEL = 0
"""Stands for the opportunities channel where a person is named who gets a digest."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was typed and not posted yet; `about` is the opportunity it edits, 0 for none."""

    form: OfferForm
    kind: Kind
    about: int = 0


class PublishTrouble(StrEnum):
    """Why an opportunity could not be published."""

    GONE = "gone"
    ALREADY = "already published"
    CAP = "cap reached"
    OWN_CAP = "own cap reached"
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
