"""What is left when the bot's process ends without warning."""

from __future__ import annotations

from tests.demo.stage import Stage, readings


async def killed(stage: Stage) -> None:
    answer = stage.kept["answer"]
    form = await stage.clicks(stage.priya, "Not helpful", answer)
    await stage.killed_and_started()
    thanks = await stage.submits(stage.priya, form, {"Reason": "Too long."})
    stage.expect("not helpful" in thanks.text, "a form opened before is taken after")
    title = readings(answer)[-1]
    passage = await stage.selects(stage.mei, "Read a passage", title, on=answer)
    stage.expect(title in passage.text, "the old menu still opens its passages")
    helpful = await stage.clicks(stage.mei, "Helpful", answer)
    stage.expect("helpful" in helpful.text, "the old button still works")
    asked = await stage.says(stage.priya, "And what about the small firms?", reply_to=answer)
    more = await stage.answer(asked)
    stage.expect("[1]" in more.text, "and the conversation goes on where it was")
