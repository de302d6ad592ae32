"""How much was deleted, of a person or by its age."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from operator import add

FORMER_MEMBER = "a former member"
"""Shown as the author of a practice note whose author asked to be forgotten."""

DEFAULT_DAYS_AFTER_REMOVAL = 30
"""How long an alliance's data stays once the bot is out of its server, unless configured."""

NOBODY = 0
"""Stands for a person who was forgotten, where somebody has to stand."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted of a person; of `notes` only the authorship.

    Attributes:
        pending: questions that were still to be answered.
        runs: private ones, and those of a team, which stay without the name.
        answers: to steps of runs that stay, and reasons to skip one.
        settings: also of drafts, and of organizations the person spoke for.
        opportunities: posts; those that were published stay without the name.
        replies: answers to opportunities.
    """

    questions: int = 0
    feedback: int = 0
    notes: int = 0
    choices: int = 0
    pending: int = 0
    runs: int = 0
    answers: int = 0
    commitments: int = 0
    settings: int = 0
    opportunities: int = 0
    replies: int = 0

    def __add__(self, other: Forgotten) -> Forgotten:
        return Forgotten(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was deleted because it was kept long enough."""

    exchanges: int = 0
    feedback: int = 0
    notes: int = 0
    events: int = 0
    pending: int = 0
    runs: int = 0
    commitments: int = 0
    notices: int = 0
    opportunities: int = 0

    def __add__(self, other: Purged) -> Purged:
        return Purged(*map(add, astuple(self), astuple(other)))
