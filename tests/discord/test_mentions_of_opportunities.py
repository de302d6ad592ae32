"""Answers and briefs say in one line that something that fits is open, and else nothing."""

from __future__ import annotations

from dataclasses import replace

from bot.opportunities.rules.models import Offer
from tests.discord.bench import ASKS, Alliance, Bench, alliance_of
from tests.discord.offers import board_of, publish
from tests.discord.walks import walked_through

FITS = "that may fit"
SAME = Offer(ASKS, "")
"""Without a model only equal words are alike."""


async def test_an_answer_mentions_what_fits_in_one_line(bench: Bench, valley: Alliance) -> None:
    board = await board_of(bench.store, valley.guild)
    async with bench.started():
        before = await valley.rosa.uses("/ask", in_=valley.lounge, question=ASKS)
        assert FITS not in before.text
        one = await publish(bench.store, valley.guild, board, SAME)
        asked = await valley.rosa.says(valley.questions, ASKS)
        answer = await bench.answer(asked)
        assert answer.text.endswith("1 opportunity that may fit is open: `/opportunity list`")
        await publish(bench.store, valley.guild, board, SAME)
        private = await valley.rosa.uses("/ask", in_=valley.lounge, question=ASKS)
        assert "2 opportunities that may fit are open" in private.text
        other = await valley.rosa.uses("/ask", in_=valley.lounge, question="Who pays for all this?")
        assert FITS not in other.text
        uncovered = await valley.rosa.uses(
            "/ask", in_=valley.lounge, question="How is the weather?"
        )
        assert FITS not in uncovered.text
        for each in (one.id, one.id + 1):
            await bench.store.opportunities.close_opportunity(valley.guild.id, each, None)
        closed = await valley.rosa.uses("/ask", in_=valley.lounge, question=ASKS)
        assert FITS not in closed.text


async def test_another_alliance_is_not_told(bench: Bench, valley: Alliance) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Nora", "Ines"))
    await publish(bench.store, coast.guild, await board_of(bench.store, coast.guild), SAME)
    async with bench.started():
        asked = await valley.rosa.says(valley.questions, ASKS)
        assert FITS not in (await bench.answer(asked)).text


async def test_the_brief_of_a_finished_checklist_mentions_what_fits(
    bench: Bench, valley: Alliance
) -> None:
    board = await board_of(bench.store, valley.guild)
    (checklist,) = [
        one for one in bench.content.library.checklists if one.id == "sponsor-accountability"
    ]
    offer = replace(SAME, title=f"{checklist.title}. {checklist.purpose}")
    await publish(bench.store, valley.guild, board, offer)
    async with bench.started():
        review = await walked_through(valley.rosa, valley.lounge)
        done = await valley.rosa.clicks("Finish", on=review)
        brief = await done.followup(1)
        assert FITS in brief.text
