"""The words the bot says, as the domain asks for them; the texts themselves stand in `prompts/`."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Protocol

Say = Callable[..., str]
"""`Phrases.say`: the words of a phrase with its variables filled in."""


class Phrases(Hashable, Protocol):
    """Fills in templates."""

    def say(self, phrase: str, /, **variables: object) -> str:
        """The words of a phrase with its variables filled in."""

    def __contains__(self, phrase: object) -> bool:
        """Whether there is a phrase of a name."""


def phrase_of_command(name: str) -> str:
    """The phrase that describes a command or group."""
    return f"{name.replace(' ', '_').replace('-', '_')}_command"


def phrases_of_option(name: str, option: str) -> tuple[str, ...]:
    """The phrases that may describe an option of a command, the first that there is does."""
    words = name.replace("-", "_").split()
    return tuple(
        "_".join([*words[:count], option, "option"]) for count in range(len(words), -1, -1)
    )
