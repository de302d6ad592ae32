from __future__ import annotations

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.checklists.rules.records import PersonSettings
from bot.core.quiet_hours import QuietHours
from bot.opportunities.rules.models import Listener, Mode, Notifications, PartnerProfile
from bot.opportunities.rules.records import Person
from bot.store import Store, open_store
from tests.store.samples import ANA, BEN, OSLO, PARIS, STEWARD, TurnedClock

NIGHT = QuietHours(time(22), time(7))
WANTED = Notifications(Mode.WEEKLY, time(8, 30), ZoneInfo("America/New_York"), NIGHT)


async def test_how_a_person_wants_to_hear_is_kept_beside_when_they_are_reminded(
    store: Store, file: Path, clock: TurnedClock
) -> None:
    assert (await store.people.person(PARIS, ANA)).notifications == Notifications()
    await store.people.set_notifications(PARIS, ANA, WANTED)
    assert await store.people.person_settings(PARIS, ANA) == PersonSettings(
        WANTED.zone, WANTED.hour, WANTED.quiet
    )
    await store.people.set_person_settings(PARIS, ANA, PersonSettings(at=time(7)))
    async with await open_store(file, clock) as restarted:
        person = await restarted.people.person(PARIS, ANA)
        assert person.notifications == Notifications(Mode.WEEKLY, time(7))
        assert (await restarted.people.person(OSLO, ANA)).notifications == Notifications()


async def test_settings_of_reminders_alone_mean_instant(store: Store) -> None:
    await store.people.set_person_settings(PARIS, ANA, PersonSettings(at=time(7)))
    assert (await store.people.person(PARIS, ANA)).notifications == Notifications(
        Mode.INSTANT, time(7)
    )


async def test_a_person_may_speak_for_several_and_hears_for_each(store: Store) -> None:
    for name in ("Harbor", "Port"):
        await store.people.join_organization(PARIS, ANA, name)
    await store.people.join_organization(PARIS, BEN, "harbor")
    await store.people.set_notifications(PARIS, BEN, WANTED)
    assert await store.people.set_profile(
        PARIS, "HARBOR", interests=["Welding", "C++"], region="Dayton"
    )
    harbor = ("Harbor", ("Welding", "C++"), "Dayton")
    assert await store.people.listeners(PARIS) == (
        Listener(ANA, *harbor, Notifications()),
        Listener(ANA, "Port", (), "", Notifications()),
        Listener(BEN, *harbor, WANTED),
    )
    assert await store.people.listeners(OSLO) == ()
    assert (await store.people.person(PARIS, ANA)).organizations == ("Port", "Harbor")


async def test_a_profile_changes_only_in_what_is_given(store: Store) -> None:
    await store.people.join_organization(PARIS, ANA, "Harbor")
    assert await store.people.set_profile(PARIS, "harbor", interests=["soudage", "焊接"])
    assert await store.people.set_profile(PARIS, "harbor", region="Ohio")
    assert await store.people.set_profile(PARIS, "harbor")
    (profile,) = await store.people.partners(PARIS)
    assert (profile.interests, profile.region) == (("soudage", "焊接"), "Ohio")
    assert await store.people.set_profile(PARIS, "harbor", interests=[], region="")
    assert await store.people.partners(PARIS) == (PartnerProfile("Harbor", (), "", (), 1),)
    assert not await store.people.set_profile(PARIS, "Nobody", region="Ohio")
    assert not await store.people.set_profile(OSLO, "harbor", region="Ohio")


async def test_the_directory_names_only_who_agreed(store: Store) -> None:
    for person, name in ((ANA, "Port"), (BEN, "Port"), (STEWARD, "Port"), (BEN, "anchor")):
        await store.people.join_organization(PARIS, person, name)
    await store.people.set_shown(PARIS, ANA, shown=True, name="Ana A.", contact="ana@a.example")
    await store.people.set_shown(PARIS, BEN, shown=False, name="Ben B.", contact="")
    assert await store.people.partners(PARIS) == (
        PartnerProfile("anchor", (), "", (), 1),
        PartnerProfile("Port", (), "", ("Ana A.",), 2),
    )
    assert await store.people.person(PARIS, ANA) == Person(
        ANA, "Ana A.", ("Port",), Notifications(), shown=True, contact="ana@a.example"
    )
    await store.people.set_shown(PARIS, ANA, shown=False, name="Ana A.", contact="")
    assert (await store.people.partners(PARIS))[1] == PartnerProfile("Port", (), "", (), 3)


async def test_an_organization_stays_with_what_it_looks_for_when_a_person_leaves(
    store: Store,
) -> None:
    await store.people.join_organization(PARIS, ANA, "Harbor")
    await store.people.set_profile(PARIS, "Harbor", interests=["welding"])
    assert not await store.people.leave_organization(PARIS, BEN, "Harbor")
    assert not await store.people.leave_organization(OSLO, ANA, "Harbor")
    left = [await store.people.leave_organization(PARIS, ANA, " HARBOR ") for _ in range(2)]
    assert left == [True, False]
    assert await store.people.listeners(PARIS) == ()
    assert await store.people.partners(PARIS) == (
        PartnerProfile("Harbor", ("welding",), "", (), 0),
    )
    await store.people.join_organization(PARIS, BEN, "harbor")
    assert [one.interests for one in await store.people.listeners(PARIS)] == [("welding",)]
