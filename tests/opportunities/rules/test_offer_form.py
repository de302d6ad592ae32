from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.opportunities.rules.models import OPEN_WITHOUT_DEADLINE, Kind, Offer, OfferForm
from bot.opportunities.rules.offer_form import (
    Fault,
    OfferFaults,
    closes_at,
    read_capacity,
    read_deadline,
    read_form,
)
from tests.opportunities.rules.samples import NOW

NEW_YORK, UTC_ZONE = ZoneInfo("America/New_York"), ZoneInfo("UTC")
FORM = OfferForm("Seats", "Four evenings")

DEADLINES: list[tuple[str, datetime | Fault | None]] = [
    ("", None),
    (" No deadline ", None),
    ("ongoing", None),
    ("Friday", datetime(2026, 3, 7, 4, 59, tzinfo=UTC)),  # the end of that day in New York
    ("March 20 5pm", datetime(2026, 3, 20, 21, 0, tzinfo=UTC)),
    ("today", datetime(2026, 3, 3, 4, 59, tzinfo=UTC)),
    ("today 4am", Fault.DEADLINE_PAST),
    ("January 5, 2026", Fault.DEADLINE_PAST),
    ("yesterday", Fault.DEADLINE_PAST),
    ("January 5, 2040", Fault.DEADLINE_FAR),
    ("soon", Fault.DEADLINE_UNCLEAR),
    ("x" * 4000, Fault.DEADLINE_UNCLEAR),
]


@pytest.mark.parametrize(("typed", "meant"), DEADLINES)
def test_a_deadline_is_read_as_the_last_moment_of_it(
    typed: str, meant: datetime | Fault | None
) -> None:
    assert read_deadline(typed, NOW, NEW_YORK) == meant


def test_a_deadline_that_the_clocks_skip_is_the_moment_they_skip_it() -> None:
    assert read_deadline("March 8 2:30am", NOW, NEW_YORK) == datetime(2026, 3, 8, 7, tzinfo=UTC)


FAULTS: list[tuple[dict[str, str], list[Fault]]] = [
    ({"title": " \n"}, [Fault.TITLE_MISSING]),
    ({"title": "\u200b\u2060\u3164"}, [Fault.TITLE_MISSING]),
    ({"title": "x" * 100 + "\u200b"}, []),
    ({"title": "x" * 100}, []),
    ({"title": "x" * 300}, [Fault.TITLE_LONG]),
    ({"description": "\t"}, [Fault.DESCRIPTION_MISSING]),
    ({"description": "x" * 2001}, [Fault.DESCRIPTION_LONG]),
    ({"audience": "x" * 301}, [Fault.AUDIENCE_LONG]),
    ({"deadline": "last week"}, [Fault.DEADLINE_PAST]),
    ({"link": "ftp://a.example"}, [Fault.LINK]),
    ({"capacity": "a dozen"}, [Fault.CAPACITY]),
    ({"region": "x" * 101}, [Fault.REGION_LONG]),
    ({"contact": "x" * 201}, [Fault.CONTACT_LONG]),
    (
        {"title": "", "description": "", "deadline": "?", "link": "?", "capacity": "0"},
        [
            Fault.TITLE_MISSING,
            Fault.DESCRIPTION_MISSING,
            Fault.DEADLINE_UNCLEAR,
            Fault.LINK,
            Fault.CAPACITY,
        ],
    ),
]


@pytest.mark.parametrize(("typed", "faults"), FAULTS)
def test_all_that_is_wrong_with_a_form_is_told_at_once(
    typed: dict[str, str], faults: list[Fault]
) -> None:
    read = read_form(replace(FORM, **typed), Kind.OTHER, NOW, UTC_ZONE)
    assert read == OfferFaults(tuple(faults)) if faults else isinstance(read, Offer)


def test_a_form_is_read_with_what_was_typed_kept_but_for_space_around_it() -> None:
    form = OfferForm(
        " Twelve \n seats ", " Four\n\nevenings ", " Shops ", "2026-04-01", " https://a.example/x ",
        " 12 ", " Dayton,  Ohio ", " ana@a.example ",
    )  # fmt: skip
    assert read_form(form, Kind.TRAINING, NOW, UTC_ZONE) == Offer(
        "Twelve seats",
        "Four\n\nevenings",
        Kind.TRAINING,
        "Shops",
        datetime(2026, 4, 1, 23, 59, tzinfo=UTC),
        "https://a.example/x",
        12,
        "Dayton, Ohio",
        "ana@a.example",
    )


def test_signs_that_show_nothing_are_left_out() -> None:
    form = replace(
        FORM, title="Se\u200bats \u202eofni", region="Day\u2066ton", contact="ana\u00ad@a.example"
    )
    read = read_form(form, Kind.OTHER, NOW, UTC_ZONE)
    assert isinstance(read, Offer)
    assert (read.title, read.region, read.contact) == ("Seats ofni", "Dayton", "ana@a.example")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", None),
        ("no limit", None),
        (" 12 ", 12),
        ("1", 1),
        ("0", Fault.CAPACITY),
        ("-3", Fault.CAPACITY),
        ("1.5", Fault.CAPACITY),
        ("²", Fault.CAPACITY),
        ("9" * 5000, Fault.CAPACITY),
    ],
)
def test_a_capacity_is_a_number_of_organizations(typed: str, meant: int | Fault | None) -> None:
    assert read_capacity(typed) == meant


def test_without_a_deadline_it_closes_after_sixty_days() -> None:
    assert closes_at(None, NOW) == NOW + OPEN_WITHOUT_DEADLINE == NOW + timedelta(days=60)
    assert closes_at(NOW, NOW - timedelta(days=1)) == NOW
