"""What one person sees alone, and what reaches nobody."""

from __future__ import annotations

import json

from tests.demo.stage import Stage

from .questions import MISSING, QUESTION

SHY = "How do we get employers to commit?"
LOUD = "@everyone @here how do we choose a training vendor?"


async def asks_privately(stage: Stage) -> None:
    shown = await stage.uses(stage.omar, "/ask", in_=stage.general, question=SHY, private=True)
    stage.expect(shown.ephemeral, "only Omar sees the answer")
    stage.expect("[1]" in shown.text, "it is a full answer with its sources")
    stage.expect(not stage.general.history, "nothing stands in the channel")
    done = await stage.clicks(stage.omar, "Share with channel", shown)
    stage.expect("Shared" in done.text, "Omar is told that it is shared")
    shared = stage.general.last_message
    stage.expect(shared and SHY in shared.text, "the channel has question and answer")
    stage.expect(shared and "Omar" in shared.text, "and who shares them")
    again = await stage.clicks(stage.omar, "Share with channel", shown)
    stage.expect("already" in again.text, "a second click shares nothing twice")
    stage.expect(len(stage.general.history) == 1, "the channel still has it once")


async def mentions_all(stage: Stage) -> None:
    shown = await stage.uses(stage.jonas, "/ask", in_=stage.general, question=LOUD)
    stage.expect(not shown.ephemeral, "everyone in the channel sees it")
    stage.expect("everyone" in shown.text, "the question is shown as it was asked")
    stage.expect("[1]" in shown.text, "it is answered all the same")
    stage.expect(not shown.message.pings, "and nobody is pinged by it")


async def exports(stage: Stage) -> None:
    shown = await stage.uses(stage.rosa, "/privacy export", in_=stage.general)
    stage.expect(shown.ephemeral, "only Rosa sees it")
    (file,) = shown.files
    text = json.dumps(json.loads(file.text), ensure_ascii=False)
    stage.expect(QUESTION in text, "the file has what Rosa asked")
    others = (MISSING, SHY)
    stage.expect(not any(question in text for question in others), "and nothing others asked")
