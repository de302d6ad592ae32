"""What the steward does."""

from __future__ import annotations

from tests.demo.stage import Stage, readings

from .questions import MISSING

NOTE = (
    "Our memorandum lets partners share completion dates and wages, never names. "
    "Ask Dana at the workforce board for the form."
)


async def sets_up(stage: Stage) -> None:
    refused = await stage.uses(stage.rosa, "/guide setup", in_=stage.general)
    stage.expect("stewards" in refused.text, "who is no steward is told that it is for stewards")
    page = await stage.uses(stage.sam, "/guide setup", in_=stage.general)
    stage.expect(page.ephemeral, "only Sam sees the page")
    stage.expect("None yet" in page.text, "it says that no channel is set up")
    added = await stage.uses(stage.sam, "/guide channel add", channel=stage.guide)
    stage.expect("is now for questions" in added.text, "the channel is for questions now")
    stage.expect("every permission I need" in added.text, "and the bot lacks no permission there")
    again = await stage.clicks(stage.sam, "Check again", page)
    stage.expect(stage.guide.mention in again.text, "the page of before knows the channel too")


async def closes_a_gap(stage: Stage) -> None:
    page = await stage.uses(stage.sam, "/guide gaps", in_=stage.general)
    stage.keep("gaps", page)
    stage.expect(page.ephemeral, "only Sam sees the gaps")
    stage.expect("asked 2 times" in page.text, "the same question of two people is one group")
    stage.expect("not helpful" in page.text, "the answer that did not help is there as well")
    stage.expect(len(readings(page.message)) > 1, "each can be answered from the menu")
    offered = await stage.types_into(stage.sam, "/guide answer", gap="memorandum")
    wanted = next(choice for choice in offered if MISSING in choice.name)
    form = await stage.uses(stage.sam, "/guide answer", gap=wanted.value, alike=True)
    done = await stage.submits(stage.sam, form, {"Answer": NOTE})
    stage.expect("citable in this alliance" in done.text, "the note is kept, and citable here")
    stage.expect("1 more gap" in done.text, "it closes the other wording of the question too")
    answer = await stage.answer(await stage.says(stage.mei, MISSING))
    stage.expect("never names" in answer.text, "the same question is now answered with the note")
    stage.expect("Practice notes of this alliance" in answer.text, "the note is cited")
    stage.expect(stage.sam.name in answer.text, "with who wrote it")
    left = await stage.uses(stage.sam, "/guide gaps")
    stage.expect(MISSING not in left.text, "the gap is closed")
