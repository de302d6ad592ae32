from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.core.outbox import NoticeKind
from bot.opportunities.rules.models import Inquiry
from bot.store import Store
from tests.store.offers import draft, publish, waiting
from tests.store.samples import ANA, BEGIN, BEN, OSLO, PARIS, TurnedClock, rows

QUESTION, ASKED = NoticeKind.OPPORTUNITY_QUESTION, NoticeKind.OPPORTUNITY_ASKED
INQUIRY = Inquiry(77, ANA, "Anas name", "Harbor", "Is there a crane?")


async def asked(store: Store, inquiry: Inquiry = INQUIRY, alliance: int = PARIS) -> int:
    offer = await publish(store, alliance=alliance)
    assert await store.opportunities.ask_about(alliance, offer.id, inquiry)
    return offer.id


async def due(store: Store) -> list[NoticeKind]:
    found = await store.outbox.due_notices(20)
    return [one.kind for one in found if one.kind in (QUESTION, ASKED)]


async def settle(store: Store, *kinds: NoticeKind) -> None:
    for one in await store.outbox.due_notices(20):
        if one.kind in kinds:
            assert await store.outbox.try_notice(one.id)
            await store.outbox.notice_sent(one.id)


async def test_the_poster_hears_once_the_question_stands_or_failed_to(
    store: Store, clock: TurnedClock
) -> None:
    await asked(store)
    assert await due(store) == [QUESTION]
    (question,) = [one for one in await store.outbox.due_notices(20) if one.kind is QUESTION]
    await store.outbox.put_off_notice(question.id, BEGIN + timedelta(minutes=1), failed=True)
    assert await due(store) == [ASKED]
    clock.turn(minutes=1)
    assert await due(store) == [QUESTION]
    await settle(store, QUESTION)
    assert await due(store) == [ASKED]


async def test_a_form_that_is_sent_again_is_one_question_also_after_it_was_delivered(
    store: Store,
) -> None:
    offer = await asked(store)
    assert await store.opportunities.ask_about(PARIS, offer, INQUIRY)
    assert len(await waiting(store, QUESTION)) == 1
    await settle(store, QUESTION)
    await settle(store, ASKED)
    assert await store.opportunities.ask_about(PARIS, offer, INQUIRY)
    assert await due(store) == []
    assert await store.opportunities.ask_about(PARIS, offer, replace(INQUIRY, id=78))
    assert await due(store) == [QUESTION]


async def test_there_is_nothing_to_ask_about_what_is_not_posted_or_of_another_alliance(
    store: Store,
) -> None:
    offer = await asked(store)
    unposted = await draft(store)
    assert not await store.opportunities.ask_about(PARIS, unposted.id, INQUIRY)
    assert not await store.opportunities.ask_about(OSLO, offer, INQUIRY)


async def test_what_was_asked_is_gone_once_it_is_delivered_or_given_up(
    store: Store, file: Path
) -> None:
    await asked(store)
    assert "crane" in repr(rows(file, PARIS))
    await settle(store, QUESTION)
    (told,) = [one for one in await store.outbox.due_notices(20) if one.kind is ASKED]
    await store.outbox.give_up_notice(told.id, "takes no direct messages")
    assert "crane" not in repr(rows(file, PARIS))


async def test_a_question_on_its_way_is_exported_to_who_asked_and_forgotten_with_them(
    store: Store, file: Path
) -> None:
    first = await asked(store)
    offer = await store.opportunities.opportunity(PARIS, first)
    assert offer is not None
    await store.opportunities.ask_about(
        PARIS, first, Inquiry(78, BEN, "Ben", "", "Is there a ramp?")
    )
    exported = await store.privacy.export_person(PARIS, ANA)
    kinds = [one["kind"] for one in exported["questions_on_their_way"]]
    assert kinds == [QUESTION.value, ASKED.value]
    assert "crane" in repr(exported)
    assert "ramp" not in repr(exported)
    assert "crane" not in repr(await store.privacy.export_person(PARIS, offer.poster))
    (everywhere,) = (await store.privacy.export_person_everywhere(ANA))["alliances"]
    assert everywhere["alliance"] == str(PARIS)
    await store.privacy.forget_person(PARIS, ANA)
    left = repr(rows(file, PARIS))
    assert "crane" not in left
    assert "ramp" in left
