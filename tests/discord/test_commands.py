"""Commands, and the buttons under answers, over the loopback Discord."""

from __future__ import annotations

import pytest

from bot.alliances.records import ChannelPurpose
from bot.core.models import PassageKind, Question
from tests.discord.bench import ANSWERS, ASKS, HOSTILE, Alliance, Bench, alliance_of, answered
from tests.loopback import Response

# -- commands ------------------------------------------------------------------------------------


async def ask_privately(bench: Bench, valley: Alliance) -> Response:
    return await valley.rosa.uses("/ask", in_=valley.lounge, question=ASKS, private=True)


async def test_ask_answers_publicly_or_privately(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        public = await valley.rosa.uses("/ask", in_=valley.lounge, question=ASKS)
        private = await ask_privately(bench, valley)
    assert not public.ephemeral
    assert private.ephemeral
    assert f"You asked: {ASKS}" in public.text
    assert "About How do we keep momentum" in private.text
    assert "Share with channel" not in str(public.message.components)


async def test_a_private_answer_is_shared_once_with_who_shared(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        private = await ask_privately(bench, valley)
        done = await valley.rosa.clicks("Share with channel", on=private)
        shared = valley.lounge.history[-1]
        again = await valley.rosa.clicks("Share with channel", on=private)
        assert "Shared with this channel" in done.text
        assert "already been shared" in again.text
        assert shared.text.startswith("-# Rosa asked privately")
        assert "About How do we keep momentum" in shared.text
        more = await valley.omar.says(valley.lounge, "and who pays for it?", reply_to=shared)
        await bench.answer(more)
    assert bench.guide.asked[-1].history == (ASKS,)
    assert len([m for m in valley.lounge.history if "shares the answer" in m.text]) == 1


async def test_two_presses_at_once_share_once(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        private = await ask_privately(bench, valley)
        gate = bench.server.faults.hold("POST", ANSWERS)
        first = await valley.rosa.clicks("Share with channel", on=private, until_="acknowledged")
        await gate.arrived()
        second = await valley.rosa.clicks("Share with channel", on=private)
        gate.release()
        await first.until(lambda r: "Shared with this channel" in r.text)
        assert "already been shared" in second.text
    assert len([m for m in valley.lounge.history if "shares the answer" in m.text]) == 1


async def test_what_discord_refused_to_post_can_be_shared_again(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        private = await ask_privately(bench, valley)
        bench.server.faults.fail("POST", ANSWERS, status=400)
        refused = await valley.rosa.clicks("Share with channel", on=private)
        assert "error" in refused.text
        done = await valley.rosa.clicks("Share with channel", on=private)
        assert "Shared with this channel" in done.text
    assert len([m for m in valley.lounge.history if "shares the answer" in m.text]) == 1


async def test_sharing_needs_the_right_to_write(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        private = await ask_privately(bench, valley)
        valley.lounge.deny(valley.rosa, "send_messages")
        refused = await valley.rosa.clicks("Share with channel", on=private)
        assert "can't write in this channel" in refused.text
        valley.lounge.allow(valley.rosa, "send_messages")
        valley.lounge.deny(valley.guild.bot_member, "send_messages")
        refused = await valley.rosa.clicks("Share with channel", on=private)
        assert "**Send Messages**" in refused.text
        valley.lounge.allow(valley.guild.bot_member, "send_messages")
        done = await valley.rosa.clicks("Share with channel", on=private)
        assert "Shared with this channel" in done.text


async def test_a_question_that_is_none_is_refused_with_a_reason(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        empty = await valley.rosa.uses("/ask", question="   ")
        assert "There is no question here" in empty.text
        long = await valley.rosa.uses("/ask", question="how " * 1200)
        assert "characters long" in long.text


async def test_cases_are_found_and_read(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        found = await valley.rosa.uses("/cases", query="manufacturing in a small region")
        case = bench.guide.search(Question("x"), PassageKind.CASE, 1)[0]
        assert case.title in found.text
        read = await valley.rosa.selects("Read a passage", case.title, on=found)
        assert case.sentences[0] in read.text
        assert read.ephemeral
        none = await valley.rosa.uses("/cases", query="nothing like it")
        assert "no case" in none.text


async def test_a_passage_is_completed_by_title_and_read_in_full(
    bench: Bench, valley: Alliance
) -> None:
    passage = bench.content.library.passages[5]
    async with bench.started():
        choices = await valley.rosa.types_into("/passage", title=passage.title[:12])
        assert passage.id in [choice.value for choice in choices]
        assert len(choices) <= 25
        by_id = await valley.rosa.uses("/passage", title=passage.id)
        by_title = await valley.rosa.uses("/passage", title=passage.title.upper())
        assert by_id.text == by_title.text
        assert passage.sentences[-1] in by_id.text.replace("\\", "")
        assert passage.document.title in by_id.text
        unknown = await valley.rosa.uses("/passage", title="zzz qqq")
        assert "No passage is called" in unknown.text
        assert await valley.rosa.types_into("/passage", title="")


async def test_help_names_every_command(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        shown = await valley.rosa.uses("/help")
    for name in ("/ask", "/cases", "/passage", "/help"):
        assert f"`{name}`" in shown.text
    assert shown.ephemeral


# -- buttons -------------------------------------------------------------------------------------


async def test_feedback_is_kept_confirmed_and_can_be_changed(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        helpful = await valley.omar.clicks("Helpful", on=answer)
        assert helpful.ephemeral
        assert "Noted as helpful" in helpful.text
        await bench.counted(valley.guild.id, answer, 1, 0)
        form = await valley.omar.clicks("Not helpful", on=answer)
        assert form.fields == ["Reason"]
        await bench.counted(valley.guild.id, answer, 0, 1)
        sent = await valley.omar.submits(form, {"Reason": HOSTILE})
        assert sent.ephemeral
        assert "Changed: now noted as not helpful. Thank you" in sent.text
        empty = await valley.rosa.submits(await valley.rosa.clicks("Not helpful", on=answer))
        assert "Noted as not helpful" in empty.text
        await bench.counted(valley.guild.id, answer, 0, 2)
        back = await valley.omar.clicks("Helpful", on=answer)
        assert "Changed: now noted as helpful" in back.text
        await bench.counted(valley.guild.id, answer, 1, 1)


async def test_the_same_feedback_again_says_so(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        await valley.omar.clicks("Helpful", on=answer)
        again = await valley.omar.clicks("Helpful", on=answer)
        assert "Already noted as helpful" in again.text
        await valley.rosa.submits(
            await valley.rosa.clicks("Not helpful", on=answer), {"Reason": "Too long"}
        )
        bare = await valley.rosa.submits(await valley.rosa.clicks("Not helpful", on=answer))
        assert "Already noted as not helpful; nothing changed" in bare.text
        form = await valley.rosa.clicks("Not helpful", on=answer)
        more = await valley.rosa.submits(form, {"Reason": "Too dry"})
        assert "your reason is the one you just gave" in more.text
        await bench.counted(valley.guild.id, answer, 1, 1)
    (kept,) = (await bench.store.privacy.export_person(valley.guild.id, valley.rosa.id))["feedback"]
    assert kept["reason"] == "Too dry"


async def test_the_form_for_a_reason_opens_also_while_the_store_takes_long(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        await bench.kept(valley.guild.id, answer)
        async with bench.store.database.writing_everywhere():
            form = await valley.omar.clicks("Not helpful", on=answer)
        assert form.fields == ["Reason"]
        sent = await valley.omar.submits(form, {"Reason": "Too long"})
        assert "not helpful" in sent.text
        await bench.counted(valley.guild.id, answer, 0, 1)
    assert bench.server.slowest_acknowledgement() < 1.0


async def test_a_passage_is_read_from_an_answer(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        second = bench.guide.passages[1]
        read = await valley.omar.selects("Read a passage", second.title, on=answer)
        assert read.ephemeral
        assert second.sentences[-1] in read.text.replace("\\", "")


async def test_old_buttons_work_after_a_restart(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        private = await ask_privately(bench, valley)
        form = await valley.rosa.clicks("Not helpful", on=answer)
    async with bench.started():
        assert "Noted as helpful" in (await valley.omar.clicks("Helpful", on=answer)).text
        assert "Noted as not" in (await valley.rosa.submits(form, {"Reason": "late"})).text
        first = bench.guide.passages[0].title
        assert (await valley.omar.selects("Read a passage", first, on=answer)).ephemeral
        shared = await valley.rosa.clicks("Share with channel", on=private)
        assert "Shared with this channel" in shared.text


async def test_buttons_of_an_answer_that_is_gone_say_so(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        await bench.store.privacy.forget_person(valley.guild.id, valley.rosa.id)
        gone = await valley.omar.clicks("Helpful", on=answer)
        assert "no longer kept" in gone.text


async def test_one_alliance_sees_nothing_of_another(bench: Bench, valley: Alliance) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Cleo", "Carl"))
    await bench.store.alliances.remove_channel(
        coast.guild.id, coast.questions.id, ChannelPurpose.QUESTIONS
    )
    async with bench.started():
        await answered(bench, valley, "What will the weather be?")
        await coast.rosa.says(coast.questions, ASKS)
        await bench.answer(
            await coast.rosa.says(coast.questions, ASKS, mentions=[bench.server.bot])
        )
    assert len(await bench.store.answers.open_gaps(valley.guild.id, 10)) == 1
    assert await bench.store.answers.open_gaps(coast.guild.id, 10) == ()
    assert len([m for m in coast.questions.history if m.author is bench.server.bot]) == 1


@pytest.mark.parametrize("label", ["Helpful", "Not helpful"])
async def test_a_button_pressed_twice_at_once_is_one_effect(
    bench: Bench, valley: Alliance, label: str
) -> None:
    async with bench.started():
        answer = await answered(bench, valley)
        bench.server.faults.duplicate("INTERACTION_CREATE")
        await valley.omar.clicks(label, on=answer)
        await answered(bench, valley, "How do we go on?")
        expected = (1, 0) if label == "Helpful" else (0, 1)
        await bench.counted(valley.guild.id, answer, *expected)
