"""What the bot tells people to type can be typed, and has the options it is said to have."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot import wiring
from bot.answers.spoken_press import STOP
from bot.chat.flow import ANYTHING
from bot.content.problems import ProblemList
from bot.content.wordings import read_spoken_words
from tests.conftest import KNOWLEDGE, PROMPTS

SPECS = {spec.name: spec for spec in wiring.flows(discord=True).commands}
GROUPS = {" ".join(name.split()[:count]) for name in SPECS for count in (1, 2)}
AT_TERMINAL = {"sources", "quit", "new", "helpful", "back", "cancel", "skip nobody knows yet"}
"""What the terminal has beside the commands, said there alone."""
_NAMED = re.compile(r"`/([a-z][a-z -]*[a-z])((?: [^`]*)?)`")


def named() -> Iterator[tuple[str, str, str]]:
    """The file, the command and what follows it, for each command that a phrase names."""
    for file in sorted(PROMPTS.glob("*.yaml")):
        for name, rest in _NAMED.findall(file.read_text("utf-8")):
            if not (file.stem == "terminal" and name in AT_TERMINAL):
                yield file.name, name, rest


def test_what_buttons_are_said_as_is_what_the_words_for_buttons_are_kinds_of() -> None:
    said = {spec.said for spec in wiring.flows(discord=True).presses} - {"", ANYTHING}

    assert said == read_spoken_words(KNOWLEDGE, ProblemList()).ids - {STOP}


@pytest.mark.parametrize(("file", "name", "rest"), sorted(set(named())))
def test_a_command_that_people_are_told_of_is_there_with_its_options(
    file: str, name: str, rest: str
) -> None:
    words = name.split()
    options = re.findall(r"([a-z]+):", rest)
    if options and words[-1] in options:  # "… topics:" reads as a part of the name
        words.pop()
    known = next(
        (SPECS[" ".join(words[:n])] for n in (3, 2, 1) if " ".join(words[:n]) in SPECS), None
    )

    assert known is not None or name in GROUPS, f"{file}: /{name}"
    if known is not None:
        assert set(options) <= {option.name for option in known.options}, f"{file}: /{name}{rest}"
