"""What was posted, whom it reached, what was answered, and what came of it, pure."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.core.markup import one_line
from bot.opportunities.rules.models import Opportunity, Outcome
from bot.opportunities.rules.replies import Counts

NO_ORGANIZATION = "no organization"
STILL_OPEN = "open"
NOT_SAID = "not said"
_FORMULA = frozenset("=+-@＝＋－＠")  # spreadsheets take the wide ones for the others


@dataclass(frozen=True, slots=True)
class Told:
    """One opportunity with what became of it.

    Attributes:
        reached: how many organizations were notified.
    """

    opportunity: Opportunity
    reached: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of one kind, or of one posting organization."""

    name: str
    posted: int
    reached: int
    interested: int
    waiting: int
    not_for_us: int
    outcomes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The numbers of a stretch of time."""

    total: Line
    by_kind: tuple[Line, ...]
    by_organization: tuple[Line, ...]


OUTCOMES = (*(outcome.value for outcome in Outcome), STILL_OPEN, NOT_SAID)
"""The columns of what came of opportunities."""


def make_report(told: Sequence[Told]) -> Report:
    """The numbers, in total, by kind and by who posted; the busiest first."""
    kinds: dict[str, list[Told]] = defaultdict(list)
    organizations: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        kinds[one.opportunity.offer.kind.value].append(one)
        organizations[one.opportunity.organization or NO_ORGANIZATION].append(one)
    return Report(_line("total", told), _lines(kinds), _lines(organizations))


def to_csv(report: Report) -> str:
    """The report as comma-separated values, one line for each kind and organization."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    head = ["by", "name", "posted", "reached", "interested", "waiting", "not for us", *OUTCOMES]
    table.writerow(head)
    groups = (("total", (report.total,)), ("kind", report.by_kind))
    for by, lines in (*groups, ("organization", report.by_organization)):
        for line in lines:
            numbers = [line.posted, line.reached, line.interested, line.waiting, line.not_for_us]
            outcomes = [line.outcomes.get(name, 0) for name in OUTCOMES]
            table.writerow([by, _plain(line.name), *numbers, *outcomes])
    return out.getvalue()


def _lines(groups: dict[str, list[Told]]) -> tuple[Line, ...]:
    lines = (_line(name, told) for name, told in groups.items())
    return tuple(sorted(lines, key=lambda line: (-line.posted, line.name.casefold())))


def _line(name: str, told: Iterable[Told]) -> Line:
    told = tuple(told)
    return Line(
        name,
        len(told),
        sum(one.reached for one in told),
        sum(one.counts.interested for one in told),
        sum(one.counts.waiting for one in told),
        sum(one.counts.not_for_us for one in told),
        dict(Counter(_outcome(one.opportunity) for one in told)),
    )


def _outcome(opportunity: Opportunity) -> str:
    if opportunity.closed is None:
        return STILL_OPEN
    return opportunity.outcome.value if opportunity.outcome else NOT_SAID


def _plain(name: str) -> str:
    """A name on one line, that a spreadsheet doesn't take for a formula."""
    name = one_line(name)
    return f"'{name}" if name[:1] in _FORMULA else name
