from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.checklists import store as runs_module
from bot.checklists.rules.engine import start
from bot.checklists.rules.events import (
    Cancel,
    Event,
    Finish,
    GoTo,
    HandOver,
    Kept,
    LeftOut,
    Moved,
    Pause,
    Refusal,
    SkipStep,
    Why,
)
from bot.checklists.rules.run import Actor, Status
from bot.store import Store, open_store
from tests.store.samples import ANA, BEGIN, BEN, OSLO, PARIS, TurnedClock, rows
from tests.store.walks import (
    CHECKLIST,
    FRIDAY,
    NEWER,
    ana,
    answer,
    begin,
    ben,
    change,
    sol,
    statements,
    stored,
    walk,
)

MUCH = "**Bold** <@123> @everyone `code` 🧑🏽‍🤝‍🧑🏻 \u202ertl\n> quote\r\n\ttab\u0301 " * 80


async def test_a_new_run_is_kept_as_it_began(store: Store) -> None:
    run = start(CHECKLIST, PARIS, ana, BEGIN, team=True)
    begun = await store.checklists.start_run(PARIS, run, CHECKLIST)
    assert begun.run == replace(run, id=begun.run.id)
    assert begun.run.id > 0
    assert await store.checklists.walk(PARIS, begun.run.id) == begun


async def test_runs_have_ids_that_no_other_alliance_sees_or_uses(store: Store) -> None:
    first, second = await begin(store, PARIS), await begin(store, OSLO)
    assert first != second
    assert await store.checklists.walk(OSLO, first) is None
    assert await store.checklists.change_run(OSLO, first, Cancel(), ana) is None
    assert not await store.checklists.set_thread(OSLO, first, 5)
    assert (await stored(store, first)).status is Status.OPEN


async def test_an_answer_is_kept_character_for_character(store: Store) -> None:
    run = await begin(store)
    text = MUCH[:4000]
    assert len(text) == 4000
    changed = await change(store, run, answer("who", text))
    assert await walk(store, run) == changed.walk
    (kept,) = (await stored(store, run)).answers["who"]
    assert (kept.given.text, kept.name, kept.organization) == (text, ana.name, ana.organization)


async def test_a_run_keeps_the_checklist_it_began_with_and_that_is_stored_once(
    store: Store, file: Path
) -> None:
    old = [await begin(store), await begin(store)]
    new = await begin(store, checklist=NEWER)
    assert [(await walk(store, run)).checklist for run in (*old, new)] == [
        CHECKLIST,
        CHECKLIST,
        NEWER,
    ]
    assert [(await stored(store, run)).version for run in (*old, new)] == [1, 1, 2]
    assert len(rows(file)["definitions"]) == 2


async def test_an_edited_checklist_of_the_same_version_does_not_change_runs(store: Store) -> None:
    run = await begin(store)
    edited = replace(CHECKLIST, steps=CHECKLIST.steps[1:])
    await begin(store, checklist=edited)
    assert (await walk(store, run)).checklist == CHECKLIST


async def test_what_an_event_did_is_returned_and_stored(store: Store, clock: TurnedClock) -> None:
    run = await begin(store)
    clock.turn(minutes=5)
    changed = await change(store, run, answer("who", "The board"))
    kept, moved = changed.effects
    assert isinstance(kept, Kept)
    assert (kept.step, moved) == ("who", Moved("promise"))
    assert changed.walk.run.changed == clock.now
    assert await walk(store, run) == changed.walk


