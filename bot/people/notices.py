"""Which notices follow from who speaks for which organization, pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.core.outbox import NewNotice, NoticeKind, Schedule
from bot.people.records import Decision


def joined(
    organization: int, newcomer: int, name: str, others: Iterable[int], now: datetime
) -> Schedule:
    """The others who speak for an organization hear of a newcomer."""
    return Schedule(
        add=tuple(
            NewNotice(
                NoticeKind.PARTNER_JOINED,
                organization,
                f"organization:{organization}:joined:{newcomer}:{person}",
                now,
                person=person,
                details={"asker": str(newcomer), "name": name},
            )
            for person in others
        )
    )


def asked(request: int, channel: int | None, now: datetime) -> Schedule:
    """The stewards are asked in their channel, where they have one."""
    if channel is None:
        return Schedule()
    key = f"join-request:{request}"
    return Schedule(
        add=(NewNotice(NoticeKind.PARTNER_REQUEST, request, key, now, channel=channel),)
    )


def decided(
    organization: int, name: str, decision: Decision, people: Iterable[int], now: datetime
) -> Schedule:
    """Whoever a steward decided about hears of it; the last decision, where the first waits."""
    details = {"organization": name, "decision": decision.value}
    return Schedule(
        add=tuple(
            NewNotice(
                NoticeKind.PARTNER_DECIDED,
                organization,
                f"organization:{organization}:decided:{person}",
                now,
                person=person,
                details=details,
            )
            for person in people
        )
    )
