"""What may mean several things is asked about with numbers, and `when` says how it is read."""

from __future__ import annotations

import json
import sys
from zoneinfo import ZoneInfo

import pytest

from bot.cli import app
from tests.adapters.terminal.talk import Talk
from tests.adapters.terminal.walks import PREVIEWED, PROMISED, THROUGH


async def test_a_number_says_which_day_or_clock_is_meant(terminal: Talk) -> None:
    asked = await terminal.says(*THROUGH[:-1], "5.12.")
    assert "may be one of several days; which do you mean?" in asked
    assert "1 Saturday, December 5, 2026 2 Wednesday, May 12, 2027" in asked
    assert "Noted: Saturday, December 5, 2026" in await terminal.says("1")

    deadline = await terminal.says(*PREVIEWED[:-2], "Friday at 5", PREVIEWED[-1])
    assert "1 Friday, November 27, 2026, 5:00 AM 2 Friday, November 27, 2026, 5:00 PM" in deadline
    assert "November 27, 2026, 5:00 PM" in await terminal.says("2")

    zones = await terminal.says("/commitments settings timezone:Indonesia")
    assert "Which clock is yours? 1 Asia/Jakarta 2 Asia/Makassar 3 Asia/Jayapura" in zones
    assert "by the clock in Asia/Makassar" in await terminal.says("2")


async def test_a_commitment_is_moved_by_the_number_of_a_day(terminal: Talk) -> None:
    await terminal.says(*PROMISED, "/finish")
    asked = await terminal.says("/commitments move commitment:1 date:Thursday or Friday")
    assert "Not moved. That may be one of several days" in asked
    assert "Moved to Friday, November 27, 2026" in await terminal.says("2")


@pytest.mark.parametrize(
    ("phrase", "options", "want"),
    [
        ("5pm ET Friday", [], ("2026-11-27T17:00", "America/New_York", [])),
        ("5pm ET Friday", ["--zone", "UTC"], ("2026-11-27T22:00", "UTC", [])),
        ("last Friday of the month", ["--zone", "Ohio"], ("2026-11-27", "America/New_York", [])),
        ("California", [], (None, "America/Los_Angeles", [])),
        ("IST", [], (None, None, ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"])),
        ("8am", ["--zone", "UTC"], ("2026-11-27T08:00", "UTC", [])),
        ("Friday at 5", ["--zone", "ET"], (None, "America/New_York", ["2026-11-27T05:00", "2026-11-27T17:00"])),
        ("rolling", [], (None, "UTC", [])),
    ],
)  # fmt: skip
def test_when_says_how_a_phrase_is_read(
    phrase: str,
    options: list[str],
    want: tuple[str | None, str | None, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = ["--now", "2026-11-27T01:42:00+00:00"]
    monkeypatch.setattr(sys, "argv", ["bot", "when", phrase, *now, *options, "--json"])
    with pytest.raises(SystemExit) as left:
        app()
    record = json.loads(capsys.readouterr().out)
    assert not left.value.code
    assert (record["read"], record["zone"], record["readings"]) == want
    assert record["typed"] == phrase
    assert record["zone"] is None or ZoneInfo(record["zone"])
