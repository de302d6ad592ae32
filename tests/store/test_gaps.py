from __future__ import annotations

import asyncio

import sqlalchemy as sa

from bot.answers.records import FeedbackCounts, GapReason
from bot.answers.status import AllianceStatus
from bot.answers.tables import ExchangeRow
from bot.store import Store
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
)


async def answer(store: Store, exchange: int, alliance: int = PARIS, **more: object) -> int | None:
    note = await store.answers.answer_gap(
        alliance, exchange, text="The sponsor.", author=STEWARD, author_name="Sol", **more
    )
    return note.id if note else None


async def test_what_was_not_answered_or_not_helpful_is_a_gap(store: Store) -> None:
    await store.answers.add_exchange(PARIS, asked("Answered?"))
    unanswered = await store.answers.add_exchange(PARIS, gap("Unanswered?"))
    unhelpful = await store.answers.add_exchange(PARIS, asked("Unhelpful?", private=True))
    await store.answers.give_feedback(PARIS, unhelpful.id, BEN, helpful=False)
    found = await store.answers.open_gaps(PARIS, 10)
    assert [(item.exchange, item.reason, item.private) for item in found] == [
        (unhelpful.id, GapReason.NOT_HELPFUL, True),
        (unanswered.id, GapReason.UNANSWERED, False),
    ]
    await store.answers.give_feedback(PARIS, unhelpful.id, BEN, helpful=True)
    assert len(await store.answers.open_gaps(PARIS, 10)) == 1


async def test_gaps_are_paged_newest_first_without_a_gap_or_a_repeat(store: Store) -> None:
    ids = [(await store.answers.add_exchange(PARIS, gap(f"{n}?"))).id for n in range(7)]
    seen: list[int] = []
    before = None
    while page := await store.answers.open_gaps(PARIS, 3, before):
        assert len(page) <= 3
        seen += [item.exchange for item in page]
        before = seen[-1]
        await store.answers.add_exchange(PARIS, gap("Asked while a steward reads on?"))
    assert seen == ids[::-1]


async def test_a_note_closes_its_gap_and_retracting_it_opens_it_again(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, gap())
    note = await answer(store, stored.id)
    assert note is not None
    assert await store.answers.open_gap(PARIS, stored.id) is None
    current = await store.answers.notes(PARIS)
    assert [(item.gaps, item.question, item.author) for item in current] == [
        ((stored.id,), "Who pays for it?", STEWARD)
    ]
    assert await store.answers.retract_note(PARIS, note)
    assert not await store.answers.retract_note(PARIS, note)
    assert await store.answers.notes(PARIS) == ()
    assert await store.answers.open_gap(PARIS, stored.id) is not None
    retracted = await store.answers.note(PARIS, note)
    assert retracted is not None
    assert retracted.retracted


async def test_a_note_answers_a_group_of_gaps_under_the_stewards_words(store: Store) -> None:
    ids = [(await store.answers.add_exchange(PARIS, gap(f"{n}?"))).id for n in range(3)]
    elsewhere = (await store.answers.add_exchange(OSLO, gap())).id
    note = await answer(store, ids[1], question="Who pays?", also=[ids[2], elsewhere, 999, ids[1]])
    assert note is not None
    assert [item.exchange for item in await store.answers.open_gaps(PARIS, 5)] == [ids[0]]
    assert [(item.gaps, item.question) for item in await store.answers.notes(PARIS)] == [
        ((ids[1], ids[2]), "Who pays?")
    ]
    assert len(await store.answers.open_gaps(OSLO, 5)) == 1


async def test_the_questions_of_current_notes_are_those_still_kept(store: Store) -> None:
    first = await store.answers.add_exchange(PARIS, gap("Who pays?", person=ANA))
    second = await store.answers.add_exchange(PARIS, gap("Who pays for it?", person=BEN))
    taken_back = await store.answers.add_exchange(PARIS, gap("When?"))
    await store.answers.add_exchange(PARIS, gap("Where?"))
    await answer(store, first.id, also=[second.id])
    note = await answer(store, taken_back.id)
    assert note is not None
    await store.answers.retract_note(PARIS, note)
    both = {first.id: "Who pays?", second.id: "Who pays for it?"}
    assert await store.answers.questions_of_notes(PARIS) == both
    await store.privacy.forget_person(PARIS, BEN)
    assert await store.answers.questions_of_notes(PARIS) == {first.id: "Who pays?"}


async def test_only_an_open_gap_of_the_alliance_can_be_answered(store: Store) -> None:
    fine = await store.answers.add_exchange(PARIS, asked())
    dismissed = await store.answers.add_exchange(PARIS, gap())
    async with store.database.writing(PARIS) as session:
        put_aside = sa.update(ExchangeRow).where(ExchangeRow.id == dismissed.id)
        assert await session.affected(put_aside.values(dismissed=True)) == 1
    stored = await store.answers.add_exchange(PARIS, gap())
    assert await answer(store, stored.id, OSLO) is None
    for exchange in (fine.id, dismissed.id, 999):
        assert await answer(store, exchange) is None
    assert await store.answers.notes(PARIS) == ()


async def test_of_two_stewards_who_answer_at_once_one_succeeds(store: Store) -> None:
    stored = await store.answers.add_exchange(PARIS, gap())
    written = await asyncio.gather(*(answer(store, stored.id) for _ in range(5)))
    assert len([note for note in written if note is not None]) == 1
    assert len(await store.answers.notes(PARIS)) == 1


async def test_the_status_counts_the_last_seven_days(store: Store, clock: TurnedClock) -> None:
    old = await store.answers.add_exchange(
        PARIS, gap(outcome=outcome(answered=False, latency_ms=999))
    )
    await store.answers.give_feedback(PARIS, old.id, ANA, helpful=False)
    clock.turn(days=7, seconds=1)
    await store.answers.add_exchange(PARIS, gap(outcome=outcome(answered=False, latency_ms=10)))
    for latency in (20, 40, 1000):
        last = await store.answers.add_exchange(PARIS, asked(outcome=outcome(latency_ms=latency)))
    await store.answers.give_feedback(PARIS, last.id, ANA, helpful=True)
    await store.answers.add_exchange(OSLO, asked())
    assert await store.answers.status(PARIS) == AllianceStatus(
        4, 0.75, 30.0, FeedbackCounts(1, 0), 2
    )


async def test_the_status_of_a_silent_alliance_has_no_shares(store: Store) -> None:
    assert await store.answers.status(PARIS) == AllianceStatus(
        0, None, None, FeedbackCounts(0, 0), 0
    )
