"""Quiet hours, the moment something is due, and the hours people type."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import Unclear
from bot.core.quiet_hours import QuietHours, due_moment, next_allowed, read_hours

NEW_YORK = ZoneInfo("America/New_York")
MINUTE = dt.timedelta(minutes=1)
TIMES = st.integers(0, 1439).map(lambda minute: dt.time(minute // 60, minute % 60))
HOURS = (
    st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1]).map(lambda p: QuietHours(*p))
)
MOMENTS = st.integers(1_600_000_000, 3_700_000_000).map(
    lambda s: dt.datetime.fromtimestamp(s, dt.UTC)
)
# March 8 and November 1, 2026 are when the clocks change in New York.
CHANGES = st.sampled_from(["2026-03-08T07:00", "2026-11-01T06:00"]).flatmap(
    lambda change: st.integers(-26 * 60, 26 * 60).map(
        lambda minutes: dt.datetime.fromisoformat(change + "Z") + minutes * MINUTE
    )
)
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


def hours(start: str, end: str) -> QuietHours:
    return QuietHours(dt.time.fromisoformat(start), dt.time.fromisoformat(end))


@pytest.mark.parametrize(
    ("quiet", "when", "allowed"),
    [
        (("22:00", "07:00"), "2026-06-10T21:59-04:00", "2026-06-10T21:59-04:00"),
        (("22:00", "07:00"), "2026-06-10T22:00-04:00", "2026-06-11T07:00-04:00"),
        (("22:00", "07:00"), "2026-06-11T06:59-04:00", "2026-06-11T07:00-04:00"),
        (("22:00", "07:00"), "2026-06-11T07:00-04:00", "2026-06-11T07:00-04:00"),
        (("12:00", "13:30"), "2026-06-11T12:15-04:00", "2026-06-11T13:30-04:00"),
        (("12:00", "13:30"), "2026-06-11T13:30-04:00", "2026-06-11T13:30-04:00"),
        (("22:00", "00:00"), "2026-06-11T23:00-04:00", "2026-06-12T00:00-04:00"),
        # over a night in which the clocks change the end is where the clock shows it
        (("22:00", "07:00"), "2026-03-07T23:00-05:00", "2026-03-08T07:00-04:00"),
        (("22:00", "07:00"), "2026-10-31T23:00-04:00", "2026-11-01T07:00-05:00"),
        # 2:30 is skipped: 3:00 comes right after 1:59
        (("22:00", "02:30"), "2026-03-08T01:00-05:00", "2026-03-08T03:00-04:00"),
        (("22:00", "02:30"), "2026-03-08T03:10-04:00", "2026-03-08T03:10-04:00"),
        # 1:30 comes twice, and the half hour before it is quiet both times
        (("22:00", "01:30"), "2026-11-01T01:10-04:00", "2026-11-01T01:30-04:00"),
        (("22:00", "01:30"), "2026-11-01T01:10-05:00", "2026-11-01T01:30-05:00"),
        (("22:00", "01:30"), "2026-11-01T01:40-04:00", "2026-11-01T01:40-04:00"),
        # the only quarter of an hour that isn't quiet is skipped that day
        (("02:45", "02:30"), "2026-03-07T12:00-05:00", "2026-03-09T02:30-04:00"),
    ],
)
def test_what_falls_into_quiet_hours_waits_for_their_end(
    quiet: tuple[str, str], when: str, allowed: str
) -> None:
    moment = dt.datetime.fromisoformat(when)

    found = next_allowed(moment, NEW_YORK, hours(*quiet))

    assert found == dt.datetime.fromisoformat(allowed)
    assert found.tzinfo is dt.UTC


def test_without_quiet_hours_it_is_the_moment_itself() -> None:
    moment = dt.datetime(2026, 6, 11, 3, tzinfo=dt.UTC)

    assert next_allowed(moment, NEW_YORK, None) == moment


def test_a_day_a_whole_country_skips_is_not_waited_for() -> None:
    apia = ZoneInfo("Pacific/Apia")  # December 29, 2011 was followed by the 31st
    evening = dt.datetime(2011, 12, 29, 23, tzinfo=apia)

    found = next_allowed(evening, apia, hours("22:00", "07:00")).astimezone(apia)

    assert found.isoformat() == "2011-12-31T07:00:00+14:00"


def test_quiet_hours_that_would_never_end_can_not_be_made() -> None:
    with pytest.raises(ValueError, match="never end"):
        QuietHours(dt.time(7), dt.time(7))


@given(MOMENTS, ZONES, HOURS)
def test_the_next_allowed_moment_is_never_quiet_and_never_before(
    when: dt.datetime, zone: ZoneInfo, quiet: QuietHours
) -> None:
    found = next_allowed(when, zone, quiet)

    assert when <= found <= when + dt.timedelta(hours=50)
    assert not quiet.cover(found.astimezone(zone).time())
    assert next_allowed(found, zone, quiet) == found


@given(CHANGES, HOURS)
def test_the_next_allowed_moment_is_the_one_found_minute_by_minute(
    when: dt.datetime, quiet: QuietHours
) -> None:
    found = next_allowed(when, NEW_YORK, quiet)
    moment = when
    while quiet.cover(moment.astimezone(NEW_YORK).time()):
        moment += MINUTE

    if moment != found:  # only where the clock, put back, shows the time before the start again
        before, after = (each.astimezone(NEW_YORK) for each in (moment - MINUTE, moment))
        assert after.replace(tzinfo=None) < before.replace(tzinfo=None)
        assert moment < found


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        ("2026-06-10", "09:00", "2026-06-10T09:00-04:00"),
        ("2026-12-10", "09:00", "2026-12-10T09:00-05:00"),
        ("2026-03-08", "09:00", "2026-03-08T09:00-04:00"),
        ("2026-03-08", "02:30", "2026-03-08T03:00-04:00"),
        ("2026-11-01", "01:30", "2026-11-01T01:30-04:00"),
    ],
)
def test_a_day_is_due_when_the_clock_there_first_shows_the_time(
    day: str, at: str, moment: str
) -> None:
    due = due_moment(dt.date.fromisoformat(day), NEW_YORK, dt.time.fromisoformat(at))

    assert due == dt.datetime.fromisoformat(moment)
    assert due.tzinfo is dt.UTC


def test_a_day_without_a_time_is_due_at_nine() -> None:
    assert due_moment(dt.date(2026, 6, 10), NEW_YORK).isoformat() == "2026-06-10T13:00:00+00:00"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), TIMES, ZONES)
def test_a_due_moment_shows_the_day_and_time_asked_for_or_the_next_there_is(
    day: dt.date, at: dt.time, zone: ZoneInfo
) -> None:
    asked = dt.datetime.combine(day, at)

    shown = due_moment(day, zone, at).astimezone(zone).replace(tzinfo=None)

    if shown != asked:
        just_before = (due_moment(day, zone, at) - MINUTE).astimezone(zone).replace(tzinfo=None)
        assert just_before < asked < shown


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("22-7", "22:00", "07:00"),
        ("22:00-07:00", "22:00", "07:00"),
        ("22:30 to 6:15", "22:30", "06:15"),
        ("10pm to 7am", "22:00", "07:00"),
        ("10 p.m. – 7 a.m.", "22:00", "07:00"),
        ("from 10PM until 7AM", "22:00", "07:00"),
        ("between 10:30pm and 6:15 am", "22:30", "06:15"),
        ("midnight to noon", "00:00", "12:00"),
        ("10pm - 07:00", "22:00", "07:00"),
        ("0-7", "00:00", "07:00"),
        ("22-24", "22:00", "00:00"),
        ("9-17", "09:00", "17:00"),
    ],
)
def test_quiet_hours_are_read(typed: str, start: str, end: str) -> None:
    assert read_hours(typed) == hours(start, end)


@pytest.mark.parametrize("typed", ["none", "No", "off", "never", "no quiet hours"])
def test_none_asks_for_no_quiet_hours(typed: str) -> None:
    assert read_hours(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["", "10-7", "10pm-7", "10-7am", "22-22", "0-24", "25-7", "22-7:60", "13pm-7am", "22", "10pm", "-",
     "night", "²-7", "٢٢-٧", "22-7 or so", "22-7" + " " * 4_000, "9" * 4_000, "22--7"],
)  # fmt: skip
def test_hours_that_may_mean_two_things_or_nothing_are_unclear(typed: str) -> None:
    assert read_hours(typed) == Unclear(typed)


HOUR_WORDS = st.sampled_from("22 7 10pm 7am 24 99 - to and from 22:00 none".split())  # noqa: SIM905


@given(st.text(max_size=80) | st.lists(HOUR_WORDS, max_size=5).map(" ".join))
def test_any_text_is_read_as_hours_without_an_error(typed: str) -> None:
    read = read_hours(typed)

    assert read is None or isinstance(read, QuietHours) or read == Unclear(typed)
