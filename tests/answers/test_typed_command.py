"""Commands that arrive as text."""

from __future__ import annotations

import pytest

from bot.answers.typed_command import command_in

NAMES = ["ask", "help", "checklist start", "checklist list", "privacy forget", "guide channel add"]


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("/help", ("help",), ""),
        ("`/checklist start name:after-kickoff`", ("checklist start",), "name:after-kickoff`"),
        ("/Checklist Start", ("checklist start",), ""),
        ("/chekclist lsit", ("checklist list",), ""),
        ("/checklist", ("checklist list", "checklist start"), ""),
        ("/guide channel", ("guide channel add",), ""),
        ("</privacy forget:42>", ("privacy forget",), ""),
        ("!help me", ("help",), "me"),
        ("/frobnicate now", (), "frobnicate now"),
    ],
)
def test_the_command_that_was_meant_is_found(text: str, names: tuple[str, ...], rest: str) -> None:
    found = command_in(text, NAMES)

    assert found is not None
    assert (found.names, found.rest) == (names, rest)


@pytest.mark.parametrize("text", ["how do we /ask?", "1/2 of us", "/ 5", "", "and/or", "help"])
def test_what_does_not_begin_as_a_command_is_none(text: str) -> None:
    assert command_in(text, NAMES) is None


@pytest.mark.parametrize(
    "text",
    [
        "/ask how do we begin?",
        "/ask question:how do we begin?",
        "/ask question: how do we begin? private:True",
        "/aks how do we begin?",
    ],
)
def test_what_is_asked_by_a_typed_command_is_read(text: str) -> None:
    found = command_in(text, NAMES)

    assert found is not None
    assert found.question == "how do we begin?"
