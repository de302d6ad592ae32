"""A question that was taken is answered, also when the program is killed in between; once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.answers.records import PendingQuestion
from bot.store import Store, open_store
from tests.discord.bench import ANSWERS, ASKS, Alliance, Bench, Now, SlowModel, eventually
from tests.discord.processes import connected, process
from tests.examples import further
from tests.loopback import Channel, DiscordServer, Guild, Member, Message
from tests.loopback.clock import ManualClock

LONG = 60
"""Seconds that starting another process may take."""


async def pending(store: Store) -> tuple[PendingQuestion, ...]:
    return await store.answers.pending_questions_everywhere()


async def none_pending(store: Store) -> None:
    async def none() -> bool:
        return await pending(store) == ()

    await eventually(none)


async def some_pending(store: Store) -> None:
    await eventually(lambda: pending(store))


def mine(server: DiscordServer, channel: Channel) -> list[Message]:
    return [message for message in channel.history if message.author is server.bot]


# -- killed processes ------------------------------------------------------------------------------


class Killed:
    """A server with a person and a channel, and the bot as processes over one data folder."""

    def __init__(self, server: DiscordServer, folder: Path, store: Store) -> None:
        self.server, self.folder, self.store = server, folder, store
        self.guild: Guild = server.guild("Valley Alliance")
        self.rosa: Member = self.guild.member("Rosa")
        self.channel: Channel = self.guild.channel("questions")

    async def asks(self) -> Message:
        return await self.rosa.says(self.channel, ASKS, mentions=[self.server.bot])

    async def ready(self) -> None:
        """Wait until the model is loaded: a question is answered somewhere else."""
        lounge = self.guild.channel("lounge")
        asked = await self.rosa.says(lounge, ASKS, mentions=[self.server.bot])
        shown = await lounge.next_message(after=asked, by=self.server.bot, within=LONG)
        await self.server.until(lambda: "About" in shown.text, what="an answer", within=LONG)
        await none_pending(self.store)

    @contextlib.asynccontextmanager
    async def until_killed(self, **changes: str) -> AsyncIterator[None]:
        async with process(self.server, self.folder, **changes) as child:
            await connected(self.server, child, self.folder, LONG)
            yield
            child.kill()
        await self.server.disconnected()

    @contextlib.asynccontextmanager
    async def restarted(self) -> AsyncIterator[None]:
        async with process(self.server, self.folder) as child:
            await connected(self.server, child, self.folder, LONG)
            yield

    async def assert_answered_once(self, asked: Message) -> Message:
        await none_pending(self.store)
        (answer,) = mine(self.server, self.channel)
        assert answer.reference is asked
        assert "About How do we keep momentum" in answer.text
        exchange = await self.store.answers.exchange_by_source(self.guild.id, asked.id)
        assert exchange is not None
        assert exchange.answer_message == answer.id
        return answer


@pytest.fixture
def server_clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def killed(tmp_path: Path, server_clock: ManualClock) -> AsyncIterator[Killed]:
    async with (
        DiscordServer(clock=server_clock) as server,
        await open_store(tmp_path / "guide.db", Now()) as store,
    ):
        yield Killed(server, tmp_path, store)
        server.assert_clean()


async def test_killed_between_question_and_answer_it_answers_after_the_restart(
    killed: Killed,
) -> None:
    async with killed.until_killed(FAKE_SECONDS="60"):
        asked = await killed.asks()
        await some_pending(killed.store)
    assert "About" not in " ".join(message.text for message in mine(killed.server, killed.channel))
    async with killed.restarted():
        answer = await killed.assert_answered_once(asked)
        more = await killed.rosa.says(killed.channel, "and who pays for it?", reply_to=answer)
        again = await killed.channel.next_message(after=more, by=killed.server.bot)
        assert f"after {ASKS}" in again.text


@pytest.mark.parametrize("seconds", [1800, *further(0)])
async def test_killed_right_after_posting_it_does_not_post_again(
    killed: Killed, server_clock: ManualClock, seconds: int
) -> None:
    """Also after half an hour, when Discord no longer knows the nonce of the answer."""
    async with killed.until_killed():
        await killed.ready()
        gate = killed.server.faults.hold("POST", ANSWERS, after_work=True)
        asked = await killed.asks()
        await gate.arrived(within=LONG)
    gate.release()
    server_clock.advance(seconds)
    async with killed.restarted():
        await killed.assert_answered_once(asked)


async def test_killed_while_the_model_loads_what_it_said_becomes_the_answer(
    killed: Killed,
) -> None:
    async with killed.until_killed(LOAD_SECONDS="60"):
        asked = await killed.asks()
        said = await killed.channel.next_message(after=asked, by=killed.server.bot, within=LONG)
        assert "starting up" in said.text
    async with killed.restarted():
        assert await killed.assert_answered_once(asked) is said


@pytest.mark.slow
async def test_killed_right_after_sharing_it_does_not_share_again(
    killed: Killed, server_clock: ManualClock
) -> None:
    async with killed.until_killed():
        await killed.ready()
        await killed.server.registered("ask")
        private = await killed.rosa.uses(
            "/ask", in_=killed.channel, question=ASKS, private=True, within_=LONG
        )
        gate = killed.server.faults.hold("POST", ANSWERS, after_work=True)
        await killed.rosa.clicks("Share with channel", on=private, until_="acknowledged")
        await gate.arrived()
    gate.release()
    server_clock.advance(600)
    async with killed.restarted():
        again = await killed.rosa.clicks("Share with channel", on=private, within_=LONG)
        assert "already been shared" in again.text
    assert len([m for m in mine(killed.server, killed.channel) if not m.ephemeral]) == 1


# -- what an earlier run left ------------------------------------------------------------------------


async def left(bench: Bench, valley: Alliance, asked: Message, **more: object) -> None:
    """Keep a message as one that an earlier run of the program took and did not answer."""
    values = {"channel": asked.channel.id, "thread": None, "received": bench.clock()} | more
    assert await bench.store.answers.claim_question(
        valley.guild.id,
        asked.id,
        person=asked.author.id,
        **values,  # type: ignore[arg-type]
    )


async def test_a_question_in_a_thread_is_answered_there_with_what_came_before(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        answer = await bench.answer(await valley.rosa.says(valley.questions, ASKS))
        before = await bench.kept(valley.guild.id, answer)
        thread = await valley.rosa.opens_thread("Momentum", on=answer)
    asked = await valley.rosa.says(thread, "and who pays for it?")
    await left(
        bench, valley, asked, channel=valley.questions.id, thread=thread.id, previous=before.id
    )
    async with bench.started():
        await none_pending(bench.store)
    (shown,) = mine(bench.server, thread)
    assert f"after {ASKS}" in shown.text


async def test_a_direct_message_is_answered_there(bench: Bench, valley: Alliance) -> None:
    asked = await valley.rosa.dms(ASKS)
    await left(bench, valley, asked, thread=asked.channel.id)
    async with bench.started():
        answer = await bench.answer(asked)
        await none_pending(bench.store)
        assert await bench.kept(valley.guild.id, answer)
    assert len(bench.server.bot_messages) == 1


async def test_what_is_gone_is_dropped(bench: Bench, valley: Alliance) -> None:
    gone = await valley.rosa.says(valley.questions, ASKS)
    await left(bench, valley, gone)
    await valley.rosa.deletes(gone)
    closed = valley.guild.channel("closed")
    await left(bench, valley, await valley.rosa.says(closed, ASKS))
    closed.delete()
    with bench.server.expecting(code=10008, times=1), bench.server.expecting(code=10003, times=1):
        async with bench.started():
            await none_pending(bench.store)
    assert bench.server.bot_messages == []
    assert bench.guide.asked == []


@pytest.mark.parametrize(("minutes", "answers"), [(59, 1), (61, 0)])
async def test_a_question_of_long_ago_is_dropped(
    bench: Bench, valley: Alliance, minutes: int, answers: int
) -> None:
    asked = await valley.rosa.says(valley.questions, ASKS)
    await left(bench, valley, asked, received=bench.clock() - timedelta(minutes=minutes))
    async with bench.started():
        await none_pending(bench.store)
    assert len(bench.server.bot_messages) == answers


async def test_what_can_t_be_sent_now_is_sent_when_the_connection_is_back(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        bench.server.faults.fail("POST", ANSWERS, status=403, times=2)
        asked = await valley.rosa.says(valley.questions, ASKS)
        await some_pending(bench.store)
        await bench.idle()
        assert len(await pending(bench.store)) == 1
    assert bench.server.bot_messages == []
    async with bench.started():
        answer = await bench.answer(asked)
        assert "About" in answer.text
        await none_pending(bench.store)
    assert len(bench.guide.asked) == 1


@pytest.mark.parametrize("text", [ASKS, "explode", "thanks!", "What will the weather be?"])
async def test_what_was_answered_or_declined_does_not_wait(
    bench: Bench, valley: Alliance, text: str
) -> None:
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, text, mentions=[bench.server.bot])
        await bench.answer(asked)
        await bench.idle()
        assert await pending(bench.store) == ()
    async with bench.started():
        await bench.caught_up()
    assert len(bench.server.bot_messages) == 1


async def test_a_question_that_is_being_answered_is_not_picked_up(
    bench: Bench, valley: Alliance
) -> None:
    model = SlowModel(bench)
    looked = asyncio.Event()
    look = bench.store.answers.pending_questions_everywhere

    async def looks() -> tuple[PendingQuestion, ...]:
        found = await look()
        looked.set()
        return found

    async with bench.started(ready=False) as client:
        await bench.answer(await valley.rosa.says(valley.questions, ASKS))
        bench.store.answers.pending_questions_everywhere = looks  # type: ignore[method-assign]
        client.dispatch("ready")
        await asyncio.wait_for(looked.wait(), 10)
        assert len(await look()) == 1
        model.loaded.set()
        await bench.idle()
        assert await look() == ()
    assert len(bench.guide.asked) == 1
    assert len(bench.server.bot_messages) == 1


async def test_a_forgotten_person_s_question_is_not_picked_up(
    bench: Bench, valley: Alliance
) -> None:
    asked = await valley.rosa.says(valley.questions, ASKS)
    await left(bench, valley, asked)
    assert (await bench.store.privacy.forget_person(valley.guild.id, valley.rosa.id)).pending == 1
    async with bench.started():
        await bench.caught_up()
    assert bench.server.bot_messages == []
