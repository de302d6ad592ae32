from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.opportunities.rules.digest import (
    CLOSING_SOON,
    closes_soon,
    digest_due,
    make_digest,
    next_digest,
)
from bot.opportunities.rules.models import Kind, Mode, Notifications, Opportunity
from tests.opportunities.rules.samples import NOW, SEATS, opportunity

ZONES = st.sampled_from(
    ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu",
     "America/Havana", "Africa/Cairo", "Pacific/Chatham"]
).map(ZoneInfo)  # fmt: skip
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=UTC)
)
HOURS = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def shows(moment: datetime, zone: ZoneInfo) -> time:
    return moment.astimezone(zone).time()


def exists(moment: datetime, zone: ZoneInfo, hour: time) -> bool:
    """Whether the clock shows an hour on a moment's day."""
    local = datetime.combine(moment.astimezone(zone).date(), hour, zone)
    return local.astimezone(UTC).astimezone(zone).time() == hour


@given(st.sampled_from([Mode.DAILY, Mode.WEEKLY]), HOURS, ZONES, MOMENTS)
def test_a_digest_is_due_after_now_at_the_hour_asked_for_and_weekly_on_mondays(
    mode: Mode, hour: time, zone: ZoneInfo, now: datetime
) -> None:
    due = digest_due(Notifications(mode, hour, zone), now)
    assert due is not None
    longest = timedelta(days=1 if mode is Mode.DAILY else 7, hours=2)  # clocks may be put back
    assert now < due <= now + longest
    if exists(due, zone, hour):
        assert shows(due, zone) == hour
    if mode is Mode.WEEKLY:
        assert due.astimezone(zone).weekday() == 0


@given(HOURS, ZONES, MOMENTS)
def test_each_day_has_one_digest_whatever_the_clocks_do(
    hour: time, zone: ZoneInfo, now: datetime
) -> None:
    wanted = Notifications(Mode.DAILY, hour, zone)
    days = []
    for _ in range(4):
        due = digest_due(wanted, now)
        assert due is not None
        days.append(due.astimezone(zone).date())
        now = due
    assert [later - day for day, later in pairwise(days)] == [timedelta(days=1)] * 3


@given(HOURS, ZONES, MOMENTS, st.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_a_clock_that_jumps_changes_only_which_digest_is_next(
    hour: time, zone: ZoneInfo, now: datetime, jump: timedelta
) -> None:
    wanted = Notifications(Mode.WEEKLY, hour, zone)
    before, after = digest_due(wanted, now), digest_due(wanted, now + jump)
    assert before is not None
    assert after is not None
    assume(jump >= timedelta())
    assert after >= before
    assert (after == before) == (now + jump < before)


@pytest.mark.parametrize("mode", [Mode.INSTANT, Mode.OFF])
def test_who_wants_no_digest_gets_none(mode: Mode) -> None:
    assert digest_due(Notifications(mode), NOW) is None


def test_in_spring_a_skipped_hour_is_the_moment_it_is_skipped() -> None:
    zone = ZoneInfo("America/New_York")
    due = digest_due(
        Notifications(Mode.DAILY, time(2, 30), zone), datetime(2026, 3, 8, 5, tzinfo=UTC)
    )
    assert due == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_in_autumn_an_hour_that_comes_twice_is_used_once() -> None:
    wanted = Notifications(Mode.DAILY, time(1, 30), ZoneInfo("America/New_York"))
    first = digest_due(wanted, datetime(2026, 11, 1, 5, tzinfo=UTC))
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert digest_due(wanted, first) == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mode", "ahead", "due"),
    [
        (Mode.DAILY, timedelta(days=10), NOW.replace(day=10, hour=9, minute=0)),
        (Mode.DAILY, timedelta(days=2), NOW.replace(day=3, hour=9, minute=0)),
        (Mode.DAILY, timedelta(hours=20), None),
        (Mode.WEEKLY, timedelta(days=8), NOW.replace(day=9, hour=9, minute=0)),
        (Mode.WEEKLY, timedelta(days=6), None),  # no Monday within three days before
        (Mode.INSTANT, timedelta(days=10), None),
        (Mode.OFF, timedelta(days=10), None),
        (Mode.DAILY, None, None),
    ],
)
def test_what_is_known_causes_a_digest_only_while_it_closes_soon(
    mode: Mode, ahead: timedelta | None, due: datetime | None
) -> None:
    known = opportunity(offer=replace(SEATS, deadline=NOW + ahead if ahead else None))
    assert next_digest(Notifications(mode), fresh=False, known=[known], now=NOW) == due
    if due is not None:
        assert make_digest([], [known], due).closing == (known,)


@pytest.mark.parametrize(
    ("mode", "due"),
    [
        (Mode.DAILY, NOW.replace(day=3, hour=9, minute=0)),
        (Mode.WEEKLY, NOW.replace(day=9, hour=9, minute=0)),
        (Mode.INSTANT, NOW),
        (Mode.OFF, None),
    ],
)
def test_what_is_new_comes_with_the_next_digest(mode: Mode, due: datetime | None) -> None:
    assert next_digest(Notifications(mode), fresh=True, known=[], now=NOW) == due


@pytest.mark.parametrize(
    ("ahead", "soon"),
    [
        (timedelta(), False),
        (timedelta(seconds=1), True),
        (CLOSING_SOON, True),
        (CLOSING_SOON + timedelta(seconds=1), False),
        (None, False),
    ],
)
def test_closing_soon_is_within_three_days_of_a_deadline(
    ahead: timedelta | None, soon: bool
) -> None:
    offer = replace(SEATS, deadline=None if ahead is None else NOW + ahead)
    assert closes_soon(opportunity(offer=offer), NOW) is soon


def test_a_digest_is_grouped_by_kind_and_what_closes_first_comes_first() -> None:
    def one(number: int, kind: Kind, days: int | None) -> Opportunity:
        deadline = None if days is None else NOW + timedelta(days=days)
        return opportunity(number, replace(SEATS, kind=kind, deadline=deadline))

    late, soon = one(1, Kind.EVENT, 9), one(2, Kind.EVENT, 2)
    endless, grant = one(3, Kind.EVENT, None), one(4, Kind.FUNDING, 1)
    known = [one(5, Kind.HELP, 2), one(6, Kind.HELP, 1), one(7, Kind.HELP, 9), soon]
    digest = make_digest([late, endless, soon, grant, soon], known, NOW)
    assert digest.fresh == ((Kind.FUNDING, (grant,)), (Kind.EVENT, (soon, late, endless)))
    assert digest.closing == (known[1], known[0])
    assert not digest.empty
    assert make_digest([], known[2:3], NOW).empty
