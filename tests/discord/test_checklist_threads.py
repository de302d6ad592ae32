"""Where the thread of a team can be, and a checklist that changes while runs are open."""

from __future__ import annotations

from dataclasses import replace

from tests.discord.bench import Alliance, Bench
from tests.discord.walks import (
    SPONSOR,
    answers,
    begin,
    only_run,
    opened,
    use_library,
    with_checklist,
)

# -- threads --------------------------------------------------------------------------------------


async def test_a_team_run_in_a_thread_stays_there(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        thread = await valley.rosa.opens_thread("planning", in_=valley.lounge)
        started = await begin(valley.rosa, thread, team=True)
        assert thread.mention in started.text
        assert "1 of 8" in thread.history[-1].text
        assert valley.lounge.threads == [thread]


async def test_where_no_thread_can_be_the_reason_is_said(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        direct = await begin(valley.rosa, valley.rosa.dm, team=True)
        assert "needs a thread" in direct.text
        valley.lounge.deny(valley.guild.bot_member, "create_public_threads")
        lacking = await begin(valley.rosa, valley.lounge, team=True)
        assert lacking.ephemeral
        assert "**Create Public Threads**" in lacking.text
        valley.questions.deny(valley.guild.bot_member, "send_messages_in_threads")
        lacking = await begin(valley.rosa, valley.questions, team=True)
        assert "**Send Messages in Threads**" in lacking.text
        room = valley.guild.channel("room").deny(valley.rosa, "create_public_threads")
        refused = await begin(valley.rosa, room, team=True)
        assert "You can't open threads" in refused.text
    assert await bench.store.checklists.runs(valley.guild.id) == ()


async def test_after_its_thread_was_deleted_a_run_goes_on_in_a_new_one(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        thread, step = await opened(valley)
        await answers(valley.rosa, step, "Ana")
        thread.delete()
        with bench.server.expecting(code=10003):  # there is no other way to know
            shown = await valley.rosa.uses("/checklist resume", in_=valley.questions)
        (fresh,) = valley.questions.threads
        assert fresh.mention in shown.text
        assert "> Ana" in fresh.history[-1].text
        await valley.rosa.clicks("Next", on=fresh.history[-1])
        await bench.idle()
        assert "2 of 8" in fresh.history[-1].text
    assert (await only_run(bench, valley.guild.id)).run.thread == fresh.id


async def test_a_bot_that_may_not_post_any_more_moves_on_in_place(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        thread, step = await opened(valley)
        await answers(valley.rosa, step, "Ana")
        valley.lounge.deny(valley.guild.bot_member, "send_messages_in_threads")
        await valley.rosa.clicks("Next", on=step)
        await bench.idle()
        assert thread.history[-1] is step
        assert "2 of 8" in step.text


# -- another version ------------------------------------------------------------------------------


async def test_a_run_finishes_on_its_version_and_resume_tells_of_a_newer_one(
    bench: Bench, valley: Alliance
) -> None:
    library = bench.content.library
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        old = await answers(valley.rosa, step, "one")
    before = library.checklists_by_id[SPONSOR]
    newer = replace(before, version=2, title="Another title", steps=before.steps[:2])
    use_library(bench, with_checklist(library, newer))
    async with bench.started():
        step = await answers(valley.rosa, old, "two")
        assert "3 of 8" in step.text
        shown = await valley.rosa.uses("/checklist resume", in_=valley.lounge)
        assert "version 1" in shown.text
        assert "version 2 exists" in shown.text
        assert "3 of 8" in shown.text
        offer = await begin(valley.rosa, valley.lounge)
        assert "version 2 exists" in offer.text
        fresh = await valley.rosa.clicks("Start anew", on=offer)
        assert "1 of 2" in fresh.text
        assert "Another title" in fresh.text
    use_library(bench, replace(library, checklists=library.checklists[:1]))
    async with bench.started():
        onward = await answers(valley.rosa, shown, "three")
        assert "4 of 8" in onward.text
