"""What a question leans on stands beside it: in a reply, a forward, a file, a thread."""

from __future__ import annotations

import pytest

from tests.discord.bench import ASKS, Alliance, Bench
from tests.loopback import Channel, File, Message

WORRY = "nobody wants to pay for joint training, they fear poaching"
BESIDE = (
    "any advice on this?",
    "what would you say to this",
    "^^",
    "can you help Rosa with that please",
    "can you help rosa with that please",
    "thoughts?",
    "what they said",
    "",
    "👆",
    "Could you take a look at what Carol wrote?",
)
JPEG = File("photo.jpg", b"\xff\xd8\xff", "image/jpeg")


def texts_asked(bench: Bench) -> list[str]:
    return [question.text for question in bench.guide.asked]


def said_by_bot(bench: Bench, channel: Channel) -> list[Message]:
    return [one for one in channel.history if one.author is bench.server.bot]


async def mentioned(
    bench: Bench, valley: Alliance, text: str, *, reply_to: Message | None = None
) -> Message:
    """What the bot says to Omar, who mentions it in the lounge or where he replies."""
    place = reply_to.channel if reply_to is not None else valley.lounge
    nudge = await valley.omar.says(
        place, text, mentions=[bench.server.bot], reply_to=reply_to, ping=False
    )
    return await bench.answer(nudge)


# -- replies ---------------------------------------------------------------------------------------


