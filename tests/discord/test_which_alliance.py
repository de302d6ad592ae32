"""Somebody in several alliances is asked once which one is meant, however much they wrote."""

from __future__ import annotations

import pytest

from tests.discord.bench import ASKS, Alliance, Bench
from tests.discord.test_bursts import STORY, said_by_bot, texts_asked
from tests.loopback import Member

WHICH = "Which one shall I answer for"


@pytest.fixture
def twice(bench: Bench, valley: Alliance) -> Member:
    """Rosa, who is in another alliance as well."""
    bench.server.guild("Coast Alliance").member(valley.rosa.name)
    return valley.rosa


async def test_a_story_is_asked_about_once_and_answered_together(
    bench: Bench, valley: Alliance, twice: Member
) -> None:
    async with bench.started():
        first = await twice.dms(STORY[0])
        for text in STORY[1:]:
            await twice.dms(text)
        asked = await bench.answer(first)
        await bench.idle()
        assert said_by_bot(bench, twice.dm) == [asked]
        await twice.selects("Choose an alliance", "Valley Alliance", on=asked)
        answer = await twice.dm.next_message(after=asked, by=bench.server.bot)
        await bench.idle()
        kept = await bench.kept(valley.guild.id, answer)
    assert all(text in kept.question for text in STORY)
    assert answer.reference is first
    assert len(said_by_bot(bench, twice.dm)) == 2
    assert await bench.store.answers.pending_questions_everywhere() == ()


async def test_two_questions_wait_for_one_choice_and_get_two_answers(
    bench: Bench, valley: Alliance, twice: Member
) -> None:
    async with bench.started():
        first = await twice.dms("How do we share credit?")
        asked = await bench.answer(first)
        second = await twice.dms("What is a champion?")
        gone = await twice.dms("and the weather?")
        await bench.idle()
        await twice.deletes(gone)
        await twice.selects("Choose an alliance", "Valley Alliance", on=asked)
        await twice.dm.until(lambda: len(said_by_bot(bench, twice.dm)) == 3, what="both answers")
        await bench.idle()
        answers = said_by_bot(bench, twice.dm)[1:]
    assert {answer.reference for answer in answers} == {first, second}
    assert sorted(texts_asked(bench)) == ["How do we share credit?", "What is a champion?"]


async def test_a_first_message_that_is_gone_keeps_the_others_from_nothing(
    bench: Bench, valley: Alliance, twice: Member
) -> None:
    async with bench.started():
        first = await twice.dms("How do we go on?")
        asked = await bench.answer(first)
        await twice.dms(ASKS)
        await twice.deletes(first)
        await bench.idle()
        await twice.selects("Choose an alliance", "Valley Alliance", on=asked)
        await twice.dm.next_message(after=asked, by=bench.server.bot)
        await bench.idle()
    assert texts_asked(bench) == [ASKS]


@pytest.mark.days_pass
async def test_a_choice_of_long_ago_is_asked_anew(
    bench: Bench, valley: Alliance, twice: Member
) -> None:
    async with bench.started():
        asked = await bench.answer(await twice.dms(ASKS))
        bench.server.world.clock.advance(3600)  # type: ignore[attr-defined]
        again = await bench.answer(await twice.dms("Anybody there?"))
        assert WHICH in asked.text
        assert WHICH in again.text
