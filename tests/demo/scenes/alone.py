"""A leader walks through a checklist alone, and takes what came of it to others."""

from __future__ import annotations

from tests.demo.stage import Stage, buttons, readings

from .walk import ANSWER, answers, keep_as_it_is, prefilled, sends, skips

ASKED = "What should I settle in my own organization before I join an alliance?"
CHECKLIST = "sponsor-accountability"
PERSON = "The vice president of operations"
GAIN = "Fewer empty machines."
GAIN_IN_FULL = (
    "Fewer empty machines: we lose about 40 shifts a month\nbecause we can't find operators."
)
RISKS = "Our competitors learn whom we hire, and what we pay."
LATER = "Our board decides on the budget in May."
CHAMPION = "The chair of our board. She could tell how the last joint class went."
STEP_AT_HOME = "Bring it to the next staff meeting."
PROMISE = "Put the alliance on the agenda of the staff meeting"


async def begins(stage: Stage) -> None:
    rosa = stage.rosa
    answer = await stage.answer(await stage.says(rosa, ASKED))
    stage.expect("Worth running" in answer.text, "the answer names a checklist worth running")
    step = await stage.clicks(rosa, "Start this checklist", answer)
    stage.keep("run", step)
    stage.expect(step.ephemeral, "only Rosa sees it")
    stage.expect("1 of 8" in step.text, "it begins at the first step")
    stage.expect("Why this matters" in step.text, "which says why it matters")
    stage.expect(buttons(step.message)[:4] == ["Answer", "Skip", "Back", "Pause"], "and what to do")
    title = readings(step.message)[0]
    passage = await stage.selects(rosa, "Read a passage", title, on=step)
    stage.expect(passage.ephemeral and title in passage.text, "the passage behind it can be read")
    others = await stage.clicks(rosa, "What did others do?", step)
    stage.expect(others.ephemeral and "What others did" in others.text, "and what others did")


async def goes_back(stage: Stage) -> None:
    rosa = stage.rosa
    step = await answers(stage, rosa, stage.kept["run"], PERSON)
    stage.expect("2 of 8" in step.text, "an answer moves on by itself")
    step = await answers(stage, rosa, step, GAIN)
    step = await stage.clicks(rosa, "Back", step)
    stage.expect(GAIN in step.text, "Back shows what was answered")
    form = await stage.clicks(rosa, "Answer", step)
    stage.expect(prefilled(form)[ANSWER] == GAIN, "and the form has it filled in")
    step = await sends(stage, rosa, form, GAIN_IN_FULL)
    stage.expect("3 of 8" in step.text, "after the change it goes on where it was")
    step = await answers(stage, rosa, step, RISKS)
    step = await skips(stage, rosa, step, LATER)
    stage.expect("5 of 8" in step.text, "a required step is skipped with a reason")
    stage.expect("Choose an answer" in _menus(stage), "a question with yes or no has a menu")
    keep_as_it_is(stage, "step", step)


async def killed(stage: Stage) -> None:
    rosa, run = stage.rosa, stage.kept["run"]
    form = await stage.clicks(rosa, "Answer", run)
    await stage.killed_and_started()
    step = await sends(stage, rosa, form, "Yes, our board chair")
    stage.expect("6 of 9" in step.text, "a form opened before is taken after")
    step = await stage.clicks(rosa, "Back", run)
    stage.expect("our board chair" in step.text, "the old buttons still work, the answer is there")


async def promises(stage: Stage) -> None:
    rosa = stage.rosa
    step = await stage.selects(rosa, "Choose an answer", "Yes", on=stage.kept["run"])
    stage.expect("Good. Who is it" in step.text, "the next question depends on the answer")
    step = await answers(stage, rosa, step, CHAMPION)
    step = await stage.clicks(rosa, "Skip", step)
    stage.expect("8 of 9" in step.text, "an optional step is skipped without a word")
    step = await stage.selects(rosa, "Choose an answer", "Yes, but in a smaller part", on=step)
    stage.expect("Finish" in buttons(step.message), "the last step has Finish")
    fields = {"what": PROMISE, "who": "me"}
    step = await answers(stage, rosa, step, STEP_AT_HOME, **fields, by_when="soon")
    stage.expect("which day" in step.text, "“soon” is no day: it is asked again")
    stage.expect(PROMISE in step.text, "with all that was typed")
    form = await stage.clicks(rosa, "Edit", step)
    stage.expect(prefilled(form)["What"] == PROMISE, "Edit opens the form filled in")
    step = await stage.submits(rosa, form, {"By when": "next Friday"})
    stage.expect("Noted: Friday" in step.text, "“next Friday” is shown as a date")


