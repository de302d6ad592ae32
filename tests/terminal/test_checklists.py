"""The steps of a checklist in the terminal."""

from __future__ import annotations

import pytest

from .walks import START, THROUGH, WHO, Terminal

# -- steps ----------------------------------------------------------------------------------------


def test_a_checklist_starts_at_its_first_step(terminal: Terminal) -> None:
    shown = terminal.says(START)

    assert "Settle it at home · 1 of 6" in shown
    assert WHO in shown
    assert f"{WHO} matters." in shown
    assert "Share credit" in shown


def test_a_checklist_starts_by_its_title_too(terminal: Terminal) -> None:
    assert WHO in terminal.says("/checklist start settle IT at home")


@pytest.mark.parametrize("name", ["sponser-check", "sponsor", "settle at home"])
def test_a_misspelled_checklist_is_answered_with_what_may_be_meant(
    name: str, terminal: Terminal
) -> None:
    shown = terminal.says(f"/checklist start {name}")

    assert "Did you mean" in shown
    assert "sponsor-check" in shown
    assert terminal.says("/checklist history").startswith("You have no run")


def test_a_checklist_has_to_be_named(terminal: Terminal) -> None:
    assert "Which one?" in terminal.says("/checklist start")


def test_a_plain_line_is_the_answer_and_the_next_step_follows(terminal: Terminal) -> None:
    shown = terminal.says(START, "Ann, and **nobody** else")

    assert "2 of 6" in shown
    assert "> Ann, and **nobody** else" in terminal.says("/back")


def test_choices_are_numbered_and_taken_by_number(terminal: Terminal) -> None:
    shown = terminal.says(START, "Ann", "yes")
    assert "1 Light 2 Heavy" in shown

    terminal.says("2")

    assert "> Heavy" in terminal.says("/back")


def test_a_reason_beside_yes_or_no_is_kept_as_typed(terminal: Terminal) -> None:
    terminal.says(START, "Ann", "n, nobody yet")

    assert "> n, nobody yet" in terminal.says("/back")


def test_an_answer_decides_what_is_asked_next(terminal: Terminal) -> None:
    assert "Who could it be?" in terminal.says(START, "Ann", "no")


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
def test_what_is_no_answer_says_why_and_the_step_stays(
    before: tuple[str, ...], line: str, said: str, terminal: Terminal
) -> None:
    terminal.says(*before)
    asked = terminal.conversation._step

    assert said in terminal.says(line)
    assert terminal.conversation._step == asked


def test_a_day_is_shown_as_it_was_understood(terminal: Terminal) -> None:
    assert "Noted: Friday, November 27, 2026." in terminal.says(*THROUGH)


def test_back_shows_the_earlier_answer_and_enter_keeps_it(terminal: Terminal) -> None:
    terminal.says(START, "Ann")
    shown = terminal.says("/back")
    assert "> Ann" in shown
    assert "Enter keeps this" in shown
    assert terminal.conversation.takes_nothing

    shown = terminal.says("")

    assert "2 of 6" in shown
    assert "> Ann" in terminal.says("/back")


def test_an_empty_line_is_no_answer_to_a_new_step(terminal: Terminal) -> None:
    terminal.says(START)

    assert not terminal.conversation.takes_nothing


def test_a_required_step_is_skipped_with_a_reason_only(terminal: Terminal) -> None:
    assert "/skip and the reason" in terminal.says(START, "/skip")

    assert "2 of 6" in terminal.says("/skip nobody knows yet")
    assert "Skipped: nobody knows yet" in terminal.says("/back")


def test_an_optional_step_is_skipped_at_once(terminal: Terminal) -> None:
    assert "4 of 6" in terminal.says(START, "Ann", "yes", "/skip")


def test_there_is_nothing_before_the_first_step(terminal: Terminal) -> None:
    assert "first step" in terminal.says(START, "/back")


def test_the_passage_behind_a_step_can_be_read(terminal: Terminal) -> None:
    shown = terminal.says(START, "/why")

    assert "Leaders who keep applause for themselves lose their partners." in shown


def test_what_others_did_is_shown_at_a_step(terminal: Terminal) -> None:
    assert "In Holyoke the chamber put each partner on stage" in terminal.says(START, "/cases")


def test_a_step_without_a_case_says_so(terminal: Terminal) -> None:
    assert "no case for this step" in terminal.says("/checklist start money-check", "/cases")


def test_a_question_is_asked_at_a_step_without_leaving_it(terminal: Terminal) -> None:
    shown = terminal.says(START, "/ask who pays for the training of workers?")

    assert "Firms pay for the training of their own workers" in shown
    assert "2 of 6" in terminal.says("Ann")


def test_a_question_that_leans_is_about_the_step(terminal: Terminal) -> None:
    terminal.says("how do we run meetings?", "/checklist start money-check")

    assert "Firms pay" in terminal.says("/ask and what does this mean?")


@pytest.mark.parametrize("command", ["/skip", "/back", "/pause", "/finish", "/why"])
def test_commands_of_a_step_say_so_where_there_is_none(command: str, terminal: Terminal) -> None:
    assert "checklist" in terminal.says(command)


def test_an_unknown_command_at_a_step_is_no_answer(terminal: Terminal) -> None:
    assert "did you mean /skip?" in terminal.says(START, "/skipp")
    assert "1 of 6" in terminal.says("/checklist resume")
