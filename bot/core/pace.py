"""How much one person may ask of the bot: one measure for all that costs the model or Discord work."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from math import ceil

_MOST_PEOPLE = 10_000


class Cost(IntEnum):
    """What something costs, in parts of a question."""

    NOTHING = 0
    LOOKUP = 1
    QUESTION = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is taken; when not, from when on, and in how many seconds."""

    allowed: bool
    until: datetime
    seconds: int = 0


class Pace:
    """A sliding window for each person: so many `questions`, or what costs as much, in `seconds`."""

    def __init__(self, questions: int = 5, seconds: float = 30.0) -> None:
        self._most = questions * Cost.QUESTION
        self._window = timedelta(seconds=seconds)
        self._people: dict[int, deque[tuple[datetime, Cost]]] = {}

    def take(self, person: int, now: datetime, cost: Cost = Cost.QUESTION) -> Verdict:
        """Count what a person asks for, unless it is too much."""
        if not cost:
            return Verdict(allowed=True, until=now)
        if len(self._people) >= _MOST_PEOPLE:
            self._forget(now - self._window)
        taken = self._people.setdefault(person, deque())
        while taken and taken[0][0] <= now - self._window:
            taken.popleft()
        while taken and taken[-1][0] > now:  # the clock was set back
            taken.pop()
        spent: int = sum(part for _, part in taken)
        if spent + cost <= self._most:
            taken.append((now, cost))
            return Verdict(allowed=True, until=now)
        for at, part in taken:
            spent -= part
            if spent + cost <= self._most:
                until = at + self._window
                return Verdict(False, until, max(ceil((until - now).total_seconds()), 1))
        return Verdict(False, now + self._window, ceil(self._window.total_seconds()))

    def _forget(self, before: datetime) -> None:
        self._people = {
            person: taken
            for person, taken in self._people.items()
            if taken and taken[-1][0] > before
        }
