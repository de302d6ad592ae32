"""A private run is paused, restarted, pressed twice, too late or by somebody else."""

from __future__ import annotations

import asyncio

from bot.checklists.rules.events import HandOver
from bot.checklists.rules.run import Actor, Status
from tests.discord.bench import Alliance, Bench, alliance_of
from tests.discord.walks import (
    MEAN,
    answers,
    begin,
    buttons,
    only_run,
    pings,
    prefilled,
    texts_of,
    walked_through,
)

# -- pause, restart -------------------------------------------------------------------------------


async def test_a_paused_run_goes_on_by_button_and_by_command(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        step = await answers(valley.rosa, step, "one")
        paused = await valley.rosa.clicks("Pause", on=step)
        assert "Paused" in paused.text
        assert buttons(paused) == ["Resume"]
        again = await valley.rosa.clicks("Resume", on=paused)
        assert "2 of 8" in again.text
        await valley.rosa.clicks("Pause", on=again)
        shown = await valley.rosa.uses("/checklist resume", in_=valley.questions)
        assert shown.ephemeral
        assert "2 of 8" in shown.text
    assert (await only_run(bench, valley.guild.id)).run.status is Status.OPEN


async def test_buttons_and_forms_from_before_a_restart_are_taken(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
    async with bench.started():
        step = await valley.rosa.submits(form, {"Your answer": "before the restart"})
        assert "2 of 8" in step.text
        skip = await valley.rosa.clicks("Skip", on=step)
    async with bench.started():
        step = await valley.rosa.submits(skip, {"Reason": "too early"})
        assert "3 of 8" in step.text
        assert "2 of 8" in (await valley.rosa.clicks("Back", on=step)).text
    assert await texts_of(bench, valley.guild.id) == {"accountable-person": ["before the restart"]}


# -- twice, stale, foreign ------------------------------------------------------------------------


async def test_a_form_that_discord_sends_twice_is_one_answer(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
        bench.server.faults.duplicate("INTERACTION_CREATE")
        step = await valley.rosa.submits(form, {"Your answer": "once"})
        await bench.idle()
        assert "2 of 8" in step.message.text
    assert (await only_run(bench, valley.guild.id)).run.answers["accountable-person"][
        0
    ].revision == 1


async def test_the_same_form_sent_again_changes_nothing_and_says_so(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
        await valley.rosa.submits(form, {"Your answer": "mine"})
        again = await valley.rosa.submits(form, {"Your answer": "mine"})
        assert "kept already" in again.text
        assert "2 of 8" in again.text
        other = await valley.rosa.submits(form, {"Your answer": "mine, but longer"})
        assert "another form meanwhile" in other.text
        assert "mine, but longer" in other.text
        edited = await valley.rosa.clicks("Edit", on=other)
        assert prefilled(edited)["Your answer"] == "mine, but longer"
        done = await valley.rosa.submits(edited)
        assert "2 of 8" in done.text
    assert await texts_of(bench, valley.guild.id) == {"accountable-person": ["mine, but longer"]}


async def test_two_clicks_at_once_are_one_effect_and_say_so(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        for text in ("one", "two", "three"):
            step = await answers(valley.rosa, step, text)
        both = await asyncio.gather(*(valley.rosa.clicks("Back", on=step) for _ in range(2)))
        await bench.idle()
        walk = await only_run(bench, valley.guild.id)
        assert walk.run.current == "risks"
        assert "3 of 8" in both[0].message.text
        versions = [*step.message.versions, step.message]
        assert any("you are at step 3" in str(version.components) for version in versions)


async def test_finish_pressed_twice_finishes_once(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        review = await walked_through(valley.rosa, valley.lounge)
        both = await asyncio.gather(*(valley.rosa.clicks("Finish", on=review) for _ in range(2)))
        await bench.idle()
        assert len([m for one in both for m in one.followups if m.attachments]) == 1
        versions = [*review.message.versions, review.message]
        assert any("is finished already" in str(version.components) for version in versions)
        walk = await only_run(bench, valley.guild.id)
        assert walk.run.status is Status.FINISHED
        late = await valley.rosa.clicks("Back", on=review, stale=True)
        assert "finished already" in late.text


async def test_a_stale_click_says_where_the_run_is_and_shows_it(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        old = await begin(valley.rosa, valley.lounge)
        new = await valley.rosa.uses("/checklist resume", in_=valley.lounge)
        for text in ("one", "two", "three"):
            new = await answers(valley.rosa, new, text)
        stale = await valley.rosa.clicks("Answer", on=old)
        assert "left already; you are at step 4" in stale.text
        assert "4 of 8" in stale.text
        on = await answers(valley.rosa, stale, "four")
        assert "5 of 8" in on.text
        skipped = await valley.rosa.clicks("Skip", on=new)
        assert "you are at step 5" in skipped.text
    assert len(await texts_of(bench, valley.guild.id)) == 4


async def test_a_run_of_somebody_else_is_not_shown_nor_moved(
    bench: Bench, valley: Alliance
) -> None:
    alliance = valley.guild.id
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
        run = (await only_run(bench, alliance)).run.id
        other = await valley.omar.uses("/checklist resume", in_=valley.lounge, run=str(run))
        assert other.ephemeral
        assert "belongs to somebody else" in other.text
        assert "Who exactly" not in other.text
        steward = Actor(1, "Sam", steward=True)
        await bench.store.checklists.change_run(
            alliance, run, HandOver(valley.omar.id, "Omar"), steward
        )
        for label in ("Answer", "Skip", "Back", "Ask about this", "What did others do?"):
            refused = await valley.rosa.clicks(label, on=step)
            assert "belongs to somebody else" in refused.text
        lost = await valley.rosa.submits(form, {"Your answer": "my words"})
        assert "belongs to somebody else" in lost.text
        assert "> my words" in lost.text
        mine = await valley.omar.uses("/checklist resume", in_=valley.lounge)
        assert "Who exactly" in mine.text
    assert await texts_of(bench, alliance) == {}


async def test_a_run_of_another_alliance_is_unknown_here(bench: Bench, valley: Alliance) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Cleo", "Carl"))
    async with bench.started():
        await begin(coast.rosa, coast.lounge)
        run = (await only_run(bench, coast.guild.id)).run.id
        for wanted in (str(run), f"#{run}", "9" * 18, "9" * 40, "what", MEAN):
            there = await valley.rosa.uses("/checklist resume", in_=valley.lounge, run=wanted)
            assert "There is no run" in there.text
            assert not pings(there)
        offered = await valley.rosa.types_into("/checklist resume", in_=valley.lounge, run="")
        assert offered == []
