"""A forum as a guide channel: each post is a question with a title, answered in its thread."""

from __future__ import annotations

import pytest

from bot.alliances.records import ChannelPurpose
from tests.discord.bench import ASKS, Alliance, Bench, eventually
from tests.loopback import Channel, File

PICTURE = File("board.png", b"\x89PNG", "image/png")


@pytest.fixture
async def forum(bench: Bench, valley: Alliance) -> Channel:
    made = valley.guild.forum("ask-the-guide", tags=["training", "money"])
    await bench.store.alliances.add_channel(valley.guild.id, made.id, ChannelPurpose.QUESTIONS)
    return made


async def test_a_post_is_answered_in_its_thread_with_its_title_and_goes_on_there(
    bench: Bench, valley: Alliance, forum: Channel
) -> None:
    rosa, omar, alliance = valley.rosa, valley.omar, valley.guild.id
    async with bench.started():
        post = await rosa.posts(
            forum, "Momentum after the kickoff", "Half of them stay away.", tags=["money"]
        )
        answer = await bench.answer(post)
        assert answer.reference is post
        assert "About Momentum after the kickoff Half of them stay away." in answer.text
        exchange = await bench.kept(alliance, answer)
        assert (exchange.channel, exchange.thread) == (forum.id, post.channel.id)
        follow_up = await rosa.says(post.channel, "And who pays for it?")
        more = await bench.answer(follow_up)
        assert "after Momentum after the kickoff" in more.text
        # What others ask whoever posted it is theirs, and so is what they tell.
        await omar.says(post.channel, "How many firms did you ask?")
        await omar.says(post.channel, "We had that too, last year.")
        last = await omar.says(post.channel, "What about the small firms?")
        assert "after" in (await bench.answer(last)).text
        await bench.idle()
    assert len(bench.guide.asked) == 3
    assert forum.history == []


async def test_what_else_people_post_and_do_in_a_forum(
    bench: Bench, valley: Alliance, forum: Channel
) -> None:
    rosa, omar = valley.rosa, valley.omar
    other = valley.guild.forum("showcase")
    async with bench.started():
        pictured = await rosa.posts(forum, ASKS, files=[PICTURE])
        assert f"About {ASKS.rstrip('?')} [1]" in (await bench.answer(pictured)).text
        repeated = await rosa.posts(forum, ASKS, f"{ASKS} We tried twice.")
        assert (await bench.answer(repeated)).text.count("How do we keep momentum") == 1
        long = await rosa.posts(forum, ASKS, "We meet and nobody decides. " * 70)
        assert "About How do we keep momentum" in (await bench.answer(long)).text
        await rosa.posts(forum, "Hello everyone", "Good morning!")
        await rosa.posts(forum, "For Omar", f"{omar.mention} did the seats work out?")
        await rosa.posts(other, ASKS, "Look at our poster.")
        mentioned = await rosa.posts(other, ASKS, f"{bench.server.bot.mention} any advice?")
        text = (await bench.answer(mentioned)).text
        assert "momentum after the kickoff" in text
        assert "any advice" in text
        # Edited at once: the title is read with it anew; deleted: the answer goes with the thread.
        await rosa.edits(repeated, "We gave up.")
        answer = repeated.channel.message("About")
        await eventually(lambda: "We gave up." in answer.text)
        pictured.channel.delete()

        async def forgotten() -> bool:
            answers = bench.store.answers
            return not await answers.exchange_by_source(valley.guild.id, pictured.id)

        await eventually(forgotten)
        await bench.idle()
    assert len(bench.server.bot_messages) == 3  # one went with its post


