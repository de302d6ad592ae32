"""Opportunities in direct messages: pressed there, they show what was answered, and nothing stale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.opportunities.rules.models import Mode, Reply
from tests.discord.bench import Bench, eventually
from tests.discord.days import DAY, pass_time
from tests.discord.market import Market, partnered
from tests.discord.offers import says, settled, told
from tests.discord.walks import buttons
from tests.loopback import Message

pytestmark = pytest.mark.days_pass

LEFT = "You are no longer in the server that this is about"
MEMBER = "/guilds/*/members/*"
COUNTS = ("interested", "waiting", "left")


@pytest.fixture
async def valley(small: Bench) -> Market:
    return await partnered(small, "welding")


async def told_of(valley: Market, **options: object) -> Message:
    """The direct message that tells Pat of what Ivy posts."""
    await valley.posted(**options)
    await settled(valley.bench)
    (message,) = told(valley.pat.dm, "Welding seats")
    return message


def foot(message: Message) -> str:
    return message.text.splitlines()[-1]


async def test_a_press_counts_and_the_message_shows_what_was_answered(valley: Market) -> None:
    async with valley.bench.started():
        card = await told_of(valley, capacity=4)
        assert not any(word in foot(card) for word in COUNTS)
        pressed = await valley.pat.clicks("Interested", on=card)
        assert pressed.message is card
        assert "Noted: Pat's Plant is interested in **Welding seats**" in card.text
        assert "Twelve free seats" in card.text
        assert not any(word in foot(card) for word in COUNTS)
        assert buttons(card) == ["Interested", "Not for us", "Add a note"]
        await valley.shown(valley.opportunities.history[-1], "1 interested")
        await valley.pat.clicks("Not for us", on=card)
        assert "is not for Pat's Plant. The interest is withdrawn" in card.text
        assert "Noted: Pat's Plant is interested" not in card.text
        form = await valley.pat.clicks("Add a note", on=card)
        await valley.pat.submits(form, {"Reason": "Too far"})
        assert "is not for Pat's Plant" in card.text
        assert "only whoever posted it sees your reason" in card.text
        assert "Twelve free seats" in card.text
    assert [(one.reply, one.note) for one in await valley.answers()] == [
        (Reply.NOT_FOR_US, "Too far")
    ]
    assert told(valley.pat.dm, "Welding seats") == [card]


async def test_a_message_on_the_waiting_list_names_no_place(valley: Market) -> None:
    async with valley.bench.started():
        card = await told_of(valley, capacity=1)
        await valley.quinn.clicks("Interested", on=valley.opportunities.history[-1])
        await valley.pat.clicks("Interested", on=card)
        assert "Pat's Plant is on the waiting list and will hear" in card.text


async def test_whose_organization_is_asked_for_is_answered_on_the_message(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        card = await told_of(valley)
        await bench.store.people.leave_organization(valley.id, valley.pat.id, "Pat's Plant")
        form = await valley.pat.clicks("Interested", on=card)
        near = await valley.pat.submits(form, {"Your organization": "Quin Co"})
        assert near.message is card
        assert buttons(card) == ["Interested", "Not for us", "Quinn Co", "Quin Co"]
        await valley.pat.clicks("Quinn Co", on=card)
        assert "Noted: Quinn Co is interested" in card.text
        assert buttons(card) == ["Interested", "Not for us", "Add a note"]


async def test_what_is_closed_meanwhile_is_shown_so_and_without_buttons(valley: Market) -> None:
    async with valley.bench.started():
        card = await told_of(valley)
        pass_time(valley.bench, 15 * DAY)
        await settled(valley.bench)
        pressed = await valley.pat.clicks("Interested", on=card)
        assert pressed.message is card
        assert "is closed." in card.text
        assert "Closed" in foot(card) or "Closed" in card.text.splitlines()[-2]
        assert buttons(card) == []
    assert await valley.answers() == []


async def test_who_left_answers_nothing_from_a_message_and_is_told_why(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        card = await told_of(valley)
        before = card.text
        gate = bench.server.faults.hold("GET", MEMBER)
        valley.pat.leaves()
        pressed = await valley.pat.clicks("Interested", on=card, until_="acknowledged")
        await gate.arrived()
        assert pressed.ack_seconds is not None  # before Discord said who is there
        gate.release()
        with bench.server.expecting(code=10007):
            await pressed.until(lambda one: LEFT in one.text)
            await bench.idle()
        assert card.text == before
    assert await valley.answers() == []


async def test_forms_and_menus_are_taken_only_from_who_is_there(valley: Market) -> None:
    bench = valley.bench
    await valley.joins(valley.ray, "Ray & Sons", "welding", mode=Mode.DAILY)
    async with bench.started():
        card = await told_of(valley)
        one = await valley.newest()
        await valley.pat.clicks("Interested", on=card)
        note = await valley.pat.clicks("Add a note", on=card)
        pass_time(bench, 1.1 * DAY)
        await settled(bench)
        (digest,) = told(valley.ray.dm, "Welding seats")
        await bench.store.people.leave_organization(valley.id, valley.pat.id, "Pat's Plant")
        form = await valley.pat.clicks("Interested", on=card)
        valley.pat.leaves()
        valley.ray.leaves()
        with bench.server.expecting(code=10007):
            for opened, values in (
                (note, {"Note": "Two seats"}),
                (form, {"Your organization": "Pat & Co"}),
            ):
                refused = await valley.pat.submits(opened, values)
                assert LEFT in refused.text
            menu = f"#{one.id} Welding seats"
            refused = await valley.ray.selects("Not for us…", menu, on=digest)
            assert LEFT in refused.text
            await bench.idle()
    (kept,) = await valley.answers()
    assert (kept.organization, kept.note) == ("Pat's Plant", "")
    assert await bench.store.people.organization_of(valley.id, valley.pat.id) == ""


async def test_a_message_that_was_pressed_is_still_known_after_a_crash(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        await told_of(valley)
        one = await valley.newest()
        path = f"/channels/{valley.pat.dm.id}/messages"
        rule = bench.server.faults.cut("POST", path, times=1, after_work=True)
        await says(bench.store, one, valley.pat)
        moved = replace(one.offer, region="Dayton")
        pass_time(bench, 60)
        await bench.store.opportunities.edit(valley.id, one.id, moved)
        bench.client.services.due.set()  # type: ignore[union-attr]
        await eventually(lambda: rule.hits == 1)
        await settled(bench)
        (changed,) = told(valley.pat.dm, "was changed")
        await valley.pat.clicks("Interested", on=changed)
        assert "was changed" not in changed.text
        before = len(valley.pat.dm.history)
        pass_time(bench, DAY / 4)
        await settled(bench)
    assert len(valley.pat.dm.history) == before