async def test_a_refused_event_changes_nothing(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    run = await begin(store)
    before = rows(file)
    clock.turn(minutes=5)
    refused = await change(store, run, answer("who", "Mine"), ben)
    assert refused.effects == (Refusal(Why.NOT_YOURS),)
    assert rows(file) == before


Act = tuple[Event, Actor]
AT_ONCE: dict[str, tuple[Act, Why]] = {
    "answer": ((answer("who", "The board"), ana), Why.ALREADY_ANSWERED),
    "skip": ((SkipStep("who", 0, "Later"), ana), Why.STALE),
    "next": ((GoTo("shared", 0), ana), Why.STALE),
    "pause": ((Pause(0), ana), Why.PAUSED),
    "cancel": ((Cancel(), ana), Why.CANCELLED),
}


@pytest.mark.parametrize("team", [False, True])
@pytest.mark.parametrize("name", AT_ONCE)
async def test_of_the_same_event_many_times_at_once_one_has_effect(
    store: Store, name: str, team: bool
) -> None:
    run = await begin(store, team=team)
    (event, by), why = AT_ONCE[name]
    changes = await asyncio.gather(*(change(store, run, event, by) for _ in range(20)))
    refused = [changed.effects for changed in changes if changed.effects == (Refusal(why),)]
    assert len(refused) == 19
    assert (await stored(store, run)).revision == (0 if team and name == "answer" else 1)


async def test_of_many_who_finish_at_once_one_does(store: Store) -> None:
    run = await begin(store, checklist=NEWER)
    await change(store, run, answer("who", "A"))
    await change(store, run, answer("promise", "B"))
    changes = await asyncio.gather(*(change(store, run, Finish(2)) for _ in range(20)))
    assert sum(changed.effects == (Refusal(Why.FINISHED),) for changed in changes) == 19
    assert (await stored(store, run)).status is Status.FINISHED


async def test_two_stores_on_one_file_give_an_event_one_effect(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    run = await begin(store)
    async with await open_store(file, clock) as other:
        both = [change(one, run, answer("who", "A")) for one in (store, other) for _ in range(5)]
        changes = await asyncio.gather(*both)
    assert sum(changed.effects == (Refusal(Why.ALREADY_ANSWERED),) for changed in changes) == 9


async def test_members_of_a_team_who_answer_at_once_are_all_kept(store: Store) -> None:
    run = await begin(store, team=True)
    people = [Actor(number, f"Person {number}") for number in range(1, 21)]
    await asyncio.gather(*(change(store, run, answer("who", one.name), one) for one in people))
    answers = (await stored(store, run)).answers["who"]
    assert {one.given.text for one in answers} == {one.name for one in people}
    assert len(answers) == 20


async def test_the_order_of_first_answers_stands_when_they_are_edited(store: Store) -> None:
    run = await begin(store, team=True)
    for by, text, seen in ((ben, "B", 0), (ana, "A", 0), (ben, "B2", 1)):
        await change(store, run, answer("who", text, seen), by)
    answers = (await stored(store, run)).answers["who"]
    assert [(one.given.text, one.revision) for one in answers] == [("B2", 2), ("A", 1)]


async def test_a_private_run_that_changed_hands_has_one_answer_to_a_step(store: Store) -> None:
    run = await begin(store)
    await change(store, run, answer("who", "Anas"))
    await change(store, run, HandOver(BEN, "Ben B."), sol)
    await change(store, run, answer("who", "Bens", 1), ben)
    found = await stored(store, run)
    assert [(one.person, one.given.text) for one in found.answers["who"]] == [(BEN, "Bens")]
    assert (found.owner, found.owner_name) == (BEN, "Ben B.")


async def test_an_answer_takes_a_skip_away(store: Store) -> None:
    run = await begin(store)
    skipped = await change(store, run, SkipStep("who", 0, "Nobody knows"))
    assert skipped.effects == (LeftOut("who", required=True), Moved("promise"))
    assert await walk(store, run) == skipped.walk
    changed = await change(store, run, answer("who", "Now we do"))
    assert changed.walk.run.skipped == {}
    assert await walk(store, run) == changed.walk


async def test_nothing_is_written_when_what_follows_from_an_event_cannot_be(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await begin(store)
    await change(store, run, answer("who", "The board"))
    before = rows(file)

    async def fail(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(runs_module, "carry_out", fail)
    with pytest.raises(RuntimeError):
        await change(store, run, answer("promise", "Yes", what="Report", day=FRIDAY))
    assert rows(file) == before


async def test_a_cancelled_call_ends_as_a_whole(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    run = await begin(store)
    call = asyncio.create_task(change(store, run, answer("who", "The board")))
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await store.close()
    async with await open_store(file, clock) as opened:
        assert "who" in (await stored(opened, run)).answers


async def test_runs_are_found_by_all_that_is_given_the_one_changed_last_first(
    store: Store, clock: TurnedClock
) -> None:
    first, second, third = (
        await begin(store),
        await begin(store, team=True, checklist=replace(NEWER, id="other", title="Other")),
        await begin(store, owner=ben),
    )
    await begin(store, OSLO)
    assert await store.checklists.set_thread(PARIS, second, 77)
    clock.turn(hours=1)
    await change(store, first, Pause(0))

    async def found(**filters: object) -> list[int]:
        return [head.id for head in await store.checklists.runs(PARIS, **filters)]  # type: ignore[arg-type]

    assert await found() == [first, third, second]
    assert await found(limit=1) == [first]
    assert await found(owner=ANA) == [first, second]
    assert await found(owner=ANA, statuses=[Status.OPEN]) == [second]
    assert await found(statuses=[Status.FINISHED]) == []
    assert await found(thread=77) == [second]
    assert await found(checklist="other") == [second]
    assert await found(checklist="sponsor", owner=BEN) == [third]
    (head,) = await store.checklists.runs(PARIS, thread=77)
    assert (head.title, head.version, head.team, head.owner_name) == ("Other", 2, True, "Ana A.")
    assert (await stored(store, second)).thread == 77


FILTERS: list[dict[str, object]] = [
    {},
    {"owner": ANA},
    {"thread": 7},
    {"checklist": "sponsor"},
    {"owner": ANA, "checklist": "sponsor", "statuses": [Status.OPEN, Status.PAUSED]},
]


@pytest.mark.sqlite
@pytest.mark.parametrize("filters", FILTERS)
async def test_runs_are_read_by_an_index_in_their_order(
    store: Store, file: Path, filters: dict[str, object]
) -> None:
    with statements() as said:
        await store.checklists.runs(PARIS, **filters)  # type: ignore[arg-type]
    with closing(sqlite3.connect(file)) as connection:
        plan = [
            row[3]
            for statement, parameters in said
            if "FROM runs" in statement
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert plan
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step]


async def test_opening_a_store_reads_no_run(file: Path, clock: TurnedClock) -> None:
    async with await open_store(file, clock) as store:
        await begin(store)
    with statements() as said:
        async with await open_store(file, clock):
            pass
    assert said
    assert not [statement for statement, _ in said if "runs" in statement]


async def test_a_draft_waits_until_the_answer_is_kept(store: Store) -> None:
    run = await begin(store, team=True)
    await store.checklists.save_draft(PARIS, run, "who", ANA, {"text": "A"})
    assert await store.checklists.save_draft(
        PARIS, run, "who", ANA, {"text": MUCH[:4000], "what": "so"}
    )
    assert await store.checklists.save_draft(PARIS, run, "who", BEN, {"text": "Bens"})
    assert await store.checklists.draft(PARIS, run, "who", ANA) == {
        "text": MUCH[:4000],
        "what": "so",
    }
    await change(store, run, answer("who", "Kept"))
    assert await store.checklists.draft(PARIS, run, "who", ANA) is None
    assert await store.checklists.draft(PARIS, run, "who", BEN) == {"text": "Bens"}
    assert await store.checklists.drop_draft(PARIS, run, "who", BEN)
    assert not await store.checklists.drop_draft(PARIS, run, "who", BEN)


async def test_a_draft_needs_its_run(store: Store) -> None:
    run = await begin(store)
    assert not await store.checklists.save_draft(OSLO, run, "who", ANA, {})
    assert not await store.checklists.save_draft(PARIS, run + 1, "who", ANA, {})
