"""How often one person may ask: one measure for everything that costs the model work."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

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


class Pace:
    """A sliding window for each person: `questions` in `seconds`; who is over it is told once."""

    def __init__(self, questions: int = 5, seconds: float = 30.0) -> None:
        self._questions = questions
        self._window = timedelta(seconds=seconds)
        self._people: dict[int, _Person] = {}

    def take(self, person: int, now: datetime) -> Verdict:
        """Count a question of a person, unless it is one too many."""
        if len(self._people) >= _MOST_PEOPLE:
            self._forget(now - self._window)
        state = self._people.setdefault(person, _Person(deque()))
        while state.asked and state.asked[0] <= now - self._window:
            state.asked.popleft()
        if len(state.asked) < self._questions:
            state.asked.append(now)
            state.told = False
            return Verdict(allowed=True)
        wait = ceil((state.asked[0] + self._window - now).total_seconds())
        verdict = Verdict(allowed=False, seconds=max(wait, 1), told=state.told)
        state.told = True
        return verdict

    def _forget(self, before: datetime) -> None:
        self._people = {
            person: state
            for person, state in self._people.items()
            if state.asked and state.asked[-1] > before
        }
