"""How much one person may ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.pace import Cost, Pace

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_window_slides_and_says_until_when_it_is_full() -> None:
    pace = Pace(questions=2, seconds=30)
    assert pace.take(1, NOW).allowed
    assert pace.take(1, NOW + timedelta(seconds=10), Cost.LOOKUP).allowed
    refused = pace.take(1, NOW + timedelta(seconds=11))
    assert (refused.allowed, refused.until) == (False, NOW + timedelta(seconds=30))
    assert refused.seconds == 19
    assert pace.take(2, NOW + timedelta(seconds=11)).allowed
    assert pace.take(1, NOW + timedelta(seconds=30)).allowed


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    pace = Pace(questions=1, seconds=30)
    assert pace.take(1, NOW).allowed
    back = NOW - timedelta(hours=3)
    assert pace.take(1, back).allowed
    assert pace.take(1, back + timedelta(seconds=1)).seconds == 29
    assert pace.take(1, back + timedelta(seconds=30)).allowed