async def test_words_that_point_are_read_with_the_message_replied_to_and_say_whose_it_is(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        worry = await valley.rosa.says(valley.lounge, f"{WORRY} <@{valley.omar.id}>")
        for text in BESIDE:
            answer = await mentioned(bench, valley, text, reply_to=worry)
            assert f"Answering what Rosa wrote: {WORRY}" in answer.text
            assert valley.rosa not in answer.pings
        kept = await bench.kept(valley.guild.id, answer)
        # What it adds is read as well.
        await mentioned(bench, valley, "and would that work for small firms?", reply_to=worry)
        await valley.omar.edits(worry_nudge := await nudge(bench, valley, worry), ASKS)
        revised = await bench.answer(worry_nudge)
        await revised.channel.until(lambda: ASKS[:20] in revised.text, what="the edit")
        assert "Answering what" not in revised.text
    assert set(texts_asked(bench)[: len(BESIDE)]) == {WORRY}
    assert texts_asked(bench)[len(BESIDE)] == f"{WORRY}. and would that work for small firms?"
    assert kept.question == WORRY
    assert kept.person == valley.omar.id


async def nudge(bench: Bench, valley: Alliance, worry: Message) -> Message:
    pointing = await valley.omar.says(valley.lounge, f"<@{bench.server.bot.id}> ^^", reply_to=worry)
    await bench.answer(pointing)
    return pointing


async def test_words_that_stand_by_themselves_stay_what_is_asked(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        worry = await valley.rosa.says(valley.lounge, WORRY)
        answer = await mentioned(bench, valley, ASKS, reply_to=worry)
        assert "Answering what" not in answer.text
        thanks = await mentioned(bench, valley, "thanks!", reply_to=worry)
        assert "Glad to be of use" in thanks.text
        # Among people a reply stays theirs, and so do words to somebody else.
        await valley.omar.says(valley.questions, "any advice on this?", reply_to=worry)
        await valley.omar.says(valley.questions, "any advice on this?", mentions=[valley.rosa])
        await bench.idle()
    assert texts_asked(bench) == [ASKS]
    assert len(bench.server.bot_messages) == 2


async def test_one_s_own_message_is_read_without_a_word_about_whose_it_is(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        own = await valley.omar.says(valley.lounge, WORRY)
        answer = await mentioned(bench, valley, "any ideas?", reply_to=own)
        assert "Answering what" not in answer.text
    assert texts_asked(bench) == [WORRY]


async def test_a_message_that_is_gone_or_says_nothing_is_asked_for_and_then_heard(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        gone = await valley.rosa.says(valley.lounge, WORRY)
        await valley.rosa.deletes(gone)
        told = await mentioned(bench, valley, "thoughts?", reply_to=gone)
        assert "is gone, or I may not read it" in told.text
        picture = await valley.rosa.says(valley.lounge, files=[JPEG])
        told = await mentioned(bench, valley, "thoughts?", reply_to=picture)
        assert "photo.jpg" in told.text
        assert "no words in the message you replied to" in told.text
        answer = await bench.answer(await valley.omar.says(valley.lounge, WORRY))
        assert WORRY in answer.text
        own = await mentioned(bench, valley, ASKS, reply_to=gone)
        assert "About How do we keep momentum" in own.text
    assert texts_asked(bench) == [WORRY, ASKS]


async def test_hostile_words_of_somebody_else_ping_nobody_and_are_shown_as_typed(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        hostile = await valley.rosa.says(
            valley.lounge, f"@everyone <@{valley.omar.id}> **do** [we](https://evil.example) go?"
        )
        answer = await mentioned(bench, valley, "^^", reply_to=hostile)
    assert "@everyone" not in answer.text
    assert "](https" not in answer.text
    assert answer.pings.users == {valley.omar.id}


# -- threads, and what stands above ------------------------------------------------------------------


async def test_in_a_thread_pointing_words_are_read_with_title_and_first_message(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        worry = await valley.rosa.says(valley.lounge, WORRY)
        thread = await valley.rosa.opens_thread("Paying for training", on=worry)
        plain = await valley.rosa.opens_thread("How do we share credit?", in_=valley.lounge)
        await valley.rosa.says(plain, "It came up on Tuesday.")
        for place in (thread, plain):
            for text in ("see title", "", "any ideas?"):
                pointing = await valley.omar.says(place, text, mentions=[bench.server.bot])
                answer = await bench.answer(pointing)
                assert "Answering what Rosa wrote" in answer.text
        alone = await valley.omar.says(thread, ASKS, mentions=[bench.server.bot])
        assert "About How do we keep" in (await bench.answer(alone)).text
    asked = texts_asked(bench)
    assert set(asked[:3]) == {f"Paying for training {WORRY}"}
    assert set(asked[3:6]) == {"How do we share credit? It came up on Tuesday."}
    assert asked[6:] == [ASKS]


async def test_a_thread_whose_first_message_is_gone_is_read_by_its_title(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        worry = await valley.rosa.says(valley.lounge, WORRY)
        thread = await valley.rosa.opens_thread("How do we share credit", on=worry)
        await valley.rosa.deletes(worry)
        await bench.answer(await valley.omar.says(thread, "?", mentions=[bench.server.bot]))
    assert texts_asked(bench) == ["How do we share credit"]


async def test_pointing_words_without_a_reply_mean_the_message_above(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await valley.rosa.says(valley.lounge, WORRY)
        answer = await mentioned(bench, valley, "^^")
        assert "Answering what Rosa wrote" in answer.text
        bare = await mentioned(bench, valley, "")
        assert "There is no question here" in bare.text
    assert texts_asked(bench) == [WORRY]


# -- forwards --------------------------------------------------------------------------------------


async def test_what_is_forwarded_is_read_as_what_it_says(bench: Bench, valley: Alliance) -> None:
    bot, omar = bench.server.bot, valley.omar
    async with bench.started():
        asked = await valley.rosa.says(valley.lounge, ASKS)
        worry = await valley.rosa.says(valley.lounge, WORRY)
        talk = await valley.rosa.says(valley.lounge, "We met the chamber on Tuesday.")
        for forwarded in (
            lambda: omar.forwards(asked, to=valley.questions),
            lambda: omar.forwards(worry, to=omar.dm),
            lambda: omar.forwards(worry, to=valley.lounge, mentions=[bot]),
            lambda: omar.forwards(worry, to=valley.questions, text="what do you think?"),
        ):
            await bench.answer(await forwarded())
            await bench.idle()
        await omar.forwards(talk, to=valley.questions)
        await omar.forwards(asked, to=valley.lounge)
        await bench.idle()
    assert texts_asked(bench) == [ASKS, WORRY, WORRY, WORRY]
    assert len(bench.server.bot_messages) == 4


async def test_words_that_come_right_after_a_forward_are_about_it(
    bench: Bench, valley: Alliance
) -> None:
    """Discord posts what is typed beside a forward as a message of its own."""
    async with bench.started():
        worry = await valley.rosa.says(valley.lounge, WORRY)
        await valley.omar.forwards(worry, to=valley.questions)
        await bench.answer(await valley.omar.says(valley.questions, "thoughts on this?"))
    assert texts_asked(bench) == [WORRY]


# -- files -----------------------------------------------------------------------------------------


def text_file(text: str | bytes, name: str = "message.txt", kind: str = "text/plain") -> File:
    data = text.encode() if isinstance(text, str) else text
    return File(name, data, f"{kind}; charset=utf-8")


@pytest.mark.parametrize(
    "file",
    [
        text_file(ASKS),
        text_file(ASKS, "notes.md", "application/octet-stream"),
        text_file(b"\xef\xbb\xbf" + ASKS.encode()),
        text_file(ASKS.encode("utf-16")),
        text_file(ASKS.replace("kickoff", "kick–off").encode("cp1252"), "Question.TXT"),
    ],
)
async def test_a_text_file_is_read_as_what_it_says(
    bench: Bench, valley: Alliance, file: File
) -> None:
    async with bench.started():
        pasted = await valley.rosa.says(valley.questions, files=[file])
        answer = await bench.answer(pasted)
        assert "About How do we keep momentum" in answer.text
        await bench.answer(await valley.rosa.dms("help please", files=[file]))
        await bench.answer(await valley.omar.forwards(pasted, to=valley.omar.dm))
    assert len({text.replace("-off", "off") for text in texts_asked(bench)}) == 1


async def test_a_text_file_is_read_up_to_the_longest_question(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started() as client:
        longest = client.services.limits.question_characters
        paste = text_file(f"{ASKS} {'We met again. ' * longest}")
        answer = await bench.answer(await valley.rosa.dms(files=[paste]))
        assert f"I read the first {longest} characters" in answer.text
    assert len(texts_asked(bench)[0]) <= longest


async def test_what_is_not_read_is_named(bench: Bench, valley: Alliance) -> None:
    huge = File("minutes.txt", b"x", "text/plain", claimed_size=50_000_000)
    fake = text_file(b"\x00\x01\x02binary", "fake.txt")
    async with bench.started():
        beside = await bench.answer(await valley.rosa.dms(ASKS, files=[JPEG, huge, fake]))
        assert "About How do we keep momentum" in beside.text
        assert "Not read: photo.jpg" in beside.text
        assert "Could not be read: minutes.txt, fake.txt" in beside.text
        alone = await valley.rosa.says(valley.lounge, files=[JPEG], mentions=[bench.server.bot])
        told = await bench.answer(alone)
        assert "Not read: photo.jpg" in told.text
        assert "type your question" in told.text
        await bench.answer(await valley.rosa.says(valley.lounge, ASKS))  # it was asked for
        await valley.omar.says(valley.questions, files=[JPEG])
        await bench.idle()
    assert texts_asked(bench) == [ASKS, ASKS]
    assert len(bench.server.bot_messages) == 3


# -- a bare mention --------------------------------------------------------------------------------


@pytest.mark.days_pass
async def test_who_is_asked_to_type_a_question_is_heard_without_a_mention_for_a_while(
    bench: Bench, valley: Alliance
) -> None:
    rosa, omar, lounge, clock = valley.rosa, valley.omar, valley.lounge, bench.server.world.clock
    async with bench.started():
        bare = await mentioned(bench, valley, "")
        assert "There is no question here" in bare.text
        await rosa.says(lounge, "How do we share credit?")  # another person
        await omar.says(lounge, "Is that so?", mentions=[rosa])  # to somebody else
        clock.advance(200)  # type: ignore[attr-defined]
        answer = await bench.answer(await omar.says(lounge, "joint training"))
        assert "About joint training" in answer.text
        clock.advance(20)  # type: ignore[attr-defined]
        await omar.says(lounge, "What else do we need?")  # that was it
        await mentioned(bench, valley, "")
        clock.advance(301)  # type: ignore[attr-defined]
        await omar.says(lounge, ASKS)  # too late
        await bench.idle()
    assert texts_asked(bench) == ["joint training"]
    assert len(bench.server.bot_messages) == 3