async def pauses(stage: Stage) -> None:
    rosa, run = stage.rosa, stage.kept["run"]
    step = await stage.clicks(rosa, "Back", run)
    paused = await stage.clicks(rosa, "Pause", step)
    stage.expect("Paused" in paused.text, "it is put aside")
    stage.expect(buttons(paused.message) == ["Resume"], "and can be taken up")
    offered = await stage.types_into(rosa, "/checklist resume", run="")
    step = await stage.uses(rosa, "/checklist resume", in_=stage.general, run=offered[0].value)
    stage.expect(PROMISE in step.text, "days later, elsewhere: everything is still there")
    step = await stage.clicks(rosa, "Skip", step)
    stage.expect("every step" in step.text, "it waits for Finish")
    done = await stage.clicks(rosa, "Finish", step)
    brief = await stage.followup(done)
    stage.keep("shareable", brief)
    keep_as_it_is(stage, "brief", brief)
    stage.expect(brief.ephemeral, "the brief is Rosa's alone")
    stage.expect(PROMISE in brief.text and LATER in brief.text, "it has commitments and gaps")
    stage.expect(PERSON in brief.text, "and the answers")
    endings = [file.name.rpartition(".")[2] for file in brief.attachments]
    stage.expect(endings == ["md", "pdf"], "it comes as Markdown and as a PDF")
    typed = "".join(f"> {line}\n" for line in GAIN_IN_FULL.splitlines())
    stage.expect(typed in brief.attachments[0].text, "the file has every answer as it was typed")


async def shares(stage: Stage) -> None:
    rosa, brief = stage.rosa, stage.kept["shareable"]
    shared = await stage.clicks(rosa, "Share with channel", brief)
    stage.expect("Shared" in shared.text, "Rosa is told that it is shared")
    last = brief.channel.last_message
    stage.expect(last and "Shared by Rosa" in last.text, "the channel sees it, and whose it is")
    stage.expect(last and len(last.attachments) == 2, "with its files")
    again = await stage.clicks(rosa, "Share with channel", brief)
    stage.expect("already" in again.text, "a second click shares nothing twice")
    stage.expect(brief.channel.last_message is last, "the channel still has it once")
    export = await stage.uses(rosa, "/checklist export", in_=stage.general)
    stage.expect(export.ephemeral and len(export.files) == 2, "the files can be had again")
    listed = await stage.uses(rosa, "/commitments list", in_=stage.general)
    stage.expect(listed.ephemeral and PROMISE in listed.text, "the commitment is listed")


async def walks_again(stage: Stage) -> None:
    rosa = stage.rosa
    offered = await stage.types_into(rosa, "/checklist start", name="accountab")
    step = await stage.uses(rosa, "/checklist start", in_=stage.general, name=offered[0].value)
    stage.expect("1 of 8" in step.text, "a new run begins at the first step")
    for text in (PERSON, GAIN_IN_FULL, "Less than we feared.", "A room, and two trainers a week."):
        step = await answers(stage, rosa, step, text)
    step = await stage.selects(rosa, "Choose an answer", "Yes", on=step)
    step = await answers(stage, rosa, step, CHAMPION)
    step = await stage.clicks(rosa, "Skip", step)
    step = await stage.selects(rosa, "Choose an answer", "Yes, fully", on=step)
    step = await answers(stage, rosa, step, "", what="Ask Luis to speak", by_when="in two weeks")
    brief = await stage.followup(await stage.clicks(rosa, "Finish", step))
    stage.expect("What changed since" in brief.text, "the brief compares with the run before")
    history = await stage.uses(rosa, "/checklist history", in_=stage.general, name=CHECKLIST)
    stage.expect(history.ephemeral, "only Rosa sees her history")
    stage.expect(history.text.count("finished") == 2, "both runs are there")
    old, new = RISKS[:20] in history.text, "Less than we feared" in history.text
    stage.expect(old and new, "and what changed, old and new side by side")
    stage.expect(GAIN[:-1] not in history.text, "what stayed the same is not repeated")


def _menus(stage: Stage) -> str:
    return str(stage.kept["run"].components)
