"""Which notices follow from where a post stands: it is gone, posted again, or moved; pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.core.outbox import NewNotice, NoticeKind, Schedule
from bot.opportunities.rules.keys import notice_key
from bot.opportunities.rules.models import Opportunity
from bot.opportunities.rules.replies import is_open


class WhyGone(StrEnum):
    """What became of a post."""

    DELETED = "deleted"
    CHANNEL = "channel deleted"
    FAILED = "could not be posted"


def lost(opportunity: Opportunity, why: WhyGone, now: datetime) -> Schedule:
    """Nothing is posted or refreshed there any more; whoever posted it hears while it is open."""
    remove = tuple(notice_key(opportunity, what) for what in ("post", "refresh"))
    if not is_open(opportunity, now) or not opportunity.poster:
        return Schedule(remove=remove)
    gone = NewNotice(
        NoticeKind.OPPORTUNITY_GONE,
        opportunity.id,
        notice_key(opportunity, "gone"),
        now,
        person=opportunity.poster,
        details={"why": why.value},
    )
    return Schedule(add=(gone,), remove=remove)


def posted_again(opportunity: Opportunity, channel: int, now: datetime) -> Schedule:
    """It is posted to a channel, and a post of it elsewhere leads there."""
    key = notice_key(opportunity, "post")
    kind = NoticeKind.OPPORTUNITY_POST
    post = NewNotice(kind, opportunity.id, key, now, channel=channel)
    remove = tuple(notice_key(opportunity, what) for what in ("gone", "refresh"))
    if opportunity.message is None:
        return Schedule(add=(post,), remove=remove)
    left = NewNotice(
        NoticeKind.OPPORTUNITY_LEFT,
        opportunity.id,
        notice_key(opportunity, "left", opportunity.message),
        now,
        channel=opportunity.channel,
        details={"message": str(opportunity.message), "to": str(channel)},
    )
    return Schedule(add=(post, left), remove=remove)
