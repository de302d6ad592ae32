from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.alliances.records import ChannelPurpose
from bot.core.outbox import NoticeKind
from bot.opportunities.rules.models import (
    OPEN_WITHOUT_DEADLINE,
    Kind,
    Mode,
    OfferForm,
    Opportunity,
    Outcome,
    State,
)
from bot.opportunities.rules.records import KeptForm, Published, PublishTrouble
from bot.opportunities.rules.replies import Counts
from bot.people.tables import AffiliationRow, OrganizationRow
from bot.store import Store, open_store
from tests.store.offers import (
    CHANNEL_ID,
    POSTER,
    SEATS,
    declined,
    draft,
    dues,
    everybody,
    interested,
    join,
    keys,
    publish,
    stored,
    waiting,
    with_capacity,
)
from tests.store.samples import ANA, BEGIN, BEN, OSLO, PARIS, STEWARD, TurnedClock, rows
from tests.store.walks import statements

FORM = OfferForm(
    "Seats", "Four\nevenings", "Shops", "by Friday", "https://a.example", "12", "Dayton"
)


async def test_twenty_who_press_post_at_once_publish_once(store: Store) -> None:
    await join(store, BEN, "Harbor")
    made = await draft(store)
    matches = await everybody(store)
    tried = await asyncio.gather(
        *(store.opportunities.publish(PARIS, made.id, matches, CHANNEL_ID) for _ in range(20))
    )
    assert [isinstance(one, Published) for one in tried].count(True) == 1
    assert tried.count(PublishTrouble.ALREADY) == 19
    assert sorted(row.kind for row in await waiting(store)) == [
        NoticeKind.OPPORTUNITY_CLOSE,
        NoticeKind.OPPORTUNITY_NEW,
        NoticeKind.OPPORTUNITY_POST,
    ]


