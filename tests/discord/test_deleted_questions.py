"""People, and moderators, delete what was asked: nothing of it stays."""

from __future__ import annotations

from bot.alliances.records import ChannelPurpose
from tests.discord.bench import ANSWERS, ASKS, Alliance, Bench, answered, eventually
from tests.discord.walks import buttons
from tests.loopback import Message

WEATHER = "What will the weather be like at Dana Petrov's kickoff?"


async def gone(message: Message) -> None:
    await eventually(lambda: message.deleted)


async def nothing_kept(bench: Bench, alliance: int, *asked: Message) -> None:
    """Wait until the store knows nothing of some questions."""

    async def forgotten() -> bool:
        answers = bench.store.answers
        kept = [await answers.exchange_by_source(alliance, one.id) for one in asked]
        pending = {one.message for one in await answers.pending_questions_everywhere()}
        return not any(kept) and not pending & {one.id for one in asked}

    await eventually(forgotten)


async def test_what_is_deleted_before_its_answer_stands_gets_none_and_is_not_kept(
    bench: Bench, valley: Alliance
) -> None:
    rosa, channel = valley.rosa, valley.questions
    sam = valley.guild.member("Sam", permissions=["manage_messages", "view_channel"])
    async with bench.started():
        bench.guide.gate.clear()
        first, second = [await rosa.says(channel, f"{ASKS} {word}") for word in ("One", "Two")]
        await bench.server.until(lambda: channel in bench.server.typing, what="typing")
        await sam.deletes_all(first, second)
        spam = await rosa.says(channel, WEATHER)  # which an automatic moderator takes out
        await sam.deletes(spam)
        await bench.seen_deletion(spam)
        bench.guide.gate.set()
        answer = await answered(bench, valley, "How do we go on?")
        await bench.idle()
        assert bench.server.bot_messages == [answer]
        await nothing_kept(bench, valley.guild.id, first, second, spam)
        # One that is deleted while its answer is on its way to the channel loses it.
        gate = bench.server.faults.hold("POST", ANSWERS, after_work=True)
        late = await rosa.says(channel, ASKS)
        await gate.arrived()
        shown = await bench.answer(late)
        await rosa.deletes(late)
        await bench.seen_deletion(late)
        gate.release()
        await gone(shown)
        await nothing_kept(bench, valley.guild.id, late)


async def test_a_question_deleted_afterwards_takes_answer_gap_and_words_along(
    bench: Bench, valley: Alliance
) -> None:
    rosa, alliance = valley.rosa, valley.guild.id
    sam = valley.guild.member("Sam", permissions=["manage_guild", "view_channel"])
    async with bench.started():
        asked = await rosa.says(valley.questions, WEATHER)
        answer = await bench.answer(asked)
        exchange = await bench.kept(alliance, answer)
        page = await sam.uses("/guide gaps", in_=valley.lounge)
        assert "Dana Petrov" in page.text
        form = await sam.uses("/guide answer", in_=valley.lounge, gap=f"#{exchange.id}")
        await sam.submits(form, {"Answer": "Bring umbrellas."})
        direct = await rosa.dms(WEATHER)
        told = await bench.answer(direct)
        await bench.kept(alliance, told)
        await rosa.deletes(asked)
        await rosa.deletes(direct)
        await gone(answer)
        await gone(told)
        await nothing_kept(bench, alliance, asked, direct)
        page = await sam.uses("/guide gaps", in_=valley.lounge)
        assert "There are no open gaps" in page.text
    (note,) = await bench.store.answers.notes(alliance)
    assert note.text == "Bring umbrellas."
    assert "Dana" not in str(await bench.store.privacy.export_alliance(alliance))


async def test_an_answer_that_others_went_on_from_stays_without_its_question(
    bench: Bench, valley: Alliance
) -> None:
    rosa, omar, alliance = valley.rosa, valley.omar, valley.guild.id
    async with bench.started():
        for way in ("reply", "follow-up", "thread"):
            asked = await rosa.says(valley.questions, f"{ASKS} By {way}")
            answer = await bench.answer(asked)
            await bench.kept(alliance, answer)
            if way == "reply":
                thanks = await omar.says(valley.questions, "Thanks!", reply_to=answer)
                await bench.answer(thanks)
            elif way == "thread":
                await omar.opens_thread("More on this", on=answer)
            else:
                later = await omar.says(valley.questions, "And who pays?", reply_to=answer)
                await bench.kept(alliance, await bench.answer(later))
            await rosa.deletes(asked)
            await eventually(lambda answer=answer: "The question was deleted" in answer.text)
            assert not answer.deleted
            assert buttons(answer) == []
            await nothing_kept(bench, alliance, asked)


async def test_what_was_deleted_while_the_bot_was_off_or_went_with_its_place_is_found(
    bench: Bench, valley: Alliance
) -> None:
    rosa, alliance = valley.rosa, valley.guild.id
    closed = valley.guild.channel("closed")
    await bench.store.alliances.add_channel(alliance, closed.id, ChannelPurpose.QUESTIONS)
    thread = await rosa.opens_thread("A word", in_=valley.lounge)
    async with bench.started():
        answers, asked = [], []
        for place, text in (
            (valley.questions, ASKS),
            (valley.lounge, ASKS),
            (valley.questions, "How do we go on?"),
            (thread, ASKS),
            (closed, WEATHER),
        ):
            asked.append(await rosa.says(place, text, mentions=[bench.server.bot]))
            answers.append(await bench.answer(asked[-1]))
            await bench.kept(alliance, answers[-1])
        thread.delete()
        closed.delete()
        await nothing_kept(bench, alliance, *asked[3:])
    for message in asked[:2]:
        await rosa.deletes(message)
    async with bench.started():
        await gone(answers[0])
        assert not answers[1].deleted
        await valley.omar.clicks("Helpful", on=answers[1])
        await gone(answers[1])
        await nothing_kept(bench, alliance, *asked[:2])
        assert await bench.kept(alliance, answers[2])
    assert not answers[2].deleted
