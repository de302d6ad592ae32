"""Questions about an opportunity: one thread under its post, and the poster hears, each once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.checklists.rules.records import PersonSettings
from bot.core.quiet_hours import QuietHours
from bot.database.database import StoreUnavailable
from bot.opportunities.rules.models import Inquiry
from bot.store import Store
from tests.discord.bench import Bench, eventually
from tests.discord.days import HOUR, move_to, pass_time, set_clock
from tests.discord.market import Market, partnered
from tests.discord.offers import publish, settled, told
from tests.discord.processes import LONG, process
from tests.discord.walks import MEAN
from tests.examples import further
from tests.loopback import Channel, Member, Message, Response

pytestmark = pytest.mark.days_pass

PARKING = "Is there parking?"


@pytest.fixture
async def valley(small: Bench) -> Market:
    return await partnered(small)


async def asks(who: Member, post: Message, text: str = PARKING) -> Response:
    form = await who.clicks("Ask a question", on=post)
    return await who.submits(form, {"Your question": text})


def thread_of(where: Channel) -> Channel:
    (thread,) = where.threads
    return thread


async def test_questions_stand_in_one_thread_under_the_post(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted()
        first = await asks(valley.pat, post)
        assert first.ephemeral
        assert f"a thread under https://discord.com/channels/{valley.id}/" in first.text
        await settled(bench)
        thread = thread_of(valley.opportunities)
        assert thread.id == post.id
        second = await asks(valley.quinn, post, "And a bus?")
        assert thread.mention in second.text
        await settled(bench)
    async with bench.started():
        await asks(valley.ray, post, f"Who pays? {MEAN}")
        await settled(bench)
    shown = told(thread_of(valley.opportunities), "asks:")
    assert "**Pat** (Pat's Plant) asks:\n> Is there parking?" in shown[0].text
    assert "**Quinn** (Quinn Co) asks" in shown[1].text
    assert "**Ray** asks" in shown[2].text
    assert "@everyone" not in shown[2].text
    assert not any(message.pings for message in shown)


async def test_the_poster_is_told_with_where_to_answer(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted()
        await asks(valley.pat, post)
        await settled(bench)
        valley.ivy.user.dms_open = False
        with bench.server.expecting(code=50007):
            again = await asks(valley.quinn, post, "And a bus?")
            await settled(bench)
        assert "Your question goes into" in again.text
    (message,) = told(valley.ivy.dm, "asks about")
    assert PARKING in message.text
    assert f"Answer here: https://discord.com/channels/{valley.id}/{post.id}" in message.text
    assert len(told(thread_of(valley.opportunities), "asks:")) == 2


async def test_who_asks_about_an_own_post_gets_no_message_about_it(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        await asks(valley.ivy, post)
        await settled(valley.bench)
    assert len(told(thread_of(valley.opportunities), PARKING)) == 1
    assert not told(valley.ivy.dm, PARKING)


async def test_two_first_questions_at_once_open_one_thread(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        await asyncio.gather(asks(valley.pat, post), asks(valley.quinn, post, "And a bus?"))
        await settled(valley.bench)
    texts = "\n".join(message.text for message in thread_of(valley.opportunities).history)
    assert "parking" in texts
    assert "bus" in texts


async def test_a_form_that_is_sent_twice_is_one_question(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted()
        form = await valley.pat.clicks("Ask a question", on=post)
        bench.server.faults.duplicate("INTERACTION_CREATE")
        await valley.pat.submits(form, {"Your question": PARKING})
        await settled(bench)
    async with bench.started():
        again = await valley.pat.submits(form, {"Your question": PARKING})
        assert "Your question goes into" in again.text
        await settled(bench)
    assert len(told(thread_of(valley.opportunities), PARKING)) == 1
    assert len(told(valley.ivy.dm, PARKING)) == 1


async def test_a_thread_that_was_deleted_is_opened_anew_and_used_from_then_on(
    valley: Market,
) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        await asks(valley.pat, post)
        await settled(valley.bench)
        thread_of(valley.opportunities).delete()
        with valley.bench.server.expecting():
            await asks(valley.pat, post, "And a bus?")
            await settled(valley.bench)
        thread = thread_of(valley.opportunities)
        await asks(valley.quinn, post, "And a train?")
        await settled(valley.bench)
    assert thread_of(valley.opportunities) is thread
    assert thread.name == f"#{(await valley.newest()).id} Welding seats"
    assert len(told(thread, "asks:")) == 2
    assert str(thread.id) in told(valley.ivy.dm, "train")[0].text


async def test_the_quiet_hours_of_the_poster_put_the_message_off(valley: Market) -> None:
    bench = valley.bench
    day = set_clock(bench, 21)
    quiet = PersonSettings(quiet=QuietHours(time(20), time(7)))
    await bench.store.people.set_person_settings(valley.id, valley.ivy.id, quiet)
    async with bench.started():
        post = await valley.posted()
        await asks(valley.pat, post)
        await settled(bench)
        assert told(thread_of(valley.opportunities), PARKING)
        assert not told(valley.ivy.dm, PARKING)
        move_to(bench, datetime.combine(day + timedelta(days=1), time(7), UTC))
        await settled(bench)
    assert len(told(valley.ivy.dm, PARKING)) == 1


async def test_where_no_thread_can_be_opened_the_poster_hears_and_it_is_tried_again(
    valley: Market,
) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted()
        valley.opportunities.deny(valley.guild.bot_member, "create_public_threads")
        with bench.server.expecting(code=50013):
            await asks(valley.pat, post)
            await settled(bench)
        assert f"{valley.opportunities.id}/{post.id}" in told(valley.ivy.dm, PARKING)[0].text
        valley.opportunities.allow(valley.guild.bot_member, "create_public_threads")
        pass_time(bench, HOUR)
        await settled(bench)
    assert len(told(thread_of(valley.opportunities), PARKING)) == 1
    assert len(told(valley.ivy.dm, PARKING)) == 1


async def test_a_question_about_a_post_that_is_gone_reaches_the_poster_alone(
    valley: Market,
) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted()
        form = await valley.pat.clicks("Ask a question", on=post)
        post.deleted = True  # and Discord tells nobody
        with bench.server.expecting(code=10008):
            await valley.pat.submits(form, {"Your question": PARKING})
            await settled(bench)
        form = await valley.pat.submits(form, {"Your question": "And a bus?"})
        assert "goes to whoever posted it" in form.text
        await settled(bench)
    assert not valley.opportunities.threads
    (word,) = told(valley.ivy.dm, PARKING)
    assert f"please answer <@{valley.pat.id}> directly" in word.text
    assert len(told(valley.ivy.dm, "You can post it again")) == 1
    assert await bench.store.outbox.next_due() > bench.clock()  # type: ignore[operator]


async def test_what_can_not_be_taken_is_given_back(
    valley: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        form = await valley.pat.clicks("Ask a question", on=post)

        async def locked(*_: object) -> bool:
            raise StoreUnavailable("The database is locked.")

        with monkeypatch.context() as patch:
            patch.setattr(valley.bench.store.opportunities, "ask_about", locked)
            lost = await valley.pat.submits(form, {"Your question": PARKING})
    assert "The database is locked." in lost.text
    assert PARKING in lost.text


@pytest.mark.parametrize("after_work", [True, *further(False)])
async def test_a_process_that_is_killed_while_posting_a_question_posts_it_once(
    valley: Market, tmp_path: Path, *, after_work: bool
) -> None:
    server, store = valley.bench.server, valley.bench.store
    one = await publish(store, valley.guild, valley.opportunities, poster=valley.ivy.id)
    async with process(server, tmp_path):
        await server.connected(within=LONG)
        post = await valley.opportunities.next_message(after=0, by=server.bot, within=LONG)
        await eventually(lambda: _stands(store, valley.id, one.id))
        gate = server.faults.hold(
            "POST", f"/channels/{post.id}/messages", after_work=after_work
        )  # the thread has the id of its message
        asked = await asks(valley.pat, post)
        assert "Your question goes into" in asked.text
        await gate.arrived(within=LONG)
    gate.release()
    await server.disconnected()
    pass_time(valley.bench, HOUR)  # longer than Discord remembers a nonce
    async with process(server, tmp_path):
        await server.connected(within=LONG)
        await server.until(lambda: told(valley.ivy.dm, PARKING), what="the message", within=LONG)
        await eventually(lambda: _all_noted(store))
    assert len(told(thread_of(valley.opportunities), PARKING)) == 1
    assert len(told(valley.ivy.dm, PARKING)) == 1


async def _stands(store: Store, alliance: int, opportunity: int) -> bool:
    found = await store.opportunities.opportunity(alliance, opportunity)
    return found is not None and found.message is not None


async def _all_noted(store: Store) -> bool:
    due = await store.outbox.next_due()
    return due is not None and due > datetime.now(UTC)


async def test_the_same_words_of_another_form_are_another_question(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted()
        await settled(bench)
        thread_path = f"/channels/{post.id}/messages"
        for _ in range(2):
            rule = bench.server.faults.cut("POST", thread_path, times=1, after_work=True)
            await asks(valley.pat, post)
            await eventually(lambda rule=rule: rule.hits == 1)
            pass_time(bench, HOUR)
            await settled(bench)
    assert len(told(thread_of(valley.opportunities), PARKING)) == 2


async def test_nothing_of_a_question_is_kept_once_it_was_delivered(valley: Market) -> None:
    bench, pat = valley.bench, valley.pat
    async with bench.started():
        await valley.posted()
        one = await valley.newest()
        bench.server.faults.cut("POST", f"/channels/{one.message}/threads", times=1)
        inquiry = Inquiry(1, pat.id, "Pat", "", PARKING)
        assert await bench.store.opportunities.ask_about(valley.id, one.id, inquiry)
        assert await bench.store.opportunities.ask_about(valley.id, one.id, replace(inquiry, id=2))
        exported = await bench.store.privacy.export_person(valley.id, pat.id)
        assert PARKING in str(exported["questions_on_their_way"])
        await settled(bench)
        pass_time(bench, HOUR)
        await settled(bench)
        assert len(told(valley.ivy.dm, PARKING)) == 2
    exported = await bench.store.privacy.export_person(valley.id, pat.id)
    assert exported["questions_on_their_way"] == []


async def test_who_may_not_write_in_the_threads_there_asks_nothing(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted()
        valley.opportunities.deny(valley.pat, "send_messages_in_threads")
        refused = await valley.pat.clicks("Ask a question", on=post)
        await settled(bench)
    assert "you may not write in threads there" in refused.text
    assert not valley.opportunities.threads


async def test_an_hour_has_room_for_ten_questions_of_one_person(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted()
        asked = [await asks(valley.pat, post, f"Is there parking for {n} cars?") for n in range(11)]
        other = await asks(valley.quinn, post)
        await settled(bench)
        pass_time(bench, 3601)
        later = await asks(valley.pat, post, "And now?")
        await settled(bench)
        shown = told(thread_of(valley.opportunities), "asks:")
    assert "a lot of questions" in asked[-1].text
    assert "parking for 10 cars" in asked[-1].text  # given back
    assert not any("a lot of questions" in one.text for one in (*asked[:-1], other, later))
    assert len(shown) == 12


async def test_what_follows_from_forgetting_comes_at_once(valley: Market) -> None:
    bench = valley.bench
    async with bench.started():
        post = await valley.posted(fields={"Title": "One seat"}, capacity=1)
        await valley.pat.clicks("Interested", on=post)
        await valley.quinn.clicks("Interested", on=post)
        await settled(bench)
        asked = await valley.pat.uses("/privacy forget", in_=valley.lounge)
        await valley.pat.clicks("Delete my data", on=asked)
        moved = await valley.quinn.dm.next_message(after=0, containing="a place for you now")
        by_ivy = await valley.ivy.uses("/privacy forget", in_=valley.lounge)
        await valley.ivy.clicks("Delete my data", on=by_ivy)
        await valley.opportunities.until(
            lambda: "former member" in post.text, what="the post without the name"
        )
    assert "One seat" in moved.text
