"""A run handed to somebody else, commitments moved and kept, and what is read of both later."""

from __future__ import annotations

from datetime import timedelta

from bot.checklists.rules.events import Finish, SkipStep
from tests.discord.bench import Alliance, Bench
from tests.discord.commitments import CALL, actor, started_run
from tests.discord.days import DAY, pass_time
from tests.discord.test_checklist_book_brief import SHARE, file_of, finished
from tests.discord.test_checklist_book_runs import begun, hands_over, now
from tests.discord.walks import only_run, opened, skips

# -- handed over ---------------------------------------------------------------------------------


async def test_the_buttons_a_team_sees_are_the_new_owners(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        thread, step = await opened(valley, name="four-steps")
        walk = await only_run(bench, valley.guild.id)
        await valley.rosa.selects("Choose an answer", "Partly clear", on=step)
        await hands_over(valley.rosa, thread, walk, valley.omar)
        lost = await valley.rosa.clicks("Next", on=step)
        assert "Only Omar" in lost.text
        await valley.omar.selects("Choose an answer", "Not clear", on=step)
        await bench.idle()
        assert "> Partly clear" in step.text
        assert "> Not clear" in step.text
        await hands_over(valley.omar, thread, walk, valley.rosa)
        await valley.rosa.clicks("Next", on=step)  # the first press of whoever has it now
        await bench.idle()
        assert "2 of " in thread.history[-1].text
    assert (await now(bench, walk)).run.current != walk.run.current


async def test_a_finished_run_can_be_handed_over_with_its_brief(
    bench: Bench, valley: Alliance
) -> None:
    walk = await begun(bench, valley)
    async with bench.started():
        step = await valley.rosa.uses("/checklist resume", in_=valley.lounge)
        for _ in range(3):
            step = await skips(valley.rosa, step, "later")
        await valley.rosa.clicks("Finish", on=step)
        done = await hands_over(valley.rosa, valley.lounge, walk, valley.omar)
        assert "Omar's now" in done.text
        told = await valley.omar.dm.next_message(after=0, by=bench.server.bot)
        assert "/checklist show" in told.text
        assert "/checklist resume" not in told.text
        shown = await valley.omar.uses("/checklist show", in_=valley.lounge)
        assert f"#{walk.run.id}" in shown.text
        assert "Begun and finished on" in shown.text


# -- what became of commitments ------------------------------------------------------------------


async def test_the_brief_tells_what_became_of_a_commitment_and_what_was_promised(
    bench: Bench, valley: Alliance
) -> None:
    walk = await finished(bench, valley)
    (made,) = await bench.store.checklists.commitments(valley.guild.id, run=walk.run.id)
    day = bench.clock().date() + timedelta(days=20)
    words = f"{day:%B} {day.day}, {day.year}"
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert f"- {CALL} — Ana, no day named" in shown.text
        assert "promised without a day" in shown.text
        assert "Commitment:" not in shown.text
        await bench.store.checklists.move_commitment(valley.guild.id, made.id, day)
        await valley.rosa.clicks(SHARE, on=shown)
        shared = valley.lounge.message("Shared by Rosa")
        assert f"no day named (since set to {words})" in shared.text
        assert "promised without a day" not in shared.text
        await valley.rosa.uses("/commitments done", in_=valley.lounge, commitment=str(made.id))
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert f"(since set to {words}; done)" in shown.text
    markdown = file_of(shown, ".md").data.decode()
    assert f"| {CALL} | Ana | no day named (since set to {words}; done) |" in markdown
    assert f"Commitment: {CALL} — Ana, no day named\n" in markdown


async def test_history_says_why_a_step_was_left_out(bench: Bench, valley: Alliance) -> None:
    who = actor(valley.rosa)
    walk = await started_run(bench.store, bench.clock, valley.guild.id, who)
    for event in (SkipStep("where", 0, "The board decides in May"), SkipStep("next", 1, "Later")):
        await bench.store.checklists.change_run(valley.guild.id, walk.run.id, event, who)
    await bench.store.checklists.change_run(valley.guild.id, walk.run.id, Finish(2), who)
    pass_time(bench, 40 * DAY)
    await finished(bench, valley)
    async with bench.started():
        compared = await valley.rosa.uses("/checklist history", in_=valley.lounge, name="plan")
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
    for text in (compared.text, shown.text):
        assert "> Then, skipped: The board decides in May\n> Now: In the middle" in text
        assert "not answered" not in text
    markdown = file_of(shown, ".md").data.decode()
    assert "Then, skipped: The board decides in May\n" in markdown
