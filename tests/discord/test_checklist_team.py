"""A team walks through a checklist in a thread, over the loopback Discord."""

from __future__ import annotations

import asyncio

from bot.checklists.rules.run import Status
from tests.discord.bench import Alliance, Bench
from tests.discord.walks import (
    MEAN,
    answers,
    buttons,
    only_run,
    opened,
    prefilled,
    skips,
    texts_of,
)


async def joined(bench: Bench, valley: Alliance) -> None:
    """Rosa speaks for one organization, Omar for another."""
    for member, name in ((valley.rosa, "Harbor Works"), (valley.omar, "Mill College")):
        await bench.store.people.join_organization(valley.guild.id, member.id, name)


# -- answering together ---------------------------------------------------------------------------


async def test_a_team_walks_through_in_a_thread_and_the_owner_moves_on(
    bench: Bench, valley: Alliance
) -> None:
    await joined(bench, valley)
    async with bench.started():
        thread, step = await opened(valley)
        assert "opened this checklist for the team" in thread.history[-2].text
        assert "1 of 8" in step.text
        assert "Nobody has answered yet" in step.text
        assert buttons(step)[:5] == ["Answer", "Skip", "Back", "Pause", "Next"]
        await answers(valley.rosa, step, "Ana")
        await answers(valley.omar, step, "Nobody so far")
        assert f"**{valley.rosa.name}**, Harbor Works\n> Ana" in step.text
        assert f"**{valley.omar.name}**, Mill College\n> Nobody so far" in step.text
        assert "1 of 8" in step.text
        await valley.rosa.clicks("Next", on=step)
        await bench.idle()
        second = thread.history[-1]
        assert second is not step
        assert "2 of 8" in second.text
        assert buttons(step) == []
        assert "Nobody so far" in step.text
        form = await valley.omar.clicks("Answer", on=second)
        assert prefilled(form)["Your answer"] == ""
    assert await texts_of(bench, valley.guild.id) == {
        "accountable-person": ["Ana", "Nobody so far"]
    }
    assert (await only_run(bench, valley.guild.id)).run.thread == thread.id


async def test_two_members_who_answer_at_once_are_both_kept_and_shown(
    bench: Bench, valley: Alliance
) -> None:
    await joined(bench, valley)
    async with bench.started():
        _, step = await opened(valley)
        people = (valley.rosa, valley.omar)
        forms = [await one.clicks("Answer", on=step) for one in people]
        await asyncio.gather(
            *(
                one.submits(form, {"Your answer": f"by {one.name}"})
                for one, form in zip(people, forms, strict=True)
            )
        )
        await bench.idle()
        for one, organization in zip(people, ("Harbor Works", "Mill College"), strict=True):
            assert f"**{one.name}**, {organization}\n> by {one.name}" in step.text
    walk = await only_run(bench, valley.guild.id)
    assert {a.organization for a in walk.run.answers["accountable-person"]} == {
        "Harbor Works",
        "Mill College",
    }


