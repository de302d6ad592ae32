"""Understanding the dates people type."""

from __future__ import annotations

import calendar
import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.dates import Day, Past, TooFar, Unclear, read_clock, read_date

NEW_YORK = ZoneInfo("America/New_York")
NOW = dt.datetime(2026, 3, 18, 14, 30, tzinfo=dt.UTC)  # a Wednesday, 10:30 in New York
TODAY = dt.date(2026, 3, 18)
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
MOMENTS = st.integers(1_600_000_000, 3_700_000_000).map(
    lambda s: dt.datetime.fromtimestamp(s, dt.UTC)
)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-03-18"),
        ("tonight", "2026-03-18"),
        ("this afternoon", "2026-03-18"),
        ("by EOD", "2026-03-18"),
        ("by the end of the day", "2026-03-18"),
        ("Tomorrow", "2026-03-19"),
        ("tomorrow morning", "2026-03-19"),
        ("the day after tomorrow", "2026-03-20"),
        # weekdays
        ("Friday", "2026-03-20"),
        ("fri.", "2026-03-20"),
        ("sat", "2026-03-21"),
        ("this Friday", "2026-03-20"),
        ("next Friday", "2026-03-20"),
        ("by Friday", "2026-03-20"),
        ("no later than Friday", "2026-03-20"),
        ("on or before Friday, please!", "2026-03-20"),
        ("Friday at the latest", "2026-03-20"),
        ("EOD Friday", "2026-03-20"),
        ("by the end of the day on Friday", "2026-03-20"),
        ("Wednesday", "2026-03-25"),
        ("Monday week", "2026-03-30"),
        ("a week from Monday", "2026-03-30"),
        ("Friday next week", "2026-03-27"),
        ("next week Friday", "2026-03-27"),
        ("Friday of this week", "2026-03-20"),
        # lengths of time
        ("in two weeks", "2026-04-01"),
        ("in two weeks' time", "2026-04-01"),
        ("within the next two weeks", "2026-04-01"),
        ("a fortnight", "2026-04-01"),
        ("30 days", "2026-04-17"),
        ("within thirty days", "2026-04-17"),
        ("in twenty-one days", "2026-04-08"),
        ("in a month", "2026-04-18"),
        ("in 3 months and 2 weeks", "2026-07-02"),
        ("6 weeks from now", "2026-04-29"),
        ("a week from today", "2026-03-25"),
        ("two weeks from Friday", "2026-04-03"),
        ("2 weeks after January 5, 2027", "2027-01-19"),
        ("in ninety days", "2026-06-16"),
        ("ninety day", "2026-06-16"),
        ("in a month, a week and a day", "2026-04-26"),
        ("a week and two weeks", "2026-04-08"),
        ("3 fortnights from now", "2026-04-29"),
        ("a year and a day from Friday", "2027-03-21"),
        ("0 days", "2026-03-18"),
        # stretches of time
        ("this week", "2026-03-20"),
        ("end of the week", "2026-03-20"),
        ("next week", "2026-03-27"),
        ("start of next week", "2026-03-23"),
        ("end of the month", "2026-03-31"),
        ("EOM", "2026-03-31"),
        ("next month", "2026-04-30"),
        ("end of next month", "2026-04-30"),
        ("mid next month", "2026-04-15"),
        ("beginning of next month", "2026-04-01"),
        ("start of the month", "2026-04-01"),
        ("this quarter", "2026-03-31"),
        ("next quarter", "2026-06-30"),
        ("before the end of the year", "2026-12-31"),
        ("year-end", "2026-12-31"),
        ("next year", "2027-12-31"),
        ("end of 2027", "2027-12-31"),
        ("January", "2027-01-31"),
        ("March", "2026-03-31"),
        ("may", "2026-05-31"),
        ("January '28", "2028-01-31"),
        ("end of January", "2027-01-31"),
        ("around mid January", "2027-01-15"),
        ("mid-Jan", "2027-01-15"),
        ("mid March", "2027-03-15"),
        ("last day of February 2028", "2028-02-29"),
        ("Q1 2027", "2027-03-31"),
        ("end of Q1", "2026-03-31"),
        ("Q4", "2026-12-31"),
        ("the end of the first quarter of 2027", "2027-03-31"),
        # days of the calendar
        ("the 15th", "2026-04-15"),
        ("the 18th", "2026-03-18"),
        ("31st", "2026-03-31"),
        ("15th of next month", "2026-04-15"),
        ("January 5", "2027-01-05"),
        ("Jan 5th", "2027-01-05"),
        ("Jan. 5", "2027-01-05"),
        ("the first of January", "2027-01-01"),
        ("5 Jan 2027", "2027-01-05"),
        ("5-Jan-2027", "2027-01-05"),
        ("5th of January, 2027", "2027-01-05"),
        ("Tuesday, January 5, 2027", "2027-01-05"),
        ("Jan 5 (Tuesday)", "2027-01-05"),
        ("March 18", "2026-03-18"),
        ("March 17", "2027-03-17"),
        ("Sept 5", "2026-09-05"),
        ("Feb 29", "2028-02-29"),
        ("1/5/2027", "2027-01-05"),
        ("1/5/27", "2027-01-05"),
        ("1.5.2027", "2027-01-05"),
        ("1-5-2027", "2027-01-05"),
        ("15/1/2027", "2027-01-15"),
        ("31.12.27", "2027-12-31"),
        ("the 3rd of sep '27", "2027-09-03"),
        ("1/5", "2027-01-05"),
        ("3/18", "2026-03-18"),
        ("2027-01-05", "2027-01-05"),
        ("2027-1-5", "2027-01-05"),
        ("2027/01/05", "2027-01-05"),
        ("２０２７－０１－０５", "2027-01-05"),
        ("  by\u00a02027-01-05. ", "2027-01-05"),
        ("2031-03-18", "2031-03-18"),
        ("<t:1794000000:D>", "2026-11-06"),
        ("by <t:1794000000:d>", "2026-11-06"),
    ],
)
def test_a_day_in_words_or_figures_is_read(typed: str, day: str) -> None:
    assert read_date(typed, NOW, NEW_YORK) == Day(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow 5pm", "2026-03-19T17:00"),
        ("5 p.m. tomorrow", "2026-03-19T17:00"),
        ("tomorrow, by 5:30 PM", "2026-03-19T17:30"),
        ("no later than 5pm on Friday", "2026-03-20T17:00"),
        ("Friday at noon", "2026-03-20T12:00"),
        ("Friday 12am", "2026-03-20T00:00"),
        ("Friday midnight", "2026-03-20T23:59"),
        ("5pm", "2026-03-18T17:00"),
        ("2027-01-05 17:00", "2027-01-05T17:00"),
        ("2027-01-05T17:00:00", "2027-01-05T17:00"),
        ("2027-01-05T17:00:00Z", "2027-01-05T12:00"),
        ("2027-01-05 23:00-08:00", "2027-01-06T02:00"),
        ("Friday 5pm ET", "2026-03-20T17:00"),
        ("Friday 10pm Pacific time", "2026-03-21T01:00"),
        ("in an hour", "2026-03-18T11:30"),
        ("within 48 hours", "2026-03-20T10:30"),
        ("<t:1794000000>", "2026-11-06T16:20"),
        ("<t:1794000000:R>", "2026-11-06T16:20"),
    ],
)
def test_a_time_of_day_is_kept_as_the_reader_s_clock_shows_it(typed: str, day: str) -> None:
    moment = dt.datetime.fromisoformat(day)

    assert read_date(typed, NOW, NEW_YORK) == Day(moment.date(), moment.time())


