from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.answers.records import FeedbackChange, FeedbackCounts
from bot.database.oblivion import ForgottenMeanwhile
from bot.database.tables import Base
from bot.privacy import store as privacy_store
from bot.privacy.records import FORMER_MEMBER, Forgotten, Purged
from bot.store import Store
from tests.databases import on_postgresql
from tests.store.samples import (
    ANA,
    BEGIN,
    BEN,
    OSLO,
    PARIS,
    STEWARD,
    TurnedClock,
    asked,
    done_in,
    gap,
    outcome,
    rows,
)
from tests.store.walks import HELD_OF_CHECKLISTS, fill_checklists

WORDS = "Can Anas cousin be paid?"
HELD = {"choices", "exchanges", "feedback", "notes", "pending_questions"} | HELD_OF_CHECKLISTS


async def fill(store: Store, alliance: int, person: int) -> None:
    """One row of everything that can be held about a person, each value telling."""
    told = outcome(answered=False, latency_ms=31.5, text="Anas answer")
    first = await store.answers.add_exchange(alliance, asked("Anas first?", person, source=1001))
    new = gap(WORDS, person, outcome=told, thread=1002, previous=first.id, answer_message=1003)
    unanswered = await store.answers.add_exchange(alliance, new)
    other = await store.answers.add_exchange(alliance, gap("Bens gap?", BEN, source=1004))
    await store.answers.give_feedback(
        alliance, other.id, person, helpful=False, reason="Anas reason"
    )
    for exchange in (unanswered.id, other.id):
        await store.answers.answer_gap(
            alliance, exchange, text="A note", author=person, author_name="Ana A."
        )
    await store.alliances.choose_alliance_for_person_in_direct_messages(alliance, person)
    await store.answers.claim_question(
        alliance, 1005, channel=1006, thread=1007, person=person, received=BEGIN, previous=first.id
    )
    await fill_checklists(store, alliance, person)


def leaves(value: Any) -> set[str]:
    """Every value and key in an export, as text."""
    if isinstance(value, dict):
        return set(value) | {leaf for item in value.values() for leaf in leaves(item)}
    if isinstance(value, list):
        return {leaf for item in value for leaf in leaves(item)}
    return {str(value)}


async def test_an_export_has_every_value_of_every_row_about_a_person(
    store: Store, file: Path
) -> None:
    await fill(store, PARIS, ANA)
    exported = leaves(json.loads(json.dumps(await store.privacy.export_person(PARIS, ANA))))
    seen = set()

    def compare(connection: sa.Connection) -> None:
        for table in Base.metadata.tables.values():
            for column in {"person", "author", "owner"} & set(table.columns.keys()):
                query = table.select().where(table.c[column] == ANA)
                for row in connection.execute(query).mappings():
                    seen.add(table.name)
                    for name, value in row.items():
                        if name == "digest":  # says which checklist, nothing about a person
                            continue
                        if isinstance(value, datetime):
                            assert value.isoformat() in exported, (table.name, name)
                        elif isinstance(value, bool):
                            assert str(name) in exported, (table.name, name)
                        else:
                            assert leaves(value) <= exported, (table.name, name)

    done_in(file, compare)
    assert seen == HELD


async def test_an_export_of_everywhere_has_each_alliance_on_its_own(store: Store) -> None:
    await fill(store, PARIS, ANA)
    await fill(store, OSLO, ANA)
    everywhere = await store.privacy.export_person_everywhere(ANA)
    assert everywhere == {
        "person": str(ANA),
        "alliances": [
            await store.privacy.export_person(PARIS, ANA),
            await store.privacy.export_person(OSLO, ANA),
        ],
    }
    assert str(OSLO) not in json.dumps(await store.privacy.export_person(PARIS, ANA))


