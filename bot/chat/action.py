"""What a button, a menu or a form means: a prefix and typed arguments, as one short text.

    CANCEL = Action("c:cancel", alliance=int, run=int)
    CANCEL(7, 42)                # "c:cancel:7:42", the id of a button
    CANCEL.read("c:cancel:7:42") # {"alliance": 7, "run": 42}

The ids stand in messages for years: an action's prefix and arguments never change their meaning. A
new argument comes last and may be missing (`int | None`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType, get_args

LONGEST_ID = 100
"""Characters of an id."""

NoticeMark = NewType("NoticeMark", int)
"""The notice that a message was delivered for, written `n12`: what it is known by in a channel."""

Place = NewType("Place", int)
"""The place of a step, or -1 for a page that shows none, written `x`."""

NOWHERE = Place(-1)


@dataclass(frozen=True, slots=True)
class _Codec:
    pattern: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


_CODECS: dict[Any, _Codec] = {
    int: _Codec(r"\d{1,20}", int),
    bool: _Codec("[01]", lambda text: text == "1", lambda value: str(int(value))),
    str: _Codec(r"[^:]*", str),
    NoticeMark: _Codec(r"n\d{1,20}", lambda text: int(text[1:]), lambda value: f"n{value}"),
    Place: _Codec(
        r"\d{1,6}|x",
        lambda text: NOWHERE if text == "x" else Place(int(text)),
        lambda value: "x" if value == NOWHERE else str(value),
    ),
}


_MARK = re.compile(rf":({_CODECS[NoticeMark].pattern})$")


def notice_in(ids: Iterable[str]) -> NoticeMark | None:
    """The notice whose mark some of the ids end with."""
    marks = filter(None, map(_MARK.search, ids))
    return next((_CODECS[NoticeMark].read(mark[1]) for mark in marks), None)


def mark_of(notice: int) -> str:
    """What every id ends with that has a `NoticeMark` at its end."""
    return f":n{notice}"


class Action:
    """A kind of id.

    Args:
        prefix: what it begins with.
        kinds: the types of its arguments, in order: int, bool, str, a `StrEnum`, `NoticeMark`,
            `Place`, or one of them or None for what may be missing at the end. A str that comes
            last may have colons.
    """

    def __init__(self, prefix: str, **kinds: Any) -> None:
        self.prefix = prefix
        self._codecs: dict[str, _Codec] = {}
        self._optional: set[str] = set()
        pattern = re.escape(prefix)
        for name, kind in kinds.items():
            kept = [one for one in get_args(kind) if one is not type(None)] or [kind]
            codec = self._codecs[name] = _codec_of(kept[0])
            last = kept[0] is str and name == [*kinds][-1]
            part = f"(?P<{name}>{'.*' if last else codec.pattern})"
            if len(kept) < len(get_args(kind)):
                self._optional.add(name)
                pattern += f"(?::{part})?"
            else:
                pattern += f":{part}"
        self._pattern = re.compile(pattern, re.DOTALL)

    def __repr__(self) -> str:
        return f"Action({self._pattern.pattern!r})"

    def __call__(self, *values: Any, **named: Any) -> str:
        """The id with these arguments.

        Raises:
            ValueError: one is missing, or the id is longer than it may be.
        """
        given = dict(zip(self._codecs, values, strict=False)) | named
        parts = [self.prefix]
        for name, codec in self._codecs.items():
            value = given.get(name)
            if value is not None:
                parts.append(codec.write(value))
            elif name not in self._optional:
                raise ValueError(f"{self.prefix} needs {name}")
        made = ":".join(parts)
        if len(made) > LONGEST_ID:
            raise ValueError(f"The id {made!r} is too long.")
        return made

    def read(self, id_: str) -> dict[str, Any] | None:
        """The arguments in an id; None if it is of another action. What is missing is None."""
        match = self._pattern.fullmatch(id_)
        if match is None:
            return None
        return {
            name: None if match[name] is None else codec.read(match[name])
            for name, codec in self._codecs.items()
        }


def _codec_of(kind: Any) -> _Codec:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _Codec("|".join(re.escape(member.value) for member in kind), kind)
    return _CODECS[kind]
