"""What the tests of runs share: a checklist with everything in it, people, and events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.checklists.rules.engine import start
from bot.checklists.rules.events import AnswerStep, Event, GoOn, HandOver, Pause, Refusal, SkipStep
from bot.checklists.rules.records import (
    Change,
    Commitment,
    CommitmentStatus,
    PersonSettings,
    StoredRun,
)
from bot.checklists.rules.run import Actor, AnswerValue, Promise, Run
from bot.core.checklist import AnswerType, Checklist, Condition, Step
from bot.store import Store
from tests.store.samples import ANA, BEGIN, BEN, PARIS, STEWARD

FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)


def step(name: str, *, required: bool = True, **more: Any) -> Step:
    return Step(name, f"What about {name}?", "It matters.", ("trust",), required, **more)


CHECKLIST = Checklist(
    id="sponsor",
    version=1,
    title="Sponsor accountability",
    purpose="Know who answers for what",
    audience="Leaders",
    overview="trust",
    minutes=10,
    steps=(
        step("who"),
        step("promise", commitment=True, case="dayton"),
        step("shared", type=AnswerType.YES_NO),
        step("with", when=Condition("shared", ("yes",)), required=False),
        step("way", type=AnswerType.CHOICE, choices=("money", "people"), required=False),
    ),
)
NEWER = replace(CHECKLIST, version=2, steps=CHECKLIST.steps[:2])

HELD_OF_CHECKLISTS = {
    "affiliations",
    "commitments",
    "drafts",
    "outbox",
    "person_settings",
    "run_answers",
    "run_skips",
    "runs",
}
"""The tables of checklists that have something of a person."""

ana, ben = Actor(ANA, "Ana A.", "Harbor College"), Actor(BEN, "Ben B.")
sol = Actor(STEWARD, "Sol", steward=True)


def answer(
    name: str, text: str, seen: int = 0, *, what: str = "", day: date | None = None
) -> AnswerStep:
    promise = Promise(what, "the board", day) if what else None
    return AnswerStep(name, AnswerValue(text, text, promise), seen)


async def begin(
    store: Store,
    alliance: int = PARIS,
    owner: Actor = ana,
    *,
    team: bool = False,
    checklist: Checklist = CHECKLIST,
    now: datetime = BEGIN,
) -> int:
    run = start(checklist, alliance, owner, now, team=team)
    return (await store.checklists.start_run(alliance, run, checklist)).run.id


async def change(
    store: Store, run: int, event: Event, by: Actor = ana, alliance: int = PARIS
) -> Change:
    changed = await store.checklists.change_run(alliance, run, event, by)
    assert changed is not None
    return changed


async def walk(store: Store, run: int, alliance: int = PARIS) -> StoredRun:
    found = await store.checklists.walk(alliance, run)
    assert found is not None
    return found


async def stored(store: Store, run: int, alliance: int = PARIS) -> Run:
    return (await walk(store, run, alliance)).run


async def only(store: Store, run: int, alliance: int = PARIS) -> Commitment:
    """The one commitment of a run, whatever became of it."""
    (found,) = await store.checklists.commitments(
        alliance, run=run, statuses=tuple(CommitmentStatus)
    )
    return found


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What any database is asked meanwhile, each with its parameters."""
    said: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        said.append((statement, parameters))

    sa.event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(Engine, "before_cursor_execute", note)


async def fill_checklists(store: Store, alliance: int, person: int) -> None:
    """A private run, a team's run, one of Ben's handed over, and all that comes with them."""
    me, other = Actor(person, "Ana A.", "Anas college"), ben
    private = await begin(store, alliance, me)
    promise = answer("promise", "Anas yes", what="Anas report", day=FRIDAY)
    for event in (SkipStep("who", 0, "Anas reason"), promise, Pause(2)):
        await change(store, private, event, me, alliance)
    await store.checklists.save_draft(alliance, private, "shared", person, {"text": "Anas draft"})
    for owner in (me, other):
        team = await begin(store, alliance, owner, team=True)
        await store.checklists.set_thread(alliance, team, 1008)
        for by, name in ((me, "Anas"), (other, "Bens")):
            await change(store, team, answer("who", f"{name} who"), by, alliance)
            promise = answer("promise", f"{name} yes", what=f"{name} report", day=FRIDAY)
            await change(store, team, promise, by, alliance)
    await change(store, team, HandOver(person, "Ana A."), other, alliance)
    for event in (GoOn(0), GoOn(1), SkipStep("shared", 2, "Anas other reason")):
        changed = await change(store, team, event, me, alliance)
        assert not isinstance(changed.effects[0], Refusal)
    await store.people.set_person_settings(alliance, person, PersonSettings(ZoneInfo("Asia/Tokyo")))
    await store.people.join_organization(alliance, person, "Harbor")
