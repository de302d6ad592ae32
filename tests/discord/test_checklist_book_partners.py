"""The list of checklists."""

from __future__ import annotations

from dataclasses import replace

from bot.checklists.rules.run import Status
from bot.core.models import Library
from tests.discord.bench import Alliance, Bench
from tests.discord.commitments import PLAN
from tests.discord.walks import answers, buttons, use_library


async def test_every_checklist_is_listed_with_what_it_takes_and_can_be_started_from_there(
    bench: Bench, valley: Alliance
) -> None:
    library = bench.content.library
    async with bench.started():
        page = await valley.rosa.uses("/checklist list", in_=valley.lounge)
        assert page.ephemeral
        text = page.text
        while "Next page" in buttons(page):
            page = await valley.rosa.clicks("Next page", on=page)
            text += page.text
        for checklist in library.checklists:
            assert checklist.title in text
            sure = sum(step.when is None for step in checklist.steps)
            assert f"{checklist.minutes} min · {sure} steps" in text
        last = library.checklists[-1]
        step = await valley.rosa.selects("Start a checklist", last.title, on=page)
        assert step.ephemeral
        assert last.title in step.text
    (head,) = await bench.store.checklists.runs(valley.guild.id)
    assert (head.checklist, head.owner, head.status) == (last.id, valley.rosa.id, Status.OPEN)


async def test_a_list_and_a_walk_count_steps_alike_and_an_answer_may_call_for_more(
    bench: Bench, valley: Alliance
) -> None:
    goal = bench.content.library.checklists_by_id["goal-test"]
    sure = len(goal.steps) - 1
    assert goal.steps[2].when is not None  # asked where the one before is answered with no
    use_library(bench, replace(bench.content.library, checklists=(goal,)))
    async with bench.started():
        page = await valley.rosa.uses("/checklist list", in_=valley.lounge)
        assert f"{sure} steps, 1 more if an answer calls for it" in page.text
        step = await valley.rosa.selects("Start a checklist", goal.title, on=page)
        assert f"1 of {sure}" in step.text
        second = await answers(valley.rosa, step, "Train forty welders")
        called = await valley.rosa.selects("Choose an answer", "No", on=second)
        assert f"3 of {sure + 1}" in called.text
        brief = await valley.rosa.uses("/checklist export", in_=valley.lounge)
    text = next(one for one in brief.files if one.name.endswith(".md")).text
    assert f"2 of {sure + 1} question" in text


async def test_a_long_list_has_pages_that_turn_also_after_a_restart(
    bench: Bench, valley: Alliance
) -> None:
    many = tuple(
        replace(PLAN, id=f"plan-{n}", title=f"Plan {n:02}", purpose="*Long* purpose. " * 30)
        for n in range(60)
    )
    use_library(bench, replace(bench.content.library, checklists=many))
    async with bench.started():
        first = await valley.rosa.uses("/checklist list", in_=valley.lounge)
        pages = int(first.text.split("page 1 of ")[1].split()[0])
        assert pages > 2
        assert buttons(first) == ["Next page"]
    async with bench.started():
        second = await valley.rosa.clicks("Next page", on=first)
        assert f"page 2 of {pages}" in second.text
        assert buttons(second) == ["Previous page", "Next page"]
        assert len(second.message.text) < 4000
        picked = next(one.title for one in many if f"**{one.title}**" in second.message.text)
        step = await valley.rosa.selects("Start a checklist", picked, on=second)
        assert picked in step.text


async def test_a_library_without_checklists_says_so(bench: Bench, valley: Alliance) -> None:
    bare: Library = replace(bench.content.library, checklists=())
    use_library(bench, bare)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist list", in_=valley.lounge)
    assert "0 checklists" in shown.text
