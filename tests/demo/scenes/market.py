"""An opportunity is posted, reaches whom it fits, and is answered."""

from __future__ import annotations

from datetime import timedelta

from tests.demo.stage import Stage, buttons
from tests.loopback.world.model import Message

from .walk import keep_as_it_is

OFFER = {
    "Title": "Twelve free seats in a welding course",
    "Description": "Four evenings at the technical college. @everyone is welcome, tools are there.",
    "Who it is for": "Shops with new operators",
    "Deadline": "soon",
    "Link": "https://college.example.org/welding",
}


async def listens(stage: Stage) -> None:
    partners = (
        (stage.omar, "welding, machining", "instant"),
        (stage.priya, "welding", "daily"),
        (stage.jonas, "child care", "instant"),
    )
    await stage.uses(
        stage.jonas, "/partner join", in_=stage.general, name="Family Services Network"
    )
    for person, topics, mode in partners:
        kept = await stage.uses(person, "/partner interests", in_=stage.general, topics=topics)
        stage.expect(topics.split(",")[0] in kept.text, f"{person.name}'s interests are kept")
        told = await stage.uses(person, "/partner notifications", in_=stage.general, mode=mode)
        stage.expect(told.ephemeral, f"{person.name} hears {mode}")


async def posts(stage: Stage) -> None:
    board = stage.guild.channel("opportunities")
    await stage.uses(stage.sam, "/guide channel add", channel=board, purpose="opportunities")
    form = await stage.uses(
        stage.sam, "/opportunity post", in_=stage.general, kind="training seats", capacity=1
    )
    refused = await stage.submits(stage.sam, form, OFFER)
    stage.expect("Edit" in buttons(refused.message), "“soon” is no deadline; nothing is lost")
    form = await stage.clicks(stage.sam, "Edit", refused)
    preview = await stage.submits(stage.sam, form, {"Deadline": "in two weeks"})
    stage.expect(
        "Post" in buttons(preview.message), "the preview shows whom it would reach, and why"
    )
    stage.expect("welding" in preview.text, "by the partners' own words")
    await stage.clicks(stage.sam, "Post", preview)
    post = await board.next_message(containing="Twelve free seats")
    stage.expect(not post.pings, "the post pings nobody")
    heard = await stage.omar.dm.next_message(containing="Twelve free seats")
    stage.expect("Interested" in buttons(heard), "Omar hears of it at once")
    silent = [one for one in (stage.priya, stage.jonas) if "Twelve free" in one.dm.transcript()]
    stage.expect(not silent, "Priya waits for her digest, and Jonas is not told")
    keep_as_it_is(stage, "post", post)
    stage.keep("board", post)
    stage.keep("notice", heard)


async def comes_in_a_digest(stage: Stage) -> None:
    await stage.lets_pass(timedelta(days=1, hours=1), "a day later, Priya's digest is due")
    digest = await stage.priya.dm.next_message(after=stage.kept["board"], containing="Twelve free")
    stage.expect("Today" in digest.text, "Priya finds it in her digest")
    stage.expect(_lines_with(stage.priya.dm.history, "Twelve free") == 1, "once")
    stage.expect(not stage.jonas.dm.history, "and Jonas still isn't told")


async def answers(stage: Stage) -> None:
    post, notice = stage.kept["board"], stage.kept["notice"]
    counted = await stage.clicks(stage.omar, "Interested", notice)
    stage.expect(counted.text, "Omar's click counts, from the direct message")
    waiting = await stage.clicks(stage.priya, "Interested", post)
    stage.expect("wait" in waiting.text.lower(), "the one place is taken: Priya waits in line")
    await stage.clicks(stage.omar, "Not for us", notice)
    await stage.priya.dm.next_message(after=post, containing="There is a place for you now")
    (offered,) = await stage.types_into(stage.sam, "/opportunity show", id="welding")
    shown = await stage.uses(stage.sam, "/opportunity show", in_=stage.general, id=offered.value)
    stage.expect("Priya" in shown.text, "Omar steps back, Priya moves up, the poster sees who")


async def asks_about_it(stage: Stage) -> None:
    post = stage.kept["board"]
    form = await stage.clicks(stage.omar, "Ask a question", post)
    (label,) = [row["label"] for row in form.modal.components]
    await stage.submits(stage.omar, form, {label: "Are the @everyone evenings on weekdays?"})
    told = await stage.sam.dm.next_message(after=post, containing="evenings on weekdays")
    (thread,) = post.channel.threads
    asked = [one for one in thread.history if "evenings on weekdays" in one.text]
    stage.expect(len(asked) == 1, "the question stands in a thread under the post")
    stage.expect(thread.mention in told.text or str(thread.id) in told.text, "and Sam hears of it")


async def comes_to_its_deadline(stage: Stage) -> None:
    post = stage.kept["board"]
    await stage.lets_pass(timedelta(days=12, hours=23), "thirteen days later: one day is left")
    await stage.priya.dm.next_message(after=post, containing="in which you are interested, closes")
    stage.expect("Interested" in buttons(post), "Priya is reminded while it is still open")
    await stage.lets_pass(timedelta(days=1), "and the deadline passes")
    await stage.server.until(lambda: not buttons(post), what="a post without buttons")
    stage.expect("closed" in post.text.lower(), "it has closed by itself")
    again = _lines_with(stage.priya.dm.history, "in which you are interested, closes")
    stage.expect(again == 1, "Priya was reminded once")


async def is_reported(stage: Stage) -> None:
    (offered,) = await stage.types_into(stage.sam, "/opportunity close", id="welding")
    closed = await stage.uses(
        stage.sam, "/opportunity close", in_=stage.general, id=offered.value, outcome="filled"
    )
    stage.expect(closed.text, "the outcome is noted")
    report = await stage.uses(stage.sam, "/opportunity report", in_=stage.general)
    stage.expect("1 posted" in report.text, "the steward sees what came of it")
    stage.expect(len(report.files) == 2, "with a table and a chart")


def _lines_with(messages: list[Message], words: str) -> int:
    return sum(words in message.text for message in messages)