async def test_a_published_opportunity_has_all_that_was_drafted_and_closes_at_its_deadline(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    made = await draft(store, with_capacity(12))
    clock.turn(hours=1)
    published = await store.opportunities.publish(PARIS, made.id, [], CHANNEL_ID)
    assert isinstance(published, Published)
    expected = replace(
        made,
        state=State.OPEN,
        posted=clock.now,
        closes=SEATS.deadline,
        channel=CHANNEL_ID,
        revision=1,
    )
    assert published == Published(expected, 0)
    async with await open_store(file, clock) as restarted:
        assert await restarted.opportunities.opportunity(PARIS, made.id) == expected
    assert expected.offer == with_capacity(12)


async def test_without_a_deadline_it_closes_after_sixty_days(store: Store) -> None:
    offer = await publish(store, replace(SEATS, deadline=None))
    assert offer.closes == BEGIN + OPEN_WITHOUT_DEADLINE
    assert await dues(store, NoticeKind.OPPORTUNITY_CLOSE) == {None: offer.closes}


async def test_all_who_want_it_at_once_are_told_at_the_same_moment_after_the_post(
    store: Store, clock: TurnedClock
) -> None:
    for person, mode in enumerate([*Mode, Mode.INSTANT], 1):
        await join(store, person, f"Org {person}", mode)
    await join(store, 5, "Org 2")  # speaks for two, and is told once
    offer = await publish(store, message=None)
    told = await waiting(store, NoticeKind.OPPORTUNITY_NEW)
    assert [(row.person, row.due) for row in told] == [(1, BEGIN), (5, BEGIN)]
    assert told[0].details == {"reasons": [["words", "welding"], ["kind", "training"]]}
    post, *_ = await waiting(store, NoticeKind.OPPORTUNITY_POST)
    assert [notice.id for notice in await store.outbox.due_notices(10)] == [post.id]
    await store.outbox.try_notice(post.id)
    assert [notice.id for notice in await store.outbox.due_notices(10)] == [post.id]
    await store.opportunities.set_message(PARIS, offer.id, channel=CHANNEL_ID, message=5)
    await store.outbox.notice_sent(post.id)
    assert [notice.id for notice in await store.outbox.due_notices(10)] == [row.id for row in told]


async def test_a_post_that_fails_does_not_keep_people_from_being_told(
    store: Store, clock: TurnedClock
) -> None:
    await join(store, BEN, "Harbor")
    await publish(store, message=None)
    (post,) = await store.outbox.due_notices(10)
    await store.outbox.try_notice(post.id)
    await store.outbox.put_off_notice(post.id, clock.now + timedelta(minutes=2), failed=True)
    assert [one.kind for one in await store.outbox.due_notices(10)] == [NoticeKind.OPPORTUNITY_NEW]


async def test_neither_the_poster_nor_their_organization_is_told_of_their_own(
    store: Store,
) -> None:
    await join(store, POSTER, "Elsewhere")
    await join(store, ANA, "COLLEGE")
    await join(store, BEN, "College", Mode.DAILY)
    await join(store, BEN, "Harbor")  # also speaks for another one
    published = await store.opportunities.publish(
        PARIS, (await draft(store)).id, await everybody(store), None
    )
    assert isinstance(published, Published)
    assert published.reached == 0
    assert [row.kind for row in await waiting(store)] == [NoticeKind.OPPORTUNITY_CLOSE]


async def test_how_many_organizations_were_reached_is_kept(store: Store) -> None:
    for person, (name, mode) in enumerate(
        [("A", Mode.INSTANT), ("A", Mode.DAILY), ("B", Mode.WEEKLY), ("C", Mode.OFF)], 1
    ):
        await join(store, person, name, mode)
    offer = await publish(store)
    assert [one.reached for one in await store.opportunities.told(PARIS)] == [2]
    await interested(store, offer.id, 1, "A")
    await declined(store, offer.id, 3, "B")
    (told,) = await store.opportunities.told(PARIS, BEGIN)
    assert (told.opportunity, told.counts.interested, told.counts.not_for_us) == (
        await stored(store, offer.id),
        1,
        1,
    )
    assert await store.opportunities.told(PARIS, BEGIN + timedelta(seconds=1)) == ()


async def test_who_is_told_follows_from_what_people_want_when_it_is_posted(store: Store) -> None:
    """The preview may have been read for an hour."""
    for person in (1, 2, 3):
        await join(store, person, f"Org {person}")
    matches = await everybody(store)
    made = await draft(store)
    await join(store, 1, "Org 1", Mode.OFF)
    await join(store, 2, "Org 2", Mode.DAILY)
    await store.people.leave_organization(PARIS, 3, "org 3")
    published = await store.opportunities.publish(PARIS, made.id, matches, None)
    assert isinstance(published, Published)
    assert published.reached == 1
    assert {row.key for row in await waiting(store)} == {
        f"opportunity:{made.id}:close",
        "digest:2",
    }


async def test_the_cap_counts_what_an_organization_published_this_utc_day(
    store: Store, clock: TurnedClock
) -> None:
    clock.turn(hours=14, minutes=29)  # 23:59
    for number in range(3):
        offer = await publish(store, message=None)
        if number == 0:
            await store.opportunities.close_opportunity(PARIS, offer.id, Outcome.FILLED)
    unposted = await draft(store)
    capped = {"cap": 3}
    assert (
        await store.opportunities.publish(PARIS, unposted.id, [], 1, **capped) is PublishTrouble.CAP
    )
    assert (await stored(store, unposted.id)).state is State.DRAFT
    for organization in ("Harbor", ""):  # the same person has no other day there
        again = await draft(store, organization=organization)
        refused = await store.opportunities.publish(PARIS, again.id, [], 1, **capped)
        assert refused is (PublishTrouble.OWN_CAP if organization else PublishTrouble.CAP)
        other = await store.opportunities.add_draft(PARIS, BEN, "Ben", organization, SEATS)
        assert isinstance(
            await store.opportunities.publish(PARIS, other.id, [], 1, **capped), Published
        )
    elsewhere = await draft(store, alliance=OSLO)
    assert isinstance(
        await store.opportunities.publish(OSLO, elsewhere.id, [], 1, **capped), Published
    )
    clock.turn(minutes=1)
    assert isinstance(
        await store.opportunities.publish(PARIS, unposted.id, [], 1, **capped), Published
    )


async def test_a_person_without_an_organization_has_a_cap_of_their_own(store: Store) -> None:
    mine = [await store.opportunities.add_draft(PARIS, ANA, "Ana", "", SEATS) for _ in range(2)]
    bens = await store.opportunities.add_draft(PARIS, BEN, "Ben", "", SEATS)
    got = [
        await store.opportunities.publish(PARIS, one.id, [], None, cap=1) for one in (*mine, bens)
    ]
    assert [isinstance(one, Published) for one in got] == [True, False, True]


async def test_what_can_not_be_published_says_why(store: Store, clock: TurnedClock) -> None:
    assert await store.opportunities.publish(PARIS, 99, [], None) is PublishTrouble.GONE
    given_up, late = await draft(store), await draft(store)
    assert await store.opportunities.discard(PARIS, given_up.id)
    assert await store.opportunities.publish(PARIS, given_up.id, [], None) is PublishTrouble.GONE
    clock.turn(days=10)
    assert await store.opportunities.publish(PARIS, late.id, [], None) is PublishTrouble.PAST
    assert await store.opportunities.publish(OSLO, late.id, [], None) is PublishTrouble.GONE
    assert await waiting(store) == []


async def test_a_draft_is_kept_changed_and_discarded_once(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    made = await draft(store)
    assert await store.opportunities.change_draft(PARIS, made.id, with_capacity(3))
    async with await open_store(file, clock) as restarted:
        drafts = await restarted.opportunities.opportunities(
            PARIS, states=[State.DRAFT], poster=POSTER
        )
        assert drafts == (replace(made, offer=with_capacity(3)),)
    assert await store.opportunities.opportunities(PARIS) == ()
    assert [await store.opportunities.discard(PARIS, made.id) for _ in range(2)] == [True, False]
    assert not await store.opportunities.change_draft(PARIS, made.id, SEATS)
    posted = await publish(store)
    assert not await store.opportunities.discard(PARIS, posted.id)
    assert not await store.opportunities.change_draft(PARIS, posted.id, with_capacity(1))
    assert (await stored(store, posted.id)).offer == SEATS


async def test_what_was_typed_is_kept_for_each_form_until_it_is_posted_or_discarded(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    first, second = await draft(store), await draft(store)
    new, edit = KeptForm(FORM, Kind.TRAINING), KeptForm(OfferForm("T"), Kind.EVENT, first.id)
    await store.opportunities.keep_form(PARIS, POSTER, KeptForm(OfferForm(), Kind.OTHER))
    for kept in (new, edit):
        await store.opportunities.keep_form(PARIS, POSTER, kept)
    await store.opportunities.keep_form(PARIS, BEN, new)
    async with await open_store(file, clock) as restarted:
        assert await restarted.opportunities.kept_form(PARIS, POSTER) == new
        assert await restarted.opportunities.kept_form(PARIS, POSTER, first.id) == edit
    await store.opportunities.publish(PARIS, second.id, [], None)
    assert await store.opportunities.kept_form(PARIS, POSTER) is None
    assert await store.opportunities.kept_form(PARIS, POSTER, first.id) == edit
    await store.opportunities.discard(PARIS, first.id)
    assert await store.opportunities.kept_form(PARIS, POSTER, first.id) is None
    assert await store.opportunities.kept_form(PARIS, BEN) == new
    assert [await store.opportunities.drop_form(PARIS, BEN) for _ in range(2)] == [True, False]


async def test_a_form_that_edits_goes_with_the_edit_and_others_stay(store: Store) -> None:
    offer = await publish(store)
    about, new = KeptForm(FORM, Kind.EVENT, offer.id), KeptForm(FORM, Kind.EVENT)
    for kept in (about, new):
        await store.opportunities.keep_form(PARIS, POSTER, kept)
    await store.opportunities.edit(PARIS, offer.id, with_capacity(3))
    assert await store.opportunities.kept_form(PARIS, POSTER, offer.id) is None
    assert await store.opportunities.kept_form(PARIS, POSTER) == new


EDITS: dict[str, tuple[dict[str, Any], list[str] | None]] = {
    "nothing": ({}, None),
    "title": ({"title": "More seats"}, ["title"]),
    "text": ({"description": "Five evenings."}, ["description"]),
    "link": ({"link": "https://college.example/new"}, ["link"]),
    "region": ({"region": "Toledo", "title": "There"}, ["title", "region"]),
    "deadline": ({"deadline": BEGIN + timedelta(days=20)}, ["deadline"]),
    "all": (
        {"deadline": None, "region": "", "capacity": 9},
        ["deadline", "capacity", "region"],
    ),
}


@pytest.mark.parametrize("edit", EDITS)
async def test_an_edit_is_marked_and_told_to_those_whom_it_concerns(
    store: Store, clock: TurnedClock, edit: str
) -> None:
    changes, told = EDITS[edit]
    offer = await publish(store, with_capacity(1))
    await interested(store, offer.id, ANA, "A")
    await interested(store, offer.id, BEN, "B")
    await declined(store, offer.id, STEWARD, "C")
    clock.turn(hours=1)
    edited = await store.opportunities.edit(PARIS, offer.id, replace(offer.offer, **changes))
    assert edited is not None
    assert set(edited[1]) == set(changes)
    assert edited[0] == await stored(store, offer.id)
    assert edited[0].edited == (clock.now if changes else None)
    assert edited[0].offer == replace(offer.offer, **changes)
    notices = await waiting(store, NoticeKind.OPPORTUNITY_CHANGED)
    assert {row.person: row.details["fields"] for row in notices} == (
        {ANA: told, BEN: told} if told else {}
    )


async def test_a_moved_deadline_moves_closing_and_reminders(
    store: Store, clock: TurnedClock
) -> None:
    offer = await publish(store)
    await interested(store, offer.id, ANA, "A")
    later = BEGIN + timedelta(days=20)
    before = {row.id for row in await waiting(store, NoticeKind.OPPORTUNITY_REMINDER)}
    edited = await store.opportunities.edit(PARIS, offer.id, replace(SEATS, deadline=later))
    assert edited is not None
    assert edited[0].closes == later
    assert await dues(store, NoticeKind.OPPORTUNITY_CLOSE) == {None: later}
    assert await dues(store, NoticeKind.OPPORTUNITY_REMINDER) == {ANA: later - timedelta(days=1)}
    assert {row.id for row in await waiting(store, NoticeKind.OPPORTUNITY_REMINDER)} == before
    await store.opportunities.edit(PARIS, offer.id, replace(SEATS, deadline=None))
    assert await waiting(store, NoticeKind.OPPORTUNITY_REMINDER) == []
    assert await dues(store, NoticeKind.OPPORTUNITY_CLOSE) == {
        None: clock.now + OPEN_WITHOUT_DEADLINE
    }


async def test_an_edit_that_changes_nothing_is_none(store: Store, clock: TurnedClock) -> None:
    offer = await publish(store)
    clock.turn(hours=1)
    assert await store.opportunities.edit(PARIS, offer.id, SEATS) == (offer, ())


async def test_what_is_not_open_can_not_be_edited(store: Store, clock: TurnedClock) -> None:
    closed, late, unposted = await publish(store), await publish(store), await draft(store)
    await store.opportunities.close_opportunity(PARIS, closed.id, Outcome.NONE)
    clock.turn(days=10)  # the deadline is over, even if nobody closed it yet
    for one in (closed, late, unposted):
        before = await stored(store, one.id)
        assert await store.opportunities.edit(PARIS, one.id, with_capacity(99)) is None
        assert await stored(store, one.id) == before
    assert await store.opportunities.edit(PARIS, 99, SEATS) is None


async def test_closing_takes_back_reminders_and_twice_is_once(
    store: Store, clock: TurnedClock
) -> None:
    offer = await publish(store)
    await interested(store, offer.id, ANA, "A")
    clock.turn(days=1)
    close = store.opportunities.close_opportunity
    assert await close(PARIS, offer.id, Outcome.FILLED, " All gone. ")
    closed = await stored(store, offer.id)
    assert (closed.state, closed.closed, closed.outcome, closed.note) == (
        State.CLOSED,
        clock.now,
        Outcome.FILLED,
        "All gone.",
    )
    assert await keys(store) == {f"opportunity:{offer.id}:refresh"}
    before = await waiting(store)
    clock.turn(days=1)
    assert not await close(PARIS, offer.id, Outcome.FILLED, "All gone.")
    assert not await close(PARIS, offer.id, Outcome.FILLED)
    assert [row.id for row in await waiting(store)] == [row.id for row in before]
    assert await close(PARIS, offer.id, Outcome.PARTLY)  # corrected
    corrected = await stored(store, offer.id)
    assert (corrected.outcome, corrected.closed) == (Outcome.PARTLY, closed.closed)
    assert not await close(PARIS, (await draft(store)).id, Outcome.FILLED)
    assert not await close(PARIS, 99, Outcome.FILLED)


async def test_a_deadline_closes_it_and_the_poster_is_asked_once_two_weeks_later(
    store: Store, clock: TurnedClock
) -> None:
    offer = await publish(store)
    assert not await store.opportunities.close_by_deadline(PARIS, offer.id)
    clock.turn(days=9, hours=23)
    assert await store.opportunities.opportunities(PARIS) == (offer,)
    clock.turn(days=2)  # the bot was off for a day
    (close,) = await store.outbox.due_notices(5)
    assert close.kind is NoticeKind.OPPORTUNITY_CLOSE
    assert await store.outbox.try_notice(close.id)
    assert [await store.opportunities.close_by_deadline(PARIS, offer.id) for _ in range(2)] == [
        True,
        False,
    ]
    await store.outbox.notice_sent(close.id)
    closed = await stored(store, offer.id)
    assert (closed.state, closed.closed, closed.outcome) == (State.CLOSED, offer.closes, None)
    assert offer.closes is not None
    asked = offer.closes + timedelta(days=14)
    assert await dues(store, NoticeKind.OPPORTUNITY_OUTCOME) == {POSTER: asked}
    assert await keys(store) == {
        f"opportunity:{offer.id}:{what}" for what in ("refresh", "outcome")
    }
    assert await store.opportunities.close_opportunity(PARIS, offer.id, Outcome.NONE)
    assert await waiting(store, NoticeKind.OPPORTUNITY_OUTCOME) == []


async def test_open_ones_come_by_their_end_and_then_the_newest_first(
    store: Store, clock: TurnedClock
) -> None:
    days = [30, 10, None, 10]
    made: list[Opportunity] = [
        await publish(store, replace(SEATS, deadline=BEGIN + timedelta(days=day) if day else None))
        for day in days
    ]
    found = await store.opportunities.opportunities(PARIS)
    assert [made.index(one) for one in found] == [3, 1, 0, 2]
    assert len(await store.opportunities.opportunities(PARIS, limit=2)) == 2
    clock.turn(days=10)  # not closed yet, but over
    assert [made.index(one) for one in await store.opportunities.opportunities(PARIS)] == [0, 2]
    assert await store.opportunities.opportunities(PARIS, poster=BEN) == ()


async def test_a_post_is_refreshed_once_it_stands_if_something_happened_before(
    store: Store,
) -> None:
    offer = await publish(store, message=None)
    await interested(store, offer.id, ANA, "A")
    assert await waiting(store, NoticeKind.OPPORTUNITY_REFRESH) == []
    await store.opportunities.set_message(PARIS, offer.id, channel=CHANNEL_ID, message=5)
    (refresh,) = await waiting(store, NoticeKind.OPPORTUNITY_REFRESH)
    assert (refresh.channel, refresh.about) == (CHANNEL_ID, offer.id)
    quiet = await publish(store)
    assert quiet.message == 5
    assert len(await waiting(store, NoticeKind.OPPORTUNITY_REFRESH)) == 1


async def test_what_changes_while_a_post_is_refreshed_refreshes_it_again(store: Store) -> None:
    offer = await publish(store)
    await interested(store, offer.id, ANA, "A")
    (first,) = await waiting(store, NoticeKind.OPPORTUNITY_REFRESH)
    assert await store.outbox.try_notice(first.id)
    await interested(store, offer.id, BEN, "B")
    await store.outbox.notice_sent(first.id)  # with the counts before
    (second,) = await waiting(store, NoticeKind.OPPORTUNITY_REFRESH)
    assert second.id != first.id


async def test_the_thread_for_questions_is_kept(store: Store) -> None:
    offer = await publish(store)
    await store.opportunities.set_question_thread(PARIS, offer.id, 77)
    assert (await stored(store, offer.id)).thread == 77


async def test_notices_that_make_no_sense_any_more_are_taken_back(
    store: Store, clock: TurnedClock
) -> None:
    for person, name in ((1, "A"), (2, "B"), (3, "C"), (4, "D")):
        await join(store, person, name)
    offer = await publish(store)
    told = {row.person: row.id for row in await waiting(store, NoticeKind.OPPORTUNITY_NEW)}
    await join(store, 9, "A")
    await declined(store, offer.id, 9, "A")  # a colleague of the first
    await store.people.leave_organization(PARIS, 2, "B")
    assert [await store.outbox.try_notice(told[person]) for person in (1, 2, 3)] == [
        False,
        False,
        True,
    ]
    await store.opportunities.close_opportunity(PARIS, offer.id, Outcome.FILLED)
    assert not await store.outbox.try_notice(told[4])


async def test_stewards_are_told_once_a_day_of_what_was_given_up(
    store: Store, clock: TurnedClock, file: Path
) -> None:
    await store.alliances.add_channel(PARIS, 66, ChannelPurpose.STEWARDS)
    for person in range(1, 6):
        await join(store, person, f"Org {person}")
    await publish(store)
    told = [row.id for row in await waiting(store, NoticeKind.OPPORTUNITY_NEW)]
    for notice in told[:2]:
        await store.outbox.give_up_notice(notice, "failed 12 times", tell=True)
    await store.outbox.give_up_notice(told[2], "left the alliance")
    (note,) = await waiting(store, NoticeKind.GAVE_UP)
    nine = BEGIN.replace(day=3, hour=9, minute=0)
    assert (note.channel, note.due, note.key) == (66, nine, "gave-up:2026-03-03")
    assert note.details == {"kinds": {"opportunity new": 2}}
    clock.turn(days=1)
    assert await store.outbox.try_notice(note.id)
    await store.outbox.give_up_notice(told[3], "failed 12 times", tell=True)
    assert [row.details["kinds"] for row in await waiting(store, NoticeKind.GAVE_UP)] == [
        {"opportunity new": 2},
        {"opportunity new": 1},
    ]
    await store.outbox.give_up_notice(
        note.id, "failed 12 times", tell=True
    )  # tells of nothing itself
    assert len(await waiting(store, NoticeKind.GAVE_UP)) == 1


async def test_without_a_channel_for_stewards_nobody_is_told(store: Store) -> None:
    await join(store, 1, "Org")
    await publish(store)
    (told,) = await waiting(store, NoticeKind.OPPORTUNITY_NEW)
    await store.outbox.give_up_notice(told.id, "failed 12 times", tell=True)
    assert await waiting(store, NoticeKind.GAVE_UP) == []


async def test_a_thousand_who_are_told_do_not_keep_other_writers_waiting(
    store: Store, file: Path
) -> None:
    """Counted in statements, as time depends on the machine."""
    async with store.database.writing_everywhere() as session:
        session.add_all(
            OrganizationRow(id=n, alliance=PARIS, name=f"Org {n}", folded=f"org {n}")
            for n in range(1, 1001)
        )
        await session.flush()
        session.add_all(
            AffiliationRow(alliance=PARIS, person=n, organization=n, joined=BEGIN)
            for n in range(1, 1001)
        )
    for person in range(1, 20):
        await join(store, person, f"Org {person}", Mode.DAILY)
    made, matches = await draft(store), await everybody(store)
    with statements() as said:
        published = await store.opportunities.publish(PARIS, made.id, matches, CHANNEL_ID)
    assert isinstance(published, Published)
    assert published.reached == 1000
    assert len(await waiting(store, NoticeKind.OPPORTUNITY_NEW)) == 981
    assert len(rows(file)["digest_items"]) == 19
    assert len(said) < 60


async def test_a_report_asks_once_however_much_was_posted(store: Store) -> None:
    asked: list[str] = []
    event.listen(
        store.database._engine.sync_engine,
        "before_cursor_execute",
        lambda _, __, statement, *___: asked.append(statement),
    )
    numbers = []
    for _ in range(2):
        for _ in range(4):
            offer = await publish(store, with_capacity(1), message=None)
            await interested(store, offer.id, ANA, "A")
            await interested(store, offer.id, BEN, "B")
            await declined(store, offer.id, STEWARD, "C")
        asked.clear()
        told = await store.opportunities.told(PARIS)
        numbers.append(len(asked))
    assert [one.counts for one in told] == [Counts(1, 1, 1)] * 8
    assert set(numbers) <= {1, 2}  # the query, and BEGIN where that is a statement
    assert len(set(numbers)) == 1


async def test_what_was_posted_by_a_clock_that_ran_ahead_does_not_count_for_today(
    store: Store, clock: TurnedClock
) -> None:
    clock.turn(hours=12)
    await publish(store, message=None)
    clock.turn(hours=-6)
    for expected in (Published, PublishTrouble):
        made = await draft(store)
        published = await store.opportunities.publish(PARIS, made.id, [], None, cap=1)
        assert isinstance(published, expected)
