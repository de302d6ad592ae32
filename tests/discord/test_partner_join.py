"""Who speaks for which organization, and what the directory shows of it."""

from __future__ import annotations

import pytest

from bot.chat.action import LONGEST_ID
from bot.core.alliance import NO_ALLIANCE
from bot.people.actions import MEANT
from bot.people.rules import LONGEST_NAME, nearest
from tests.discord.bench import Alliance, Bench, alliance_of
from tests.discord.walks import MEAN, buttons, pings

JOIN, LEAVE, LIST, PROFILE = (f"/partner {name}" for name in ("join", "leave", "list", "profile"))


async def test_who_joins_speaks_for_the_organization_from_then_on(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        none = await valley.rosa.uses(LIST, in_=valley.lounge)
        assert "No organization has joined" in none.text
        joined = await valley.rosa.uses(JOIN, in_=valley.lounge, name="  City   College ")
        assert joined.ephemeral
        assert "You speak for **City College** now" in joined.text
        again = await valley.rosa.uses(JOIN, in_=valley.lounge, name="city college")
        assert "City College** already" in again.text
        await valley.omar.uses(JOIN, in_=valley.lounge, name="Hotel League")
        await valley.guild.member("Nora").uses(JOIN, in_=valley.lounge, name="City College")
        shown = await valley.rosa.uses(LIST, in_=valley.lounge)
        assert "2 partner organizations" in shown.text
        assert "City College** · 2 speak for it" in shown.text
        assert "Hotel League** · 1 speaks for it" in shown.text
        both = await valley.rosa.uses(JOIN, in_=valley.lounge, name="Hotel League")
        assert "You also speak for City College" in both.text
    assert (
        await bench.store.people.organization_of(valley.guild.id, valley.rosa.id) == "Hotel League"
    )


async def test_a_name_that_comes_near_another_is_asked_about(
    bench: Bench, valley: Alliance
) -> None:
    alliance = valley.guild.id
    async with bench.started():
        await valley.omar.uses(JOIN, in_=valley.lounge, name="Goodwill Industries")
        asked = await valley.rosa.uses(JOIN, in_=valley.lounge, name="Good-will Industry")
        assert "Do you mean it" in asked.text
        assert buttons(asked) == ["I mean Goodwill Industries", "It is another one"]
        assert await bench.store.people.organization_of(alliance, valley.rosa.id) == ""
    async with bench.started():
        done = await valley.rosa.clicks("I mean Goodwill Industries", on=asked)
        assert "You speak for **Goodwill Industries** now" in done.text
        nora = valley.guild.member("Nora")
        asked = await nora.uses(JOIN, in_=valley.lounge, name="Goodwill Industry East")
        done = await nora.clicks("It is another one", on=asked)
        assert "**Goodwill Industry East** now" in done.text
    assert await bench.store.people.organizations(alliance) == (
        ("Goodwill Industries", 2),
        ("Goodwill Industry East", 1),
    )


async def test_names_are_completed_from_this_alliance_alone(bench: Bench, valley: Alliance) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Rosa", "Nora"))
    async with bench.started():
        for name in ("City College", "Hotel League", "Chamber of Commerce"):
            await valley.omar.uses(JOIN, in_=valley.lounge, name=name)
        found = await valley.rosa.types_into(JOIN, in_=valley.lounge, name="colege")
        assert [choice.value for choice in found][:1] == ["City College"]
        assert len(await valley.rosa.types_into(JOIN, in_=valley.lounge, name="")) == 3
        assert not await coast.rosa.types_into(JOIN, in_=coast.lounge, name="")
        shown = await coast.rosa.uses(LIST, in_=coast.lounge)
        assert "No organization has joined" in shown.text


@pytest.mark.parametrize("name", ["  ", "!!!", "x" * (LONGEST_NAME + 1)])
async def test_what_is_no_name_is_refused(bench: Bench, valley: Alliance, name: str) -> None:
    async with bench.started():
        refused = await valley.rosa.uses(JOIN, in_=valley.lounge, name=name)
    assert "Please give the organization's name" in refused.text
    assert await bench.store.people.organizations(valley.guild.id) == ()


async def test_markup_in_a_name_is_shown_as_typed_and_pings_nobody(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await valley.omar.uses(JOIN, in_=valley.lounge, name=MEAN)
        asked = await valley.rosa.uses(JOIN, in_=valley.lounge, name=MEAN + "y")
        joined = await valley.rosa.clicks("It is another one", on=asked)
        shown = await valley.rosa.uses(LIST, in_=valley.lounge)
    for response in (asked, joined, shown):
        assert "\\*\\*big\\*\\*" in response.text
        assert not pings(response)
    assert len(await bench.store.people.organizations(valley.guild.id)) == 2


@pytest.mark.slow
async def test_many_partners_keep_within_one_message(bench: Bench, valley: Alliance) -> None:
    for number in range(300):
        name = f"{number:03} " + "*" * 80
        await bench.store.people.join_organization(valley.guild.id, 1000 + number, name)
    async with bench.started():
        shown = await valley.rosa.uses(LIST, in_=valley.lounge)
    assert "300 partner organizations" in shown.text
    assert "more." in shown.text


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("Goodwill", "Goodwill Industries"),
        ("GOODWILL INDUSTRIES.", "Goodwill Industries"),
        ("Valley Collage", "Valley College"),
        ("Valley Hospital", None),
        ("Ford", None),
        ("Stanford Health", None),
    ],
)
def test_near_is_another_way_to_write_it_not_another_organization(
    wanted: str, near: str | None
) -> None:
    known = ["Valley College", "Goodwill Industries", "Oxford Press"]
    assert nearest(wanted, known) == near


