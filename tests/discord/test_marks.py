"""Answers that stewards mark: a wrong one is kept from coming again, a good one says so."""

from __future__ import annotations

from bot.answers.records import Mark
from tests.discord.bench import Bench, alliance_of
from tests.discord.bench import answered as asked_in_channel
from tests.discord.steward import Stewarded, answered, ask, stewarded
from tests.loopback import Message, Response
from tests.loopback.constants import Component
from tests.loopback.validation.components import walk

CREDIT = "how do we share credit"
TURNED = "credit: how do we share?"
"""The same to a model that reads words without their order, and not the same word for word."""
KEEP, LET = "Keep this from coming again", "Let it come again"
WRONG = "a steward of this alliance marked the one that was here as wrong"
GOOD = "A steward found this helpful"


async def not_helpful(
    where: Stewarded, answer: Response | Message, reason: str = "Ours differ."
) -> Response:
    form = await where.sam.clicks("Not helpful", on=answer)
    return await where.sam.submits(form, {"Reason": reason})


async def kept_back(where: Stewarded, question: str = CREDIT) -> Response:
    """Let somebody ask, and a steward keep the answer from coming again; what that is confirmed by."""
    answer = await ask(where, question)
    return await where.sam.clicks(KEEP, on=await not_helpful(where, answer.message))


# -- wrong -----------------------------------------------------------------------------------------


