"""What those who speak for an organization hear of each other, and of stewards, pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.core.outbox import NewNotice, NoticeKind, Schedule
from bot.opportunities.rules.models import Opportunity, Reply, Respondent
from bot.opportunities.rules.replies import side
from bot.people.records import StewardsWord


def newcomer_told(
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


def stewards_asked(request: int, channel: int | None, now: datetime) -> Schedule:
    """The stewards are asked in their channel, where they have one."""
    if channel is None:
        return Schedule()
    key = f"join-request:{request}"
    return Schedule(
        add=(NewNotice(NoticeKind.PARTNER_REQUEST, request, key, now, channel=channel),)
    )


def word_told(
    organization: str, decision: StewardsWord, people: Iterable[int], now: datetime
) -> Schedule:
    """Whoever a steward decided about hears of it; the last decision, where the first waits."""
    details = {"organization": organization, "decision": decision.value}
    return Schedule(
        add=tuple(
            NewNotice(
                NoticeKind.PARTNER_DECIDED,
                0,
                f"organization:{organization}:decided:{person}",
                now,
                person=person,
                details=details,
            )
            for person in people
        )
    )


def answer_changed(
    opportunity: Opportunity,
    before: Reply,
    given: Respondent,
    others: Iterable[int],
    now: datetime,
) -> Schedule:
    """The others of an organization hear that somebody of it changed its answer."""
    key = f"opportunity:{opportunity.id}:answer:{side(0, given.organization)}"
    details = {
        "asker": str(given.person),
        "name": given.name,
        "organization": given.organization,
        "before": before.value,
        "reply": given.reply.value,
    }
    return Schedule(
        add=tuple(
            NewNotice(
                NoticeKind.OPPORTUNITY_ANSWER,
                opportunity.id,
                f"{key}:{person}",
                now,
                person=person,
                details=details,
            )
            for person in others
        )
    )
