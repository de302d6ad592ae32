from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.outbox import NoticeKind
from bot.opportunities.rules.models import Kind, Mode, OfferForm, Outcome, Reply, State
from bot.opportunities.rules.records import KeptForm
from bot.privacy.records import FORMER_MEMBER, NOBODY, Forgotten, Purged
from bot.store import Store
from tests.store.offers import (
    SEATS,
    declined,
    draft,
    dues,
    everybody,
    interested,
    join,
    press,
    publish,
    replies,
    says,
    stored,
    waiting,
    with_capacity,
)
from tests.store.samples import ANA, BEN, OSLO, PARIS, TurnedClock, rows


async def fill(store: Store, alliance: int) -> dict[str, int]:
    """All that can be held about Ana through opportunities; the ids of what is kept."""
    await join(store, ANA, "Harbor", Mode.DAILY, alliance)
    await store.people.set_shown(alliance, ANA, shown=True, name="Anas name", contact="Anas phone")
    bens = await publish(store, alliance=alliance)
    by = replace(SEATS, contact="Anas mail")
    made = [
        await store.opportunities.add_draft(
            alliance, ANA, "Anas name", "Harbor", replace(by, title=title)
        )
        for title in ("Anas draft", "Seats")
    ]
    await store.opportunities.publish(alliance, made[1].id, await everybody(store, alliance), 7)
    await store.opportunities.set_message(alliance, made[1].id, channel=7, message=8)
    answered = await publish(store, alliance=alliance)
    for person, name, organization in ((ANA, "Anas name", "Harbor"), (BEN, "Ben", "Port")):
        given = says(person, Reply.INTERESTED, organization, f"Note of {person}")
        await press(store, answered.id, replace(given, name=name), alliance)
    await store.opportunities.keep_form(alliance, ANA, KeptForm(OfferForm("Anas form"), Kind.HELP))
    return {"bens": bens.id, "draft": made[0].id, "posted": made[1].id, "answered": answered.id}


async def test_an_export_has_all_that_is_held_and_nothing_of_others(store: Store) -> None:
    ids = await fill(store, PARIS)
    exported = json.loads(json.dumps(await store.privacy.export_person(PARIS, ANA)))
    assert [one["id"] for one in exported["opportunities"]] == [ids["draft"], ids["posted"]]
    assert exported["opportunities"][1]["message"] == "8"
    assert exported["opportunities"][0]["poster"] == str(ANA)
    (answer,) = exported["answers_to_opportunities"]
    assert (answer["opportunity"], answer["note"]) == (ids["answered"], f"Note of {ANA}")
    assert exported["opportunity_forms"][0]["form"]["title"] == "Anas form"
    assert {one["opportunity"] for one in exported["digest_items"]} == {
        ids["bens"],
        ids["answered"],
    }
    assert exported["partner_profile"][0]["contact"] == "Anas phone"
    assert exported["reminder_settings"][0]["mode"] == "daily"
    assert str(BEN) not in json.dumps(exported)


async def test_of_a_forgotten_person_only_what_was_published_is_left_without_the_name(
    store: Store, file: Path
) -> None:
    ids = await fill(store, PARIS)
    await fill(store, OSLO)
    elsewhere = rows(file, OSLO)
    assert await store.privacy.forget_person(PARIS, ANA) == Forgotten(
        opportunities=2, replies=1, settings=2
    )
    assert rows(file, OSLO) == elsewhere
    left = repr(rows(file, PARIS))
    for trace in (str(ANA), "Anas"):
        assert trace not in left
    kept = await stored(store, ids["posted"])
    assert (kept.poster, kept.poster_name, kept.state) == (NOBODY, FORMER_MEMBER, State.OPEN)
    assert (kept.offer.title, kept.offer.contact, kept.organization) == ("Seats", "", "Harbor")
    assert await store.opportunities.opportunity(PARIS, ids["draft"]) is None
    assert replies(await store.opportunities.answers(PARIS, ids["answered"])) == [
        (BEN, Reply.INTERESTED)
    ]
    refreshed = {row.about for row in await waiting(store, NoticeKind.OPPORTUNITY_REFRESH)}
    assert {ids["posted"], ids["answered"]} <= refreshed
    await store.privacy.forget_person_everywhere(ANA)
    assert await store.privacy.export_person_everywhere(ANA) == {
        "person": str(ANA),
        "alliances": [],
    }
    for part in file.parent.glob("guide.db*"):  # none on PostgreSQL
        assert b"Anas" not in part.read_bytes()


