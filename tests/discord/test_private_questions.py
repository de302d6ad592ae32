"""What was asked privately: said who else reads it, and under a title that the steward writes."""

from __future__ import annotations

from tests.discord.bench import Bench
from tests.discord.steward import DRONES, NOTE, stewarded
from tests.discord.walks import prefilled

TITLE = "Title: the question it answers"


async def test_who_asks_privately_is_told_that_stewards_see_what_has_no_answer(
    small: Bench,
) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        private = await valley.lea.uses("/ask", in_=valley.channel, question=DRONES, private=True)
        public = await valley.lea.uses("/ask", in_=valley.channel, question=DRONES)
        direct = await small.answer(await valley.lea.dms(DRONES))
    assert "stewards of this alliance see" in private.text
    assert "stewards of this alliance see" in direct.text
    assert "stewards of this alliance see" not in public.text


async def test_the_title_of_a_note_for_a_private_question_is_the_stewards_own(
    small: Bench,
) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        await valley.lea.uses("/ask", in_=valley.channel, question=DRONES, private=True)
        gaps = await valley.sam.uses("/guide gaps", in_=valley.channel)
        form = await valley.sam.selects("Answer a gap", DRONES, on=gaps)
        assert prefilled(form)[TITLE] == ""
        given = {TITLE: "Who licenses drone pilots?", "Answer": NOTE}
        await valley.sam.submits(form, given)
        read = await valley.lea.uses("/passage", in_=valley.channel, title="note-1")
    assert "Who licenses drone pilots?" in read.text
    assert DRONES not in read.text
