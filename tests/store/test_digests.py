from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.alliances.records import ChannelPurpose
from bot.checklists.rules.records import PersonSettings
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.rules.models import Mode, Notifications, Opportunity, Outcome
from bot.opportunities.rules.records import CHANNEL
from bot.store import Store
from tests.store.offers import (
    CHANNEL_ID,
    SEATS,
    declined,
    dues,
    interested,
    join,
    publish,
    waiting,
)
from tests.store.samples import ANA, BEGIN, BEN, PARIS, TurnedClock

# BEGIN is a Monday, 9:30 UTC; digests come at nine.
TOMORROW = BEGIN.replace(day=3, hour=9, minute=0)
NEXT_MONDAY = BEGIN.replace(day=9, hour=9, minute=0)


def until(**ahead: float) -> datetime:
    return BEGIN + timedelta(**ahead)


async def shown_to(store: Store, person: int = ANA) -> tuple[list[int], list[int]]:
    fresh, known = await store.opportunities.waiting_for_digest(PARIS, person)
    return [one.id for one in fresh], [one.id for one in known]


async def due_digest(store: Store, kind: NoticeKind = NoticeKind.DIGEST) -> Notice:
    (notice,) = [one for one in await store.outbox.due_notices(50) if one.kind is kind]
    return notice


async def deliver(store: Store, person: int = ANA) -> list[int]:
    """Deliver the digest that is due, and tell what was new in it."""
    notice = await due_digest(store)
    assert notice.person == person
    fresh, known = await store.opportunities.waiting_for_digest(PARIS, person, notice.tried)
    assert await store.outbox.try_notice(notice.id)
    ids = [one.id for one in (*fresh, *known)]
    await store.opportunities.digest_shown(PARIS, person, ids, notice.id)
    await store.outbox.notice_sent(notice.id)
    return [one.id for one in fresh]


@pytest.mark.parametrize(("mode", "due"), [(Mode.DAILY, TOMORROW), (Mode.WEEKLY, NEXT_MONDAY)])
async def test_what_fits_is_gathered_in_one_message_at_the_persons_hour(
    store: Store, clock: TurnedClock, mode: Mode, due: datetime
) -> None:
    await join(store, ANA, "Harbor", mode)
    first, second = await publish(store), await publish(store)
    assert await dues(store, NoticeKind.DIGEST) == {ANA: due}
    assert await waiting(store, NoticeKind.OPPORTUNITY_NEW) == []
    clock.now = due
    assert await deliver(store) == [first.id, second.id]
    assert await shown_to(store) == ([], [first.id, second.id])


async def test_nothing_new_and_nothing_pressing_is_no_digest(
    store: Store, clock: TurnedClock
) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    assert await waiting(store) == []
    await publish(store, replace(SEATS, deadline=None))
    clock.now = TOMORROW
    await deliver(store)
    assert await waiting(store, NoticeKind.DIGEST) == []


async def test_what_closes_soon_comes_once_more_three_days_before(
    store: Store, clock: TurnedClock
) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    offer = await publish(store)  # until March 12, 9:30
    clock.now = TOMORROW
    await deliver(store)
    closing = BEGIN.replace(day=10, hour=9, minute=0)
    assert await dues(store, NoticeKind.DIGEST) == {ANA: closing}
    clock.now = closing
    assert await shown_to(store) == ([], [offer.id])
    await deliver(store)
    assert await shown_to(store) == ([], [])
    assert await waiting(store, NoticeKind.DIGEST) == []


async def test_what_is_first_shown_when_it_closes_soon_is_not_shown_again(
    store: Store, clock: TurnedClock
) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    await publish(store, replace(SEATS, deadline=until(days=3)))
    clock.now = TOMORROW
    await deliver(store)
    assert await shown_to(store) == ([], [])
    assert await waiting(store, NoticeKind.DIGEST) == []


async def test_what_was_answered_or_closed_meanwhile_is_left_out(
    store: Store, clock: TurnedClock
) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    await join(store, BEN, "Harbor", Mode.OFF)
    offers = [await publish(store) for _ in range(5)]
    late = await publish(store, replace(SEATS, deadline=until(hours=1)))
    await interested(store, offers[0].id, ANA, "Harbor")
    await declined(store, offers[1].id, BEN, "harbor")  # for the same organization
    await interested(store, offers[2].id, ANA)  # before she joined
    await store.opportunities.close_opportunity(PARIS, offers[3].id, Outcome.FILLED)
    clock.now = TOMORROW
    assert await deliver(store) == [offers[4].id]
    assert late.id not in (await shown_to(store))[1]