VAGUE = """
    soon|asap|later|tbd|when we can|as needed|ongoing|42|15|2027|never|every Friday|Fridays|now
    before the meeting|we may|may or june|I sat down|second|the second|first|this|next|last|a|m|in|by|the
    month|week|day|morning|in the morning|in a few weeks|1.5 weeks|2-3 weeks
    Friday or Monday|Monday-Wednesday|Jan 5 - Jan 10|May 5-7|1-5|24/7|50/50|9-5|1 2 3|early January
    after Easter|the summer|TBD Friday|Friday maybe|ask Bob|January 5 party|may 5 people|in 5|at 5
    Friday at 5|mid week|middle of 2027|the week of January 5|not Friday|5 PM EST5EDT|Friday 🎉
    demain|morgen|el viernes|明日|明天|завтра|غدا|٢٠٢٧-٠١-٠٥|👍|🗓️|???|---|'|()|<t:>|<t:abc:D>|<@123>
"""
IMPOSSIBLE = """
    February 30|30 February|Feb 29 2027|April 31|January 32|January 0|the 32nd|the 0th|January 45
    2027-13-45|2027-13-05|2027-02-29|0000-01-01|2/31/2027|31/2/2027|13/13/2027|2/30/27|0/5/2027|15/1
    Monday, January 5, 2027|Friday 25:00|Friday 13pm|0am|12:60|Q5|5th quarter|2027-01-05T25:00Z
    in 9999 years|<t:9999999999999:D>|<t:-9999999999999>|9999-12-31T23:00:00-14:00|end of 9999
"""


