"""What people say to the bot about itself, by kind: examples by which others are recognized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.core.text import words

ABOUT_BOT = "about_bot_"
"""What the name of the phrase that answers a kind begins with."""


@dataclass(frozen=True, slots=True)
class AboutBotKind:
    """One kind of thing that people want to know of the bot, or want it to do.

    Attributes:
        says: a few wordings.
        overheard: it is answered also where others talk and the bot isn't addressed.
    """

    id: str
    says: tuple[str, ...]
    overheard: bool = False

    @property
    def phrase(self) -> str:
        """The phrase that answers it."""
        return f"{ABOUT_BOT}{self.id}"


@dataclass(frozen=True)
class AboutBot:
    """All kinds; `unlike` are questions to the library that look alike."""

    kinds: tuple[AboutBotKind, ...] = ()
    unlike: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, AboutBotKind]:
        """The kinds by their id."""
        return {kind.id: kind for kind in self.kinds}

    @cached_property
    def examples(self) -> tuple[tuple[str, AboutBotKind | None], ...]:
        """Every wording with its kind, then what is of none."""
        said = [(text, kind) for kind in self.kinds for text in kind.says]
        return (*said, *((text, None) for text in self.unlike))

    def exactly(self, text: str) -> AboutBotKind | None:
        """The kind that has a text as one of its examples."""
        return self._by_words.get(tuple(words(text)))

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], AboutBotKind]:
        return {tuple(words(text)): kind for kind in self.kinds for text in kind.says}
