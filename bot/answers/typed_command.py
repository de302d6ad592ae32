"""A command that arrives as text: which one was meant, and what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_LETTERS_A_SLIP = 4
_TYPED = re.compile(r"[`\"'“”*_<\s]*(?P<sign>[/／!])\s?(?P<words>[^\W\d_].*)", re.DOTALL)
_MENTION = re.compile(r"</([\w -]{1,100}):\d+>")
_ASK = "ask"
_OPTIONS = re.compile(r"^\s*question:\s*|(?:^|\s)(?:private|alliance):\s*\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """What was typed.

    Attributes:
        names: the command, or all of the group that was named; empty for one that isn't known.
        rest: what stands behind the name.
        slash: it began with a slash, as only a command does.
        exact: the name is written as it is.
    """

    names: tuple[str, ...]
    rest: str = ""
    slash: bool = True
    exact: bool = True

    @property
    def question(self) -> str:
        """The question behind `/ask`, without its options; empty for another command, or none."""
        if self.names != (_ASK,):
            return ""
        return _OPTIONS.sub(" ", self.rest).strip('`"“” \n')


def command_in(text: str, names: Collection[str]) -> TypedCommand | None:
    """The command that a text begins with, if it begins as one; `names` are those there are."""
    match = _TYPED.match(_MENTION.sub(r"/\1", text))
    if match is None:
        return None
    slash = match["sign"] != "!"
    pieces = re.findall(r"\S+\s*", match["words"])
    plain = [piece.strip(' `"“”*_>.,!?\n').casefold() for piece in pieces[:3]]
    known = {name: name.split() for name in names}
    for count in range(len(plain), 0, -1):
        typed = " ".join(plain[:count])
        best = max(
            (name for name, words in known.items() if len(words) == count),
            key=lambda name: fuzz.ratio(name, typed),
            default="",
        )
        if best and _alike(known[best], plain[:count]):
            rest = "".join(pieces[count:])
            return TypedCommand((best,), rest, slash, best == typed)
    groups = {" ".join(words[:count]) for words in known.values() for count in range(1, len(words))}
    for count in (2, 1):
        for group in sorted(groups):
            words = group.split()
            if len(words) == count <= len(plain) and _alike(words, plain[:count]):
                inside = tuple(sorted(name for name in names if name.startswith(f"{group} ")))
                exact = words == plain[:count]
                return TypedCommand(inside, "".join(pieces[count:]), slash, exact)
    return TypedCommand((), match["words"], slash, exact=False)


def _alike(words: list[str], typed: list[str]) -> bool:
    """Whether each word is the same but for slips: letters changed places, or one in four is wrong."""
    return all(
        sorted(word) == sorted(other) or OSA.distance(word, other) <= len(word) // _LETTERS_A_SLIP
        for word, other in zip(words, typed, strict=True)
    )
