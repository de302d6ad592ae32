"""When a digest is due, and what stands in it, pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.core.quiet_hours import due_moment
from bot.opportunities.rules.models import Kind, Mode, Notifications, Opportunity

CLOSING_SOON = timedelta(days=3)
"""An opportunity is closing soon from this long before its end."""
_MONDAY = 0
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Digest:
    """What one message of a digest shows: by kind, and within it what closes first first."""

    fresh: tuple[tuple[Kind, tuple[Opportunity, ...]], ...]
    closing: tuple[Opportunity, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.fresh and not self.closing


def digest_due(notifications: Notifications, now: datetime) -> datetime | None:
    """The next moment for a digest, strictly after now; None where none is wanted.

    A daily one comes at the person's hour each day, a weekly one on Mondays.
    """
    if notifications.mode not in {Mode.DAILY, Mode.WEEKLY}:
        return None
    today = now.astimezone(notifications.zone).date()
    for ahead in range(_WEEK + 2):
        day = today + timedelta(days=ahead)
        if notifications.mode is Mode.WEEKLY and day.weekday() != _MONDAY:
            continue
        moment = due_moment(day, notifications.zone, notifications.hour)
        if moment > now:
            return moment
    raise AssertionError("a week has a Monday")


def next_digest(
    notifications: Notifications, *, fresh: bool, known: Iterable[Opportunity], now: datetime
) -> datetime | None:
    """When a person's next digest is due; None where there is no reason for one.

    What is known causes one only while it closes soon. Somebody who wants to hear at once by now
    gets what waited for a digest at once.

    Args:
        notifications: what the person asked for.
        fresh: whether something waits that was not shown yet.
        known: what was shown, is open, not answered, and was not shown as closing soon.
        now: the time.
    """
    if notifications.mode is Mode.OFF:
        return None
    if notifications.mode is Mode.INSTANT:
        return now if fresh else None
    if fresh:
        return digest_due(notifications, now)
    moments = []
    for one in known:
        deadline = one.offer.deadline
        if deadline is not None:
            due = digest_due(notifications, max(now, deadline - CLOSING_SOON))
            if due is not None and due < deadline:
                moments.append(due)
    return min(moments, default=None)


def make_digest(
    fresh: Sequence[Opportunity], known: Sequence[Opportunity], now: datetime
) -> Digest:
    """A digest of what is new to somebody, and of what they know and that closes soon.

    Args:
        fresh: fitting opportunities that were not shown yet.
        known: those shown before and not answered.
        now: the time.
    """
    new = {one.id: one for one in fresh}
    by_kind = tuple(
        (kind, _ordered(o for o in new.values() if o.offer.kind is kind)) for kind in Kind
    )
    closing = _ordered(one for one in known if one.id not in new and closes_soon(one, now))
    return Digest(tuple((kind, ones) for kind, ones in by_kind if ones), closing)


def closes_soon(opportunity: Opportunity, now: datetime) -> bool:
    """Whether a deadline lies close ahead; without one nothing presses."""
    deadline = opportunity.offer.deadline
    return deadline is not None and now < deadline <= now + CLOSING_SOON


def _ordered(opportunities: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    last = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(opportunities, key=lambda one: (one.closes or last, one.id)))
