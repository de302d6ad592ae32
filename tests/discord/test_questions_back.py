"""A question that could mean several things: the bot asks back, and one press answers."""

from __future__ import annotations

from tests.discord.bench import Alliance, Bench, answered
from tests.discord.walks import buttons

VAGUE = "something vague about money?"


async def test_one_press_answers_in_the_place_of_the_question_back(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        back = await answered(bench, valley, VAGUE)
        _, second = bench.guide.passages
        assert "Which is nearest?" in back.text
        assert "Helpful" not in buttons(back)
        await valley.rosa.clicks(second.title, on=back)
        shown = valley.questions.messages[back.id]
        assert f"{second.title} it is" in shown.text.replace("\\", "")
        assert VAGUE in shown.text
        assert "Helpful" in buttons(shown)
        await bench.idle()
    assert bench.guide.asked[-1].direction == second.id


async def test_only_whoever_asked_chooses_and_a_second_press_changes_nothing(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        back = await answered(bench, valley, VAGUE)
        first, _ = bench.guide.passages
        told = await valley.omar.clicks(first.title, on=back)
        assert "Only whoever asked can choose here" in told.text
        await valley.rosa.clicks(first.title, on=back)
        await bench.idle()
        count = len(bench.guide.asked)
        assert count == 2


async def test_a_question_back_is_no_gap_and_what_is_then_written_is_answered(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        back = await answered(bench, valley, VAGUE)
        asked = await valley.rosa.says(valley.questions, "a vague levy", reply_to=back)
        answer = await bench.answer(asked)
        assert "Which is nearest?" not in answer.text
        assert await bench.store.answers.open_gaps(valley.guild.id, 5) == ()


async def test_a_button_of_before_a_restart_answers(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        back = await answered(bench, valley, VAGUE)
    async with bench.started():
        first, _ = bench.guide.passages
        await valley.rosa.clicks(first.title, on=back)
        assert f"{first.title} it is" in valley.questions.messages[back.id].text.replace("\\", "")