async def test_stewards_choose_a_forum_and_hear_what_it_lacks(
    bench: Bench, valley: Alliance
) -> None:
    sam = valley.guild.member("Sam", permissions=["manage_guild", "view_channel"])
    forum = valley.guild.forum("ask-the-guide")
    forum.deny(valley.guild.bot_member, "send_messages", "create_public_threads")
    here = valley.lounge
    async with bench.started():
        page = await sam.uses("/guide channel add", in_=here, channel=forum)
        assert "I have every permission I need" in page.text
        page = await sam.uses("/guide channel add", in_=here, channel=forum, purpose="stewards")
        assert "A forum can only be for questions" in page.text
        assert "all I need" in (await sam.uses("/guide status", in_=here)).text
        forum.deny(valley.guild.bot_member, "send_messages_in_threads")
        page = await sam.uses("/guide setup", in_=here)
        assert "I lack **Send Messages in Threads**" in page.text
        assert "**Send Messages**" not in page.text
        page = await sam.uses("/guide status", in_=here)
        assert f"<#{forum.id}> for questions: I lack **Send Messages in Threads**" in page.text
        post = await valley.rosa.posts(forum, ASKS, "Who knows?")
        word = await valley.rosa.dm.next_message(by=bench.server.bot, after=0)
        assert "**Send Messages in Threads**" in word.text
        page = await sam.uses("/guide channel remove", in_=here, channel=forum)
        assert "no longer for" in page.text
        setup = await sam.uses("/guide setup", in_=here)
        chosen = await sam.selects("Channels where I answer", forum, on=setup)
        assert f"<#{forum.id}> (questions)" in chosen.text
    assert len(post.channel.history) == 1


# -- titles that change ------------------------------------------------------------------------------

OTHER = "How do we share credit?"


async def test_a_title_that_changes_revises_the_answer_in_its_place(
    bench: Bench, valley: Alliance, forum: Channel
) -> None:
    rosa, owner = valley.rosa, valley.guild.owner
    async with bench.started():
        post = await rosa.posts(forum, ASKS, "Half of them stay away.")
        answer = await bench.answer(post)
        kept = await bench.kept(valley.guild.id, answer)
        for who, title in ((rosa, OTHER), (owner, "Who gets the credit?")):
            await who.retitles(post.channel, title)
            await eventually(lambda title=title: title.rstrip("?") in answer.text)  # type: ignore[misc]
            await bench.idle()
        assert ASKS not in answer.text
        assert "Half of them stay away" in answer.text
        asked = len(bench.guide.asked)
        # What isn't the title changes nothing, and of what is changed twice the last counts.
        post.channel.tags = ["money"]
        post.channel.changed()
        await bench.idle()
        assert len(bench.guide.asked) == asked
        await rosa.retitles(post.channel, ASKS)
        await rosa.edits(post, "They are tired.")
        await eventually(lambda: "They are tired" in answer.text and ASKS[:20] in answer.text)
        await bench.idle()
        now = await bench.kept(valley.guild.id, answer)
    assert now.id == kept.id
    assert now.question == f"{ASKS} They are tired."
    assert len(bench.server.bot_messages) == 1


async def test_a_title_that_changes_before_the_answer_is_what_is_answered(
    bench: Bench, valley: Alliance, forum: Channel
) -> None:
    bench.guide.gate.clear()
    async with bench.started():
        post = await valley.rosa.posts(forum, ASKS, "Half of them stay away.")
        await eventually(lambda: post.channel in bench.server.typing)
        await valley.rosa.retitles(post.channel, OTHER)
        await valley.rosa.edits(post, "It came up on Tuesday.")
        await bench.seen_edit("It came up on Tuesday.")
        bench.guide.gate.set()
        answer = await bench.answer(post)
        await eventually(lambda: "It came up on Tuesday" in answer.text)
        await bench.idle()
        kept = await bench.kept(valley.guild.id, answer)
    assert kept.question == f"{OTHER} It came up on Tuesday."
    assert len(bench.server.bot_messages) == 1


async def test_a_post_that_becomes_a_question_by_its_title_is_answered_and_an_old_one_left(
    bench: Bench, valley: Alliance, forum: Channel
) -> None:
    async with bench.started():
        post = await valley.rosa.posts(forum, "Hello everyone", "Good morning!")
        elsewhere = await valley.rosa.opens_thread("Plans", in_=valley.lounge)
        await bench.idle()
        await valley.rosa.retitles(elsewhere, ASKS)
        await valley.rosa.retitles(post.channel, ASKS)
        answer = await bench.answer(post)
        assert "About How do we keep momentum" in answer.text
        await bench.idle()
        bench.clock.advance(150)
        await valley.rosa.retitles(post.channel, OTHER)
        await bench.idle()
        assert "About How do we keep momentum" in answer.text
    assert len(bench.server.bot_messages) == 1
