"""A team walks through a checklist in a thread: two organizations, one owner after the other."""

from __future__ import annotations

import asyncio

from tests.demo.stage import Stage, buttons
from tests.loopback.world.guilds import Member
from tests.loopback.world.model import Message

from .walk import answers, keep_as_it_is, sends

CHECKLIST = "four-steps"
COLLEGE, PLANT = "Mill Valley College", "Harbor Manufacturing"
OF_OMAR = (
    "The plants want operators by spring. They fear that we train people\nfor their competitors."
)
OF_PRIYA = "The college wants full classes. What the union fears, we don't know."
CALL = "Call the union's training director"


async def joins(stage: Stage) -> None:
    for person, organization in ((stage.omar, COLLEGE), (stage.priya, PLANT)):
        joined = await stage.uses(person, "/partner join", in_=stage.general, name=organization)
        stage.expect(organization in joined.text, f"{person.name} speaks for {organization}")


async def answers_together(stage: Stage) -> None:
    omar, priya = stage.omar, stage.priya
    started = await stage.uses(
        omar, "/checklist start", in_=stage.general, name=CHECKLIST, team=True
    )
    thread = stage.general.threads[-1]
    stage.expect(thread.mention in started.text, "Omar is told in which thread it is")
    step = thread.history[-1]
    stage.expect("Next" in buttons(step), "the owner moves on with Next")
    await asyncio.gather(
        stage.selects(priya, "Choose an answer", "Partly clear", on=step),
        stage.selects(omar, "Choose an answer", "Clear, and people at home agree", on=step),
    )
    stage.expect(f"**Priya**, {PLANT}" in step.text, "of two who answer at once both are kept")
    stage.expect(f"**Omar**, {COLLEGE}" in step.text, "and who said it for whom stands there")
    refused = await stage.clicks(priya, "Next", step)
    stage.expect("Only Omar" in refused.text, "a member is told that the owner moves on")
    step = await _next(stage, omar, step)
    await stage.clicks(omar, "Skip", step)
    step = await stage.answer(step)
    forms = [await stage.clicks(person, "Answer", step) for person in (omar, priya)]
    await sends(stage, omar, forms[0], OF_OMAR)
    await sends(stage, priya, forms[1], OF_PRIYA)
    stage.expect(
        OF_OMAR.splitlines()[0] in step.text and OF_PRIYA[:30] in step.text,
        "of two whose forms were open together both are kept",
    )
    keep_as_it_is(stage, "team-step", step)
    stage.keep("team", await _next(stage, omar, step))


async def hands_over(stage: Stage) -> None:
    omar, priya, step = stage.omar, stage.priya, stage.kept["team"]
    thread = step.channel
    (offered,) = await stage.types_into(omar, "/checklist hand-over", to=priya, run="four")
    done = await stage.uses(omar, "/checklist hand-over", in_=thread, run=offered.value, to=priya)
    stage.expect("Priya's now" in done.text, "the run goes to somebody else")
    stage.expect("handed you" in priya.dm.history[-1].text, "who is told")
    refused = await stage.clicks(omar, "Next", step)
    stage.expect("Only Priya" in refused.text, "Omar no longer moves on")
    await stage.selects(omar, "Choose an answer", "Finding champions", on=step)
    step = await _next(stage, priya, step)
    await stage.selects(priya, "Choose an answer", "Neither at the moment", on=step)
    step = await _next(stage, priya, step)
    await answers(stage, priya, step, "", what=CALL, who="Priya", by_when="in two weeks")
    await stage.clicks(priya, "Finish", step)
    brief = await stage.answer(step)
    stage.expect(not brief.ephemeral, "the brief stands in the thread")
    text = brief.text
    named = [f"Omar, {COLLEGE}", f"Priya, {PLANT}"]
    stage.expect(all(name in text for name in named), "with person and organization")
    file = brief.attachments[0].text
    stage.expect(file.count(named[0]) > 3, "in the file too, beside each answer")
    stage.expect("> for their competitors." in file, "each as it was typed")


async def _next(stage: Stage, owner: Member, step: Message) -> Message:
    """Move on, and return the message of the next step."""
    await stage.clicks(owner, "Next", step)
    return await stage.answer(step)
