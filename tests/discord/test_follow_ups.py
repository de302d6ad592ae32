"""What follows an answer is read with it, also when it is typed at once.

The answer is on the screen while the bot still waits for Discord to confirm it: `early` holds that
confirmation back until the bot has looked for the answer in vain.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.answers.records import Exchange
from tests.discord.bench import ANSWERS, ASKS, Alliance, Bench, SlowModel, answered
from tests.loopback.faults import Gate

AND = "and who pays for it?"


class Lookups:
    """Tells when the bot looked for the exchange of a message and found none."""

    def __init__(self, bench: Bench) -> None:
        self._look = bench.store.answers.exchange_by_answer
        self._failed = asyncio.Event()
        bench.store.answers.exchange_by_answer = self.look  # type: ignore[method-assign]

    async def look(self, alliance: int, message: int) -> Exchange | None:
        found = await self._look(alliance, message)
        if found is None:
            self._failed.set()
        return found

    async def failed(self) -> None:
        async with asyncio.timeout(10):
            await self._failed.wait()


@asynccontextmanager
async def early(bench: Bench, gate: Gate) -> AsyncIterator[None]:
    """Let something be said inside before the bot knows that its answer was posted."""
    lookups = Lookups(bench)
    await gate.arrived()
    yield
    await lookups.failed()
    gate.release()


def held(bench: Bench, method: str = "POST", path: str = ANSWERS) -> Gate:
    return bench.server.faults.hold(method, path, after_work=True)


async def test_a_thread_on_an_answer_goes_on_with_the_conversation(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        gate = held(bench)
        answer = await answered(bench, valley)
        async with early(bench, gate):
            thread = await valley.rosa.opens_thread("Momentum", on=answer)
            await valley.omar.says(thread, "We talked about this on Tuesday.")
            asked = await valley.rosa.says(thread, AND)
        first = await bench.answer(asked)
        assert first.channel is thread
        later = await valley.rosa.says(thread, "and the small firms")
        await bench.answer(later)
    assert bench.guide.asked[1].history == (ASKS,)
    assert bench.guide.asked[2].history == (ASKS, AND)
    assert len(bench.server.bot_messages) == 3


async def test_a_reply_at_once_is_read_with_what_came_before(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        gate = held(bench)
        answer = await answered(bench, valley)
        async with early(bench, gate):
            more = await valley.omar.says(valley.questions, AND, reply_to=answer)
        await bench.answer(more)
    assert bench.guide.asked[1].history == (ASKS,)


async def test_a_reply_at_once_to_what_was_asked_by_command_is_read_with_it(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        gate = held(bench, "PATCH", "/webhooks/**")
        shown = await valley.rosa.uses("/ask", in_=valley.lounge, question=ASKS)
        async with early(bench, gate):
            more = await valley.omar.says(valley.lounge, AND, reply_to=shown.message)
        await bench.answer(more)
    assert bench.guide.asked[1].history == (ASKS,)


async def test_a_reply_at_once_to_a_shared_answer_is_read_with_it(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        private = await valley.rosa.uses(
            "/ask", in_=valley.lounge, question=ASKS, private=True, until_="answer"
        )
        gate = held(bench)
        await valley.rosa.clicks("Share with channel", on=private, until_="acknowledged")
        shared = await valley.lounge.next_message(after=0, by=bench.server.bot, containing="shares")
        async with early(bench, gate):
            more = await valley.omar.says(valley.lounge, AND, reply_to=shared)
        await bench.answer(more)
    assert bench.guide.asked[1].history == (ASKS,)


async def test_a_reply_to_what_becomes_an_answer_waits_for_it(
    bench: Bench, valley: Alliance
) -> None:
    model = SlowModel(bench)
    async with bench.started(ready=False):
        placeholder = await answered(bench, valley)
        lookups = Lookups(bench)
        more = await valley.rosa.says(valley.questions, AND, reply_to=placeholder)
        await lookups.failed()
        model.loaded.set()
        await bench.answer(more, containing="after")
    assert bench.guide.asked[1].history == (ASKS,)


async def test_a_reply_to_another_message_of_the_bot_waits_for_nothing(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        thanks = await valley.rosa.says(valley.questions, "thanks!", mentions=[bench.server.bot])
        greeting = await bench.answer(thanks)
        await bench.answer(await valley.omar.says(valley.questions, ASKS, reply_to=greeting))
    assert bench.guide.asked[0].history == ()
