"""The options of a command, read off the signature of its flow."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.chat.find import Noun


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a whole number."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Somebody that a command names.

    Attributes:
        bot: no human being; `member` if they belong to the alliance.
    """

    id: int
    name: str
    bot: bool = False
    member: bool = True


@dataclass(frozen=True, slots=True)
class CommandOption:
    """An option of a command.

    Attributes:
        name: what people see; the flow knows it as `parameter`.
        kind: str, int, bool, `PersonRef`, or a type that only some adapters know (a channel, say).
        choices: the values that may be given; empty for any.
        noun: finds what is meant and completes it.
    """

    name: str
    parameter: str
    kind: Any
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()
    bounds: Range | None = None
    noun: Noun[Any] | None = None
    make: Callable[[str], Any] = str


def options_of(call: Callable[..., Any], names: Mapping[str, str]) -> tuple[CommandOption, ...]:
    """The options of a flow: its parameters but the turn; `names` has what people see."""
    hints = get_type_hints(call, include_extras=True)
    parameters = [one for one in inspect.signature(call).parameters.values() if one.name != "turn"]
    return tuple(_option_of(one, hints[one.name], names) for one in parameters)


def _option_of(parameter: inspect.Parameter, hint: Any, names: Mapping[str, str]) -> CommandOption:
    required = parameter.default is inspect.Parameter.empty
    kind, extras = _plain(hint)
    noun = next((extra for extra in extras if isinstance(extra, Noun)), None)
    bounds = next((extra for extra in extras if isinstance(extra, Range)), None)
    choices: tuple[str, ...] = ()
    make: Callable[[str], Any] = str
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        choices, make, kind = tuple(member.value for member in kind), kind, str
    elif get_origin(kind) is Literal:
        choices, kind = get_args(kind), str
    return CommandOption(
        name=names.get(parameter.name, parameter.name),
        parameter=parameter.name,
        kind=str if noun is not None else kind,
        required=required,
        default=None if required else parameter.default,
        choices=choices,
        bounds=bounds,
        noun=noun,
        make=make,
    )


def _plain(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without `| None` and what annotates it."""
    extras: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            extras = (*extras, *more)
            continue
        kept = [one for one in get_args(hint) if one is not type(None)]
        if type(None) in get_args(hint) and get_origin(hint) is not Literal:
            hint = kept[0] if len(kept) == 1 else Union[tuple(kept)]  # noqa: UP007  (built here)
            continue
        return hint, extras
