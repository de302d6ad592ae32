"""An opportunity is posted, reaches whom it fits, and is answered."""

from __future__ import annotations

from tests.discord_server.demo.stage import Stage, buttons

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
    stage.keep("post", post)
    stage.keep("notice", heard)


async def answers(stage: Stage) -> None:
    post, notice = stage.kept["post"], stage.kept["notice"]
    counted = await stage.clicks(stage.omar, "Interested", notice)
    stage.expect(counted.text, "Omar's click counts, from the direct message")
    waiting = await stage.clicks(stage.priya, "Interested", post)
    stage.expect("wait" in waiting.text.lower(), "the one place is taken: Priya waits in line")
    await stage.clicks(stage.omar, "Not for us", notice)
    await stage.priya.dm.next_message(containing="Twelve free seats")
    (offered,) = await stage.types_into(stage.sam, "/opportunity show", id="welding")
    shown = await stage.uses(stage.sam, "/opportunity show", in_=stage.general, id=offered.value)
    stage.expect("Priya" in shown.text, "Omar steps back, Priya moves up, the poster sees who")
    closed = await stage.uses(
        stage.sam, "/opportunity close", in_=stage.general, id=offered.value, outcome="filled"
    )
    stage.expect(closed.text, "the outcome is noted")
    report = await stage.uses(stage.sam, "/opportunity report", in_=stage.general)
    stage.expect("1 posted" in report.text, "the steward sees what came of it")
    stage.expect(len(report.files) == 2, "with a table and a chart")
