"""Dates and time zones in many mouths: `phrases.jsonl` and `places.jsonl`, read with our content."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.content.library import read_zones
from bot.core.dates import DateRead, Day, Past, TooFar, Unclear, read_date
from bot.core.hours import hours_meant
from bot.core.zones import Zones
from tests.conftest import ROOT

HERE = Path(__file__).parent
NEW_YORK = ZoneInfo("America/New_York")
THURSDAY = dt.datetime(2026, 11, 26, 15, tzinfo=dt.UTC)  # Thanksgiving, ten o'clock in New York
EVENING = dt.datetime(2026, 11, 27, 1, 42, tzinfo=dt.UTC)  # the same day there, at 20:42


@pytest.fixture(scope="module")
def zones() -> Zones:
    return read_zones(ROOT / "knowledge")


def lines_of(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def said(read: DateRead) -> str | list[str]:
    """A reading as the files have it."""
    match read:
        case Day(date, time, clock):
            at = f" {time:%H:%M}" if time is not None else ""
            return f"{date}{at}" + (f" [{clock}]" if clock else "")
        case Unclear():
            return [str(said(one)) for one in read.readings]
        case Past():
            return "past"
        case TooFar():
            return "far"


def test_phrases_are_read_as_people_mean_them_or_asked_about(zones: Zones) -> None:
    wrong = {
        line["typed"]: found
        for line in lines_of("phrases.jsonl")
        if (found := said(read_date(str(line["typed"]), THURSDAY, NEW_YORK, zones))) != line["want"]
    }

    assert wrong == {}


def test_places_and_clocks_are_the_zones_people_mean_or_asked_about(zones: Zones) -> None:
    wrong = {
        line["typed"]: found
        for line in lines_of("places.jsonl")
        if (found := [zone.key for zone in zones.readings(str(line["typed"]))]) != line["zones"]
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("typed", "want"),
    [
        ("5pm ET Friday", "2026-11-27 22:00"),
        ("tomorrow noon ET", "2026-11-27 17:00"),
        ("11pm Eastern", "2026-11-27 04:00"),
        ("Nov 26 11:59pm ET", "2026-11-27 04:59"),
        ("midnight PT", "2026-11-27 07:59"),
        ("noon New York time tomorrow", "2026-11-27 17:00"),
        ("EOD ET", "2026-11-26 [America/New_York]"),
    ],
)
def test_a_named_clock_has_its_own_today(zones: Zones, typed: str, want: str) -> None:
    assert said(read_date(typed, EVENING, ZoneInfo("UTC"), zones)) == want


@pytest.mark.parametrize(
    ("typed", "want"),
    [
        ("Friday 5pm", "2026-11-27 17:00"),
        ("5pm ET Friday", "2026-11-27 17:00 [America/New_York]"),
        ("Nov 26", "2026-11-26"),
        ("Thanksgiving", "2026-11-26"),
        ("Nov 25", "2027-11-25"),
        ("tomorrow", ["2026-11-27", "2026-11-28"]),
        ("in two weeks", "2026-12-11"),
        ("yesterday", "past"),
    ],
)
def test_without_a_zone_what_is_still_today_further_west_is_not_put_off(
    zones: Zones, typed: str, want: str | list[str]
) -> None:
    assert said(read_date(typed, EVENING, None, zones)) == want


def test_a_bare_date_is_not_put_off_by_a_year_while_it_is_today_anywhere(zones: Zones) -> None:
    morning = dt.datetime(2026, 11, 27, 11, 30, tzinfo=dt.UTC)  # still the 26th on Howland Island
    noon = dt.datetime(2026, 11, 27, 12, 30, tzinfo=dt.UTC)

    assert said(read_date("Nov 26", morning, None, zones)) == "2026-11-26"
    assert said(read_date("yesterday", morning, None, zones)) == "past"
    assert said(read_date("Friday", morning, None, zones)) == "2026-12-04"
    assert said(read_date("Nov 26", noon, None, zones)) == "2027-11-26"


def test_an_hour_before_six_may_be_in_the_afternoon() -> None:
    assert hours_meant("5") == (dt.time(5), dt.time(17))
    assert hours_meant("4:30") == (dt.time(4, 30), dt.time(16, 30))
    for sure, hour in {"6": 6, "8": 8, "05:00": 5, "5am": 5, "17": 17, "noon": 12}.items():
        assert hours_meant(sure) == (dt.time(hour),)
    assert hours_meant("late") == ()


@pytest.mark.parametrize("text", ["2027 business days", "9999 working days", "monday or " * 9])
def test_odd_texts_take_no_time(zones: Zones, text: str) -> None:
    assert isinstance(read_date(text, THURSDAY, None, zones), Unclear | TooFar)
