"""Which notices follow from what happened to an opportunity, pure.

They are stored in the transaction of their cause. Each key is unique among those that wait, so
that whatever happens twice is said once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, time, timedelta

from bot.core.alliance import TERMINAL
from bot.core.outbox import NewNotice, NoticeKind, Schedule
from bot.opportunities.rules.keys import notice_key
from bot.opportunities.rules.matching import Match, Reason
from bot.opportunities.rules.models import (
    Inquiry,
    Mode,
    Offer,
    Opportunity,
    Reply,
    Respondent,
    State,
    folded,
)
from bot.opportunities.rules.replies import is_open

REMINDED_BEFORE = timedelta(days=1)
"""How long before its deadline an opportunity is recalled to those interested."""
REMINDED_AHEAD = timedelta(hours=2)
"""A reminder that would come sooner than this after its cause says nothing new."""
ASKED_AFTER = timedelta(days=14)
"""How long after closing the poster is asked how it went."""
GATHERED = time(9)
"""When, in UTC, a channel gets all at once what could not be said directly."""
MOST_REASONS = 3
CHANNEL_DIGEST_KEY = "digest:channel"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told of an opportunity, each person with the reasons, the strongest first.

    Attributes:
        at_once: who gets a message now.
        by_digest: who finds it in a daily or weekly message.
        organizations: how many they speak for.
    """

    at_once: Mapping[int, tuple[Reason, ...]]
    by_digest: Mapping[int, tuple[Reason, ...]]
    organizations: int


def audience(
    opportunity: Opportunity, matches: Sequence[Match], insiders: Collection[int]
) -> Audience:
    """Who of those it fits is told: neither the poster nor `insiders`, nor who wants to hear none.

    Args:
        opportunity: what is posted.
        matches: whom it fits; a person who speaks for several organizations is told once.
        insiders: who speaks for the poster's organization.
    """
    told: dict[Mode, dict[int, tuple[Reason, ...]]] = {mode: {} for mode in Mode}
    organizations = set()
    own = folded(opportunity.organization)
    for match in matches:
        listener = match.listener
        name = folded(listener.organization)
        outside = listener.person != opportunity.poster and listener.person not in insiders
        if outside and not (own and name == own) and listener.notifications.mode is not Mode.OFF:
            organizations.add(name)
            people = told[listener.notifications.mode]
            reasons = dict.fromkeys((*people.get(listener.person, ()), *match.reasons))
            people[listener.person] = tuple(reasons)[:MOST_REASONS]
    return Audience(told[Mode.INSTANT], told[Mode.DAILY] | told[Mode.WEEKLY], len(organizations))


def published(opportunity: Opportunity, told: Audience, channel: int | None) -> Schedule:
    """The post, which is delivered first, one message to each who wants it now, and the closing.

    All who are told at once are told at the same moment. Without a channel nothing is posted.
    """
    now = opportunity.posted or opportunity.created
    post = NewNotice(
        NoticeKind.OPPORTUNITY_POST,
        opportunity.id,
        notice_key(opportunity, "post"),
        now,
        channel=channel,
    )
    new = (
        NewNotice(
            NoticeKind.OPPORTUNITY_NEW,
            opportunity.id,
            notice_key(opportunity, "new", person),
            now,
            person=person,
            details={"reasons": [[reason.ground.value, reason.interest] for reason in reasons]},
        )
        for person, reasons in told.at_once.items()
    )
    posts = () if channel is None else (post,)
    return Schedule(add=(*posts, *new)) + _closing(opportunity)


def answered(
    opportunity: Opportunity,
    before: Sequence[Respondent],
    after: Sequence[Respondent],
    moved_up: Iterable[Respondent],
    now: datetime,
) -> Schedule:
    """What follows from answers that changed: reminders for the interested, good news.

    Args:
        opportunity: what was answered.
        before: all answers as they were.
        after: as they are.
        moved_up: who came off the waiting list; whoever gave up again meanwhile is not told.
        now: the time.
    """
    was, are = _interested(before), _interested(after)
    gone = [person for person in was if person not in are]
    come = [person for person in are if person not in was]
    remove = tuple(
        notice_key(opportunity, what, person) for person in gone for what in ("reminder", "up")
    )
    kind = NoticeKind.OPPORTUNITY_MOVED_UP
    news = tuple(
        NewNotice(kind, opportunity.id, notice_key(opportunity, "up", person), now, person=person)
        for person in dict.fromkeys(one.person for one in moved_up)
        if person in are
    )
    return Schedule(add=news, remove=remove) + _reminders(opportunity, come, now)


def edited(
    opportunity: Opportunity, changed: Collection[str], answers: Sequence[Respondent], now: datetime
) -> Schedule:
    """What follows from an edit, beside those it moved up: see `answered`.

    Whoever is interested, or waits, is told of each change: they answered what it said before.

    Args:
        opportunity: as it is after it.
        changed: the fields of its offer that are different.
        answers: as they are after it.
        now: the time.
    """
    schedule = Schedule()
    if "deadline" in changed:
        reminded = _interested(answers)
        schedule += _closing(opportunity) + _reminders(opportunity, reminded, now)
    news = [field.name for field in fields(Offer) if field.name in changed]
    if not news or opportunity.edited is None:
        return schedule
    concerned = dict.fromkeys(
        one.person for one in answers if one.reply in {Reply.INTERESTED, Reply.WAITING}
    )
    return schedule + Schedule(
        add=tuple(
            NewNotice(
                NoticeKind.OPPORTUNITY_CHANGED,
                opportunity.id,
                notice_key(opportunity, "changed", person, int(opportunity.edited.timestamp())),
                now,
                person=person,
                details={"fields": news},
            )
            for person in concerned
        )
    )