def test_the_longest_name_fits_into_the_id_of_a_button() -> None:
    assert len(MEANT("x" * LONGEST_NAME)) == LONGEST_ID


# -- leaving, and what the directory shows -------------------------------------------------------


async def test_who_leaves_hands_over_to_those_who_stay(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        for person in (valley.rosa, valley.omar):
            await person.uses(JOIN, in_=valley.lounge, name="City College")
        wrong = await valley.rosa.uses(LEAVE, in_=valley.lounge, name="Hotel League")
        assert "You don't speak for **Hotel League**" in wrong.text
        found = await valley.rosa.types_into(LEAVE, in_=valley.lounge, name="")
        assert [choice.value for choice in found] == ["City College"]
        left = await valley.rosa.uses(LEAVE, in_=valley.lounge, name="city college")
        assert "1 person still does" in left.text
        last = await valley.omar.uses(LEAVE, in_=valley.lounge, name="City College")
        assert "Nobody speaks for it now" in last.text
    assert await bench.store.people.organizations(valley.guild.id) == (("City College", 0),)


async def test_the_directory_names_only_those_who_agreed(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        for person in (valley.rosa, valley.omar):
            await person.uses(JOIN, in_=valley.lounge, name="City College")
        own = await valley.rosa.uses(PROFILE, in_=valley.lounge)
        assert own.ephemeral
        assert "doesn't name you" in own.text
        assert buttons(own) == ["Show me in the directory", "Contact"]
    async with bench.started():
        shown = await valley.rosa.clicks("Show me in the directory", on=own)
        assert "names you as Rosa" in shown.text
        listed = await valley.omar.uses(LIST, in_=valley.lounge)
        assert "City College** · Rosa and 1 more" in listed.text
        hidden = await valley.rosa.clicks("Hide me", on=shown)
        assert "doesn't name you" in hidden.text
        listed = await valley.omar.uses(LIST, in_=valley.lounge)
        assert "Rosa" not in listed.text


async def test_a_contact_is_kept_with_the_profile_and_filled_in_again(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await valley.rosa.uses(JOIN, in_=valley.lounge, name="City College")
        own = await valley.rosa.uses(PROFILE, in_=valley.lounge)
        form = await valley.rosa.clicks("Contact", on=own)
        shown = await valley.rosa.submits(form, {"Contact": "rosa@example.org"})
        assert "rosa@example.org" in shown.text
        again = await valley.rosa.clicks("Contact", on=shown)
        (row,) = again.modal.components
        assert row["component"]["value"] == "rosa@example.org"
        listed = await valley.omar.uses(LIST, in_=valley.lounge)
        assert "rosa@example.org" not in listed.text
    person = await bench.store.people.person(valley.guild.id, valley.rosa.id)
    assert (person.contact, person.shown) == ("rosa@example.org", False)


async def test_the_profile_of_an_organization_is_found_by_its_name_in_this_alliance_alone(
    bench: Bench, valley: Alliance
) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Rosa", "Nora"))
    async with bench.started():
        await valley.rosa.uses(JOIN, in_=valley.lounge, name="City College")
        shown = await valley.omar.uses(PROFILE, in_=valley.lounge, name="CITY college")
        assert "Looks for: nothing said yet" in shown.text
        assert "1, not named" in shown.text
        near = await valley.omar.uses(PROFILE, in_=valley.lounge, name="City Colledge")
        assert "Do you mean City College?" in near.text
        other = await coast.omar.uses(PROFILE, in_=coast.lounge, name="City College")
        assert "There is no partner **City College** here." in other.text
        assert "Do you mean" not in other.text


async def test_someone_in_no_alliance_is_told_that_partners_belong_to_one(bench: Bench) -> None:
    stranger = bench.server.visitor("Nora")
    async with bench.started():
        joined = await stranger.uses("/partner join", in_=stranger.dm, name="Harbor College")
        listed = await stranger.uses("/opportunity list", in_=stranger.dm)
    assert "you share none with me" in joined.text
    assert "you share none with me" in listed.text
    assert await bench.store.people.organizations(NO_ALLIANCE) == ()
