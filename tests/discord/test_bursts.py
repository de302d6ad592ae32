"""One thought in several messages is one question: taken together, or its answer revised."""

from __future__ import annotations

import asyncio

import pytest

from bot.answers.own_words import LONG_PAUSE, SHORT_PAUSE
from tests.discord.bench import ASKS, Alliance, Bench, SlowModel, eventually
from tests.discord.test_pickup import left, none_pending
from tests.loopback import Channel, Message

HALVES = ("how do we get them", "to train their people together?")
STORY = (
    "We're a small alliance in the mountains",
    "three employers dropped out last month",
    "and the college says the money is gone",
    "what should we do first?",
)


def texts_asked(bench: Bench) -> list[str]:
    return [question.text for question in bench.guide.asked]


def said_by_bot(bench: Bench, channel: Channel) -> list[Message]:
    return [one for one in channel.history if one.author is bench.server.bot]


async def waits(bench: Bench, times: int = 1) -> None:
    """Wait until the bot waited for more so many times."""
    await eventually(lambda: len(bench.pauses.begun) >= times)


async def test_two_halves_are_answered_once_and_meanwhile_the_bot_is_typing(
    bench: Bench, valley: Alliance
) -> None:
    bench.pauses.hold()
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, HALVES[0])
        await waits(bench)
        await eventually(lambda: valley.questions in bench.server.typing)
        assert not bench.server.bot_messages
        await valley.rosa.says(valley.questions, HALVES[1])
        answer = await bench.answer(asked)
        await bench.idle()
        kept = await bench.kept(valley.guild.id, answer)
    assert answer.reference is asked
    assert kept.question == " ".join(HALVES)
    assert texts_asked(bench) == [" ".join(HALVES)]
    assert bench.pauses.begun == [SHORT_PAUSE]
    assert len(bench.server.bot_messages) == 1
    assert await bench.store.answers.pending_questions_everywhere() == ()


async def test_a_half_that_comes_late_revises_the_answer_and_leaves_no_gap(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, "how will the weather")
        answer = await bench.answer(asked)
        assert "does not cover" in answer.text
        bench.guide.asked.clear()
        await valley.rosa.says(valley.questions, "proof our training?")
        await eventually(lambda: bench.guide.asked)
        await bench.idle()
    assert texts_asked(bench) == ["how will the weather proof our training?"]
    assert len(bench.server.bot_messages) == 1


@pytest.mark.parametrize("held", [True, False])
async def test_a_story_in_four_direct_messages_is_answered_once(
    bench: Bench, valley: Alliance, *, held: bool
) -> None:
    if held:
        bench.pauses.hold()
    async with bench.started():
        first = await valley.rosa.dms(STORY[0])
        for text in STORY[1:]:
            await (waits(bench) if held else bench.answer(first))
            await valley.rosa.dms(text)
        answer = await bench.answer(first)
        await answer.channel.until(lambda: "what should we do first" in answer.text, what="all")
        await bench.idle()
        kept = await bench.kept(valley.guild.id, answer)
    assert len(bench.server.bot_messages) == 1
    assert all(text in kept.question for text in STORY)
    assert bench.pauses.begun[0] == LONG_PAUSE
    assert await bench.store.answers.pending_questions_everywhere() == ()