async def test_an_answer_marked_as_wrong_is_kept_from_coming_again(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        before = await ask(valley, CREDIT)
        thanked = await not_helpful(valley, before.message)
        assert thanked.ephemeral
        done = await valley.sam.clicks(KEEP, on=thanked)
        for question in (CREDIT, "How do we SHARE credit?!", TURNED):
            again = await ask(valley, question)
            assert WRONG in again.text
            assert "listed among the gaps" in again.text
            assert "Share the credit" not in again.text
            assert "[1]" not in again.text
        other = await ask(valley, "who pays for training")
    assert "Share the credit" in before.text
    assert "Kept from coming again in this alliance" in done.text
    assert done.ephemeral
    assert "Nearby, as reading, not as an answer" in again.text
    assert "**Pay training**" in again.text
    assert "**Share credit**" not in again.text
    assert "Firms pay for the training" in other.text


async def test_the_same_passage_for_another_question_still_comes(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        await kept_back(valley)
        other = await ask(valley, "who gets the applause")
    assert "Share the credit" in other.text


async def test_it_is_kept_back_in_a_guide_channel_too_also_after_an_edit(small: Bench) -> None:
    valley = await alliance_of(small, "Valley Alliance", ("Rosa", "Omar"))
    role = valley.guild.role("Stewards")
    valley.omar.gains(role)
    await small.store.alliances.change_settings(valley.guild.id, steward_role=role.id)
    async with small.started():
        first = await asked_in_channel(small, valley, f"{CREDIT}?")
        form = await valley.omar.clicks("Not helpful", on=first)
        await valley.omar.clicks(KEEP, on=await valley.omar.submits(form, {"Reason": "No"}))
        assert WRONG in (await asked_in_channel(small, valley, f"So, {CREDIT}?")).text
        other = await valley.rosa.says(valley.questions, "who pays for training?")
        answer = await small.answer(other)
        assert "Firms pay" in answer.text
        await valley.rosa.edits(other, f"{CREDIT}?")
        await small.server.until(lambda: WRONG in answer.text, what="an edited answer")


async def test_what_is_kept_back_in_one_alliance_comes_in_another(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    async with small.started():
        await kept_back(valley)
        there = await ask(coast, CREDIT)
        page = await coast.sam.uses("/guide gaps", in_=coast.channel)
    assert "Share the credit" in there.text
    assert "no open gaps" in page.text


async def test_only_stewards_are_offered_to_keep_an_answer_back(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        answer = await ask(valley, CREDIT)
        form = await valley.lea.clicks("Not helpful", on=answer.message)
        thanked = await valley.lea.submits(form, {"Reason": "Too long"})
        assert "Noted as not helpful" in thanked.text
        assert KEEP not in str(thanked.message.components)


async def test_a_steward_who_is_none_any_more_keeps_nothing_back(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    role = valley.guild.role("Stewards")
    valley.lea.gains(role)
    await small.store.alliances.change_settings(valley.guild.id, steward_role=role.id)
    async with small.started():
        answer = await ask(valley, CREDIT)
        form = await valley.lea.clicks("Not helpful", on=answer.message)
        thanked = await valley.lea.submits(form, {"Reason": "Too long"})
        valley.lea.loses(role)
        refused = await valley.lea.clicks(KEEP, on=thanked)
        again = await ask(valley, CREDIT)
    assert "stewards" in refused.text
    assert "Share the credit" in again.text


async def test_keeping_back_twice_at_once_and_from_an_old_button_is_one_effect(
    small: Bench,
) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        answer = await ask(valley, CREDIT)
        first = await not_helpful(valley, answer.message)
        second = await not_helpful(valley, answer.message)
    async with small.started():
        small.server.faults.duplicate("INTERACTION_CREATE")
        done = await valley.sam.clicks(KEEP, on=first)
        again = await valley.sam.clicks(KEEP, on=second)
        third = await not_helpful(valley, answer.message)
    assert "Kept from coming again" in done.text
    assert "already kept from coming again" in again.text
    assert KEEP not in str(third.message.components)


async def test_an_answer_that_is_gone_or_mended_is_not_kept_back(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        answer = await ask(valley, CREDIT)
        thanked = await not_helpful(valley, answer.message)
        (gap,) = await small.store.answers.open_gaps(valley.guild.id, 10)
        await answered(valley, gap.exchange, "Praise them by name.")
        mended = await valley.sam.clicks(KEEP, on=thanked)
        await small.store.privacy.forget_person(valley.guild.id, valley.lea.id)
        gone = await valley.sam.clicks(KEEP, on=thanked)
    assert "A practice note answers this question by now" in mended.text
    assert "no longer kept" in gone.text


async def test_what_is_not_covered_is_not_offered_to_be_kept_back(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        answer = await ask(valley, "who signs up for the drone licence")
        thanked = await not_helpful(valley, answer.message)
    assert KEEP not in str(thanked.message.components)


# -- mending ---------------------------------------------------------------------------------------


async def test_gaps_list_what_is_kept_back_and_let_it_come_again(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        await kept_back(valley)
        await ask(valley, CREDIT)
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
        assert "2 open questions in 1 group" in page.text
        assert "marked as wrong (#1) and kept from coming again" in page.text
        assert "a reader wrote: “Ours differ.”" in page.text
        done = await valley.sam.clicks(LET, on=page)
        assert done.ephemeral
        assert "It may come again" in done.text
        assert "not kept back" in (await valley.sam.clicks(LET, on=page)).text
        again = await ask(valley, CREDIT)
        assert "Share the credit" in again.text
        left = await valley.sam.uses("/guide gaps", in_=valley.channel)
    assert "1 open question in 1 group" in left.text
    assert "the answer was not helpful" in left.text
    assert LET not in str(left.message.components)


async def test_each_of_several_has_a_button_with_its_number(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        await kept_back(valley)
        await kept_back(valley, "who pays for training")
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
        buttons = [one for one in walk(page.message.components) if one["type"] == Component.BUTTON]
        assert [one["label"] for one in buttons] == [f"{LET} (#2)", f"{LET} (#1)"]
        await valley.sam.clicks(f"{LET} (#2)", on=page)
        assert "Firms pay" in (await ask(valley, "who pays for training")).text
        assert WRONG in (await ask(valley, CREDIT)).text


async def test_a_slip_of_the_hand_is_undone_where_it_was_confirmed(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        done = await kept_back(valley)
        await valley.sam.clicks(LET, on=done)
        assert "Share the credit" in (await ask(valley, CREDIT)).text


async def test_a_practice_note_mends_it_and_is_cited_until_it_is_taken_back(
    small: Bench,
) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        await kept_back(valley)
        await ask(valley, TURNED)
        gaps = await small.store.answers.open_gaps(valley.guild.id, 10)
        assert len(gaps) == 2
        done = await answered(valley, gaps[0].exchange, "Here every partner is named by Maria.")
        assert "1 more gap that asks the same" in done.text
        for question in (CREDIT, TURNED):
            assert "named by Maria" in (await ask(valley, question)).text
        await valley.sam.uses("/guide note remove", in_=valley.channel, note="1")
        assert WRONG in (await ask(valley, CREDIT)).text


# -- good ------------------------------------------------------------------------------------------


async def test_what_a_steward_found_helpful_says_so_when_it_comes_again(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    async with small.started():
        first = await ask(valley, CREDIT)
        done = await valley.sam.clicks("Helpful", on=first.message)
        assert "it says that a steward found it helpful" in done.text
        for question in (CREDIT, TURNED):
            again = await ask(valley, question)
            assert "Share the credit" in again.text
            assert GOOD in again.text
        other = await ask(valley, "who gets the applause")
        there = await ask(coast, CREDIT)
    assert GOOD not in first.text + other.text + there.text


async def test_a_private_answer_that_is_shared_says_it_too(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        await valley.sam.clicks("Helpful", on=(await ask(valley, CREDIT)).message)
        private = await valley.lea.uses("/ask", in_=valley.channel, question=CREDIT, private=True)
        await valley.lea.clicks("Share with channel", on=private)
    assert GOOD in private.text
    assert GOOD in valley.channel.history[-1].text


async def test_what_anybody_else_found_helpful_says_nothing(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        done = await valley.lea.clicks("Helpful", on=(await ask(valley, CREDIT)).message)
        assert "Noted as helpful. Thank you." in done.text
        assert "steward" not in done.text
        assert GOOD not in (await ask(valley, CREDIT)).text


async def test_a_steward_who_thinks_otherwise_takes_it_back(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        await valley.sam.clicks("Helpful", on=(await ask(valley, CREDIT)).message)
        again = await ask(valley, CREDIT)
        assert GOOD in again.text
        await valley.sam.clicks("Not helpful", on=again.message)
        assert GOOD not in (await ask(valley, CREDIT)).text


async def test_helpful_lets_nothing_come_that_is_kept_back(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        answer = await ask(valley, CREDIT)
        await valley.sam.clicks(KEEP, on=await not_helpful(valley, answer.message))
        done = await valley.sam.clicks("Helpful", on=answer.message)
        assert "it says that a steward" not in done.text
        assert WRONG in (await ask(valley, CREDIT)).text
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
    assert "marked as wrong" in page.text
    (mark,) = await small.store.marks.marked_answers(valley.guild.id)
    assert mark.mark is Mark.WRONG
