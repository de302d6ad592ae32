from __future__ import annotations

import asyncio
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.checklists.rules.records import PersonSettings
from bot.core.quiet_hours import QuietHours
from bot.store import Store
from tests.store.samples import ANA, BEN, OSLO, PARIS


async def test_what_a_person_wants_is_kept_by_alliance(store: Store) -> None:
    assert await store.people.person_settings(PARIS, ANA) == PersonSettings()
    wanted = PersonSettings(
        ZoneInfo("Europe/Paris"), time(7, 30), QuietHours(time(21), time(6, 45))
    )
    await store.people.set_person_settings(PARIS, ANA, wanted)
    assert await store.people.person_settings(PARIS, ANA) == wanted
    assert await store.people.person_settings(OSLO, ANA) == PersonSettings()
    assert await store.people.person_settings(PARIS, BEN) == PersonSettings()
    await store.people.set_person_settings(PARIS, ANA, PersonSettings())
    assert await store.people.person_settings(PARIS, ANA) == PersonSettings()


async def test_without_joining_a_person_speaks_for_nobody(store: Store) -> None:
    assert await store.people.organization_of(PARIS, ANA) == ""
    assert await store.people.organizations(PARIS) == ()


@pytest.mark.parametrize(
    "again", ["harbor college", "  HARBOR\u00a0 \n College ", "Ｈarbor College"]
)
async def test_an_organization_is_one_however_it_is_spelled(store: Store, again: str) -> None:
    assert (
        await store.people.join_organization(PARIS, ANA, " Harbor \t College") == "Harbor College"
    )
    assert await store.people.join_organization(PARIS, BEN, again) == "Harbor College"
    assert await store.people.organizations(PARIS) == (("Harbor College", 2),)
    assert await store.people.organization_of(PARIS, BEN) == "Harbor College"


async def test_a_person_speaks_for_the_organization_joined_last(store: Store) -> None:
    for name in ("Harbor College", "City Works", "harbor college"):
        await store.people.join_organization(PARIS, ANA, name)
    assert await store.people.organization_of(PARIS, ANA) == "Harbor College"
    assert await store.people.organizations(PARIS) == (("City Works", 1), ("Harbor College", 1))


async def test_organizations_are_of_one_alliance(store: Store) -> None:
    await store.people.join_organization(PARIS, ANA, "Harbor College")
    assert await store.people.organization_of(OSLO, ANA) == ""
    assert await store.people.join_organization(OSLO, BEN, "HARBOR COLLEGE") == "HARBOR COLLEGE"
    assert await store.people.organizations(PARIS) == (("Harbor College", 1),)


async def test_organizations_joined_at_once_are_one(store: Store) -> None:
    names = [("harbor college", "Harbor College")[number % 2] for number in range(10)]
    await asyncio.gather(
        *(
            store.people.join_organization(PARIS, person, name)
            for person, name in enumerate(names, 1)
        )
    )
    ((_, count),) = await store.people.organizations(PARIS)
    assert count == 10


async def test_a_name_with_nothing_in_it_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        await store.people.join_organization(PARIS, ANA, " \n ")
