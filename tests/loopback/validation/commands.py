"""Checking application commands and autocomplete choices."""

from __future__ import annotations

import unicodedata
from typing import Any

from tests.loopback.constants import Json, OptionType
from tests.loopback.errors import ApiError
from tests.loopback.limits import LIMITS

from .problems import Path, Problems

O = OptionType  # noqa: E741 - short beside the column of cases below
_NESTED = frozenset({O.SUBCOMMAND, O.SUBCOMMAND_GROUP})


def is_name(name: Any) -> bool:
    """Tell whether `name` matches Discord's ^[-_\\p{L}\\p{N}]{1,32}$ and has no upper case."""
    if not isinstance(name, str) or not 1 <= len(name) <= LIMITS["COMMAND_NAME"]:
        return False
    if name != name.lower():
        return False
    return all(char in "-_" or unicodedata.category(char)[0] in "LN" for char in name)


def check_commands(commands: Any) -> None:
    """Check a whole set of commands, as the bulk route does.

    Raises:
        ApiError: 50035 with the problems, or 30032 for too many.
    """
    problems = Problems()
    if not isinstance(commands, list):
        problems.add((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        problems.refuse_if_any()
    slash = [c for c in commands if (c.get("type") or 1) == 1]
    if len(slash) > LIMITS["COMMANDS"]:
        raise ApiError(30032)
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        key = (command.get("type") or 1, command.get("name", ""))
        if key in seen:
            text = "Application command names must be unique"
            problems.add((index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
        seen.add(key)
        check_command(problems, command, (index,))
    problems.refuse_if_any()


def check_command(problems: Problems, command: Json, path: Path = ()) -> None:
    """Check one command."""
    if (command.get("type") or 1) != 1:
        most = LIMITS["COMMAND_NAME"]
        problems.text((*path, "name"), command.get("name"), least=1, most=most, required=True)
        return
    _check_name(problems, command, path)
    most = LIMITS["COMMAND_DESCRIPTION"]
    at = (*path, "description")
    problems.text(at, command.get("description"), least=1, most=most, required=True)
    _check_options(problems, command.get("options"), (*path, "options"), depth=0)
    if command_size(command) > LIMITS["COMMAND_TOTAL"]:
        text = f"Command exceeds maximum size ({LIMITS['COMMAND_TOTAL']})"
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", text)


def command_size(command: Json) -> int:
    """Return the characters of names, descriptions and values, through all options."""
    size = len(command.get("name") or "") + len(command.get("description") or "")
    size += sum(map(command_size, command.get("options") or []))
    for choice in command.get("choices") or []:
        size += len(str(choice.get("name", ""))) + len(str(choice.get("value", "")))
    return size


def _check_name(problems: Problems, item: Json, path: Path) -> None:
    name = item.get("name")
    if not name:
        problems.required((*path, "name"))
    elif not is_name(name):
        text = "Command name is invalid"
        problems.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", text)


def _check_options(problems: Problems, options: Any, path: Path, depth: int) -> None:
    listed = problems.count(path, options, most=LIMITS["COMMAND_OPTIONS"])
    names: set[str] = set()
    optional_seen = False
    nested = {option.get("type") in _NESTED for option in listed}
    if len(nested) > 1:
        text = "Sub-command and sub-command group option types are mutually exclusive to others"
        problems.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
    for index, option in enumerate(listed):
        at = (*path, index)
        if (name := option.get("name")) in names:
            text = "Option names must be unique"
            problems.add((*at, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", text)
        names.add(str(name))
        if option.get("required") and optional_seen:
            text = "Required options must be placed before non-required options"
            problems.add(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional_seen |= not option.get("required") and option.get("type") not in _NESTED
        _check_option(problems, option, at, depth)


def _check_option(problems: Problems, option: Json, path: Path, depth: int) -> None:
    kind = option.get("type")
    allowed = {int(o) for o in O if o not in _NESTED}
    if depth == 0:
        allowed |= {O.SUBCOMMAND, O.SUBCOMMAND_GROUP}
    elif depth == 1:
        allowed = {int(O.SUBCOMMAND)} if kind == O.SUBCOMMAND else allowed
    if not problems.one_of((*path, "type"), kind, allowed):
        return
    _check_name(problems, option, path)
    at, most = (*path, "description"), LIMITS["COMMAND_OPTION_DESCRIPTION"]
    problems.text(at, option.get("description"), least=1, most=most, required=True)
    if kind in _NESTED:
        inner = 1 if kind == O.SUBCOMMAND_GROUP else 2
        _check_options(problems, option.get("options"), (*path, "options"), inner)
        return
    choices = option.get("choices")
    check_choices(problems, choices, (*path, "choices"), "COMMAND_CHOICES", kind)
    if choices and option.get("autocomplete"):
        text = "Autocomplete may not be set with choices"
        problems.add(path, "APPLICATION_COMMAND_AUTOCOMPLETE_NOT_ALLOWED", text)
    most = LIMITS["COMMAND_OPTION_LENGTH"]
    problems.number((*path, "min_length"), option.get("min_length"), least=0, most=most)
    problems.number((*path, "max_length"), option.get("max_length"), least=1, most=most)


def check_choices(
    problems: Problems, choices: Any, path: Path, limit: str = "CHOICES", kind: Any = O.STRING
) -> None:
    """Check the choices of an option, or those that complete what a user types."""
    for index, choice in enumerate(problems.count(path, choices, most=LIMITS[limit])):
        at, most = (*path, index, "name"), LIMITS["CHOICE_NAME"]
        problems.text(at, choice.get("name"), least=1, most=most, required=True)
        value, at = choice.get("value"), (*path, index, "value")
        if kind == O.STRING:
            problems.text(at, value, most=LIMITS["CHOICE_VALUE"], least=1, required=True)
        elif not isinstance(value, int | float) or isinstance(value, bool):
            problems.add(at, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
