"""Interested, not for us, the waiting list: what an answer to an opportunity does, pure.

An organization has one answer, whoever of it gave the last; a person without one answers alone.
Capacity counts organizations, in the order in which they became interested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.opportunities.rules.models import Opportunity, Reply, Respondent, State, folded


@dataclass(frozen=True, slots=True)
class Counts:
    """How many answered what."""

    interested: int = 0
    waiting: int = 0
    not_for_us: int = 0


@dataclass(frozen=True, slots=True)
class Replied:
    """What an answer did.

    Attributes:
        answers: all answers after it.
        given: the answer as it counts now; None if it was not taken.
        before: what the same organization said before.
        moved_up: who came off the waiting list through it.
    """

    answers: tuple[Respondent, ...]
    given: Respondent | None
    before: Respondent | None
    moved_up: tuple[Respondent, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything is different from before."""
        return self.given is not None and self.given != self.before

    @property
    def went_last(self) -> bool:
        """Whether the answer is the last of all now, whatever its place was before."""
        return self.given is not None and (
            self.before is None or _declines(self.given) != _declines(self.before)
        )


def take_reply(
    opportunity: Opportunity,
    answers: Sequence[Respondent],
    by: Respondent,
    now: datetime,
) -> Replied:
    """Take an answer: `by.reply` is interested or not for us; full means the waiting list.

    Saying the same again keeps the place in the row and changes at most the note. Where somebody
    else of the organization says it, the answer is theirs from then on.
    """
    before = next((one for one in answers if same_side(one, by)), None)
    if not is_open(opportunity, now):
        return Replied(tuple(answers), None, before)
    wants = not _declines(by)
    if before is not None and wants != _declines(before):
        given = replace(before, person=by.person, name=by.name, note=by.note or before.note)
        same = tuple(given if one is before else one for one in answers)
        return Replied(same, given, before)
    others = tuple(one for one in answers if one is not before)
    settled, moved_up = seat(others, opportunity.offer.capacity)
    room = has_room(settled, opportunity.offer.capacity)
    reply = Reply.NOT_FOR_US if not wants else Reply.INTERESTED if room else Reply.WAITING
    given = replace(by, reply=reply, at=now)
    return Replied((*settled, given), given, before, moved_up)


def seat(
    answers: Sequence[Respondent], capacity: int | None
) -> tuple[tuple[Respondent, ...], tuple[Respondent, ...]]:
    """Give free places to those who wait, the first first: all answers, and who moved up."""
    seated: list[Respondent] = list(answers)
    moved: list[Respondent] = []
    for place, one in enumerate(seated):
        if one.reply is Reply.WAITING and has_room(seated, capacity):
            seated[place] = replace(one, reply=Reply.INTERESTED)
            moved.append(seated[place])
    return tuple(seated), tuple(moved)


def has_room(answers: Sequence[Respondent], capacity: int | None) -> bool:
    """Whether one more organization can be interested."""
    taken = sum(one.reply is Reply.INTERESTED for one in answers)
    return capacity is None or taken < capacity


def counts(answers: Sequence[Respondent]) -> Counts:
    """How many answered what."""
    replies = [one.reply for one in answers]
    return Counts(
        replies.count(Reply.INTERESTED),
        replies.count(Reply.WAITING),
        replies.count(Reply.NOT_FOR_US),
    )


def is_open(opportunity: Opportunity, now: datetime) -> bool:
    """Whether it can be answered."""
    closes = opportunity.closes
    return opportunity.state is State.OPEN and (closes is None or now < closes)


def same_side(one: Respondent, other: Respondent) -> bool:
    """Whether two answers are those of one organization, or of one person without any."""
    return side(one.person, one.organization) == side(other.person, other.organization)


def side(person: int, organization: str) -> str:
    """Whose answer it is: an organization's, or a person's without any."""
    return f"organization {folded(organization)}" if organization else f"person {person}"


def _declines(one: Respondent) -> bool:
    return one.reply is Reply.NOT_FOR_US