@pytest.mark.parametrize(
    "typed", [item.strip() for item in VAGUE.replace("\n", "|").split("|")] + ["Fri\x00day"]
)
def test_vague_words_are_unclear_and_come_back_as_typed(typed: str) -> None:
    assert read_date(typed, NOW, NEW_YORK) == Unclear(typed)


@pytest.mark.parametrize(
    "typed", [item.strip() for item in IMPOSSIBLE.strip().replace("\n", "|").split("|")]
)
def test_a_day_no_calendar_has_does_not_become_another(typed: str) -> None:
    assert read_date(typed, NOW, NEW_YORK) == Unclear(typed)


@pytest.mark.parametrize(
    "typed", ["x" * 4_000, "Friday" + " " * 4_000 + "or not", "sat " * 1_000, "ﷺ" * 100, "by " * 33]
)
def test_long_texts_are_unclear(typed: str) -> None:
    assert read_date(typed, NOW, NEW_YORK) == Unclear(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("yesterday", "2026-03-17"),
        ("the day before yesterday", "2026-03-16"),
        ("2020-01-01", "2020-01-01"),
        ("last Friday", "2026-03-13"),
        ("last Wednesday", "2026-03-11"),
        ("Monday of this week", "2026-03-16"),
        ("March 3 2026", "2026-03-03"),
        ("3/3/26", "2026-03-03"),
        ("2 weeks ago", "2026-03-04"),
        ("a year and three months ago", "2024-12-18"),
        ("1/5/1999", "1999-01-05"),
        ("last month", "2026-02-28"),
        ("January 2026", "2026-01-31"),
        ("Q4 2025", "2025-12-31"),
        ("10am", "2026-03-18"),
        ("today at 9:00", "2026-03-18"),
        ("<t:1000000000:D>", "2001-09-08"),
    ],
)
def test_a_day_or_time_gone_by_is_past(typed: str, day: str) -> None:
    assert read_date(typed, NOW, NEW_YORK) == Past(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2031-03-19", "2031-03-19"),
        ("1/5/2099", "2099-01-05"),
        ("in 10 years", "2036-03-18"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_more_than_five_years_ahead_is_too_far(typed: str, day: str) -> None:
    assert read_date(typed, NOW, NEW_YORK) == TooFar(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("now", "typed", "day"),
    [
        ("2026-03-20", "Friday", "2026-03-27"),  # strictly after today
        ("2026-03-20", "end of the week", "2026-03-20"),
        ("2026-03-21", "end of the week", "2026-03-27"),  # a Saturday
        ("2026-03-22", "next week", "2026-03-27"),  # a Sunday
        ("2026-03-31", "end of the month", "2026-03-31"),
        ("2026-12-31", "next month", "2027-01-31"),
        ("2026-12-31", "next quarter", "2027-03-31"),
        ("2026-12-30", "Q4", "2026-12-31"),
        ("2027-01-31", "in a month", "2027-02-28"),
        ("2027-03-31", "in 11 months", "2028-02-29"),
        ("2028-02-29", "in a year", "2029-02-28"),
        ("2028-02-29", "Feb 29", "2028-02-29"),
        ("2026-04-01", "the 31st", "2026-05-31"),
        ("2028-02-29", "2033-02-28", "2033-02-28"),
    ],
)
def test_the_turn_of_a_week_month_or_year_is_right(now: str, typed: str, day: str) -> None:
    noon = dt.datetime.fromisoformat(now).replace(hour=16, tzinfo=dt.UTC)

    assert read_date(typed, noon, NEW_YORK) == Day(dt.date.fromisoformat(day))


def test_today_is_the_reader_s_day() -> None:
    late = dt.datetime(2026, 3, 18, 23, 30, tzinfo=dt.UTC)

    assert read_date("today", late, NEW_YORK) == Day(TODAY)
    assert read_date("today", late, ZoneInfo("Asia/Tokyo")) == Day(dt.date(2026, 3, 19))


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("5pm", "17:00"), ("12am", "00:00"), ("12 noon", "12:00"), ("midnight", "00:00"),
     ("5:30 p.m.", "17:30"), ("07:05", "07:05")],
)  # fmt: skip
def test_a_time_of_day_is_read(typed: str, clock: str) -> None:
    assert read_clock(typed) == dt.time.fromisoformat(clock)


