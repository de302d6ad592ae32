"""What a leader asks, and what the bot answers, over the loopback Discord."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from tests.discord.bench import ASKS, HOSTILE, Alliance, Bench, answered

# -- messages ------------------------------------------------------------------------------------


async def test_a_mention_gets_a_cited_answer(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        asked = await valley.rosa.says(
            valley.lounge, "how do we share credit", mentions=[bench.server.bot]
        )
        answer = await bench.answer(asked)
        first, second = bench.guide.passages
        assert answer.reference is asked
        assert "About how do we share credit [1]." in answer.text
        assert f"[1] **{first.title}**" in answer.text
        assert second.document.title in answer.text
        assert valley.rosa in answer.pings
        assert valley.lounge in bench.server.typing


async def test_a_guide_channel_answers_questions_and_leaves_talk_alone(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await valley.rosa.says(valley.questions, "We met the chamber on Tuesday.")
        talk = await valley.omar.says(valley.questions, "Was it any good?", mentions=[valley.rosa])
        await valley.rosa.says(valley.questions, "It was. Shall we go again?", reply_to=talk)
        await valley.rosa.says(valley.lounge, ASKS)
        answer = await answered(bench, valley)
        assert "About How do we keep momentum" in answer.text
    assert len(bench.server.bot_messages) == 1


async def test_other_bots_are_never_answered(bench: Bench, valley: Alliance) -> None:
    other = valley.guild.bot("Other bot")
    async with bench.started():
        await other.says(valley.questions, ASKS)
        await other.says(valley.questions, ASKS, mentions=[bench.server.bot])
        await answered(bench, valley)
    assert len(bench.server.bot_messages) == 1


async def test_what_other_bots_write_is_looked_up_nowhere(
    bench: Bench, valley: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, looked_up = valley.guild.bot("Other bot"), []

    def noting(owner: object, name: str) -> None:
        really = getattr(owner, name)

        async def noted(*arguments: Any, **named: Any) -> Any:
            looked_up.append(name)
            return await really(*arguments, **named)

        monkeypatch.setattr(owner, name, noted)

    async with bench.started():
        answer = await answered(bench, valley)
        await bench.caught_up()
        for owner in (bench.store.answers, bench.store.alliances, bench.store.checklists):
            for name in dir(owner):
                if not name.startswith("_") and inspect.iscoroutinefunction(getattr(owner, name)):
                    noting(owner, name)
        await other.says(valley.lounge, ASKS)
        said = await other.says(
            valley.questions, ASKS, mentions=[bench.server.bot], reply_to=answer
        )
        await other.edits(said, "Once more?")
        await bench.seen_edit("Once more?")
        await bench.idle()
        assert looked_up == []
        await answered(bench, valley)
        assert looked_up
    assert len(bench.server.bot_messages) == 2


async def test_a_reply_to_an_answer_is_read_with_what_came_before(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        more = await valley.rosa.says(
            valley.questions, "and who pays for it?", reply_to=answer, ping=False
        )
        again = await bench.answer(more)
        third = await valley.omar.says(valley.questions, "and for small firms?", reply_to=again)
        await bench.answer(third)
    assert bench.guide.asked[1].history == (ASKS,)
    assert bench.guide.asked[2].history == (ASKS, "and who pays for it?")
    assert f"after {ASKS}" in again.text


async def test_a_follow_up_is_asked_with_what_came_before_even_where_it_stands_alone(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        text = "What makes employers pay for training of incumbent workers?"
        await bench.answer(await valley.rosa.says(valley.questions, text, reply_to=answer))
    first, second = bench.guide.asked
    assert (first.history, second.history) == ((), (ASKS,))
    assert not second.overheard


async def test_a_bare_mention_in_reply_means_the_message_replied_to(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        asked = await valley.rosa.says(valley.lounge, ASKS)
        nudge = await valley.omar.says(valley.lounge, f"<@{bench.server.bot.id}>", reply_to=asked)
        answer = await bench.answer(nudge)
    assert "About How do we keep momentum" in answer.text


async def test_whoever_addresses_the_bot_gets_an_answer_or_a_reason(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        for text, said in [
            ("", "There is no question here"),
            ("🙏🙏", "There are no words in this"),
            ("thanks!", "Glad to be of use"),
            ("explode", "error"),
        ]:
            asked = await valley.rosa.says(valley.lounge, text, mentions=[bench.server.bot])
            answer = await bench.answer(asked)
            assert said in answer.text
            assert "secret" not in answer.text


async def test_what_is_not_covered_is_said_and_kept_as_a_gap(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        answer = await answered(bench, valley, "What will the weather be?")
        assert "does not cover this" in answer.text
        assert "not as an answer" in answer.text
        passage = bench.guide.passages[0]
        read = await valley.rosa.selects("Read a passage", passage.title, on=answer)
        assert passage.sentences[0] in read.text
    gaps = await bench.store.answers.open_gaps(valley.guild.id, 10)
    assert [gap.question for gap in gaps] == ["What will the weather be?"]


async def test_an_edit_within_two_minutes_edits_the_answer(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, "How do we start?")
        answer = await bench.answer(asked)
        await valley.rosa.edits(asked, "How do we stop?")
        await bench.server.until(lambda: "stop" in answer.text, what="edited answer")
        assert len(bench.server.bot_messages) == 1
        read = await valley.rosa.clicks("Helpful", on=answer)
        assert "helpful" in read.text
    kept = await bench.kept(valley.guild.id, answer)
    assert kept.question == "How do we stop?"


async def test_talk_that_is_edited_into_a_question_is_answered(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        said = await valley.rosa.says(valley.questions, "We met the chamber.")
        await valley.rosa.edits(said, "How do we meet the chamber?")
        answer = await bench.answer(said)
        assert "meet the chamber" in answer.text


async def test_an_edit_while_it_is_answered_changes_the_answer(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        bench.guide.gate.clear()
        asked = await valley.rosa.says(valley.questions, "How do we start?")
        await bench.server.until(lambda: valley.questions in bench.server.typing, what="typing")
        await valley.rosa.edits(asked, "How do we stop?")
        await bench.seen_edit("How do we stop?")
        bench.guide.gate.set()
        answer = await bench.answer(asked)
        assert "stop" in answer.text


async def test_a_message_deleted_meanwhile_gets_no_answer_and_no_error(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        bench.guide.gate.clear()
        asked = await valley.rosa.says(valley.questions, ASKS)
        await bench.server.until(lambda: valley.questions in bench.server.typing, what="typing")
        await valley.rosa.deletes(asked)
        await bench.seen_deletion(asked)
        bench.guide.gate.set()
        await answered(bench, valley, "How do we go on?")
    assert len(bench.server.bot_messages) == 1


async def test_a_channel_without_send_messages_gets_a_private_word(
    bench: Bench, valley: Alliance
) -> None:
    valley.lounge.deny(valley.guild.bot_member, "send_messages")
    async with bench.started():
        await valley.rosa.says(valley.lounge, ASKS, mentions=[bench.server.bot])
        word = await valley.rosa.dm.next_message(by=bench.server.bot, after=0)
        assert "**Send Messages**" in word.text
        assert valley.lounge.mention in word.text
        valley.omar.user.dms_open = False
        with bench.server.expecting(code=50007):
            await valley.omar.says(valley.lounge, ASKS, mentions=[bench.server.bot])
            await answered(bench, valley)


async def test_too_many_questions_at_once_are_declined_once_and_politely(
    bench: Bench, valley: Alliance
) -> None:
    bench.pace(questions=2, seconds=30)
    async with bench.started():
        for number in range(2):
            await answered(bench, valley, f"How do we take step {number}?")
        third = await answered(bench, valley, "How do we take step 2?")
        assert re.search(r"\b(2\d|30) seconds", third.text)  # of which some may have gone by
        await valley.rosa.says(valley.questions, "How do we take step 3?")
        told = await valley.rosa.uses("/ask", question="How do we take step 4?")
        assert "seconds" in told.text
        await bench.idle()
        bench.clock.advance(31)
        fourth = await answered(bench, valley, "How do we take step 5?")
        assert "About" in fourth.text
    assert len(bench.guide.asked) == 3


async def test_hostile_text_pings_nobody_and_is_shown_as_typed(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, HOSTILE)
        # Other people are mentioned: talk, unless the bot is asked.
        asked = await valley.rosa.says(valley.questions, HOSTILE, mentions=[bench.server.bot])
        answer = await bench.answer(asked)
        private = await valley.rosa.uses("/ask", question=HOSTILE, private=True)
        await valley.rosa.clicks("Share with channel", on=private)
        shared = await bench.answer(answer)
        for message in (answer, private.message, shared):
            assert "@everyone" not in message.text
            assert "](https" not in message.text
        assert not private.message.pings
        assert not shared.pings
        assert answer.pings.users == {valley.rosa.id}
        assert not answer.pings.roles
        assert not answer.pings.everyone


# -- direct messages -----------------------------------------------------------------------------


async def test_a_direct_message_is_answered_for_the_one_alliance(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        answer = await bench.answer(await valley.rosa.dms(ASKS))
        assert "About How do we keep momentum" in answer.text
        await bench.answer(await valley.rosa.dms("and who pays for it?"))
    await bench.kept(valley.guild.id, answer)
    assert bench.guide.asked[1].history == (ASKS,)


async def test_someone_in_no_alliance_is_answered_from_the_shared_library(
    bench: Bench, valley: Alliance
) -> None:
    nora = bench.server.visitor("Nora")
    async with bench.started():
        with bench.server.expecting(code=10007):
            answer = await bench.answer(await nora.dms(ASKS))
        await bench.kept(0, answer)


async def test_someone_in_several_alliances_chooses_once(bench: Bench, valley: Alliance) -> None:
    coast = bench.server.guild("Coast Alliance")
    rosa = valley.rosa
    coast.member("Rosa")
    async with bench.started():
        asked = await rosa.dms(ASKS)
        choice = await bench.answer(asked)
        assert "Which one" in choice.text
        chosen = await rosa.selects("Choose an alliance", "Coast Alliance", on=choice)
        assert "Coast Alliance" in chosen.text
        answer = await rosa.dm.next_message(after=choice, by=bench.server.bot, containing="About")
        await bench.kept(coast.id, answer)
        again = await bench.answer(await rosa.dms("What is a champion?"))
        await bench.kept(coast.id, again)
