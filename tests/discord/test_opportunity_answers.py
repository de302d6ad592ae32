"""Partners answer an opportunity: interested, not for us, the waiting list, notes."""

from __future__ import annotations

import asyncio

import pytest

from bot.opportunities.rules.models import Reply
from tests.discord.bench import Bench, held_up
from tests.discord.market import Market, market, partnered
from tests.discord.walks import buttons, pings
from tests.loopback import Member, Response

YES, NO, WAITING = Reply.INTERESTED, Reply.NOT_FOR_US, Reply.WAITING


@pytest.fixture
async def valley(small: Bench) -> Market:
    return await partnered(small)


async def replies(valley: Market) -> dict[str, Reply]:
    return {one.organization: one.reply for one in await valley.answers()}


async def notes(on: Response, who: Member, label: str, text: str) -> Response:
    form = await who.clicks("Add a note", on=on)
    return await who.submits(form, {label: text})


async def test_interested_counts_at_once_and_the_post_shows_it(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        assert "0 interested" in post.text
        pressed = await valley.pat.clicks("Interested", on=post)
        assert pressed.ephemeral
        assert "Noted: Pat's Plant is interested in **Welding seats**" in pressed.text
        assert buttons(pressed) == ["Add a note"]
        assert await replies(valley) == {"Pat's Plant": YES}
        await valley.shown(post, "1 interested")
        again = await valley.pat.clicks("Interested", on=post)
        assert "Already noted" in again.text
    assert await replies(valley) == {"Pat's Plant": YES}


async def test_pressing_the_other_moves_the_answer(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        await valley.pat.clicks("Interested", on=post)
        moved = await valley.pat.clicks("Not for us", on=post)
        assert "The interest is withdrawn" in moved.text
        assert await replies(valley) == {"Pat's Plant": NO}
        same = await valley.pat.clicks("Not for us", on=post)
        assert "Already noted" in same.text
        back = await valley.pat.clicks("Interested", on=post)
        assert "Noted: Pat's Plant is interested" in back.text
    assert await replies(valley) == {"Pat's Plant": YES}


async def test_an_organization_has_one_answer_whoever_of_it_presses(valley: Market) -> None:
    await valley.bench.store.people.join_organization(valley.id, valley.ray.id, "Pat's Plant")
    async with valley.bench.started():
        post = await valley.posted()
        await valley.pat.clicks("Interested", on=post)
        second = await valley.ray.clicks("Interested", on=post)
    assert "Pat had answered for Pat's Plant before" in second.text
    (one,) = await valley.answers()
    assert (one.organization, one.person) == ("Pat's Plant", valley.ray.id)


async def test_without_an_organization_it_asks_for_one_and_then_counts(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        form = await valley.ray.clicks("Interested", on=post)
        assert form.kind == "modal"
        assert await valley.answers() == []
    async with valley.bench.started():
        done = await valley.ray.submits(form, {"Your organization": "Ray & Sons"})
        assert "Noted: Ray & Sons is interested" in done.text
    assert await replies(valley) == {"Ray & Sons": YES}
    assert await valley.bench.store.people.organization_of(valley.id, valley.ray.id) == "Ray & Sons"


async def test_an_organization_of_nearly_the_same_name_is_asked_about_first(
    valley: Market,
) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        form = await valley.ray.clicks("Interested", on=post)
        asked = await valley.ray.submits(form, {"Your organization": "Quin Co"})
        assert "nearly that name: **Quinn Co**" in asked.text
        assert buttons(asked) == ["Quinn Co", "Quin Co"]
        assert await valley.answers() == []
    async with valley.bench.started():
        done = await valley.ray.clicks("Quinn Co", on=asked)
        assert "Noted: Quinn Co is interested" in done.text
        una = valley.guild.member("Una")
        form = await una.clicks("Interested", on=post)
        nameless = await una.submits(form, {"Your organization": "!!!"})
        assert "name the organization" in nameless.text
    assert await replies(valley) == {"Quinn Co": YES}


async def test_a_slow_store_asks_for_the_organization_after_acknowledging(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        go_on = held_up(valley.bench.store.people, "organization_of")
        pressed = await valley.ray.clicks("Interested", on=post, until_="acknowledged")
        assert pressed.ack_seconds < 1.5
        go_on.set()
        await pressed.until(lambda r: "too long for the form" in r.text)
        form = await valley.ray.clicks("Interested", on=pressed)
        assert form.kind == "modal"
    assert await valley.answers() == []


async def test_not_for_us_needs_no_organization(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        pressed = await valley.ray.clicks("Not for us", on=post)
    assert "is not for you" in pressed.text
    assert await replies(valley) == {"": NO}


async def test_a_note_goes_with_the_answer_and_a_reason_with_the_refusal(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        yes = await valley.pat.clicks("Interested", on=post)
        kept = await notes(yes, valley.pat, "Note", "Two seats please")
        assert "sees your note" in kept.text
        no = await valley.quinn.clicks("Not for us", on=post)
        kept = await notes(no, valley.quinn, "Reason", "Too far away")
        assert "only whoever posted it" in kept.text
        moved = await valley.pat.clicks("Not for us", on=post)
        stale = await valley.pat.clicks("Add a note", on=yes, stale=True)
        assert "another by now" in stale.text
        assert "another by now" not in moved.text
    found = {one.organization: (one.reply, one.note) for one in await valley.answers()}
    assert found == {"Quinn Co": (NO, "Too far away"), "Pat's Plant": (NO, "")}


async def test_what_does_not_fit_any_more_waits_and_moves_up(valley: Market) -> None:
    await valley.joins(valley.ray, "Ray & Sons")
    async with valley.bench.started():
        post = await valley.posted(capacity=1)
        assert "1 place left" in post.text
        await valley.pat.clicks("Interested", on=post)
        second = await valley.quinn.clicks("Interested", on=post)
        assert "on the waiting list, at place 1" in second.text
        third = await valley.ray.clicks("Interested", on=post)
        assert "at place 2" in third.text
        await valley.shown(post, "0 places left · 2 waiting")
        await valley.pat.clicks("Not for us", on=post)
        assert await replies(valley) == {"Pat's Plant": NO, "Quinn Co": YES, "Ray & Sons": WAITING}
        await valley.shown(post, "1 waiting")


async def test_fifty_partners_at_once_never_exceed_the_capacity(valley: Market) -> None:
    people = [valley.guild.member(f"Member {n}") for n in range(50)]
    for n, person in enumerate(people):
        await valley.bench.store.people.join_organization(valley.id, person.id, f"Partner {n}")
    async with valley.bench.started():
        post = await valley.posted(capacity=5)
        pressed = await asyncio.gather(*(person.clicks("Interested", on=post) for person in people))
        await valley.shown(post, "5 interested · 0 places left · 45 waiting")
    given = await replies(valley)
    assert len(given) == 50
    assert list(given.values()).count(YES) == 5
    assert sum("Noted: Partner" in one.text for one in pressed) == 5
    assert sum("waiting list" in one.text for one in pressed) == 45
    assert max(one.ack_seconds or 0 for one in pressed) < 3


async def test_two_hundred_clicks_within_a_second_are_each_kept_and_acknowledged_once(
    valley: Market,
) -> None:
    """Discord ends an interaction after 3 s; the loopback counts a second acknowledgement."""
    people = [valley.guild.member(f"Member {n}") for n in range(200)]
    for n, person in enumerate(people):
        await valley.bench.store.people.join_organization(valley.id, person.id, f"Partner {n}")
    async with valley.bench.started():
        post = await valley.posted(capacity=50)
        before = len(valley.bench.server.requests)
        pressed = await asyncio.gather(*(person.clicks("Interested", on=post) for person in people))
        await valley.shown(post, "50 interested · 0 places left · 150 waiting")
        await valley.bench.idle()
    given = await valley.answers()
    assert [one.reply for one in given] == [YES] * 50 + [WAITING] * 150
    assert len({one.organization for one in given}) == 200
    assert sum("Noted: Partner" in one.text for one in pressed) == 50
    assert sum("waiting list" in one.text for one in pressed) == 150
    done = [(one.method, one.path) for one in valley.bench.server.requests[before:]]
    assert sum(path.endswith("/callback") for _, path in done) == 200
    refreshes = [
        path for method, path in done if (method, path.endswith(str(post.id))) == ("PATCH", True)
    ]
    assert 1 <= len(refreshes) < 20


async def test_a_press_is_kept_before_it_is_acknowledged(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        gate = valley.bench.server.faults.hold("POST", "/interactions/*/*/callback")
        pressed = await valley.pat.clicks("Interested", on=post, until_="sent")
        await gate.arrived()
        assert await replies(valley) == {"Pat's Plant": YES}
        gate.release()
        await pressed.until(lambda r: "Noted" in r.text)

        go_on = held_up(valley.bench.store.opportunities, "reply")
        late = await valley.quinn.clicks("Interested", on=post, until_="acknowledged")
        assert late.ack_seconds < 1.5
        go_on.set()
        await late.until(lambda r: "Noted" in r.text)
    assert await replies(valley) == {"Pat's Plant": YES, "Quinn Co": YES}


async def test_the_buttons_work_after_a_restart(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
    async with valley.bench.started():
        pressed = await valley.pat.clicks("Interested", on=post)
        assert "Noted" in pressed.text
        await valley.shown(post, "1 interested")


async def test_an_event_that_comes_twice_is_one_answer(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        valley.bench.server.faults.duplicate("INTERACTION_CREATE")
        pressed = await valley.pat.clicks("Interested", on=post)
        await valley.bench.idle()
    assert "Noted" in pressed.text
    assert await replies(valley) == {"Pat's Plant": YES}


async def test_what_is_closed_takes_no_answer(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        found = await valley.newest()
        await valley.ivy.uses(
            "/opportunity close", in_=valley.lounge, id=str(found.id), outcome="none"
        )
        await valley.shown(post, "Closed")
        for person in (valley.pat, valley.ray):
            pressed = await person.clicks("Interested", on=post, stale=True)
            assert pressed.kind != "modal"
            assert pressed.ephemeral
            assert "is closed" in pressed.text
    assert await valley.answers() == []


# -- alliances are apart ---------------------------------------------------------------------------


async def test_answers_go_through_direct_messages_only_to_their_own_alliance(
    valley: Market,
) -> None:
    coast = await market(valley.bench, "Coast")
    async with valley.bench.started():
        await valley.posted()
        found = await valley.newest()
        listed = await coast.pat.uses("/opportunity list", in_=coast.lounge)
        assert "Nothing is open" in listed.text
        for command, more in (
            ("show", {}),
            ("edit", {}),
            ("close", {"outcome": "filled"}),
        ):
            for person in (coast.ivy, coast.sam):
                refused = await person.uses(
                    f"/opportunity {command}", in_=coast.lounge, id=f"#{found.id}", **more
                )
                never = await person.uses(
                    f"/opportunity {command}", in_=coast.lounge, id="#4711", **more
                )
                assert refused.text.replace(str(found.id), "4711") == never.text
                assert not pings(refused)
        offered = await coast.sam.types_into("/opportunity show", in_=coast.lounge, id="weld")
        assert offered == []
    assert (await valley.newest()).posted is not None
