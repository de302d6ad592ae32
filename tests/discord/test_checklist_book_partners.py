"""The list of checklists, and the partner organizations people speak for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.checklists.run import Status
from bot.core.models import Library
from bot.discord_ui.checklists.listing import pages_of
from bot.discord_ui.checklists.partners import LONGEST_NAME, nearest
from tests.discord.bench import Alliance, Bench, alliance_of
from tests.discord.promising import PLAN
from tests.discord.walking import MEAN, buttons, pings, use_library

JOIN, LIST = "/partner join", "/partner list"


# -- the list of checklists ----------------------------------------------------------------------


async def test_every_checklist_is_listed_with_what_it_takes_and_can_be_started_from_there(
    bench: Bench, valley: Alliance
) -> None:
    library = bench.content.library
    async with bench.started():
        page = await valley.rosa.uses("/checklist list", in_=valley.lounge)
        assert page.ephemeral
        text = page.text
        while "Next page" in buttons(page):
            page = await valley.rosa.clicks("Next page", on=page)
            text += page.text
        for checklist in library.checklists:
            assert checklist.title in text
            assert f"{checklist.minutes} min · {len(checklist.steps)} steps" in text
        last = library.checklists[-1]
        step = await valley.rosa.selects("Start a checklist", last.title, on=page)
        assert step.ephemeral
        assert last.title in step.text
        assert "1 of " in step.text
    (head,) = await bench.store.runs(valley.guild.id)
    assert (head.checklist, head.owner, head.status) == (last.id, valley.rosa.id, Status.OPEN)


async def test_a_long_list_has_pages_that_turn_also_after_a_restart(
    bench: Bench, valley: Alliance
) -> None:
    many = tuple(
        replace(PLAN, id=f"plan-{n}", title=f"Plan {n:02}", purpose="*Long* purpose. " * 30)
        for n in range(60)
    )
    use_library(bench, replace(bench.content.library, checklists=many))
    pages = pages_of(many, bench.content.phrases)
    assert len(pages) > 2
    async with bench.started():
        first = await valley.rosa.uses("/checklist list", in_=valley.lounge)
        assert f"page 1 of {len(pages)}" in first.text
        assert buttons(first) == ["Next page"]
    async with bench.started():
        second = await valley.rosa.clicks("Next page", on=first)
        assert f"page 2 of {len(pages)}" in second.text
        assert buttons(second) == ["Previous page", "Next page"]
        assert len(second.message.text) < 4000
        picked = pages[1][0]
        step = await valley.rosa.selects("Start a checklist", picked.title, on=second)
        assert picked.title in step.text


async def test_a_library_without_checklists_says_so(bench: Bench, valley: Alliance) -> None:
    bare: Library = replace(bench.content.library, checklists=())
    use_library(bench, bare)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist list", in_=valley.lounge)
    assert "0 checklists" in shown.text


# -- partners ------------------------------------------------------------------------------------


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
        assert "City College · 2 speak for it" in shown.text
        assert "Hotel League · 1 speaks for it" in shown.text
        moved = await valley.rosa.uses(JOIN, in_=valley.lounge, name="Hotel League")
        assert "in place of **City College**" in moved.text
    assert await bench.store.organization_of(valley.guild.id, valley.rosa.id) == "Hotel League"


async def test_a_name_that_comes_near_another_is_asked_about(
    bench: Bench, valley: Alliance
) -> None:
    alliance = valley.guild.id
    async with bench.started():
        await valley.omar.uses(JOIN, in_=valley.lounge, name="Goodwill Industries")
        asked = await valley.rosa.uses(JOIN, in_=valley.lounge, name="Good-will Industry")
        assert "Do you mean it" in asked.text
        assert buttons(asked) == ["I mean Goodwill Industries", "It is another one"]
        assert await bench.store.organization_of(alliance, valley.rosa.id) == ""
    async with bench.started():
        done = await valley.rosa.clicks("I mean Goodwill Industries", on=asked)
        assert "You speak for **Goodwill Industries** now" in done.text
        nora = valley.guild.member("Nora")
        asked = await nora.uses(JOIN, in_=valley.lounge, name="Goodwill Industry East")
        done = await nora.clicks("It is another one", on=asked)
        assert "**Goodwill Industry East** now" in done.text
    assert await bench.store.organizations(alliance) == (
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
    assert await bench.store.organizations(valley.guild.id) == ()


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
    assert len(await bench.store.organizations(valley.guild.id)) == 2


async def test_many_partners_keep_within_one_message(bench: Bench, valley: Alliance) -> None:
    for number in range(300):
        name = f"{number:03} " + "*" * 80
        await bench.store.join_organization(valley.guild.id, 1000 + number, name)
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
