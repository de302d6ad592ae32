"""The conditions of the registry that take more than one column."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from bot.alliances.tables import EventRow
from bot.answers.records import PICKED_UP_WITHIN
from bot.answers.store_gaps import is_gap
from bot.answers.tables import BorrowedRow, ExchangeRow, FeedbackRow, NoteGapRow, PendingRow
from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.tables import CommitmentRow, DefinitionRow, RunRow
from bot.core.outbox import QUOTING, NoticeKind
from bot.database.tables import OfAlliance
from bot.opportunities.rules.models import State
from bot.opportunities.tables import OpportunityRow
from bot.outbox.tables import NoticeRow

Condition: TypeAlias = ColumnElement[bool]
Table: TypeAlias = type[OfAlliance]

EVENTS_KEPT = timedelta(days=7)
"""Discord doesn't repeat an event after a few minutes; a week is plenty."""
NOTICES_KEPT = timedelta(days=30)
"""How long it stays known what was sent; reminders of the same day don't come again meanwhile."""
_SOMEWHERE = timedelta(days=2)
"""A day is over everywhere on earth, and its reminder out of anybody's quiet hours, by then."""
_OF_OPPORTUNITY = tuple(kind.value for kind in NoticeKind if kind.name.startswith("OPPORTUNITY_"))
"""The kinds of notices whose `about` is an opportunity."""
_DRAFTS = (State.DRAFT.value, State.DISCARDED.value)


def handled_events(before: datetime, now: datetime) -> Condition:
    """Events that nobody repeats any more."""
    return EventRow.claimed < max(before, now - EVENTS_KEPT)


def late_questions(before: datetime, now: datetime) -> Condition:
    """Questions whose answer would come too late."""
    return PendingRow.received < max(before, now - PICKED_UP_WITHIN)


def feedback_on_old_answers(before: datetime, _: datetime) -> Condition:
    """Feedback that goes with the answer."""
    return FeedbackRow.exchange.in_(select(ExchangeRow.id).where(ExchangeRow.created < before))


def never_a_gap() -> Condition:
    """Exchanges that were no gap at any time, whatever became of it."""
    noted = exists().where(NoteGapRow.exchange == ExchangeRow.id)
    return ~or_(is_gap(), noted)


def read_with_words_of(person: int) -> Condition:
    """Exchanges in which words of a person stand that somebody else pointed at."""
    return ExchangeRow.id.in_(select(BorrowedRow.exchange).where(BorrowedRow.person == person))


def lent_to_nobody() -> Condition:
    """Words that a question was read with which is a mere statistic by now."""
    return BorrowedRow.exchange.in_(select(ExchangeRow.id).where(ExchangeRow.person.is_(None)))


def private_runs(person: int) -> Select[int]:
    """The ids of a person's own runs."""
    return select(RunRow.id).where(RunRow.owner == person, RunRow.team.is_(False))


def run_over(before: datetime, now: datetime) -> Condition:
    """Runs that nothing happened to since, unless a commitment in them waits for its day."""
    ahead = exists().where(
        CommitmentRow.run == RunRow.id,
        CommitmentRow.status == CommitmentStatus.OPEN.value,
        CommitmentRow.day >= (now - _SOMEWHERE).date(),
    )
    return and_(RunRow.changed < before, ~ahead)


def old_runs(before: datetime, now: datetime) -> Select[int]:
    """The ids of the runs that go."""
    return select(RunRow.id).where(run_over(before, now))


def definition_unused() -> Condition:
    """Checklists that no run keeps."""
    return ~exists().where(RunRow.digest == DefinitionRow.digest)


def never_published() -> Condition:
    """Opportunities that nobody else saw."""
    return OpportunityRow.state.in_(_DRAFTS)


def opportunity_over(before: datetime) -> Condition:
    """Opportunities that were closed, discarded or left as a draft long enough ago."""
    closed = and_(OpportunityRow.state == State.CLOSED.value, OpportunityRow.closed < before)
    return or_(closed, and_(never_published(), OpportunityRow.created < before))


def questions_of(person: int) -> Condition:
    """Notices that have what a person asked; delivered ones don't any more."""
    asker = NoticeRow.details["asker"].as_string()
    return and_(NoticeRow.kind.in_([kind.value for kind in QUOTING]), asker == str(person))


def notices_to_drop(person: int) -> Condition:
    """Notices that have what a person asked, or are about their runs and what was promised there."""
    runs = private_runs(person)
    theirs = or_(CommitmentRow.person == person, CommitmentRow.run.in_(runs))
    return or_(questions_of(person), _about(runs, select(CommitmentRow.id).where(theirs)))


def notices_through(before: datetime, now: datetime) -> Condition:
    """Notices that were sent or given up long enough ago, or are about what goes."""
    since = now - NOTICES_KEPT
    runs = old_runs(before, now)
    commitments = select(CommitmentRow.id).where(CommitmentRow.run.in_(runs))
    opportunities = select(OpportunityRow.id).where(opportunity_over(before))
    return or_(
        NoticeRow.sent < since,
        and_(NoticeRow.given_up.is_not(None), NoticeRow.due < since),
        _about(runs, commitments),
        and_(NoticeRow.kind.in_(_OF_OPPORTUNITY), NoticeRow.about.in_(opportunities)),
    )


def _about(runs: Select[Any], commitments: Select[Any]) -> Condition:
    return or_(
        and_(NoticeRow.kind == NoticeKind.RUN_OFFERED.value, NoticeRow.about.in_(runs)),
        and_(NoticeRow.kind == NoticeKind.COMMITMENT_DUE.value, NoticeRow.about.in_(commitments)),
    )
