"""Any history of a run, played through the store and through the pure engine."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checklists.rules.engine import apply, start
from bot.checklists.rules.events import (
    Cancel,
    Event,
    Finish,
    GoBack,
    GoOn,
    GoTo,
    HandOver,
    Pause,
    Reopen,
    Resume,
    SkipStep,
)
from bot.checklists.rules.run import Actor, Run
from bot.store import open_store
from tests.examples import tries
from tests.store.samples import BEGIN, BEN, PARIS, TurnedClock
from tests.store.walks import (
    CHECKLIST,
    FRIDAY,
    ana,
    answer,
    begin,
    ben,
    change,
    sol,
    stored,
)

Making = Callable[[Run, int], Event]
names = st.sampled_from([step.id for step in CHECKLIST.steps] + ["nowhere"])
off = st.sampled_from([0, 0, 0, 0, -1, 1])
texts = st.sampled_from(["yes", "no", "money", "Because 🌱"])
makings: st.SearchStrategy[Making] = st.one_of(
    st.builds(
        lambda name, text, by, what: (
            lambda run, person: answer(
                name, text, max(run.revision_of(name, person) + by, 0), what=what, day=FRIDAY
            )
        ),
        names,
        texts,
        off,
        st.sampled_from(["", "Report"]),
    ),
    st.builds(
        lambda name, reason, by: (
            lambda run, _: SkipStep(
                (run.current or name) if by == 0 else name, run.revision + by, reason
            )
        ),
        names,
        st.sampled_from(["", "Later"]),
        off,
    ),
    st.builds(lambda by: lambda run, _: GoBack(run.revision + by), off),
    st.builds(lambda by: lambda run, _: GoOn(run.revision + by), off),
    st.builds(lambda name, by: lambda run, _: GoTo(name, run.revision + by), names, off),
    st.builds(lambda by: lambda run, _: Pause(run.revision + by), off),
    st.builds(lambda by: lambda run, _: Finish(run.revision + by), off),
    st.sampled_from([lambda _, __: Resume(), lambda _, __: Cancel(), lambda _, __: Reopen()]),
    st.just(lambda _, __: HandOver(BEN, "Ben B.")),
)
histories = st.lists(
    st.tuples(makings, st.sampled_from([ana, ana, ana, ben, sol])), min_size=5, max_size=30
)


async def play(file: Path, history: list[tuple[Making, Actor]], *, team: bool) -> None:
    clock = TurnedClock()
    async with await open_store(file, clock) as store:
        number = await begin(store, team=team)
        pure = replace(start(CHECKLIST, PARIS, ana, BEGIN, team=team), id=number)
        for make, by in history:
            clock.turn(minutes=1)
            event = make(pure, by.person)
            pure, effects = apply(CHECKLIST, pure, event, by, clock.now)
            changed = await change(store, number, event, by)
            assert (changed.walk.run, changed.effects) == (pure, effects)
            assert await stored(store, number) == pure


@pytest.mark.parametrize("team", [False, True])
@settings(max_examples=tries(5), deadline=None, derandomize=True, database=None)
@given(history=histories)
def test_whatever_happens_a_stored_run_is_what_the_engine_makes_of_it(
    team: bool, history: list[tuple[Making, Actor]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder) / "guide.db", history, team=team))