async def test_a_story_in_a_guide_channel_is_read_with_the_question_at_its_end(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        for text in STORY[:3]:
            await valley.rosa.says(valley.questions, text)
        await valley.omar.says(valley.questions, "Oh dear.")
        asked = await valley.rosa.says(valley.questions, STORY[3])
        answer = await bench.answer(asked)
        assert all(text in answer.text for text in STORY[:3])
        # What stands by itself stays what is asked.
        await valley.omar.says(valley.questions, "We met the chamber on Tuesday.")
        await bench.answer(await valley.omar.says(valley.questions, ASKS))
    assert texts_asked(bench)[1:] == [ASKS]
    assert len(bench.server.bot_messages) == 2


async def test_two_questions_in_a_row_get_two_answers(bench: Bench, valley: Alliance) -> None:
    bench.pauses.hold()
    async with bench.started():
        first = await valley.rosa.says(valley.questions, "how do we share credit")
        await waits(bench)
        second = await valley.rosa.says(valley.questions, "What is a champion?")
        whole = await bench.answer(second)
        assert whole.reference is second
        bench.pauses.end()
        other = await bench.answer(whole)
        assert other.reference is first
        # Talk among people is no part of a question.
        third = await valley.rosa.says(valley.questions, "how do we get them")
        await valley.rosa.says(valley.questions, "to come, you mean?", mentions=[valley.omar])
        await valley.omar.says(valley.questions, "to train their people together?")
        await bench.answer(third)
        await bench.idle()
    assert "how do we get them" in texts_asked(bench)
    assert not any("you mean" in text for text in texts_asked(bench))


async def test_a_remark_after_a_whole_question_is_no_second_question(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        asked = await valley.rosa.dms("How do we share credit?")
        answer = await bench.answer(asked)
        await valley.rosa.dms("our sponsor wants the logo on everything")
        await answer.channel.until(lambda: "the logo" in answer.text, what="revised answer")
        await valley.rosa.dms("thanks!")
        thanks = await bench.answer(answer)
        assert "Glad to be of use" in thanks.text
        # What would make it none leaves the answer as it is.
        await valley.rosa.dms("How do we go on?")
        second = await bench.answer(thanks)
        await valley.rosa.dms("the weather has been awful")
        await bench.idle()
        assert "How do we go on" in second.text
    assert len(bench.server.bot_messages) == 3


async def test_an_edit_of_a_half_revises_the_answer_to_both(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, HALVES[0])
        answer = await bench.answer(asked)
        second = await valley.rosa.says(valley.questions, HALVES[1])
        await answer.channel.until(lambda: "together" in answer.text, what="both")
        await bench.idle()
        await valley.rosa.edits(second, "to train their people apart?")
        await answer.channel.until(
            lambda: "how do we get them to train their people apart" in answer.text, what="edit"
        )
        await bench.idle()
    assert len(bench.server.bot_messages) == 1


async def test_an_event_that_comes_twice_is_one_part(bench: Bench, valley: Alliance) -> None:
    bench.pauses.hold()
    async with bench.started():
        bench.server.faults.duplicate("MESSAGE_CREATE")
        asked = await valley.rosa.says(valley.questions, HALVES[0])
        await waits(bench)
        bench.server.faults.duplicate("MESSAGE_CREATE")
        await valley.rosa.says(valley.questions, HALVES[1])
        await bench.answer(asked)
        await bench.idle()
    assert texts_asked(bench) == [" ".join(HALVES)]
    assert len(bench.server.bot_messages) == 1


async def test_what_comes_while_the_model_loads_is_taken_together(
    bench: Bench, valley: Alliance
) -> None:
    model = SlowModel(bench)
    async with bench.started(ready=False):
        asked = await valley.rosa.says(valley.questions, HALVES[0])
        placeholder = await bench.answer(asked)
        await valley.rosa.says(valley.questions, HALVES[1])
        await asyncio.sleep(0)
        model.loaded.set()
        await placeholder.channel.until(lambda: "together" in placeholder.text, what="both")
        await bench.idle()
    assert len(bench.server.bot_messages) == 1


@pytest.mark.days_pass
async def test_what_comes_a_while_later_is_a_question_of_its_own(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await bench.answer(await valley.rosa.dms("champions"))
        bench.server.world.clock.advance(13)  # type: ignore[attr-defined]
        await bench.answer(await valley.rosa.dms("scouting the territory"))
    assert texts_asked(bench)[:1] == ["champions"]
    assert len(bench.server.bot_messages) == 2


async def test_half_a_sentence_that_nothing_follows_is_no_gap_and_its_rest_is_heard(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, "how does the weather affect our")
        told = await bench.answer(asked)
        assert "seems to break off" in told.text
        assert await bench.store.answers.open_gaps(valley.guild.id, 10) == ()
        await bench.answer(await valley.rosa.says(valley.questions, "joint training"))
    assert texts_asked(bench)[-1] == "how does the weather affect our joint training"


# -- after a kill ----------------------------------------------------------------------------------


async def test_what_a_killed_run_left_of_a_burst_is_answered_once_and_together(
    bench: Bench, valley: Alliance
) -> None:
    first = await valley.rosa.says(valley.questions, HALVES[0])
    second = await valley.rosa.says(valley.questions, HALVES[1])
    await left(bench, valley, first)
    await left(bench, valley, second, part_of=first.id)
    async with bench.started():
        answer = await bench.answer(first)
        await none_pending(bench.store)
        assert answer.reference is first
    assert texts_asked(bench) == [" ".join(HALVES)]
    assert len(bench.server.bot_messages) == 1


async def test_a_part_that_a_killed_run_left_revises_the_answer(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        first = await valley.rosa.says(valley.questions, HALVES[0])
        answer = await bench.answer(first)
        await bench.kept(valley.guild.id, answer)
        await bench.idle()
    second = await valley.rosa.says(valley.questions, HALVES[1])
    await left(bench, valley, second, part_of=first.id)
    async with bench.started():
        await answer.channel.until(lambda: "together" in answer.text, what="both")
        await none_pending(bench.store)
    assert len(bench.server.bot_messages) == 1
