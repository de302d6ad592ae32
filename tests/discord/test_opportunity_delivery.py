"""Opportunities reach the channel and those whom they fit: on time, and each exactly once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.alliances.records import ChannelPurpose
from bot.core.outbox import NoticeKind
from bot.core.quiet_hours import QuietHours
from bot.opportunities.rules.models import Mode, Outcome, Reply, State
from tests.discord.bench import Alliance, Bench, alliance_of, eventually
from tests.discord.days import DAY, HOUR, move_to, pass_time, set_clock
from tests.discord.offers import (
    CARE,
    TITLE,
    WELDING,
    board_of,
    listens,
    publish,
    says,
    settled,
    told,
)
from tests.discord.walks import buttons
from tests.loopback import Channel

pytestmark = pytest.mark.days_pass

SENDS = "/channels/*/messages"


# -- the post, and messages at once --------------------------------------------------------------


async def test_it_is_posted_and_told_to_those_it_fits_with_the_reason_and_buttons(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    await listens(bench.store, valley.rosa, "City College")
    await listens(bench.store, valley.omar, "Hotel League", interests=("hotels",))
    one = await publish(bench.store, valley.guild, board)
    async with bench.started():
        await settled(bench)
        (post,) = told(board)
        assert buttons(post) == ["Interested", "Not for us", "Ask a question"]
        (message,) = told(valley.rosa.dm)
        assert "fits what you look for: welding" in message.text
        assert "Valley Alliance" in message.text
        assert buttons(message) == ["Interested", "Not for us"]
        stored = await bench.store.opportunities.opportunity(valley.guild.id, one.id)
        assert stored is not None
        assert (stored.channel, stored.message) == (board.id, post.id)
        assert f"/{post.id}" in message.text  # the post was there first
        taken = await valley.rosa.clicks("Interested", on=message)
        assert "City College" in taken.text
        await settled(bench)
    assert not told(valley.omar.dm)
    (answer,) = await bench.store.opportunities.answers(valley.guild.id, one.id)
    assert (answer.organization, answer.reply) == ("City College", Reply.INTERESTED)
    assert "1 interested" in told(board)[0].text


async def test_nobody_hears_before_the_post_stands_and_all_hear_if_it_can_not(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    await listens(bench.store, valley.rosa, "City College")
    rule = bench.server.faults.cut("POST", f"/channels/{board.id}/messages", times=3)
    await publish(bench.store, valley.guild, board)
    async with bench.started():
        await eventually(lambda: rule.hits >= 1)
        await settled(bench)
        assert len(told(valley.rosa.dm)) == 1
        assert not told(board)
        for _ in range(4):
            pass_time(bench, HOUR)
            await settled(bench)
    assert len(told(board)) == 1
    assert len(told(valley.rosa.dm)) == 1


async def test_each_mode_is_told_when_it_wants_to_be(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 8)
    nora, ines = valley.guild.member("Nora"), valley.guild.member("Ines")
    people = {Mode.INSTANT: valley.rosa, Mode.DAILY: valley.omar, Mode.WEEKLY: nora, Mode.OFF: ines}
    for mode, person in people.items():
        await listens(bench.store, person, f"Partner {mode}", mode, hour=time(17))
    await publish(bench.store, valley.guild, board)

    def heard() -> list[str]:
        return [mode.value for mode, person in people.items() if told(person.dm)]

    async with bench.started():
        await settled(bench)
        assert heard() == ["instant"]
        move_to(bench, datetime.combine(today, time(16, 59), UTC))
        await settled(bench)
        assert heard() == ["instant"]
        move_to(bench, datetime.combine(today, time(17), UTC))
        await settled(bench)
        is_monday = today.weekday() == 0
        assert heard() == ["instant", "daily", "weekly"][: 3 if is_monday else 2]
        pass_time(bench, 8 * DAY)
        await settled(bench)
        assert heard() == ["instant", "daily", "weekly"]
    assert all(len(told(person.dm)) <= 1 for person in people.values())


async def test_quiet_hours_put_a_message_off_to_their_end(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 21)
    quiet = QuietHours(time(20), time(7))
    await listens(bench.store, valley.rosa, "City College", quiet=quiet)
    await publish(bench.store, valley.guild, board)
    async with bench.started():
        await settled(bench)
        assert told(board)
        assert not told(valley.rosa.dm)
        move_to(bench, datetime.combine(today + timedelta(days=1), time(7), UTC))
        await settled(bench)
    assert len(told(valley.rosa.dm)) == 1


async def test_the_poster_and_their_organization_are_not_told(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    await listens(bench.store, valley.rosa, "City College")
    await listens(bench.store, valley.omar, "City College")
    store = bench.store
    await publish(store, valley.guild, board, poster=valley.rosa.id, organization="City College")
    async with bench.started():
        await settled(bench)
    assert told(board)
    assert not told(valley.rosa.dm)
    assert not told(valley.omar.dm)


async def test_an_alliance_never_hears_of_another(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Nora", "Ines"))
    shore = await board_of(bench.store, coast.guild)
    await listens(bench.store, valley.rosa, "City College")
    await listens(bench.store, coast.rosa, "City College")
    one = await publish(bench.store, valley.guild, board)
    async with bench.started():
        await settled(bench)
    assert told(board)
    assert len(told(valley.rosa.dm)) == 1
    assert not told(shore)
    assert not told(coast.rosa.dm)
    assert await bench.store.opportunities.opportunity(coast.guild.id, one.id) is None


# -- once ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("after_work", [False, True])
async def test_a_connection_cut_while_posting_makes_one_post(
    bench: Bench, valley: Alliance, board: Channel, *, after_work: bool
) -> None:
    rule = bench.server.faults.cut("POST", SENDS, times=1, after_work=after_work)
    one = await publish(bench.store, valley.guild, board)
    async with bench.started():
        await eventually(lambda: rule.hits == 1)
        await settled(bench)
        pass_time(bench, HOUR)
        await settled(bench)
    (post,) = told(board)
    stored = await bench.store.opportunities.opportunity(valley.guild.id, one.id)
    assert stored is not None
    assert stored.message == post.id


async def test_many_recipients_are_told_once_each_with_rate_limits_in_between(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    people = [valley.guild.member(f"Partner {n}") for n in range(30)]
    for number, person in enumerate(people):
        await listens(bench.store, person, f"Organization {number}")
    await publish(bench.store, valley.guild, board)
    async with bench.started():
        middle = people[15].dm
        bench.server.faults.rate_limit("POST", f"/channels/{middle.id}/messages", retry_after=0.05)
        bench.server.faults.rate_limit("POST", SENDS, retry_after=0.05, scope="global", times=1)
        await eventually(lambda: all(told(person.dm) for person in people))
        await settled(bench)
    assert [len(told(person.dm)) for person in people] == [1] * 30
    assert len(told(board)) == 1


async def test_a_post_that_is_gone_is_not_refreshed_and_nothing_fails(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    await listens(bench.store, valley.rosa, "City College", Mode.OFF)
    one = await publish(bench.store, valley.guild, board)
    async with bench.started():
        await settled(bench)
        (post,) = told(board)
        post.deleted = True  # and Discord tells nobody
        gone = bench.server.expecting(code=10008, times=1)
        with gone, bench.server.expecting(code=10007, times=1):  # its poster left
            await says(bench.store, one, valley.rosa)
            await settled(bench)

        async def nothing_to_refresh() -> bool:
            due = await bench.store.outbox.due_notices(5)
            return not [each for each in due if each.kind is NoticeKind.OPPORTUNITY_REFRESH]

        await eventually(nothing_to_refresh)


# -- closed direct messages ----------------------------------------------------------------------


async def test_closed_direct_messages_turn_into_a_digest_in_the_channel_that_names_nobody(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 10)
    await listens(bench.store, valley.rosa, "City College")
    await listens(bench.store, valley.omar, "Hotel League")
    valley.rosa.user.dms_open = valley.omar.user.dms_open = False
    await publish(bench.store, valley.guild, board)
    async with bench.started():
        with bench.server.expecting(code=50007, times=2):
            await settled(bench)
        assert len(told(board)) == 1
        move_to(bench, datetime.combine(today + timedelta(days=1), time(9), UTC))
        await settled(bench)
        pass_time(bench, 3 * DAY)
        await settled(bench)
    _, digest = told(board)
    assert "Open opportunities" in digest.text
    for name in ("Rosa", "Omar", "City College", "Hotel League", "direct"):
        assert name not in digest.text
    assert not digest.pings


# -- the life of an opportunity ------------------------------------------------------------------


async def test_the_interested_are_reminded_a_day_before_and_it_closes_by_itself(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 9)
    deadline = datetime.combine(today + timedelta(days=5), time(18), UTC)
    await listens(bench.store, valley.rosa, "City College")
    await listens(bench.store, valley.omar, "Hotel League")
    offer = replace(WELDING, deadline=deadline)
    one = await publish(bench.store, valley.guild, board, offer)
    async with bench.started():
        await settled(bench)
        await says(bench.store, one, valley.rosa)
        await says(bench.store, one, valley.omar, Reply.NOT_FOR_US)
        move_to(bench, deadline - timedelta(days=1, minutes=1))
        await settled(bench)
        assert not told(valley.rosa.dm, "in which you are interested")
        move_to(bench, deadline - timedelta(days=1))
        await settled(bench)
        assert len(told(valley.rosa.dm, "in which you are interested, closes")) == 1
        assert not told(valley.omar.dm, "in which you are interested")
        move_to(bench, deadline)
        await settled(bench)
        (post,) = told(board)
        assert buttons(post) == []
        stored = await bench.store.opportunities.opportunity(valley.guild.id, one.id)
        assert stored is not None
        assert (stored.state, stored.outcome) == (State.CLOSED, None)
    assert len(told(valley.rosa.dm, "closes")) == 1


async def test_the_poster_is_asked_once_how_it_went_and_one_click_answers(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    set_clock(bench, 9)
    one = await publish(bench.store, valley.guild, board, poster=valley.rosa.id)
    async with bench.started():
        await settled(bench)
        await bench.store.opportunities.close_opportunity(valley.guild.id, one.id, None)
        pass_time(bench, 13.9 * DAY)
        await settled(bench)
        assert not told(valley.rosa.dm, "How did it go")
        pass_time(bench, 0.2 * DAY)
        await settled(bench)
        (asked,) = told(valley.rosa.dm, "How did it go")
    pass_time(bench, 30 * DAY)
    async with bench.started():
        await settled(bench)
        assert len(told(valley.rosa.dm, "How did it go")) == 1
        noted = await valley.rosa.selects("What came of it", "Partly filled", on=asked)
        assert "Noted" in noted.text
        await settled(bench)
    stored = await bench.store.opportunities.opportunity(valley.guild.id, one.id)
    assert stored is not None
    assert stored.outcome is Outcome.PARTLY
    assert "partly" in told(board)[0].text.lower()


async def test_what_was_changed_is_told_to_the_interested(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    today = set_clock(bench, 9)
    await listens(bench.store, valley.rosa, "City College")
    one = await publish(bench.store, valley.guild, board)
    async with bench.started():
        await settled(bench)
        await says(bench.store, one, valley.rosa)
        text = replace(
            one.offer, title="Ten seats", description="Not paid.", link="https://\u0430.example/x"
        )
        await bench.store.opportunities.edit(valley.guild.id, one.id, text)
        await settled(bench)
        (first,) = told(valley.rosa.dm, "was changed")
        pass_time(bench, 60)
        deadline = datetime.combine(today + timedelta(days=9), time(18), UTC)
        moved = replace(text, deadline=deadline, region="Dayton")
        await bench.store.opportunities.edit(valley.guild.id, one.id, moved)
        await settled(bench)
        (_, changed) = told(valley.rosa.dm, "was changed")
    assert "- Title: Ten seats\n- Text: Not paid." in first.text
    assert "- Link to xn--80a.example: <https://xn--80a.example/x>" in first.text
    for line in ("Deadline:", "Place:", "Places:", "Contact:"):
        assert line not in first.text
    assert f"<t:{int(deadline.timestamp())}:F>" in changed.text
    assert "Place: Dayton" in changed.text
    assert "Places" not in changed.text


async def test_who_comes_off_the_waiting_list_is_told(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    await listens(bench.store, valley.rosa, "City College", Mode.OFF)
    await listens(bench.store, valley.omar, "Hotel League", Mode.OFF)
    one = await publish(bench.store, valley.guild, board, replace(WELDING, capacity=1))
    async with bench.started():
        await settled(bench)
        await says(bench.store, one, valley.rosa)
        await says(bench.store, one, valley.omar)
        await settled(bench)
        assert not told(valley.omar.dm)
        await says(bench.store, one, valley.rosa, Reply.NOT_FOR_US)
        await settled(bench)
    assert len(told(valley.omar.dm, "There is a place for you now")) == 1
    assert not told(valley.rosa.dm)


# -- what can't be delivered ---------------------------------------------------------------------


async def test_what_is_given_up_after_a_day_is_noted_to_the_stewards_once(
    bench: Bench, valley: Alliance, board: Channel
) -> None:
    set_clock(bench, 9)
    stewards = valley.guild.channel("stewards")
    await bench.store.alliances.add_channel(valley.guild.id, stewards.id, ChannelPurpose.STEWARDS)
    bench.server.faults.cut("POST", f"/channels/{board.id}/messages", times=1000)
    for offer in (WELDING, CARE):
        await publish(bench.store, valley.guild, board, offer)
    async with bench.started():
        with bench.server.expecting(code=10007, times=2):  # their poster left
            for _ in range(70):
                pass_time(bench, HOUR)
                await settled(bench)
    (note,) = told(stewards, "Not delivered")
    assert "opportunity post: 2" in note.text
    assert TITLE not in note.text
