"""What the tests of opportunities share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.opportunities.rules.models import (
    Kind,
    Listener,
    Notifications,
    Offer,
    Opportunity,
    Reply,
    Respondent,
    State,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SEATS = Offer(
    "Twelve seats in a welding course",
    "Four evenings at the college. Tools are provided.",
    Kind.TRAINING,
    "Shops with new operators",
    NOW + timedelta(days=10),
    region="Dayton, Ohio",
)


def opportunity(number: int = 1, offer: Offer = SEATS, **more: Any) -> Opportunity:
    values: dict[str, Any] = {
        "alliance": 9,
        "poster": 50,
        "poster_name": "Ana",
        "organization": "College",
        "state": State.OPEN,
        "created": NOW,
        "posted": NOW,
        "closes": offer.deadline,
        "channel": 7,
        "message": 8,
        "revision": 1,
    }
    return Opportunity(id=number, offer=offer, **(values | more))


def listener(
    *interests: str, person: int = 1, organization: str = "Harbor", region: str = "", **more: Any
) -> Listener:
    wanted = Notifications(**more)
    return Listener(person, organization, interests, region, wanted)


def says(person: int, reply: Reply, organization: str = "", note: str = "") -> Respondent:
    return Respondent(person, f"P{person}", organization, reply, note, NOW)
