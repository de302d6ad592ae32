"""The steps of a checklist at the terminal."""

from __future__ import annotations

import pytest

from tests.adapters.terminal.talk import Talk
from tests.adapters.terminal.walks import PROMISED, START, THROUGH, WHO


async def test_a_checklist_starts_at_its_first_step(terminal: Talk) -> None:
    shown = await terminal.says(START)

    assert "Settle it at home · 1 of 6" in shown
    assert f"{WHO} Why this matters {WHO} matters. Source: Share credit" in shown
    assert terminal.prompt == "answer › "


async def test_a_checklist_starts_by_its_title_too(terminal: Talk) -> None:
    assert WHO in await terminal.says("/checklist start settle IT at home")


@pytest.mark.parametrize("name", ["sponser-check", "settle at home"])
async def test_a_misspelled_checklist_is_answered_with_what_may_be_meant(
    name: str, terminal: Talk
) -> None:
    shown = await terminal.says(f"/checklist start {name}")

    assert "Did you mean Settle it at home" in shown
    assert "You have no run" in await terminal.says("/checklist history")


async def test_a_checklist_has_to_be_named(terminal: Talk) -> None:
    assert "Name?" in await terminal.says("/checklist start")
    assert WHO in await terminal.says("sponsor-check")


async def test_a_plain_line_is_the_answer_and_the_next_step_follows(terminal: Talk) -> None:
    shown = await terminal.says(START, "Ann, and **nobody** else")

    assert "2 of 6" in shown
    assert "> Ann, and **nobody** else" in await terminal.says("/back")


async def test_choices_are_numbered_and_taken_by_number(terminal: Talk) -> None:
    shown = await terminal.says(START, "Ann", "yes")
    assert "Choose an answer (a number): 1 Light 2 Heavy" in shown

    await terminal.says("2")

    assert "> 2 → Heavy" in await terminal.says("/back")


async def test_a_reason_beside_yes_or_no_is_kept_as_typed(terminal: Talk) -> None:
    await terminal.says(START, "Ann", "n, nobody yet")

    assert "> n, nobody yet" in await terminal.says("/back")


async def test_an_answer_decides_what_is_asked_next(terminal: Talk) -> None:
    assert "Who could it be?" in await terminal.says(START, "Ann", "no")


@pytest.mark.parametrize(
    ("before", "line", "said"),
    [
        ((START, "Ann"), "maybe", "yes or no"),
        ((START, "Ann", "yes"), "Medium", "Light"),
        ((START, "Ann", "yes", "1"), "7", "1 to 5"),
        (THROUGH[:-1], "soon", "can't tell which day"),
        (THROUGH[:-1], "2020-01-05", "over"),
        ((START,), "x" * 4001, "4,000"),
        ((START,), "\u200b", "nothing in the answer"),
    ],
)
async def test_what_is_no_answer_says_why_and_can_be_typed_anew(
    before: tuple[str, ...], line: str, said: str, terminal: Talk
) -> None:
    await terminal.says(*before)

    assert said in await terminal.says(line)
    assert terminal.prompt in {"answer › ", "your answer › "}
    place = f"{len(before)} of 6"
    assert place in await terminal.says("/checklist resume")


async def test_a_day_is_shown_as_it_was_understood(terminal: Talk) -> None:
    assert "Noted: Friday, November 27, 2026." in await terminal.says(*THROUGH)


async def test_back_shows_the_earlier_answer_and_enter_keeps_it(terminal: Talk) -> None:
    await terminal.says(START, "Ann")
    assert "> Ann" in await terminal.says("/back")

    assert "2 of 6" in await terminal.says("")
    assert "> Ann" in await terminal.says("/back")


async def test_an_empty_line_is_no_answer_to_a_new_step(terminal: Talk) -> None:
    assert await terminal.says(START, "") == ""


async def test_a_required_step_is_skipped_with_a_reason_only(terminal: Talk) -> None:
    assert "Reason?" in await terminal.says(START, "/skip")
    assert "can't be left empty" in await terminal.says("")

    assert "2 of 6" in await terminal.says("nobody knows yet")
    assert "Skipped: nobody knows yet" in await terminal.says("/back")
    assert "2 of 6" in await terminal.says("/skip at a loss")