def closed(opportunity: Opportunity, answers: Iterable[Respondent]) -> Schedule:
    """Reminders are taken back; whoever posted it is asked in two weeks, if no outcome is known."""
    key = notice_key(opportunity, "outcome")
    remove = [notice_key(opportunity, "close"), key]
    remove += [notice_key(opportunity, "reminder", one.person) for one in answers]
    # Nobody is there to be asked once the poster was forgotten; at a terminal it is always the same.
    forgotten = not opportunity.poster and opportunity.alliance != TERMINAL
    if opportunity.closed is None or opportunity.outcome is not None or forgotten:
        return Schedule(remove=tuple(remove))
    asked = NewNotice(
        NoticeKind.OPPORTUNITY_OUTCOME,
        opportunity.id,
        key,
        opportunity.closed + ASKED_AFTER,
        person=opportunity.poster,
    )
    return Schedule(add=(asked,), remove=tuple(remove))


def refreshed(opportunity: Opportunity, now: datetime) -> Schedule:
    """The post is to show what is so now; nothing before it stands somewhere.

    Each revision makes a notice of its own that replaces the one waiting: what is being delivered
    may have read the state before.
    """
    if opportunity.message is None:
        return Schedule()
    notice = NewNotice(
        NoticeKind.OPPORTUNITY_REFRESH,
        opportunity.id,
        notice_key(opportunity, "refresh"),
        now,
        channel=opportunity.channel,
        details={"revision": opportunity.revision},
    )
    return Schedule(add=(notice,))


def asked(opportunity: Opportunity, inquiry: Inquiry, now: datetime) -> Schedule:
    """A question stands in the thread under the post, if there is one, and its poster hears of it."""
    details = {
        "asker": str(inquiry.person),
        "name": inquiry.name,
        "organization": inquiry.organization,
        "text": inquiry.text,
    }
    question = NewNotice(
        NoticeKind.OPPORTUNITY_QUESTION,
        opportunity.id,
        notice_key(opportunity, "question", inquiry.id),
        now,
        channel=opportunity.channel,
        details=details,
    )
    told = replace(
        question,
        kind=NoticeKind.OPPORTUNITY_ASKED,
        key=notice_key(opportunity, "asked", inquiry.id),
        person=opportunity.poster,
        channel=None,
    )
    alone = not opportunity.poster or opportunity.poster == inquiry.person
    placed = () if opportunity.homeless else (question,)
    return Schedule(add=placed if alone else (*placed, told))


def digest(person: int, due: datetime | None) -> Schedule:
    """The one digest that waits for a person, or none."""
    key = f"digest:{person}"
    if due is None:
        return Schedule(remove=(key,))
    return Schedule(add=(NewNotice(NoticeKind.DIGEST, 0, key, due, person=person),))


def channel_digest(channel: int | None, now: datetime) -> Schedule:
    """What could not be said directly is shown in a channel, in one message a day."""
    if channel is None:
        return Schedule(remove=(CHANNEL_DIGEST_KEY,))
    due = gathered_at(now)
    notice = NewNotice(NoticeKind.CHANNEL_DIGEST, 0, CHANNEL_DIGEST_KEY, due, channel=channel)
    return Schedule(add=(notice,))


def gave_up(channel: int, kinds: Mapping[str, int], due: datetime) -> NewNotice:
    """A note to the stewards: how many notices of which kinds could not be delivered."""
    key = f"gave-up:{due:%Y-%m-%d}"
    details = {"kinds": dict(kinds)}
    return NewNotice(NoticeKind.GAVE_UP, 0, key, due, channel=channel, details=details)


def gathered_at(now: datetime) -> datetime:
    """The next moment, strictly after now, for what is said in a channel once a day."""
    today = datetime.combine(now.astimezone(UTC).date(), GATHERED, UTC)
    return today if today > now else today + timedelta(days=1)


def _closing(opportunity: Opportunity) -> Schedule:
    key = notice_key(opportunity, "close")
    if opportunity.closes is None or opportunity.state is not State.OPEN:
        return Schedule(remove=(key,))
    kind = NoticeKind.OPPORTUNITY_CLOSE
    return Schedule(add=(NewNotice(kind, opportunity.id, key, opportunity.closes),))


def _reminders(opportunity: Opportunity, people: Iterable[int], now: datetime) -> Schedule:
    deadline = opportunity.offer.deadline
    keys = {person: notice_key(opportunity, "reminder", person) for person in people}
    due = deadline - REMINDED_BEFORE if deadline else None
    if due is None or due < now + REMINDED_AHEAD or not is_open(opportunity, now):
        return Schedule(remove=tuple(keys.values()))
    kind = NoticeKind.OPPORTUNITY_REMINDER
    return Schedule(
        add=tuple(
            NewNotice(kind, opportunity.id, key, due, person=person) for person, key in keys.items()
        )
    )


def _interested(answers: Iterable[Respondent]) -> Mapping[int, None]:
    """Who is interested, in order; somebody may be so for several organizations."""
    return dict.fromkeys(one.person for one in answers if one.reply is Reply.INTERESTED)
