"""What is kept of those who want to speak for an organization, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StewardsWord(StrEnum):
    """What a steward decided about somebody and an organization."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_OUT = "taken out"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """That somebody wants to speak for an organization, and waits for a steward's yes."""

    id: int
    person: int
    name: str
    organization: str
    asked: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of it that somebody wants to speak for an organization.

    Attributes:
        organization: its name as kept.
        told: how many others are told.
        asked: a steward is asked first; they don't speak for it yet.
    """

    organization: str
    told: int = 0
    asked: bool = False