async def test_an_optional_step_is_skipped_at_once(terminal: Talk) -> None:
    assert "4 of 6" in await terminal.says(START, "Ann", "yes", "/skip")


async def test_there_is_nothing_before_the_first_step(terminal: Talk) -> None:
    assert "first step" in await terminal.says(START, "/back")
    assert "2 of 6" in await terminal.says("Ann")


async def test_the_passage_behind_a_step_can_be_read(terminal: Talk) -> None:
    shown = await terminal.says(START, "/why")

    assert "Leaders who keep applause for themselves lose their partners." in shown
    assert "2 of 6" in await terminal.says("Ann")


async def test_what_others_did_is_shown_at_a_step(terminal: Talk) -> None:
    assert "In Holyoke the chamber put each partner on stage" in await terminal.says(
        START, "/cases"
    )
    assert "In Holyoke" in await terminal.says("/what-did-others-do")


async def test_a_question_is_asked_at_a_step_without_leaving_it(terminal: Talk) -> None:
    shown = await terminal.says(START, "/ask who pays for training?")

    assert "Firms pay for the training of their own workers" in shown
    assert "At the step “Who answers for it?”" in shown
    assert "2 of 6" in await terminal.says("Ann")


@pytest.mark.parametrize("command", ["/skip", "/back", "/pause", "/finish", "/why"])
async def test_keys_of_a_step_are_unknown_where_there_is_none(command: str, terminal: Talk) -> None:
    assert f"There is no command {command}" in await terminal.says(command)


async def test_an_unknown_command_at_a_step_is_no_answer(terminal: Talk) -> None:
    assert "did you mean /skip?" in await terminal.says(START, "/skipp")
    assert "1 of 6" in await terminal.says("/checklist resume")


# -- commitments ----------------------------------------------------------------------------------


async def test_a_commitment_is_asked_for_field_by_field(terminal: Talk) -> None:
    await terminal.says(*THROUGH)

    assert "What?" in await terminal.says("I call Ann")
    assert terminal.prompt == "what › "
    assert "Who?" in await terminal.says("")
    assert "By when? (Such as next Friday" in await terminal.says("Bo")
    assert "You have been through every step" in await terminal.says("next Friday")
    shown = await terminal.says("/back")
    assert "> I call Ann > Commitment · Bo · by November 27, 2026" in shown


async def test_a_commitment_can_be_left_out(terminal: Talk) -> None:
    await terminal.says(*THROUGH, "Nothing yet", "", "", "")

    assert "no open commitment" in await terminal.says("/commitments")


async def test_a_day_that_is_not_understood_is_asked_again_and_the_rest_is_kept(
    terminal: Talk,
) -> None:
    shown = await terminal.says(*THROUGH, "I call Ann", "call her", "Bo", "soon")
    assert "can't tell which day" in shown

    assert "Enter keeps “call her”." in await terminal.says("/edit", "")
    await terminal.says("", "", "tomorrow")
    assert "call her · Bo · by November 24" in await terminal.says("/back")


async def test_what_could_not_be_taken_survives_the_end_of_the_program(terminal: Talk) -> None:
    await terminal.says(*THROUGH, "I call Ann", "call her", "Bo", "soon")
    await terminal.starts()
    await terminal.says("/checklist resume")

    assert "Enter keeps “I call Ann”." in await terminal.says("/answer")


async def test_commitments_are_listed_kept_and_moved(terminal: Talk) -> None:
    await terminal.says(*PROMISED)
    assert "November 24, 2026" in await terminal.says("/commitments")

    assert "Friday, November 27" in await terminal.says("/commitments move 1 next Friday")
    assert "can't tell which day" in await terminal.says("/commitments move 1 soon")
    assert "November 27" in await terminal.says("/commitments list")

    assert "I call Ann" in await terminal.says("/commitments done #1")
    assert "already" in await terminal.says("/commitments done 1")
    assert "already" in await terminal.says("/commitments move 1 next Friday")
    assert "no open commitment" in await terminal.says("/commitments")


@pytest.mark.parametrize("line", ["done 99", "move x next Friday"])
async def test_an_unknown_commitment_is_told(line: str, terminal: Talk) -> None:
    assert "no open commitment" in await terminal.says(f"/commitments {line}")