async def test_nobody_is_asked_how_the_post_of_a_forgotten_poster_went(
    store: Store, clock: TurnedClock
) -> None:
    first, second = await publish(store), await publish(store)
    await store.opportunities.close_opportunity(PARIS, first.id, None)
    await store.privacy.forget_person(PARIS, first.poster)
    await store.opportunities.close_opportunity(PARIS, second.id, None)
    assert await waiting(store, NoticeKind.OPPORTUNITY_OUTCOME) == []
    assert (await stored(store, second.id)).state is State.CLOSED


async def test_the_place_of_a_forgotten_person_goes_to_the_first_who_waits(store: Store) -> None:
    offer = await publish(store, with_capacity(1))
    for person in (ANA, BEN, 5):
        await interested(store, offer.id, person, f"Org {person}")
    await store.privacy.forget_person(PARIS, ANA)
    assert replies(await store.opportunities.answers(PARIS, offer.id)) == [
        (BEN, Reply.INTERESTED),
        (5, Reply.WAITING),
    ]
    assert {*await dues(store, NoticeKind.OPPORTUNITY_MOVED_UP)} == {BEN}
    assert {*await dues(store, NoticeKind.OPPORTUNITY_REMINDER)} == {BEN}


async def test_a_closed_opportunity_goes_after_the_alliances_retention(
    store: Store, clock: TurnedClock, file: Path
) -> None:
    await store.alliances.change_settings(PARIS, retention_days=30)
    await join(store, BEN, "Harbor", Mode.DAILY)
    kept = await publish(store, replace(SEATS, deadline=clock.now + timedelta(days=300)))
    closed = await publish(store)
    await interested(store, closed.id, ANA, "A")
    await declined(store, closed.id, BEN, "Harbor")
    unposted = await draft(store)
    await store.opportunities.keep_form(
        PARIS, ANA, KeptForm(OfferForm("T"), Kind.HELP, unposted.id)
    )
    clock.turn(days=5)
    await store.opportunities.close_opportunity(PARIS, closed.id, None)
    clock.turn(days=24)
    assert (await store.privacy.purge_all_expired()).opportunities == 0
    clock.turn(days=2)
    assert (await store.privacy.purge_all_expired()).opportunities == 1  # the draft, with the form
    assert await store.opportunities.kept_form(PARIS, ANA, unposted.id) is None
    clock.turn(days=5)
    assert (await store.privacy.purge_all_expired()).opportunities == 1
    assert await store.opportunities.opportunity(PARIS, closed.id) is None
    assert await store.opportunities.opportunity(PARIS, kept.id) is not None
    left = rows(file)
    assert left["opportunity_answers"] == []
    assert {row[2] for row in left["digest_items"]} == {kept.id}
    assert {row[3] for row in left["outbox"]} == {0, kept.id}


@pytest.mark.parametrize("outcome", [None, Outcome.FILLED])
async def test_an_alliance_with_nothing_but_a_closed_opportunity_is_purged_too(
    store: Store, clock: TurnedClock, outcome: Outcome | None
) -> None:
    offer = await publish(store)
    await store.opportunities.close_opportunity(PARIS, offer.id, outcome)
    clock.turn(days=181)
    purged = await store.privacy.purge_all_expired()
    assert (purged.opportunities, purged.exchanges) == (1, 0)
    assert await store.privacy.purge_all_expired() == Purged()
