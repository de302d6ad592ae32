"""The whole way with the real model: from a message to a cited answer, as leaders would ask."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from bot.guide.guide import Guide
from tests.discord.bench import Alliance, Bench


@dataclass
class RealShelf:
    """The real guide for all."""

    real: Guide

    def guide(self, _: int) -> Guide:
        return self.real


@pytest.fixture
async def real(bench: Bench, guide: Guide) -> Bench:
    bench.load = lambda: RealShelf(guide)
    return bench


async def test_a_leader_asks_reads_and_asks_on(real: Bench, valley: Alliance) -> None:
    async with real.started():
        asked = await valley.rosa.says(
            valley.questions, "Who in my own organization do I answer to for this alliance?"
        )
        answer = await real.answer(asked, within=30)
        assert "[1]" in answer.text
        exchange = await real.kept(valley.guild.id, answer)
        assert exchange.outcome.answered
        first = real.content.library.by_id[exchange.outcome.passages[0]]
        read = await valley.rosa.selects("Read a passage", first.title, on=answer)
        assert first.document.title in read.text
        more = await valley.rosa.says(valley.questions, "and how often?", reply_to=answer)
        assert (await real.answer(more, within=30)).text


async def test_what_lies_far_off_is_refused_and_kept(real: Bench, valley: Alliance) -> None:
    async with real.started():
        asked = await valley.rosa.says(valley.questions, "How do I bake sourdough bread?")
        answer = await real.answer(asked, within=30)
        exchange = await real.kept(valley.guild.id, answer)
        assert not exchange.outcome.answered
        assert "[1]" not in answer.text
    assert len(await real.store.answers.open_gaps(valley.guild.id, 10)) == 1


async def test_many_people_ask_at_once(real: Bench, valley: Alliance) -> None:
    people = [valley.guild.member(f"Leader {number}") for number in range(20)]
    async with real.started():
        responses = await asyncio.gather(
            *(
                person.uses(
                    "/ask",
                    in_=valley.lounge,
                    question="How do we keep momentum after the kickoff?",
                    within_=60,
                )
                for person in people
            )
        )
        assert all("[1]" in response.text for response in responses)
    assert real.server.slowest_acknowledgement() < 1.0
