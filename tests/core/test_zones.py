"""The time zones people type."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.zones import Zones

ZONES = Zones(
    {
        "NYC": "America/New_York",
        "St. Louis": "America/Chicago",
        "Hawaii": "Pacific/Honolulu",
        "Los Angeles": "America/Los_Angeles",
        "Washington DC": "America/New_York",
    }
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("America/New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("New York", "America/New_York"),
        ("new york, NY", "America/New_York"),
        ("NYC", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
        ("Eastern", "America/New_York"),
        ("US/Eastern", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("ET", "America/New_York"),
        ("EST", "America/New_York"),
        ("CDT", "America/Chicago"),
        ("Mountain time", "America/Denver"),
        ("PST", "America/Los_Angeles"),
        ("St. Louis", "America/Chicago"),
        ("Hawaii", "Pacific/Honolulu"),
        ("Berlin", "Europe/Berlin"),
        ("berlin, Germany", "Europe/Berlin"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("UTC", "UTC"),
        ("gmt+0", "UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("UTC −05:00", "Etc/GMT+5"),
        ("Etc/GMT-2", "Etc/GMT-2"),
    ],
)
def test_a_zone_is_known_by_what_people_call_it(typed: str, name: str) -> None:
    assert ZONES.read(typed) == ZoneInfo(name)


def test_an_offset_to_the_east_is_ahead_of_utc() -> None:
    zone = ZONES.read("UTC+2")

    assert zone is not None
    assert dt.datetime(2026, 6, 1, tzinfo=zone).utcoffset() == dt.timedelta(hours=2)


@pytest.mark.parametrize(
    "typed",
    ["", "mars", "west", "UTC+5:30", "UTC+99", "+", "12", "../etc/passwd", "/etc/localtime", "\0",
     "Factory", "localtime", "x" * 4_000, "Berlin" + " " * 4_000, "時刻", "🕘"],
)  # fmt: skip
def test_what_is_no_zone_is_none(typed: str) -> None:
    assert ZONES.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("new yrok", "America/New_York"),
        ("America/New_Yrok", "America/New_York"),
        ("Los Angles", "America/Los_Angeles"),
        ("chicgo", "America/Chicago"),
        ("Londn", "Europe/London"),
        ("Détroit", "America/Detroit"),
        ("pacfic", "America/Los_Angeles"),
        ("honolu", "Pacific/Honolulu"),
    ],
)
def test_a_zone_that_is_nearly_right_is_suggested_first(typed: str, name: str) -> None:
    assert ZONES.read(typed) is None
    assert ZONES.suggest(typed)[0] == name


def test_suggestions_are_few_different_and_none_when_nothing_is_close() -> None:
    close = ZONES.suggest("san", limit=3)

    assert len(close) == len(set(close)) == 3
    assert all(ZoneInfo(name) for name in close)
    assert ZONES.suggest("") == ZONES.suggest("時刻") == ZONES.suggest("x" * 4_000) == ()


def test_without_more_names_places_of_the_database_are_known() -> None:
    assert Zones().read("NYC") is None
    assert Zones().read("Chicago") == ZoneInfo("America/Chicago")
    assert hash(Zones({"NYC": "America/New_York"}))


ZONE_WORDS = st.sampled_from("utc + - 5 :00 et new york berlin time , / us".split())  # noqa: SIM905


@given(st.text(max_size=80) | st.lists(ZONE_WORDS, max_size=5).map(" ".join))
def test_any_text_is_read_as_a_zone_without_an_error(typed: str) -> None:
    zone = ZONES.read(typed)

    assert zone is None or zone.key in available_timezones()
    assert len(ZONES.suggest(typed)) <= 5
