"""Commitments in the terminal: asked for, listed, recalled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from .walks import PROMISED, THROUGH, Terminal


def test_a_commitment_is_asked_for_field_by_field(terminal: Terminal) -> None:
    terminal.says(*THROUGH)
    assert "answer" in terminal.conversation.prompt

    assert terminal.says("I call Ann").startswith("What")
    assert terminal.conversation.prompt == "what › "
    assert terminal.says("").startswith("Who")
    assert terminal.says("Bo").startswith("By when")
    shown = terminal.says("next Friday")

    assert "Noted: Friday, November 27, 2026." in shown
    assert "Commitment: I call Ann · Bo · by Friday, November 27, 2026" in shown
    assert "/finish" in shown


def test_a_commitment_can_be_left_out(terminal: Terminal) -> None:
    shown = terminal.says(*THROUGH, "Nothing yet", "", "", "")

    assert "Commitment:" not in shown
    assert "no open commitments" in terminal.says("/commitments")


def test_a_day_that_is_not_understood_is_asked_again_and_the_rest_is_kept(
    terminal: Terminal,
) -> None:
    shown = terminal.says(*THROUGH, "I call Ann", "call her", "Bo", "soon")
    assert "can't tell which day" in shown
    assert terminal.conversation.prompt == "by when › "

    assert "Commitment: call her · Bo · by" in terminal.says("tomorrow")


def test_a_half_given_commitment_survives_the_end_of_the_program(terminal: Terminal) -> None:
    terminal.says(*THROUGH, "I call Ann", "call her")
    terminal.starts()

    shown = terminal.says("/checklist resume")

    assert "You had begun: I call Ann" in shown
    assert terminal.conversation.prompt == "who › "
    assert "Commitment: call her · Bo" in terminal.says("Bo", "")


def test_commitments_are_listed_kept_and_moved(terminal: Terminal) -> None:
    terminal.says(*PROMISED)
    assert "#1 Tuesday, November 24, 2026 I call Ann · Bo" in terminal.says("/commitments")

    assert "Moved to Friday, November 27" in terminal.says("/commitments move 1 next Friday")
    assert "can't tell which day" in terminal.says("/commitments move 1 soon")
    assert "Friday, November 27, 2026" in terminal.says("/commitments list")

    assert terminal.says("/commitments done #1") == "Done: I call Ann"
    assert terminal.says("/commitments done 1") == "That was done already: I call Ann"
    assert "done already" in terminal.says("/commitments move 1 next Friday")
    assert "no open commitments" in terminal.says("/commitments")


@pytest.mark.parametrize("line", ["done", "done 99", "move", "move x next Friday"])
def test_an_unknown_commitment_is_told(line: str, terminal: Terminal) -> None:
    assert "no open commitment" in terminal.says(f"/commitments {line}")


def test_what_is_due_is_said_once_before_the_next_line(terminal: Terminal) -> None:
    terminal.says(*PROMISED)
    assert terminal.is_reminded() == ""
    terminal.clock.now += timedelta(days=1, hours=3)

    assert "Due today: I call Ann · Bo" in terminal.is_reminded()
    assert terminal.is_reminded() == ""


def test_what_is_due_is_said_when_the_program_starts(terminal: Terminal) -> None:
    terminal.says(*PROMISED)
    terminal.clock.now += timedelta(days=1, hours=3)
    terminal.starts()

    assert "Due today: I call Ann · Bo" in terminal.greeting
    assert terminal.is_reminded() == ""

    terminal.clock.now += timedelta(days=1)
    terminal.starts()
    assert "Was due Tuesday, November 24, 2026: I call Ann" in terminal.greeting


def test_what_was_kept_is_not_recalled(terminal: Terminal) -> None:
    terminal.says(*PROMISED, "/commitments done 1")
    terminal.clock.now += timedelta(days=1, hours=3)
    assert terminal.is_reminded() == ""

    terminal.starts()

    assert "I call Ann" not in terminal.greeting
