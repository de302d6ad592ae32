"""Words of a colleague that a question was read with are the colleague's: handed out, forgotten."""

from __future__ import annotations

import json

from tests.discord.bench import ASKS, Alliance, Bench, eventually
from tests.discord.test_forgotten_everywhere import places_of
from tests.loopback import Member, Message

WORRY = "nobody at zyxworks wants to pay for joint training, they fear poaching"
WEATHER = "the weather at zyxworks keeps our trainees at home"
TITLE = "words_in_questions_of_others"


async def asks_about(bench: Bench, who: Member, message: Message) -> Message:
    """What the bot answers to somebody who points at a message of somebody else."""
    bot = bench.server.bot
    pointing = await who.says(
        message.channel, f"{bot.mention} any advice?", reply_to=message, ping=False
    )
    return await bench.answer(pointing)


async def exported(who: Member, valley: Alliance) -> dict[str, list[dict[str, object]]]:
    page = await who.uses("/privacy export", in_=valley.lounge)
    content: dict[str, list[dict[str, object]]] = json.loads(page.files[0].data)
    return content


async def forgets(who: Member, valley: Alliance) -> str:
    asked = await who.uses("/privacy forget", in_=valley.lounge)
    return (await who.clicks("Delete my data", on=asked)).text


async def test_who_is_quoted_is_handed_the_words_and_takes_them_along(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        for text in (WORRY, WEATHER):  # the second is a gap
            said = await valley.rosa.says(valley.lounge, text)
            answer = await asks_about(bench, valley.omar, said)
            kept = await bench.kept(valley.guild.id, answer)
            assert kept.question == text
        own = await valley.omar.says(valley.questions, ASKS)
        stays = await bench.kept(valley.guild.id, await bench.answer(own))
        theirs = await exported(valley.rosa, valley)
        assert [row["words"] for row in theirs[TITLE]] == [WORRY, WEATHER]
        assert theirs["questions"] == []
        assert (await exported(valley.omar, valley))[TITLE] == []
        assert "Deleted" in await forgets(valley.rosa, valley)
        await bench.idle()
        assert places_of(bench.data_dir, "zyxworks") == set()
        assert await bench.store.answers.open_gaps(valley.guild.id, 10) == ()
        assert await bench.store.answers.exchange(valley.guild.id, stays.id) == stays
        assert "nothing" in (await forgets(valley.rosa, valley)).lower()


async def test_what_is_forwarded_is_whose_it_was(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        said = await valley.rosa.says(valley.lounge, WORRY)
        own = await valley.omar.says(valley.lounge, WEATHER)
        for message in (said, own):
            await bench.answer(await valley.omar.forwards(message, to=valley.omar.dm))
            await bench.idle()
        assert [row["words"] for row in (await exported(valley.rosa, valley))[TITLE]] == [WORRY]
        assert (await exported(valley.omar, valley))[TITLE] == []
        await forgets(valley.rosa, valley)
        left = (await exported(valley.omar, valley))["questions"]
        assert [row["question"] for row in left] == [WEATHER]


async def test_who_is_forgotten_while_their_words_are_read_is_kept_nowhere(
    bench: Bench, valley: Alliance
) -> None:
    bench.guide.gate.clear()
    async with bench.started():
        said = await valley.rosa.says(valley.lounge, WORRY)
        pointing = await valley.omar.says(
            valley.lounge, f"{bench.server.bot.mention} thoughts?", reply_to=said, ping=False
        )
        await eventually(lambda: valley.lounge in bench.server.typing)
        await forgets(valley.rosa, valley)
        bench.guide.gate.set()
        told = await bench.answer(pointing)
        assert "whoever wrote what you point at" in told.text
        await bench.idle()
        assert places_of(bench.data_dir, "zyxworks") == set()


async def test_when_the_asker_is_forgotten_what_was_lent_goes_too(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        said = await valley.rosa.says(valley.lounge, WEATHER)
        await bench.kept(valley.guild.id, await asks_about(bench, valley.omar, said))
        await forgets(valley.omar, valley)
        assert (await exported(valley.rosa, valley))[TITLE] == []
        await bench.idle()
        assert places_of(bench.data_dir, "zyxworks") == set()


async def test_a_question_that_no_longer_leans_on_somebody_gives_the_words_back(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        said = await valley.rosa.says(valley.lounge, WORRY)
        answer = await asks_about(bench, valley.omar, said)
        await bench.kept(valley.guild.id, answer)
        assert answer.reference is not None
        await valley.omar.edits(answer.reference, ASKS)
        await answer.channel.until(lambda: ASKS[:20] in answer.text, what="the edit")
        await bench.idle()
        assert (await exported(valley.rosa, valley))[TITLE] == []
        await forgets(valley.rosa, valley)
        assert (await bench.kept(valley.guild.id, answer)).question == ASKS


async def test_a_message_that_is_deleted_takes_along_the_question_that_leans_on_it(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        said = await valley.rosa.says(valley.lounge, WORRY)
        answer = await asks_about(bench, valley.omar, said)
        await bench.kept(valley.guild.id, answer)
        await valley.rosa.deletes(said)
        await eventually(lambda: "What this was about was deleted" in answer.text)
        await bench.idle()
        assert (await exported(valley.omar, valley))["questions"] == []
        # Also while it is being answered.
        bench.guide.gate.clear()
        said = await valley.rosa.says(valley.lounge, WEATHER)
        pointing = await valley.omar.says(
            valley.lounge, f"{bench.server.bot.mention} ^^", reply_to=said, ping=False
        )
        await eventually(lambda: len(bench.server.typing) > 1)
        await valley.rosa.deletes(said)
        await bench.seen_deletion(said)
        bench.guide.gate.set()
        assert "What this was about was deleted" in (await bench.answer(pointing)).text
        await bench.idle()
        assert (await exported(valley.omar, valley))["questions"] == []


async def test_a_thread_is_of_whoever_began_it_and_of_whoever_named_it(
    bench: Bench, valley: Alliance
) -> None:
    nora = valley.guild.member("Nora")
    async with bench.started():
        said = await valley.rosa.says(valley.lounge, WORRY)
        thread = await nora.opens_thread("Paying for it at zyxworks", on=said)
        for text in ("see title", "thoughts?"):
            await bench.answer(await valley.omar.says(thread, text, mentions=[bench.server.bot]))
        await bench.idle()
        assert len((await exported(valley.rosa, valley))[TITLE]) == 2
        named = (await exported(nora, valley))[TITLE]
        assert {row["words"] for row in named} == {"Paying for it at zyxworks"}
        await forgets(nora, valley)
        assert (await exported(valley.rosa, valley))[TITLE] == []
        assert (await exported(valley.omar, valley))["questions"] == []
