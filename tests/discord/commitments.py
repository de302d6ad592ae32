"""Commitments and paused runs, made in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.checklists.rules import engine
from bot.checklists.rules.events import AnswerStep, Pause
from bot.checklists.rules.records import Commitment, CommitmentStatus, StoredRun
from bot.checklists.rules.run import Actor, AnswerValue, Promise
from bot.core.checklist import Checklist, Step
from bot.core.clock import Clock
from bot.store import Store
from tests.discord.bench import Alliance, Bench
from tests.loopback import Channel, Member

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


async def promise(
    bench: Bench,
    where: Alliance,
    day: date | None,
    who: Member | None = None,
    what: str = CALL,
    thread: Channel | None = None,
) -> Commitment:
    """A commitment of Rosa, or of somebody else; in a team's thread the run is hers."""
    owner = actor(where.rosa)
    by = actor(who) if who else owner
    return await promised(
        bench.store,
        bench.clock,
        where.guild.id,
        owner if thread else by,
        day,
        what=what,
        thread=thread,
        by=by,
    )


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
