"""The runs of one checklist next to each other: what changed from each to the next, pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.checklists.rules.brief import compare
from bot.checklists.rules.changes import Changes
from bot.checklists.rules.records import StoredRun
from bot.core.models import Library


@dataclass(frozen=True, slots=True)
class Chapter:
    """One run, and what changed since the one before; None for the first."""

    walk: StoredRun
    changes: Changes | None


def history(walks: Sequence[StoredRun], library: Library) -> tuple[Chapter, ...]:
    """Runs of one checklist in the order in which they began."""
    ordered = sorted(walks, key=lambda walk: (walk.run.started, walk.run.id))
    changes = [compare(old, new, library) for old, new in pairwise(ordered)]
    return tuple(
        Chapter(walk, change) for walk, change in zip(ordered, [None, *changes], strict=False)
    )
