"""How often one person may ask."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bot.core.records import Clock
from bot.discord_ui.services import Pace

_MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a question is taken; when not, how long to wait and whether the person was told."""

    allowed: bool
    seconds: int = 0
    told: bool = False


@dataclass(slots=True)
class _Person:
    asked: deque[datetime]
    told: bool = False


class Cooldown:
    """A sliding window for each person; whoever is over it is told once."""

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self._pace = pace
        self._clock = clock
        self._people: dict[int, _Person] = {}

    def take(self, person: int) -> Verdict:
        """Count a question of a person, unless it is one too many."""
        now = self._clock()
        window = timedelta(seconds=self._pace.seconds)
        if len(self._people) >= _MOST_PEOPLE:
            self._forget(now - window)
        state = self._people.setdefault(person, _Person(deque()))
        while state.asked and state.asked[0] <= now - window:
            state.asked.popleft()
        if len(state.asked) < self._pace.questions:
            state.asked.append(now)
            state.told = False
            return Verdict(allowed=True)
        wait = ceil((state.asked[0] + window - now).total_seconds())
        verdict = Verdict(allowed=False, seconds=max(wait, 1), told=state.told)
        state.told = True
        return verdict

    def _forget(self, before: datetime) -> None:
        self._people = {
            person: state
            for person, state in self._people.items()
            if state.asked and state.asked[-1] > before
        }
