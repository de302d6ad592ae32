"""A question that asks for several things: whether the library has each of them.

Each thing is assessed by itself and as what follows the one before it; it counts as covered by the
better of the two, since "and who pays?" says little alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.models import Question
from bot.guide.assessment import Assessment
from bot.guide.query import asking_parts

MOST_NEEDS = 3
SEVERAL = 0.7
"""The chance of several needs from which each is looked at."""
_SURELY = 0.85
"""So sure a thing has to be covered by itself where the whole question is not."""
_SURELY_NOT = 0.1

Assess = Callable[[Sequence[Question]], Sequence[Assessment]]


@dataclass(frozen=True, slots=True)
class Need:
    """One of several things asked for, and what is known of it."""

    text: str
    alone: Assessment
    after: Assessment

    @property
    def confidence(self) -> float:
        """How surely the library covers it."""
        return max(self.alone.confidence, self.after.confidence)

    @property
    def is_covered(self) -> bool:
        """Whether it is surely covered, whatever else was asked for."""
        return self.alone.confidence >= _SURELY

    @property
    def is_uncovered(self) -> bool:
        """Whether it surely is not covered."""
        return self.confidence < _SURELY_NOT


def look_apart(assessments: Sequence[Assessment], assess: Assess) -> list[tuple[Need, ...]]:
    """What each of some questions needs, in order; nothing for one that may be one need."""
    found = [asking_parts(one.query.text)[:MOST_NEEDS] for one in assessments]
    questions = []
    for parts in found:
        for place, part in enumerate(parts):
            before = parts[place - 1] if place else parts[1]
            questions += [Question(part), Question(part, (before,))]
    read = iter(assess(questions) if questions else ())
    return [tuple(Need(part, next(read), next(read)) for part in parts) for parts in found]
