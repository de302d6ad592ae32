"""The words the bot says, as the domain asks for them; the texts themselves stand in `prompts/`."""

from __future__ import annotations

from typing import Protocol


class Phrases(Protocol):
    """Fills in templates."""

    def say(self, phrase: str, /, **variables: object) -> str:
        """The words of a phrase with its variables filled in."""
