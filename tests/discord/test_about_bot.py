"""What is said to the bot about itself, and commands that arrive as text."""

from __future__ import annotations

from tests.discord.bench import ASKS, Alliance, Bench


async def directly(bench: Bench, valley: Alliance, text: str) -> str:
    return (await bench.answer(await valley.rosa.dms(text))).text


async def test_the_bot_says_of_itself_what_it_is_and_which_command_does_it(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        for text, says in (
            ("help", "/help"),
            ("who are you?", "I am a bot"),
            ("stop messaging me", "/partner notifications"),
            ("delete my data", "/privacy forget"),
            ("is this private?", "/privacy export"),
        ):
            answer = await bench.answer(await valley.rosa.dms(text))
            assert says in answer.text
            assert "Sources" not in answer.text
            assert not answer.components[1:]
        hello = await directly(bench, valley, "hi")
        assert "Hello" in hello
        assert "welcome" not in hello
        mention = f"{bench.server.bot.mention} how do I start a checklist?"
        told = await bench.answer(await valley.omar.says(valley.lounge, mention))
        command = bench.server.world.commands[0]
        ids = {one["name"]: one["id"] for one in command.values()}
        assert f"</checklist start:{ids['checklist']}>" in told.text
        asked = await valley.omar.uses("/ask", in_=valley.lounge, question="who are you?")
        assert "I am a bot" in asked.text
        # It is no gap, and nothing that a follow-up is read with.
        after = await directly(bench, valley, "and why?")
        assert "after who" not in after
    assert await bench.store.answers.open_gaps(valley.guild.id, 9) == ()


async def test_in_a_guide_channel_people_may_ask_each_other_who_they_are(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        # What one person says within seconds is read together: each is let be before the next.
        await valley.rosa.says(valley.questions, "who are you?")
        await bench.idle()
        await valley.omar.says(valley.questions, "are you a bot?")
        await bench.idle()
        about = await valley.rosa.says(valley.questions, "how do I start a checklist?")
        answer = await bench.answer(about)
        assert "/checklist start" in answer.text
        await bench.idle()
        said = [one for one in valley.questions.history if one.author is bench.server.bot]
    assert len(said) == 1


async def test_a_command_that_comes_as_text_is_told_how_it_is_run(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        for text, says in (
            ("/checklist start name:after-kickoff", "with `name:after-kickoff`"),
            ("`/checklist start`", "/checklist start"),
            ("/chekclist list", "/checklist list"),
            ("/privacy forget", "/privacy forget"),
            ("!help", "/help"),
            ("/commitments", "/commitments move"),
        ):
            mentioned = f"{bench.server.bot.mention} {text}"
            for asked in (
                await valley.rosa.dms(text),
                await valley.omar.says(valley.lounge, mentioned),
                await valley.omar.says(valley.questions, text),
            ):
                told = await bench.answer(asked)
                assert says in told.text
                assert "nothing has happened" in told.text
    assert bench.guide.asked == []


async def test_ask_as_text_is_a_question_and_other_bots_commands_are_left_alone(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        for where in (valley.questions, valley.rosa.dm):
            for text in (f"/ask {ASKS}", f"/ask question:{ASKS} private:True", f"/aks {ASKS}"):
                answer = await bench.answer(await valley.rosa.says(where, text))
                assert f"About {ASKS.rstrip('?')} [1]" in answer.text
        few = await bench.answer(await valley.rosa.says(valley.questions, "/ask small employers"))
        assert "About small employers" in few.text
        unknown = await bench.answer(await valley.rosa.dms("/frobnicate now"))
        assert "no command" in unknown.text
        before = len(valley.questions.history)
        hint = await valley.omar.says(valley.questions, ASKS)
        await bench.answer(hint)
        await valley.rosa.says(valley.questions, "/checklist start", reply_to=hint)
        for text in ("!play some music", "/frobnicate now", "-rank", "!rank"):
            await valley.omar.says(valley.questions, text)
        await valley.omar.says(valley.lounge, "/help")
        await bench.idle()
        assert len(valley.questions.history) == before + 7
