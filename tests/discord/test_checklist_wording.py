"""What a person reads while walking: labels as they were picked, reasons, cases, what was typed."""

from __future__ import annotations

from bot.checklists.step_screen import cases_of
from tests.discord.bench import Alliance, Bench
from tests.discord.commitments import CALL, PLAN
from tests.discord.walks import (
    answers,
    begin,
    only_run,
    opened,
    prefilled,
    skips,
    use_library,
    with_checklist,
)

PLAN_ITSELF = "Call the college"


async def test_a_picked_yes_is_shown_as_it_was_read_and_kept_as_a_value(
    bench: Bench, valley: Alliance
) -> None:
    rosa = valley.rosa
    async with bench.started():
        step = await begin(rosa, valley.lounge)
        for _ in range(4):
            step = await skips(rosa, step, "later")
        step = await rosa.selects("Choose an answer", "yes", on=step)
        back = await rosa.clicks("Back", on=step)
        assert "> Yes\n" in back.text
        export = await rosa.uses("/checklist export", in_=valley.lounge)
        (markdown,) = [one for one in export.files if one.name.endswith(".md")]
        assert "> Yes\n" in markdown.data.decode()
        assert "Understood as" not in markdown.data.decode()
    (given,) = (await only_run(bench, valley.guild.id)).run.answers["champion-in-place"]
    assert given.given.value == "yes"


async def test_the_last_page_tells_answered_steps_from_skipped_ones(
    bench: Bench, valley: Alliance
) -> None:
    use_library(bench, with_checklist(bench.content.library, PLAN))
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge, "plan")
        step = await answers(valley.rosa, step, "In the middle")
        step = await answers(valley.rosa, step, "We call", by_when="in 3 days")
        step = await skips(valley.rosa, step)
        assert "2 of 3 answered, 1 skipped" in step.text
        step = await valley.rosa.selects("Change an answer", "else", on=step)
        step = await answers(valley.rosa, step, "Nothing")
        assert "all 3 answered" in step.text
        assert "skipped" not in step.text


async def test_the_only_case_of_a_step_is_shown_in_full(bench: Bench, valley: Alliance) -> None:
    library = bench.content.library
    first = library.checklists_by_id["sponsor-accountability"].steps[0]
    (case,) = cases_of(first, library)
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        assert case.sentences[-1] not in step.text.replace("\\", "")
        others = await valley.rosa.clicks("What did others do?", on=step)
        assert others.text.startswith("What others did")
        assert case.sentences[-1] in others.text.replace("\\", "")


async def test_of_several_cases_the_one_the_page_names_is_not_told_again(
    bench: Bench, valley: Alliance
) -> None:
    library = bench.content.library
    checklist = library.checklists_by_id["partner-interests"]
    place = [one.id for one in checklist.steps].index("shared-goal")
    named, *further = cases_of(checklist.steps[place], library)
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge, "partner-interests")
        while checklist.steps[place].question[:30] not in step.text:
            step = await skips(valley.rosa, step, "later")
        assert named.title in step.text
        others = await valley.rosa.clicks("What did others do?", on=step)
        assert named.title not in others.text
        assert further
        assert all(one.title in others.text for one in further)


async def test_what_was_typed_into_several_fields_is_quoted_with_their_labels(
    bench: Bench, valley: Alliance
) -> None:
    use_library(bench, with_checklist(bench.content.library, PLAN))
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge, "plan")
        step = await skips(valley.rosa, step, "later")
        typed = {"what": CALL, "who": "Ana", "by_when": "soon"}
        refused = await answers(valley.rosa, step, "We call them", **typed)
        lines = ["Your answer: We call them", f"What: {CALL}", "Who: Ana", "By when: soon"]
        assert "\n".join(f"> {line}" for line in lines) in refused.text


async def test_the_reason_of_a_skipped_step_is_filled_in_again(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        step = await skips(valley.rosa, step, "Ana is away")
        back = await valley.rosa.clicks("Back", on=step)
        form = await valley.rosa.clicks("Skip", on=back)
        assert prefilled(form)["Reason"] == "Ana is away"


async def test_a_commitment_that_is_the_whole_answer_is_shown_once(
    bench: Bench, valley: Alliance
) -> None:
    use_library(bench, with_checklist(bench.content.library, PLAN))
    async with bench.started():
        thread, step = await opened(valley, name="plan")
        await answers(valley.rosa, step, "In the middle")
        await valley.rosa.clicks("Next", on=step)
        step = await thread.next_message(after=step, containing="What is next?")
        await answers(valley.omar, step, "", what=PLAN_ITSELF, who="Ana", by_when="in 10 days")
        await bench.idle()
        assert step.text.count(PLAN_ITSELF) == 1
        assert f"> {PLAN_ITSELF}\n> Commitment · Ana · by" in step.text
        await answers(valley.rosa, step, "We ask first", what="Ask the dean")
        await bench.idle()
        assert "> We ask first\n> Commitment: Ask the dean · no day named" in step.text


async def test_a_passage_says_its_source_whatever_the_title_begins_with(
    bench: Bench, valley: Alliance
) -> None:
    passage = bench.content.library.by_id["accountability-questions"]
    assert passage.document.title.startswith("From ")
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        read = await valley.rosa.selects("Read a passage", passage.id, on=step)
        assert f"Source: {passage.document.title}" in read.text
        assert f"Source: *{passage.title}*" in step.text