async def test_someone_without_an_organization_is_said_to_have_none(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        _, step = await opened(valley)
        await answers(valley.omar, step, MEAN)
        assert f"**{valley.omar.name}**, no organization" in step.text
        assert "@everyone" not in step.text
        assert not step.pings
        await answers(valley.omar, step, "better")
        assert step.text.count(valley.omar.name) == 1
    assert await texts_of(bench, valley.guild.id) == {"accountable-person": ["better"]}


async def test_each_member_picks_from_a_menu_and_a_second_pick_replaces_the_first(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        _, step = await opened(valley, name="challenge-scan")
        await valley.rosa.selects("Choose an answer", "2", on=step)
        await valley.omar.selects("Choose an answer", "5", on=step)
        await valley.omar.selects("Choose an answer", "4", on=step)
    assert await texts_of(bench, valley.guild.id) == {"trust": ["2", "4"]}


async def test_what_a_member_typed_wrongly_stays_private_and_is_edited(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        thread, step = await opened(valley, name="challenge-scan")
        before = len(thread.history)
        refused = await answers(valley.omar, step, "7")
        assert refused.ephemeral
        assert "from 1 to 5" in refused.text
        assert "Nobody has answered yet" in step.text
        form = await valley.omar.clicks("Edit", on=refused)
        assert prefilled(form)["Your answer"] == "7"
        again = await valley.omar.submits(form, {"Your answer": "8"})
        assert again.ephemeral
        assert "> 8" in again.text
        form = await valley.omar.clicks("Edit", on=again)
        kept = await valley.omar.submits(form, {"Your answer": "3"})
        await bench.idle()
        assert kept.ephemeral
        assert "Your answer is kept" in kept.text
        assert f"**{valley.omar.name}**, no organization\n> 3" in step.text
        assert len(thread.history) == before


# -- who moves ------------------------------------------------------------------------------------


async def test_only_the_owner_moves_on(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        thread, step = await opened(valley)
        for label in ("Next", "Skip", "Back", "Pause"):
            refused = await valley.omar.clicks(label, on=step)
            assert refused.ephemeral
            assert f"Only {valley.rosa.name}" in refused.text
        needed = await valley.rosa.clicks("Next", on=step)
        assert "needs an answer" in needed.text
        assert thread.history[-1] is step
        form = await valley.rosa.clicks("Skip", on=step)
        await valley.rosa.submits(form, {"Reason": "Ana is away"})
        await bench.idle()
        assert "2 of 8" in thread.history[-1].text
        assert "Skipped: Ana is away" in step.text


async def test_next_pressed_twice_at_once_is_one_step(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        thread, step = await opened(valley)
        await answers(valley.rosa, step, "Ana")
        both = await asyncio.gather(*(valley.rosa.clicks("Next", on=step) for _ in range(2)))
        await bench.idle()
        assert sum("2 of 8" in message.text for message in thread.history) == 1
        assert any("you are at step 2" in one.text for one in both)
    assert (await only_run(bench, valley.guild.id)).run.current == "benefit"


async def test_a_form_from_before_next_is_still_taken_for_its_own_step(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        thread, step = await opened(valley)
        form = await valley.omar.clicks("Answer", on=step)
        await answers(valley.rosa, step, "Ana")
        await valley.rosa.clicks("Next", on=step)
    async with bench.started():
        await valley.omar.submits(form, {"Your answer": "late, but mine"})
        await bench.idle()
        assert "> late, but mine" in step.text
        assert buttons(step) == []
        assert "2 of 8" in thread.history[-1].text
    assert len((await texts_of(bench, valley.guild.id))["accountable-person"]) == 2


async def test_a_late_click_on_a_step_that_was_left_says_where_the_team_is(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        _, step = await opened(valley)
        await answers(valley.rosa, step, "Ana")
        await valley.rosa.clicks("Next", on=step)
        await bench.idle()
        late = await valley.omar.clicks("Answer", on=step, stale=True)
        await late.until(lambda r: "you are at step 2" in r.text)
        assert buttons(step) == []


async def test_pause_and_resume_are_the_owners(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        thread, step = await opened(valley)
        await valley.rosa.clicks("Pause", on=step)
        assert buttons(step) == ["Resume"]
        assert "Only" in (await valley.omar.clicks("Resume", on=step)).text
        other = await valley.omar.uses("/checklist resume", in_=thread)
        assert "Only" in other.text
        await valley.rosa.clicks("Resume", on=step)
        assert "Next" in buttons(step)
        await valley.rosa.clicks("Pause", on=step)
        shown = await valley.rosa.uses("/checklist resume", in_=valley.lounge)
        assert thread.mention in shown.text
        assert thread.history[-1] is not step
        assert "1 of 8" in thread.history[-1].text
        looked = await valley.omar.uses("/checklist resume", in_=thread)
        assert thread.mention in looked.text


async def test_a_team_run_is_seen_from_its_thread_alone(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        await opened(valley)
        run = (await only_run(bench, valley.guild.id)).run.id
        other = await valley.omar.uses("/checklist resume", in_=valley.lounge, run=str(run))
        assert "belongs to somebody else" in other.text
        offered = await valley.omar.types_into("/checklist resume", in_=valley.lounge, run="")
        assert offered == []


async def test_the_talk_of_a_team_is_left_alone(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        thread, step = await opened(valley)
        await valley.omar.says(thread, "What do you think, who could that be?")
        asked = await valley.omar.says(
            thread, "what is an intermediary?", mentions=[bench.server.bot]
        )
        answer = await bench.answer(asked)
        assert "About what is an intermediary" in answer.text
    assert [one.text for one in bench.guide.asked] == ["what is an intermediary?"]
    assert "1 of 8" in step.text


# -- finishing ------------------------------------------------------------------------------------


async def test_a_team_finishes_in_its_thread(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        thread, step = await opened(valley)
        await answers(valley.omar, step, "Ana")
        while "every step" not in step.text:
            await skips(valley.rosa, step, "later")
            await bench.idle()
            step = thread.history[-1]
        assert buttons(step) == ["Back", "Pause", "Finish"]
        await asyncio.gather(*(valley.rosa.clicks("Finish", on=step) for _ in range(2)))
        await bench.idle()
        assert buttons(step) == []
        (brief,) = [message for message in thread.history if message.attachments]
        markdown = next(f for f in brief.attachments if f.name.endswith(".md"))
        assert "> Ana" in markdown.data.decode()
    assert (await only_run(bench, valley.guild.id)).run.status is Status.FINISHED