async def test_a_weekly_digest_missed_while_the_bot_was_off_comes_once_and_late(
    store: Store, clock: TurnedClock
) -> None:
    await join(store, ANA, "Harbor", Mode.WEEKLY)
    first = await publish(store, replace(SEATS, deadline=until(days=60)))
    clock.now = NEXT_MONDAY + timedelta(days=2)
    second = await publish(store, replace(SEATS, deadline=until(days=60)))
    assert await dues(store, NoticeKind.DIGEST) == {ANA: NEXT_MONDAY}
    await store.people.set_person_settings(PARIS, ANA, PersonSettings())
    assert await dues(store, NoticeKind.DIGEST) == {ANA: NEXT_MONDAY}
    assert await deliver(store) == [first.id, second.id]
    assert [one.kind for one in await store.outbox.due_notices(9)] == [
        NoticeKind.OPPORTUNITY_NEW
    ] * 0
    third = await publish(store)
    assert await dues(store, NoticeKind.DIGEST) == {ANA: NEXT_MONDAY + timedelta(days=7)}
    assert (await shown_to(store))[0] == [third.id]


async def test_what_is_new_after_a_digest_was_tried_waits_for_the_next(
    store: Store, clock: TurnedClock
) -> None:
    """It may have arrived as it was, so that it can only be shown again as it was."""
    await join(store, ANA, "Harbor", Mode.DAILY)
    first = await publish(store)
    clock.now = TOMORROW
    tried = await due_digest(store)
    assert await store.outbox.try_notice(tried.id)
    clock.turn(minutes=1)  # the program was killed here, and began again
    second = await publish(store)
    assert (await due_digest(store)).id == tried.id
    assert await deliver(store) == [first.id]
    assert await dues(store, NoticeKind.DIGEST) == {ANA: TOMORROW + timedelta(days=1)}
    clock.turn(days=1)
    assert await deliver(store) == [second.id]


async def test_a_digest_counts_as_shown_once(store: Store, clock: TurnedClock) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    offer = await publish(store)
    clock.now = TOMORROW
    notice = await due_digest(store)
    for _ in range(2):
        await store.opportunities.digest_shown(PARIS, ANA, [offer.id], notice.id)
    # Twice would have counted as shown while closing soon.
    assert await shown_to(store) == ([], [offer.id])


async def test_a_digest_asked_for_now_takes_back_the_one_that_waits(
    store: Store, clock: TurnedClock
) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    offer = await publish(store, replace(SEATS, deadline=None))
    await store.opportunities.digest_shown(PARIS, ANA, [offer.id])
    assert await shown_to(store) == ([], [offer.id])
    assert await waiting(store, NoticeKind.DIGEST) == []


MODES: list[tuple[Notifications, datetime | None]] = [
    (Notifications(Mode.WEEKLY), NEXT_MONDAY),
    (Notifications(Mode.DAILY, time(14)), BEGIN.replace(hour=14, minute=0)),
    (
        Notifications(Mode.DAILY, time(9), ZoneInfo("Asia/Tokyo")),
        BEGIN.replace(day=3, hour=0, minute=0),
    ),
    (Notifications(Mode.INSTANT), BEGIN),
    (Notifications(Mode.OFF), None),
]


@pytest.mark.parametrize(("wanted", "due"), MODES)
async def test_what_waits_for_a_digest_moves_along_with_what_the_person_wants(
    store: Store, wanted: Notifications, due: datetime | None
) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    offer = await publish(store)
    await store.people.set_notifications(PARIS, ANA, wanted)
    assert await dues(store, NoticeKind.DIGEST) == ({} if due is None else {ANA: due})
    assert await shown_to(store) == ([offer.id], [])
    await store.people.set_notifications(PARIS, ANA, Notifications(Mode.DAILY))
    if due != BEGIN:  # what is due at once is late already, and stays so
        assert await dues(store, NoticeKind.DIGEST) == {ANA: TOMORROW}


async def test_the_hour_of_reminders_is_that_of_digests(store: Store) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    await publish(store)
    await store.people.set_person_settings(PARIS, ANA, PersonSettings(at=time(16)))
    assert (await store.people.person(PARIS, ANA)).notifications == Notifications(
        Mode.DAILY, time(16)
    )
    assert await dues(store, NoticeKind.DIGEST) == {ANA: BEGIN.replace(hour=16, minute=0)}


