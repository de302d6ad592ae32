"""After an answer: a source of it by its number in full, or where all of it comes from."""

from __future__ import annotations

import pytest

from tests.discord.bench import ASKS, Alliance, Bench, answered


async def test_a_source_is_read_in_full_by_its_number(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        first, second = bench.guide.passages
        for text in ("tell me more about source 2", "what does [2] say?", "the last one"):
            asked = await valley.omar.says(valley.questions, text, reply_to=answer)
            read = await bench.answer(asked)
            assert second.sentences[-1] in read.text.replace("\\", "")
            assert second.document.title in read.text
        # Without a reply the person's last answer here is meant.
        asked = await valley.rosa.says(valley.questions, "can I read number 1 in full?")
        assert first.sentences[-1] in (await bench.answer(asked)).text.replace("\\", "")
        asked = await valley.rosa.says(valley.questions, "tell me about source 7", reply_to=answer)
        unknown = await bench.answer(asked)
        assert "no source 7. It has these 2" in unknown.text
        assert first.title in unknown.text
        more = await valley.rosa.says(valley.questions, "and who pays for it?", reply_to=answer)
        await bench.answer(more)
        await bench.idle()
    assert [question.text for question in bench.guide.asked] == [ASKS, "and who pays for it?"]
    assert bench.guide.asked[1].history == (ASKS,)
    assert await bench.store.answers.pending_questions_everywhere() == ()


async def test_directly_and_in_a_thread_it_is_the_answer_before(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await bench.answer(await valley.rosa.dms(ASKS))
        first, second = bench.guide.passages
        read = await bench.answer(await valley.rosa.dms("tell me more about source 2"))
        assert second.sentences[-1] in read.text.replace("\\", "")
        why = await bench.answer(await valley.rosa.dms("why?"))
        assert "where the answer comes from" in why.text
        assert second.document.title in why.text
        assert first.sentences[0][:40] in why.text.replace("\\", "")
        full = await valley.rosa.selects("Read a passage", first.title, on=why)
        assert first.sentences[-1] in full.text.replace("\\", "")
        answer = await answered(bench, valley)
        thread = await valley.rosa.opens_thread("Momentum", on=answer)
        asked = await valley.omar.says(thread, "what does [1] say?")
        assert first.sentences[-1] in (await bench.answer(asked)).text.replace("\\", "")


async def test_where_nothing_was_answered_why_is_a_question_and_a_number_still_reads(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await bench.answer(await valley.rosa.dms("What will the weather be?"))
        near = bench.guide.passages[0]
        read = await bench.answer(await valley.rosa.dms("show me number 1"))
        assert near.sentences[-1] in read.text.replace("\\", "")
        again = await bench.answer(await valley.rosa.dms("why?"))
        assert "does not cover" in again.text
        alone = await bench.answer(await valley.omar.dms("what does [2] say?"))
        assert "About what does [2] say" in alone.text.replace("\\", "")


@pytest.mark.parametrize("text", ["why?", "what does [1] say?"])
async def test_a_wish_that_a_killed_run_left_is_fulfilled_once(
    bench: Bench, valley: Alliance, text: str
) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        kept = await bench.kept(valley.guild.id, answer)
    asked = await valley.rosa.says(valley.questions, text, reply_to=answer)
    await bench.store.answers.claim_question(
        valley.guild.id,
        asked.id,
        channel=valley.questions.id,
        thread=None,
        person=valley.rosa.id,
        received=bench.clock(),
        previous=kept.id,
    )
    async with bench.started():
        read = await bench.answer(asked)
        await bench.caught_up()
    assert bench.guide.passages[0].title in read.text
    assert len(bench.server.bot_messages) == 2
    assert len(bench.guide.asked) == 1
