from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.records import FeedbackChange, GapReason, Mark, MarkedAnswer
from bot.privacy.records import Purged
from bot.store import Store, open_store
from tests.store.samples import (
    ANA,
    BEN,
    OSLO,
    PARIS,
    STEWARD,
    TurnedClock,
    asked,
    gap,
    outcome,
    rows,
)
from tests.store.test_migrations import at_revision

BEGIN_WITH = "How do we begin?"


async def wrong(store: Store, question: str = BEGIN_WITH, person: int = ANA) -> int:
    stored = await store.answers.add_exchange(PARIS, asked(question, person))
    assert await store.marks.keep_back(PARIS, stored.id) is FeedbackChange.FIRST
    return stored.id


async def refused(store: Store, marked: int, question: str = BEGIN_WITH) -> int:
    told = replace(outcome(answered=False), passages=(), same_as=marked)
    return (await store.answers.add_exchange(PARIS, asked(question, BEN, outcome=told))).id


async def note_for(store: Store, exchange: int) -> int:
    note = await store.answers.answer_gap(
        PARIS, exchange, text="So.", author=STEWARD, author_name="Sol"
    )
    assert note is not None
    return note.id


async def good(store: Store, exchange: int, *, good: bool = True) -> bool:
    return await store.marks.set_good(PARIS, exchange, good=good)


async def open_gaps(store: Store) -> list[tuple[int, GapReason]]:
    return [(one.exchange, one.reason) for one in await store.answers.open_gaps(PARIS, 10)]


# -- wrong -----------------------------------------------------------------------------------------


async def test_a_wrong_answer_is_a_gap_whatever_feedback_says(store: Store) -> None:
    marked = await wrong(store)
    assert await open_gaps(store) == [(marked, GapReason.MARKED_WRONG)]
    await store.answers.give_feedback(PARIS, marked, STEWARD, helpful=False, reason="Ours differ")
    await store.privacy.forget_person(PARIS, STEWARD)
    assert await open_gaps(store) == [(marked, GapReason.MARKED_WRONG)]
    assert await store.marks.marked_answers(PARIS) == (
        MarkedAnswer(marked, Mark.WRONG, BEGIN_WITH, "trust", alone=True, note=None),
    )
    assert await store.marks.marked_answers(OSLO) == ()


async def test_it_is_marked_once_and_let_come_once(store: Store) -> None:
    marked = await wrong(store)
    assert await store.marks.keep_back(PARIS, marked) is FeedbackChange.SAME
    assert await store.marks.keep_back(OSLO, marked) is FeedbackChange.NOT_KEPT
    assert not await store.marks.let_come(OSLO, marked)
    assert await store.marks.let_come(PARIS, marked)
    assert not await store.marks.let_come(PARIS, marked)
    assert await store.marks.marked_answers(PARIS) == ()
    assert await open_gaps(store) == []


async def test_what_is_no_answer_is_not_marked(store: Store) -> None:
    nothing = replace(outcome(answered=False), passages=())
    unanswered = await store.answers.add_exchange(PARIS, gap(outcome=nothing))
    for exchange in (unanswered.id, 999):
        assert await store.marks.keep_back(PARIS, exchange) is FeedbackChange.NOT_KEPT
        assert not await good(store, exchange)
    assert await store.marks.marked_answers(PARIS) == ()


async def test_what_was_refused_for_it_is_no_gap_once_it_may_come(store: Store) -> None:
    marked = await wrong(store)
    await refused(store, marked)
    other = await store.answers.add_exchange(PARIS, gap())
    assert len(await open_gaps(store)) == 3
    assert await store.marks.let_come(PARIS, marked)
    assert await open_gaps(store) == [(other.id, GapReason.UNANSWERED)]


async def test_a_note_for_what_was_refused_mends_the_marked_answer_and_all_of_it(
    store: Store,
) -> None:
    marked = await wrong(store)
    first, second = await refused(store, marked), await refused(store, marked, "Where to begin?")
    alien = await wrong(store, "Who pays?")
    note = await note_for(store, first)
    written = await store.answers.note(PARIS, note)
    assert written is not None
    assert written.gaps == (marked, first, second)
    assert await open_gaps(store) == [(alien, GapReason.MARKED_WRONG)]
    notes = {one.exchange: one.note for one in await store.marks.marked_answers(PARIS)}
    assert notes == {marked: note, alien: None}