async def test_what_was_to_come_at_once_comes_with_the_digest_somebody_asked_for_instead(
    store: Store,
) -> None:
    for person in (ANA, BEN):
        await join(store, person, f"Org {person}")
    offer = await publish(store)
    of_ana, of_ben = await waiting(store, NoticeKind.OPPORTUNITY_NEW)
    assert await store.outbox.try_notice(of_ben.id)  # may have arrived
    for person in (ANA, BEN):
        await store.people.set_notifications(PARIS, person, Notifications(Mode.DAILY))
    assert await dues(store, NoticeKind.DIGEST) == {ANA: TOMORROW}
    assert await shown_to(store) == ([offer.id], [])
    left = await waiting(store, NoticeKind.OPPORTUNITY_NEW)
    assert [row.id for row in left] == [of_ben.id]
    assert of_ana.person == ANA


async def test_somebody_who_takes_no_direct_messages_is_told_through_the_channel_once_a_day(
    store: Store, clock: TurnedClock
) -> None:
    await store.alliances.add_channel(PARIS, CHANNEL_ID, ChannelPurpose.OPPORTUNITIES)
    await join(store, 1, "A")
    await join(store, 2, "B")
    await join(store, 3, "C", Mode.DAILY)
    offer, other = await publish(store), await publish(store)
    for row in await waiting(store, NoticeKind.OPPORTUNITY_NEW):
        if row.about == offer.id:
            assert await store.opportunities.fall_back_to_channel(PARIS, row.id, [offer.id])
            assert not await store.opportunities.fall_back_to_channel(PARIS, row.id, [offer.id])
    (notice,) = await waiting(store, NoticeKind.CHANNEL_DIGEST)
    assert (notice.person, notice.channel, notice.due) == (None, CHANNEL_ID, TOMORROW)
    assert notice.details == {}
    assert await shown_to(store, CHANNEL) == ([offer.id], [])
    clock.now = TOMORROW
    digest = await due_digest(store)
    assert await store.opportunities.fall_back_to_channel(PARIS, digest.id, [offer.id, other.id])
    assert await shown_to(store, CHANNEL) == ([offer.id, other.id], [])
    assert await shown_to(store, 3) == ([], [offer.id, other.id])
    shown = await due_digest(store, NoticeKind.CHANNEL_DIGEST)
    await store.opportunities.digest_shown(PARIS, CHANNEL, [offer.id, other.id], shown.id)
    assert await shown_to(store, CHANNEL) == ([], [offer.id, other.id])
    assert await waiting(store, NoticeKind.CHANNEL_DIGEST) == []


async def test_what_comes_after_the_channels_digest_was_tried_waits_for_the_next_day(
    store: Store, clock: TurnedClock
) -> None:
    await store.alliances.add_channel(PARIS, CHANNEL_ID, ChannelPurpose.OPPORTUNITIES)
    await join(store, 1, "A")
    offers: list[Opportunity] = []
    notices = []
    for _ in range(2):
        offers.append(await publish(store))
        *_, last = await waiting(store, NoticeKind.OPPORTUNITY_NEW)
        notices.append(last.id)
    await store.opportunities.fall_back_to_channel(PARIS, notices[0], [offers[0].id])
    clock.now = TOMORROW
    tried = await due_digest(store, NoticeKind.CHANNEL_DIGEST)
    assert await store.outbox.try_notice(tried.id)
    clock.turn(minutes=1)
    await store.opportunities.fall_back_to_channel(PARIS, notices[1], [offers[1].id])
    again = await due_digest(store, NoticeKind.CHANNEL_DIGEST)
    assert again.id == tried.id
    fresh, _ = await store.opportunities.waiting_for_digest(PARIS, CHANNEL, again.tried)
    assert [one.id for one in fresh] == [offers[0].id]
    await store.opportunities.digest_shown(PARIS, CHANNEL, [offers[0].id], again.id)
    assert await dues(store, NoticeKind.CHANNEL_DIGEST) == {None: TOMORROW + timedelta(days=1)}


async def test_without_a_channel_for_opportunities_nothing_falls_back(store: Store) -> None:
    await join(store, 1, "A")
    offer = await publish(store)
    (row,) = await waiting(store, NoticeKind.OPPORTUNITY_NEW)
    assert await store.opportunities.fall_back_to_channel(PARIS, row.id, [offer.id])
    assert await waiting(store, NoticeKind.CHANNEL_DIGEST) == []
    assert await waiting(store, NoticeKind.OPPORTUNITY_NEW) == []
    assert await shown_to(store, CHANNEL) == ([], [])


async def test_a_digest_of_somebody_who_wants_none_any_more_is_taken_back(
    store: Store, clock: TurnedClock
) -> None:
    await join(store, ANA, "Harbor", Mode.DAILY)
    await publish(store)
    clock.now = TOMORROW
    notice = await due_digest(store)
    await store.people.leave_organization(PARIS, ANA, "Harbor")
    assert not await store.outbox.try_notice(notice.id)
    assert await waiting(store, NoticeKind.DIGEST) == []
