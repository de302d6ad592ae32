"""How a run is begun and found again, and what may stand in it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.core.alliance import NO_ALLIANCE
from tests.discord.bench import Alliance, Bench, eventually
from tests.discord.walks import (
    MEAN,
    SPONSOR,
    answers,
    begin,
    buttons,
    only_run,
    pings,
    prefilled,
    texts_of,
    walked_through,
)

# -- names ----------------------------------------------------------------------------------------


async def test_a_name_is_completed_taken_as_id_or_title_and_else_near_ones_are_named(
    bench: Bench, valley: Alliance
) -> None:
    title = bench.content.library.checklists_by_id[SPONSOR].title
    async with bench.started():
        offered = await valley.rosa.types_into(
            "/checklist start", in_=valley.lounge, name="accountab"
        )
        assert SPONSOR in [choice.value for choice in offered]
        everything = await valley.rosa.types_into("/checklist start", in_=valley.lounge, name="")
        assert len(everything) == len(bench.content.library.checklists)
        near = await begin(valley.rosa, valley.lounge, "sponsor acountability")
        assert "Did you mean" in near.text
        unknown = await begin(valley.rosa, valley.lounge, MEAN)
        assert "No checklist is called" in unknown.text
        assert not pings(unknown)
        by_title = await begin(valley.rosa, valley.lounge, title.upper())
        assert "1 of 8" in by_title.text


async def test_starting_again_offers_the_open_run_or_a_new_one(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        await answers(valley.rosa, step, "one")
        offer = await begin(valley.rosa, valley.lounge)
        assert "at step 2 of 8" in offer.text
        assert buttons(offer) == ["Resume", "Start anew"]
        resumed = await valley.rosa.clicks("Resume", on=offer)
        assert "2 of 8" in resumed.text
        offer = await begin(valley.rosa, valley.lounge)
        both = await asyncio.gather(*(valley.rosa.clicks("Start anew", on=offer) for _ in range(2)))
        await bench.idle()
        assert "1 of 8" in offer.message.text
        assert any("no longer in use" in one.text for one in both)
        assert len(await bench.store.checklists.runs(valley.guild.id)) == 2


async def test_resume_without_an_open_run_says_how_to_start(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        nothing = await valley.rosa.uses("/checklist resume", in_=valley.lounge)
        assert "/checklist start" in nothing.text
        step = await begin(valley.rosa, valley.lounge)
        offered = await valley.rosa.types_into("/checklist resume", in_=valley.lounge, run="settle")
        run = (await only_run(bench, valley.guild.id)).run.id
        assert [choice.value for choice in offered] == [str(run)]
        named = await valley.rosa.uses(
            "/checklist resume", in_=valley.lounge, run="Settle accountability at home"
        )
        assert "1 of 8" in named.text
        assert step.message is not named.message


async def test_a_run_in_direct_messages_is_of_the_alliance_one_is_in(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.rosa.dm)
        step = await answers(valley.rosa, step, "one")
        assert "2 of 8" in step.text
        here = await valley.rosa.uses("/checklist resume", in_=valley.lounge)
        assert "2 of 8" in here.text
    assert len(await bench.store.checklists.runs(valley.guild.id)) == 1


async def test_somebody_in_no_alliance_walks_through_in_direct_messages(bench: Bench) -> None:
    nora = bench.server.visitor("Nora")
    async with bench.started():
        step = await begin(nora, nora.dm)
        step = await answers(nora, step, "one")
        assert "2 of 8" in step.text
        paused = await nora.clicks("Pause", on=step)
        assert "2 of 8" in (await nora.clicks("Resume", on=paused)).text
    (head,) = await bench.store.checklists.runs(NO_ALLIANCE)
    assert head.owner == nora.id


# -- content --------------------------------------------------------------------------------------


async def test_a_long_answer_with_markup_is_kept_as_it_is_and_never_pings(
    bench: Bench, valley: Alliance
) -> None:
    long = (MEAN + "\n> line\n```\ncode\n```\n") * 60
    long = long[:3999] + "🙂"
    assert len(long) == 4000
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        step = await answers(valley.rosa, step, long)
        back = await valley.rosa.clicks("Back", on=step)
        assert "> \\# \\*\\*big" in back.text
        assert "@everyone" not in back.text
        assert not pings(back)
        form = await valley.rosa.clicks("Answer", on=back)
        assert prefilled(form)["Your answer"] == long
    assert await texts_of(bench, valley.guild.id) == {"accountable-person": [long]}


async def test_the_checklist_under_an_answer_starts_privately_for_whoever_presses(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, "How do we keep momentum?")
        answer = await bench.answer(asked)
        step = await valley.omar.clicks("Start this checklist", on=answer)
        assert step.ephemeral
        assert "1 of" in step.text
        again = await valley.omar.clicks("Start this checklist", on=answer)
        assert buttons(again) == ["Resume", "Start anew"]
    (head,) = await bench.store.checklists.runs(valley.guild.id)
    assert (head.owner, head.checklist) == (
        valley.omar.id,
        bench.content.library.checklists[0].id,
    )


async def test_everything_is_acknowledged_at_once(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        review = await walked_through(valley.rosa, valley.lounge)
        await valley.rosa.clicks("Finish", on=review)
        await bench.idle()
    slowest = bench.server.slowest_acknowledgement()
    assert slowest is not None
    assert slowest < timedelta(seconds=1).total_seconds()
    await eventually(lambda: bench.server.violations == [])