async def test_of_a_forgotten_person_nothing_is_left_in_rows_or_files(
    store: Store, file: Path
) -> None:
    await fill(store, PARIS, ANA)
    await fill(store, OSLO, ANA)
    assert await store.privacy.forget_person_everywhere(ANA) == Forgotten(
        4, 2, 4, 1, 2, 6, 10, 6, 6
    )
    left = repr(rows(file))
    for trace in (str(ANA), "Ana", "1001", "1002", "1003", "1006", "1007"):
        assert trace not in left
    assert await store.privacy.export_person_everywhere(ANA) == {
        "person": str(ANA),
        "alliances": [],
    }
    assert await store.privacy.forget_person_everywhere(ANA) == Forgotten()
    if on_postgresql():
        return  # what it keeps of deleted rows is its own
    held = b"".join(part.read_bytes() for part in file.parent.glob("guide.db*"))
    assert b"Bens gap" in held
    for words in (WORDS, "Anas first", "Anas answer", "Anas reason", "Ana A."):
        assert words.encode() not in held


async def test_forgetting_in_one_alliance_leaves_the_other_as_it_was(
    store: Store, file: Path
) -> None:
    await fill(store, PARIS, ANA)
    await fill(store, OSLO, ANA)
    before = rows(file, OSLO)
    assert await store.privacy.forget_person(PARIS, ANA) == Forgotten(2, 1, 2, 0, 1, 3, 5, 3, 3)
    assert rows(file, OSLO) == before
    assert await store.alliances.alliance_of_person_in_direct_messages(ANA) == OSLO


async def test_forgetting_a_person_leaves_what_others_said(store: Store) -> None:
    await fill(store, PARIS, ANA)
    before = await store.privacy.export_person(PARIS, BEN)
    await store.privacy.forget_person(PARIS, ANA)
    assert await store.privacy.export_person(PARIS, BEN) == before


async def test_notes_stay_by_a_former_member_and_lose_the_forgotten_words(store: Store) -> None:
    await fill(store, PARIS, ANA)
    await store.privacy.forget_person(PARIS, ANA)
    assert [
        (note.author, note.author_name, note.question) for note in await store.answers.notes(PARIS)
    ] == [
        (None, FORMER_MEMBER, ""),
        (None, FORMER_MEMBER, "Bens gap?"),
    ]


async def test_a_question_that_a_steward_put_better_stays_with_the_note(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, gap(WORDS))
    await store.answers.answer_gap(
        PARIS, stored.id, text="T", author=STEWARD, author_name="Sol", question="Paying kin?"
    )
    await store.privacy.forget_person(PARIS, ANA)
    assert (await store.answers.notes(PARIS))[0].question == "Paying kin?"


async def test_a_forgotten_gap_still_counts_but_cannot_be_seen_or_used(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, gap(WORDS, thread=5))
    later = await store.answers.add_exchange(PARIS, asked("Later?", BEN, previous=stored.id))
    await store.privacy.forget_person(PARIS, ANA)
    status = await store.answers.status(PARIS)
    assert (status.questions, status.answered_share, status.open_gaps) == (2, 0.5, 0)
    assert await store.answers.open_gaps(PARIS, 5) == ()
    assert await store.answers.exchange(PARIS, stored.id) is None
    assert await store.answers.last_exchange_in_thread(PARIS, 5) is None
    assert await store.answers.history(PARIS, later.id, 5) == ("Later?",)
    change = await store.answers.give_feedback(PARIS, stored.id, BEN, helpful=True)
    assert change is FeedbackChange.NOT_KEPT
    assert not await store.answers.mark_shared(PARIS, stored.id)
    assert not await store.answers.unmark_shared(PARIS, stored.id)
    assert await store.answers.open_gap(PARIS, stored.id) is None


