"""Commitments and paused runs, made in the store, and time that passes for bot and Discord alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.checklists.rules import engine
from bot.checklists.rules.events import AnswerStep, Pause
from bot.checklists.rules.records import Commitment, CommitmentStatus, StoredRun
from bot.checklists.rules.run import Actor, AnswerValue, Promise
from bot.core.checklist import Checklist, Step
from bot.core.records import Clock
from bot.store import Store
from tests.discord.bench import Bench
from tests.loopback import Channel, ManualClock, Member

DAY = 24 * 3600.0
CALL = "Call the college"
PLAN = Checklist(
    "plan",
    1,
    "Plan the next step",
    "To know what comes next.",
    "Leaders",
    "habit-champions",
    5,
    (
        Step("where", "Where do we stand?", "It matters.", ("habit-champions",), required=True),
        Step("next", "What is next?", "It matters.", (), required=True, commitment=True),
        Step("else", "Anything else?", "It may matter.", (), required=False),
    ),
)


def actor(person: Member) -> Actor:
    return Actor(person.id, person.name)


async def started_run(
    store: Store, clock: Clock, alliance: int, owner: Actor, thread: Channel | None = None
) -> StoredRun:
    """A run at its first step, in a team's thread if one is given."""
    run = engine.start(PLAN, alliance, owner, clock(), team=thread is not None)
    if thread is not None:
        run = replace(run, thread=thread.id)
    return await store.checklists.start_run(alliance, run, PLAN)


async def promised(
    store: Store,
    clock: Clock,
    alliance: int,
    owner: Actor,
    day: date | None,
    *,
    what: str = CALL,
    thread: Channel | None = None,
    by: Actor | None = None,
) -> Commitment:
    """A commitment, of the owner unless somebody else of a team makes it."""
    walk = await started_run(store, clock, alliance, owner, thread)
    given = AnswerValue("We call.", "We call.", Promise(what, "", day))
    event = AnswerStep("next", given, 0)
    await store.checklists.change_run(alliance, walk.run.id, event, by or owner)
    (commitment,) = await store.checklists.commitments(alliance, run=walk.run.id)
    return commitment


async def paused(bench: Bench, alliance: int, owner: Member) -> StoredRun:
    """A run that was put aside just now."""
    walk = await started_run(bench.store, bench.clock, alliance, actor(owner))
    change = await bench.store.checklists.change_run(alliance, walk.run.id, Pause(0), actor(owner))
    assert change is not None
    return change.walk


async def status_of(bench: Bench, commitment: Commitment) -> CommitmentStatus:
    now = await bench.store.checklists.commitment(commitment.alliance, commitment.id)
    assert now is not None
    return now.status


def set_clock(bench: Bench, hour: int, minute: int = 0) -> date:
    """Let it be this time (UTC) on a day that is returned, tomorrow by the system's clock."""
    day = (datetime.now(UTC) + timedelta(days=1)).date()
    move_to(bench, datetime.combine(day, time(hour, minute), UTC))
    return day


def move_to(bench: Bench, moment: datetime) -> None:
    """Let time pass until a moment."""
    pass_time(bench, (moment - bench.clock()).total_seconds())


def pass_time(bench: Bench, seconds: float) -> None:
    """Let time pass, for Discord as well, and let the bot look for what is due."""
    bench.clock.advance(seconds)
    if isinstance(bench.server.world.clock, ManualClock):
        bench.server.world.clock.advance(seconds)
    if bench.client is not None and not bench.client.is_closed():
        bench.client.dispatch("notices")
