from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup import one_line
from bot.opportunities.rules.models import Kind, Outcome, State
from bot.opportunities.rules.replies import Counts
from bot.opportunities.rules.report import Told, make_report, to_csv
from tests.opportunities.rules.samples import NOW, SEATS, opportunity


def told(
    kind: Kind, organization: str, reached: int, counts: Counts, outcome: Outcome | None = None,
    *, closed: bool = True,
) -> Told:  # fmt: skip
    one = opportunity(offer=replace(SEATS, kind=kind), organization=organization, outcome=outcome)
    if closed:
        one = replace(one, state=State.CLOSED, closed=NOW)
    return Told(one, reached, counts)


ALL = [
    told(Kind.EVENT, "Port", 5, Counts(2, 1, 1), Outcome.FILLED),
    told(Kind.EVENT, "College", 3, Counts(1, 0, 0)),
    told(Kind.FUNDING, "Port", 4, Counts(0, 0, 2), Outcome.FILLED),
    told(Kind.HELP, "", 1, Counts(), closed=False),
]


def test_the_numbers_add_up_by_kind_and_by_organization() -> None:
    report = make_report(ALL)
    total = report.total
    assert (total.posted, total.reached) == (4, 13)
    assert (total.interested, total.waiting, total.not_for_us) == (3, 1, 3)
    assert total.outcomes == {"filled": 2, "not said": 1, "open": 1}
    assert [(line.name, line.posted, line.reached) for line in report.by_kind] == [
        ("event", 2, 8),
        ("funding call", 1, 4),
        ("request for help", 1, 1),
    ]
    assert [(line.name, line.posted, line.interested) for line in report.by_organization] == [
        ("Port", 2, 2),
        ("College", 1, 1),
        ("no organization", 1, 0),
    ]
    for lines in (report.by_kind, report.by_organization):
        assert sum(line.reached for line in lines) == total.reached
        assert sum(sum(line.outcomes.values()) for line in lines) == total.posted


def test_nothing_posted_is_a_report_of_noughts() -> None:
    report = make_report([])
    assert (report.total.posted, report.by_kind, report.by_organization) == (0, (), ())
    assert to_csv(report).splitlines()[1] == "total,total,0,0,0,0,0,0,0,0,0,0,0"


def test_the_table_has_a_line_for_the_total_and_each_kind_and_organization() -> None:
    lines = list(csv.DictReader(io.StringIO(to_csv(make_report(ALL)))))
    assert [(line["by"], line["name"]) for line in lines] == [
        ("total", "total"),
        ("kind", "event"),
        ("kind", "funding call"),
        ("kind", "request for help"),
        ("organization", "Port"),
        ("organization", "College"),
        ("organization", "no organization"),
    ]
    assert (lines[4]["filled"], lines[4]["not for us"], lines[6]["open"]) == ("2", "3", "1")


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("x")'],
)
def test_a_name_is_never_a_formula(name: str) -> None:
    table = to_csv(make_report([told(Kind.EVENT, name, 1, Counts())]))
    *_, last = csv.reader(io.StringIO(table, newline=""))
    assert last[1] == f"'{' '.join(name.split())}"


@given(st.text(min_size=1))
def test_any_name_comes_back_on_one_line_or_marked_as_text(name: str) -> None:
    table = to_csv(make_report([told(Kind.EVENT, name, 1, Counts())]))
    *_, last = csv.reader(io.StringIO(table, newline=""))
    plain = one_line(name)
    assert last[1] in {plain, f"'{plain}", "no organization"}
    assert not last[1].lstrip().startswith(("=", "+", "-", "@"))