async def test_a_note_for_the_marked_answer_mends_it_until_it_is_retracted(store: Store) -> None:
    marked = await wrong(store)
    await refused(store, marked)
    note = await note_for(store, marked)
    assert await open_gaps(store) == []
    assert [one.note for one in await store.marks.marked_answers(PARIS)] == [note]
    await store.answers.retract_note(PARIS, note)
    assert len(await open_gaps(store)) == 2
    assert [one.note for one in await store.marks.marked_answers(PARIS)] == [None]


async def test_the_mark_goes_when_the_question_is_asked_anew_but_not_when_it_stays_the_same(
    store: Store,
) -> None:
    marked = await wrong(store)
    same = replace(outcome(answered=False), passages=(), same_as=marked)
    await store.answers.revise_exchange(PARIS, marked, "How to begin?", same)
    (kept,) = await store.marks.marked_answers(PARIS)
    assert (kept.question, kept.passage) == ("How to begin?", "trust")
    await store.answers.revise_exchange(PARIS, marked, "Who pays?", outcome())
    assert await store.marks.marked_answers(PARIS) == ()


# -- good ------------------------------------------------------------------------------------------


async def test_good_is_taken_back_also_by_way_of_one_that_is_the_same(store: Store) -> None:
    first = await store.answers.add_exchange(PARIS, asked())
    told = replace(outcome(), same_as=first.id)
    second = await store.answers.add_exchange(PARIS, asked(outcome=told))
    assert second.outcome.same_as == first.id
    assert await good(store, first.id)
    assert await good(store, first.id)
    assert await good(store, second.id)
    assert len(await store.marks.marked_answers(PARIS)) == 2
    assert not await good(store, second.id, good=False)
    assert await store.marks.marked_answers(PARIS) == ()
    assert await open_gaps(store) == []


async def test_wrong_outweighs_good(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, asked())
    assert await good(store, stored.id)
    assert await store.marks.keep_back(PARIS, stored.id) is FeedbackChange.CHANGED
    assert not await good(store, stored.id)
    await good(store, stored.id, good=False)
    assert [one.mark for one in await store.marks.marked_answers(PARIS)] == [Mark.WRONG]


# -- what is held ----------------------------------------------------------------------------------


async def test_a_forgotten_asker_takes_the_marks_along(store: Store, file: Path) -> None:
    marked = await wrong(store)
    fine = await store.answers.add_exchange(PARIS, asked())
    await good(store, fine.id)
    (question, _) = (await store.privacy.export_person(PARIS, ANA))["questions"]
    assert (question["mark"], question["same_as"]) == ("wrong", None)
    await store.privacy.forget_person(PARIS, ANA)
    assert await store.marks.marked_answers(PARIS) == ()
    assert await store.marks.keep_back(PARIS, marked) is FeedbackChange.NOT_KEPT
    assert await open_gaps(store) == []
    assert len(rows(file)["exchanges"]) == 1  # a mere statistic: that there was a gap


async def test_a_mark_goes_with_the_question_when_it_expires(
    store: Store, clock: TurnedClock
) -> None:
    await wrong(store)
    clock.turn(days=181)
    assert await store.privacy.purge(PARIS, clock.now) == Purged(exchanges=1)
    assert await store.marks.marked_answers(PARIS) == ()


@pytest.mark.sqlite
async def test_what_was_there_before_is_neither_marked_nor_compared(
    file: Path, clock: TurnedClock
) -> None:
    at_revision(file, "0012")
    record = json.dumps({})
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO exchanges (id, alliance, channel, person, source, private, question,"
            " answered, confidence, latency_ms, passages, record, created)"
            f" VALUES (7, {PARIS}, 11, 2, 21, 0, 'Earlier?', 1, 0.5, 9.0, '[\"trust\"]',"
            f" '{record}', '2026-03-02 09:30:00.000000')"
        )
    async with await open_store(file, clock) as store:
        earlier = await store.answers.exchange(PARIS, 7)
        assert earlier is not None
        assert (earlier.mark, earlier.outcome.same_as) == (None, None)
        assert await store.marks.keep_back(PARIS, 7) is FeedbackChange.FIRST
