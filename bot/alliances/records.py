"""What is kept of an alliance: its settings, and what its channels are for.

Numbers named after a Discord thing (`channel`, roles) are Discord's ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

DEFAULT_RETENTION_DAYS = 180
LONGEST_RETENTION_DAYS = 3650


class ChannelPurpose(StrEnum):
    """What a channel is used for."""

    QUESTIONS = "questions"
    OPPORTUNITIES = "opportunities"
    STEWARDS = "stewards"


@dataclass(frozen=True, slots=True)
class AllianceSettings:
    """What stewards configured.

    Attributes:
        retention_days: how long questions are kept.
        joining_needs_yes: nobody speaks for an organization before a steward agreed.

    Raises:
        ValueError: the retention is out of bounds.
    """

    steward_role: int | None = None
    intermediary_role: int | None = None
    retention_days: int = DEFAULT_RETENTION_DAYS
    notes: str = ""
    joining_needs_yes: bool = False

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
    joining_needs_yes: bool


@dataclass(frozen=True, slots=True, order=True)
class PurposeChannel:
    """A channel and what it is used for; a channel may have several purposes."""

    channel: int
    purpose: ChannelPurpose