@pytest.mark.parametrize("typed", ["", "5", "24:00", "13pm", "0am", "5:7", "noonish", "soon"])
def test_what_is_no_time_of_day_is_none(typed: str) -> None:
    assert read_clock(typed) is None


@given(MOMENTS, ZONES, st.integers(0, 5 * 365))
def test_every_coming_iso_date_reads_as_itself_in_any_zone(
    now: dt.datetime, zone: ZoneInfo, ahead: int
) -> None:
    day = now.astimezone(zone).date() + dt.timedelta(days=ahead)

    assert read_date(day.isoformat(), now, zone) == Day(day)


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)),
    st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    st.sampled_from(["{name} {day}", "{day} {name}", "{month}/{day}", "the {day}th of {name}"]),
)
def test_a_date_without_a_year_is_the_first_one_from_today_on(
    today: dt.date, other: dt.date, shape: str
) -> None:
    typed = shape.format(name=calendar.month_name[other.month], day=other.day, month=other.month)
    now = dt.datetime.combine(today, dt.time(12), dt.UTC)
    days = (today + dt.timedelta(days=ahead) for ahead in range(9 * 366))
    coming = next(day for day in days if (day.month, day.day) == (other.month, other.day))
    near = (coming.year - 5, coming.month, coming.day) <= (today.year, today.month, today.day)

    assert read_date(typed, now, ZoneInfo("UTC")) == (Day(coming) if near else TooFar(coming))


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)),
    st.integers(0, 1_800),
    st.sampled_from(["%m/%d/%Y", "%B %d, %Y", "%d %b %Y", "%A, %b %d %Y", "%Y/%m/%d at 3:15pm"]),
)
def test_a_whole_date_reads_as_itself_however_it_is_written(
    today: dt.date, ahead: int, shape: str
) -> None:
    day = today + dt.timedelta(days=ahead)
    now = dt.datetime.combine(today, dt.time(12), dt.UTC)

    read = read_date(day.strftime(shape), now, ZoneInfo("UTC"))

    assert read == Day(day, dt.time(15, 15) if "at" in shape else None)


ONES = "one two three four five six seven eight nine".split()  # noqa: SIM905
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


@pytest.mark.parametrize("unit", ["days", "weeks", "months"])
def test_numbers_in_words_are_those_in_figures(unit: str) -> None:
    written = (
        ONES + TEENS + [f"{ten}{one}" for ten in TENS for one in ["", *(f"-{o}" for o in ONES)]]
    )

    assert len(written) == 99
    for number, words in enumerate(written, 1):
        for shape in ("in {} {}", "{} {} ago", "{} {} after Friday"):
            by_words = read_date(shape.format(words, unit), NOW, NEW_YORK)
            assert by_words == read_date(shape.format(number, unit), NOW, NEW_YORK)
            assert not isinstance(by_words, Unclear)


WORDS = st.sampled_from(
    """a an the by end of mid start next this last in within from ago week weeks month months year quarter day days
    friday mon may january feb 29 30 31st 15th 1 5 12 2027 9999 0 1/5 2/30 2027-02-30 17:00 25:00 5pm noon midnight
    eod est q1 first and after tomorrow yesterday - , . <t:1> <t:9999999999999> hours or '""".split()  # noqa: SIM905
)


@settings(max_examples=300)
@given(st.text(max_size=120) | st.lists(WORDS, max_size=7).map(" ".join), MOMENTS, ZONES)
def test_any_text_is_read_without_an_error_and_on_the_right_side_of_today(
    typed: str, now: dt.datetime, zone: ZoneInfo
) -> None:
    today = now.astimezone(zone).date()

    read = read_date(typed, now, zone)

    match read:
        case Day(day, _):
            assert today <= day <= today + dt.timedelta(days=5 * 366)
        case Past(day):
            assert day <= today
        case TooFar(day):
            assert day > today + dt.timedelta(days=5 * 365)
        case Unclear(text):
            assert text == typed
