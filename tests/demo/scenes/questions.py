"""Questions by message, and what can be done with an answer."""

from __future__ import annotations

from tests.demo.stage import Stage, buttons, readings

QUESTION = "Who pays for the training when the firms are competitors?"
ON = "Is there an example of that?"
MISSING = "What does our memorandum of understanding say about sharing data on trainees?"
MISSING_TOO = "What does our memorandum of understanding say on sharing trainee data?"
REASON = "Ours say they will pay, yet none signs. What comes first?"


async def asks(stage: Stage) -> None:
    asked = await stage.says(stage.rosa, QUESTION)
    answer = await stage.answer(asked)
    stage.keep("answer", answer)
    stage.expect(answer.reference is asked, "the answer replies to the question")
    stage.expect("[1]" in answer.text, "its sentences carry the numbers of their sources")
    stage.expect("Sources" in answer.text, "the sources are listed")
    stage.expect(readings(answer), "there is a menu of the passages behind it")
    stage.expect(buttons(answer)[:2] == ["Helpful", "Not helpful"], "one can say whether it helped")
    stage.expect("Start this checklist" in buttons(answer), "and start the checklist it names")
    stage.expect(
        answer.pings.users == {stage.rosa.id} and not answer.pings.everyone, "only Rosa is pinged"
    )


async def reads(stage: Stage) -> None:
    answer = stage.kept["answer"]
    title = readings(answer)[0]
    passage = await stage.selects(stage.rosa, "Read a passage", title, on=answer)
    stage.keep("passage", passage)
    stage.expect(passage.ephemeral, "only Rosa sees the passage")
    stage.expect(title in passage.text, "it is the one that was picked")
    stage.expect("Source: " in passage.text, "it says which document it comes from")


async def asks_on(stage: Stage) -> None:
    before = stage.kept["answer"]
    asked = await stage.says(stage.rosa, ON, reply_to=before)
    answer = await stage.answer(asked)
    stage.expect("[1]" in answer.text, "the reply is understood with what came before")
    stage.expect("Colorado Springs" in answer.text, "and what is asked for is there: a case")


async def talk_among_people(stage: Stage) -> None:
    said = [await stage.says(stage.omar, "can you bring the sign-in sheets?", mentions=[stage.mei])]
    said.append(await stage.says(stage.mei, "Sure. Do you have the room key?", reply_to=said[0]))
    said.append(await stage.says(stage.omar, "Yes, see you there.", reply_to=said[1]))
    said.append(await stage.says(stage.mei, "thanks everyone!"))
    asked = await stage.says(stage.mei, "How do we keep momentum after the kickoff?")
    answer = await stage.answer(asked)
    replied = [m.reference for m in stage.server.bot_messages]
    stage.expect(not any(one in replied for one in said), "the bot keeps out of their talk")
    stage.expect("[1]" in answer.text, "and answers the question that comes right after it")


async def not_covered(stage: Stage) -> None:
    asked = await stage.says(stage.priya, MISSING)
    answer = await stage.answer(asked)
    stage.keep("not-covered", answer)
    stage.expect("does not cover" in answer.text, "it says plainly that it has nothing on this")
    stage.expect("[1]" not in answer.text, "nothing is cited for it")
    stage.expect("Nearby" in answer.text, "what lies near is offered as reading, not as an answer")
    again = await stage.answer(await stage.says(stage.jonas, MISSING_TOO))
    stage.expect("does not cover" in again.text, "in other words it is not covered either")


async def not_helpful(stage: Stage) -> None:
    form = await stage.clicks(stage.omar, "Not helpful", stage.kept["answer"])
    stage.expect(form.fields == ["Reason"], "a form asks for the reason")
    thanks = await stage.submits(stage.omar, form, {"Reason": REASON})
    stage.expect(thanks.ephemeral, "the thanks are for Omar alone")
    stage.expect("not helpful" in thanks.text, "it is noted")
