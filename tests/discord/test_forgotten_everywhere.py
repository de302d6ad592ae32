"""Whoever is forgotten is found nowhere: not in the database, its log, the index, nor the program's log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord.bench import Bench
from tests.discord.steward import DRONES, NOTE, stewarded

NAME, WORDS = "Quorlix Vandermeer", "zyxgadget"


def places_of(folder: Path, *needles: str) -> set[str]:
    """The files below a folder that have one of some texts, and which."""
    return {
        f"{file.name}: {needle}"
        for file in folder.rglob("*")
        if file.is_file()
        for needle in needles
        if needle.encode() in file.read_bytes()
    }


@pytest.mark.sqlite
async def test_a_name_and_words_typed_in_every_way_are_found_nowhere_after_forgetting(
    small: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    valley = stewarded(small, "Valley")
    rosa = valley.guild.member(NAME)
    lea, sam, room = valley.lea, valley.sam, valley.channel
    question = f"{DRONES} for the {WORDS}"
    async with small.started():
        await rosa.uses("/ask", in_=room, question=question, private=True)
        answer = await rosa.uses("/ask", in_=room, question="who gets the applause")
        why = await rosa.clicks("Not helpful", on=answer)
        await rosa.submits(why, {"Reason": f"It lacks {WORDS}"})
        gaps = await sam.uses("/guide gaps", in_=room)
        form = await sam.selects("Answer a gap", question, on=gaps)
        await sam.submits(form, {"Title: the question it answers": question, "Answer": NOTE})
        cited = await lea.uses("/ask", in_=room, question=DRONES)
        assert "Maria signs people up" in cited.text
        await rosa.uses("/partner join", in_=room, name="Mill Valley College")
        await rosa.uses("/partner interests", in_=room, topics=f"welding, {WORDS}")
        profile = await rosa.uses("/partner profile", in_=room)
        profile = await rosa.clicks("Show me in the directory", on=profile)
        contact = await rosa.clicks("Contact", on=profile)
        await rosa.submits(contact, {"Contact": f"{WORDS}@example.org"})
        step = await rosa.uses("/checklist start", in_=room, name="credit-check")
        form = await rosa.clicks("Answer", on=step)
        await rosa.submits(form, {"Your answer": f"All of {WORDS}"})
        before = places_of(small.data_dir, NAME, WORDS)
        asked = await rosa.uses("/privacy forget", in_=room)
        done = await rosa.clicks("Delete my data", on=asked)
        assert "Deleted" in done.text
        await small.idle()
        assert places_of(small.data_dir, NAME, WORDS) == set()
        again = await lea.uses("/ask", in_=room, question=DRONES)
    assert before
    assert WORDS not in again.text
    said = capsys.readouterr()
    assert NAME not in said.out + said.err
    assert WORDS not in said.out + said.err


async def test_whoever_wrote_a_note_is_named_by_no_answer_that_cites_it(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    sam = valley.guild.member(NAME, permissions=["manage_guild", "view_channel"])
    async with small.started():
        await valley.lea.uses("/ask", in_=valley.channel, question=DRONES)
        form = await sam.selects(
            "Answer a gap", DRONES, on=await sam.uses("/guide gaps", in_=valley.channel)
        )
        await sam.submits(form, {"Answer": NOTE})
        cited = await valley.lea.uses("/ask", in_=valley.channel, question=DRONES)
        asked = await sam.uses("/privacy forget", in_=valley.channel)
        await sam.clicks("Delete my data", on=asked)
        await small.idle()
    assert NAME in cited.text
    assert places_of(small.data_dir, NAME) == set()


async def test_what_was_under_way_when_somebody_was_forgotten_is_not_kept(bench: Bench) -> None:
    valley = stewarded(bench, "Valley")
    lea = valley.lea
    async with bench.started():
        bench.guide.gate.clear()
        waits = await lea.uses(
            "/ask", in_=valley.channel, question="How do we begin?", until_="acknowledged"
        )
        asked = await lea.uses("/privacy forget", in_=valley.channel)
        await lea.clicks("Delete my data", on=asked)
        bench.guide.gate.set()
        await waits.until(lambda one: "deleted while I worked" in one.text)
        await bench.idle()
    held = await bench.store.privacy.export_person(valley.guild.id, lea.id)
    assert held["questions"] == []


async def test_the_seat_of_an_organization_stays_while_others_speak_for_it(bench: Bench) -> None:
    valley = stewarded(bench, "Valley")
    people, ids = bench.store.people, (valley.lea.id, valley.sam.id)
    for person in ids:
        await people.join_organization(valley.guild.id, person, "Mill Valley College")
    await people.set_profile(valley.guild.id, "Mill Valley College", interests=["welding"])
    first = await bench.store.privacy.forget_person(valley.guild.id, valley.lea.id)
    (profile,) = await people.partners(valley.guild.id)
    await bench.store.privacy.forget_person(valley.guild.id, valley.sam.id)
    (emptied,) = await people.partners(valley.guild.id)
    assert first.settings
    assert profile.interests == ("welding",)
    assert emptied.interests == ()