async def test_a_purge_takes_everything_from_before_and_nothing_after(
    store: Store, clock: TurnedClock
) -> None:
    old = await store.answers.add_exchange(PARIS, asked("Old?"))
    await store.answers.give_feedback(PARIS, old.id, BEN, helpful=False)
    elsewhere = await store.answers.add_exchange(OSLO, asked("Old too?"))
    clock.turn(seconds=1)
    edge = await store.answers.add_exchange(PARIS, asked("Edge?", previous=old.id))
    assert await store.privacy.purge(PARIS, clock.now) == Purged(exchanges=1, feedback=1)
    assert await store.answers.exchange(PARIS, old.id) is None
    assert await store.answers.feedback_counts(PARIS) == FeedbackCounts(0, 0)
    assert await store.answers.open_gaps(PARIS, 5) == ()
    assert await store.answers.exchange(PARIS, edge.id) is not None
    assert await store.answers.exchange(OSLO, elsewhere.id) is not None


async def test_current_notes_outlive_their_gaps_and_retracted_ones_do_not(
    store: Store, clock: TurnedClock
) -> None:
    notes = []
    for _ in range(2):
        stored = await store.answers.add_exchange(PARIS, gap())
        note = await store.answers.answer_gap(
            PARIS, stored.id, text="T", author=STEWARD, author_name="Sol"
        )
        assert note is not None
        notes.append(note.id)
    await store.answers.retract_note(PARIS, notes[1])
    clock.turn(days=181)
    assert await store.privacy.purge_all_expired() == Purged(exchanges=2, notes=1)
    assert [(note.id, note.gaps) for note in await store.answers.notes(PARIS)] == [(notes[0], ())]
    assert await store.answers.note(PARIS, notes[1]) is None


@pytest.mark.parametrize(("days", "left"), [(29, 2), (31, 1), (179, 1), (181, 0)])
async def test_each_alliance_has_its_own_retention(
    store: Store, clock: TurnedClock, days: int, left: int
) -> None:
    await store.alliances.change_settings(PARIS, retention_days=30)
    for alliance in (PARIS, OSLO):
        await store.answers.add_exchange(alliance, asked())
    clock.turn(days=days)
    assert (await store.privacy.purge_all_expired()).exchanges == 2 - left
    kept = [await store.answers.exchange_by_source(alliance, 21) for alliance in (PARIS, OSLO)]
    assert [exchange is not None for exchange in kept] == [days < 30, days < 180]


async def test_a_clock_that_is_set_back_keeps_nobody_from_asking_after_forgetting(
    store: Store, clock: TurnedClock
) -> None:
    under_way = asked(received=clock.now)
    await store.privacy.forget_person(PARIS, ANA)
    clock.turn(hours=-3)
    with pytest.raises(ForgottenMeanwhile):
        await store.answers.add_exchange(PARIS, under_way)
    clock.turn(seconds=1)
    later = asked(received=clock.now)
    clock.turn(seconds=1)
    assert (await store.answers.add_exchange(PARIS, later)).question == later.question


async def test_others_write_while_much_is_purged(
    store: Store, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privacy_store, "_AT_ONCE", 3)
    for number in range(10):
        old = await store.answers.add_exchange(PARIS, asked(source=number))
        await store.answers.give_feedback(PARIS, old.id, BEN, helpful=False)
    clock.turn(days=181)
    purge = asyncio.create_task(store.privacy.purge_all_expired())
    in_between = 0
    while not purge.done():
        await store.alliances.claim(PARIS, in_between)
        in_between += not purge.done()
    assert await purge == Purged(exchanges=10, feedback=10)
    assert in_between >= 6  # 20 rows, three at once


@pytest.mark.sqlite
async def test_where_a_purge_fails_the_others_go_on(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    for alliance in (PARIS, OSLO):
        await store.answers.add_exchange(alliance, asked(WORDS))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            f"CREATE TRIGGER broken BEFORE DELETE ON exchanges WHEN OLD.alliance = {PARIS}"
            " BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    clock.turn(days=181)
    with capture_logs() as logs:
        assert await store.privacy.purge_all_expired() == Purged(exchanges=1)
    assert [(log["event"], log["alliance"]) for log in logs] == [("purge_failed", PARIS)]
    assert await store.answers.exchange_by_source(OSLO, 21) is None
    assert await store.answers.exchange_by_source(PARIS, 21) is not None
