"""Which notices follow from what happened to a run, pure; stored in the transaction of their cause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.checklists.rules.events import Became, Effect, Handed, Kept
from bot.checklists.rules.records import Commitment, CommitmentStatus, PersonSettings
from bot.checklists.rules.run import Run, Status
from bot.core.outbox import NewNotice, NoticeKind, Schedule
from bot.core.quiet_hours import due_moment

OFFERED_AFTER = (timedelta(days=7), timedelta(days=14))
"""When a paused run is offered again, from the moment it was paused."""


def offers(run: Run, effects: Sequence[Effect], now: datetime) -> Schedule:
    """A paused run is offered again after a week and after two; not once it goes on."""
    keys = offer_keys(run.id)
    if not any(isinstance(effect, (Became, Handed)) for effect in effects):
        return Schedule()
    if run.status is not Status.PAUSED:
        return Schedule(remove=keys)
    return Schedule(
        add=tuple(
            NewNotice(
                NoticeKind.RUN_OFFERED,
                run.id,
                key,
                now + wait,
                person=run.owner,
                details={"paused": now.isoformat(), "last": wait == OFFERED_AFTER[-1]},
            )
            for key, wait in zip(keys, OFFERED_AFTER, strict=True)
        )
    )


def offer_keys(run: int) -> tuple[str, ...]:
    """What the notices that offer a paused run are known by."""
    return tuple(f"run:{run}:{number}" for number, _ in enumerate(OFFERED_AFTER, 1))


def reminder(commitment: Commitment, settings: PersonSettings, now: datetime) -> Schedule:
    """An open commitment with a day is recalled on that day, once."""
    key = reminder_key(commitment.id)
    if commitment.status is not CommitmentStatus.OPEN or commitment.day is None:
        return Schedule(remove=(key,))
    due = due_moment(commitment.day, settings.zone, settings.at)
    if is_past(commitment.day, now, settings):
        return Schedule(remove=(key,))
    thread = commitment.thread
    notice = NewNotice(
        NoticeKind.COMMITMENT_DUE,
        commitment.id,
        key,
        due,
        person=None if thread else commitment.person,
        channel=thread,
        details={"day": commitment.day.isoformat()},
    )
    return Schedule(add=(notice,))


def reminder_key(commitment: int) -> str:
    """What the notice that recalls a commitment is known by."""
    return f"commitment:{commitment}"


def promises(effects: Sequence[Effect]) -> tuple[Kept, ...]:
    """The answers among effects that make, change or take back a commitment."""
    return tuple(
        effect
        for effect in effects
        if isinstance(effect, Kept)
        and (effect.answer.given.promise or (effect.replaced and effect.replaced.given.promise))
    )


def is_past(day: date, now: datetime, settings: PersonSettings) -> bool:
    """Whether a day is over where the person is."""
    return day < now.astimezone(settings.zone).date()
