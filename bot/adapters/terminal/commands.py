"""Commands as they are typed: `/checklist start NAME team:yes`, out of the flows there are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import process

from bot.adapters.terminal.seat import person_named
from bot.chat.find import Choice, fitting_choices
from bot.chat.flow import CommandSpec, Flows
from bot.chat.options import CommandOption, PersonRef
from bot.chat.screen import Field, Form
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import clip
from bot.core.phrases import Phrases, phrases_of_option

_NEAR, _NEARLY = 55, 75
_YES, _NO = {"true", "yes", "y", "on", "1"}, {"false", "no", "n", "off", "0"}
_NAMED = re.compile(r"(?:^|(?<=\s))([a-z][a-z_-]*):(?!//)\s*", re.IGNORECASE)
_KINDS = (str, int, bool, PersonRef)
_LONGEST = 6000
"""Characters of an option, as on Discord."""


class Commands:
    """The commands of flows.

    Args:
        flows: what can be done.
        phrases: the words.
    """

    def __init__(self, flows: Flows, phrases: Phrases) -> None:
        self._specs = {spec.name: spec for spec in map(_typed, flows.commands) if spec is not None}
        self._say = phrases.say
        self._phrases = phrases

    @property
    def names(self) -> list[str]:
        """All full names."""
        return [*self._specs]

    def find(self, line: str) -> tuple[CommandSpec, str] | None:
        """The command that a line begins with, and what follows; a group alone lists."""
        words = line.removeprefix("/").split()
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count]).casefold()
            spec = self._specs.get(name)
            if spec is None and count == len(words):
                spec = self._specs.get(f"{name} list")
            if spec is not None:
                rest = re.sub(r"^\s*/?" + r"\s+".join([r"\S+"] * count), "", line, count=1)
                return spec, rest.strip()
        return None

    def unknown(self, line: str, others: Sequence[str]) -> str:
        """Says that there is no such command, and which may be meant."""
        words = line.split()
        every = [f"/{name}" for name in self._specs]
        inside = [name for name in every if name.startswith(f"{words[0].casefold()} ")]
        name = " ".join(words[:2] if inside else words[:1])
        known = inside or [*every, *others]
        alone = inside and len(words) == 1  # a group, which is no command
        near = None if alone else process.extractOne(name.casefold(), known, score_cutoff=_NEAR)
        return self._say(
            "command_unknown", name=clip(name), near=near[0] if near else "", known=inside
        )

    # -- options ----------------------------------------------------------------------------------

    def split(self, spec: CommandSpec, rest: str) -> dict[str, str]:
        """What was typed for each option.

        Raises:
            Refused: an option has nearly that name.
        """
        names = [option.name for option in spec.options]
        typed: dict[str, str] = {}
        marks = [mark for mark in _NAMED.finditer(rest) if self._is_option(mark[1], names)]
        ends = [*(mark.start() for mark in marks[1:]), len(rest)]
        for mark, end in zip(marks, ends, strict=False):
            typed[mark[1].casefold()] = rest[mark.end() : end].strip()
        words = rest[: marks[0].start() if marks else len(rest)].strip()
        free = [option for option in spec.options if option.name not in typed]
        for place, option in enumerate(free):
            if not words:
                break
            later = any(after.required for after in free[place + 1 :])
            typed[option.name], words = _first(option, words, all_of_it=not later)
        if words and free:
            typed[free[-1].name] = f"{typed[free[-1].name]} {words}"
        return typed

    def missing(self, spec: CommandSpec, typed: Mapping[str, str]) -> Form | None:
        """Asks for the options that a command can't do without."""
        fields = [
            Field(
                option.name,
                option.name.replace("_", " ").capitalize(),
                help=self._described(spec, option),
                required=True,
            )
            for option in spec.options
            if option.required and not typed.get(option.name)
        ]
        return Form(f"/{spec.name}", "", tuple(fields)) if fields else None

    async def values(
        self, turn: Turn, spec: CommandSpec, typed: Mapping[str, str]
    ) -> dict[str, Any]:
        """The options as the flow takes them.

        Raises:
            Refused: one can't be read, or nothing is meant by it.
        """
        return {
            option.parameter: await self._value(turn, option, typed[option.name])
            if typed.get(option.name)
            else option.default
            for option in spec.options
        }

    async def complete(self, turn: Turn, line: str) -> tuple[int, Sequence[Choice]]:
        """What fits what was typed so far, and how many characters of it that replaces."""
        command = self.find(line)
        if command is None or not re.search(r"\s", line[len(command[0].name) :]):
            names = [f"/{name}" for name in self._specs]
            fitting = [name for name in names if name.startswith(line.casefold())]
            return len(line), [Choice(name, name) for name in fitting]
        spec, rest = command
        marks = list(_NAMED.finditer(rest))
        name = marks[-1][1].casefold() if marks else ""
        option = next((option for option in spec.options if name in {"", option.name}), None)
        text = rest[marks[-1].end() :] if marks else rest
        if option is None:
            return 0, ()
        if option.noun is not None:
            return len(text), await option.noun.complete(turn, text)
        choices = [Choice(value, value) for value in option.choices]
        return len(text), fitting_choices(choices, text)

    def _is_option(self, name: str, names: Sequence[str]) -> bool:
        """Whether it is the name of one; nearly is wrong."""
        if name.casefold() in names:
            return True
        near = process.extractOne(name.casefold(), names, score_cutoff=_NEARLY)
        if near is None:
            return False
        raise Refused(self._say("option_unknown", name=name, near=near[0]))

    def _described(self, spec: CommandSpec, option: CommandOption) -> str:
        names = phrases_of_option(spec.name, option.name)
        text = self._say(next(name for name in names if name in self._phrases))
        return f"{text}: {', '.join(option.choices)}" if option.choices else text

    async def _value(self, turn: Turn, option: CommandOption, text: str) -> Any:
        say = self._say
        if len(text) > _LONGEST:
            raise Refused(say("field_too_long", long=len(text), most=_LONGEST))
        if option.noun is not None:
            return await option.noun.find(turn, text)
        if option.choices:
            return option.make(self._chosen(option, text))
        if option.kind is PersonRef:
            return person_named(text, self._phrases)
        if option.kind is bool and text.casefold() not in _YES | _NO:
            raise Refused(say("yes_or_no", name=option.name))
        if option.kind is bool:
            return text.casefold() in _YES
        if option.kind is not int:
            return text
        bounds = option.bounds
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
        if number is None or (bounds and not bounds.least <= number <= bounds.most):
            least, most = (bounds.least, bounds.most) if bounds else (0, None)
            raise Refused(say("number_unclear", name=option.name, least=least, most=most))
        return number

    def _chosen(self, option: CommandOption, text: str) -> str:
        """The choice that is meant, by its name, the beginning of it, or its number."""
        wanted = text.casefold()
        begun = [value for value in option.choices if value.casefold().startswith(wanted)]
        if wanted in option.choices or len(begun) == 1:
            return wanted if wanted in option.choices else begun[0]
        if text.isascii() and text.isdecimal() and 1 <= int(text[:3]) <= len(option.choices):
            return option.choices[int(text[:3]) - 1]
        near = process.extractOne(wanted, option.choices, score_cutoff=_NEAR)
        raise Refused(
            self._say(
                "choice_unknown",
                typed=clip(text),
                near=near[0] if near else "",
                choices=option.choices,
            )
        )


def _typed(spec: CommandSpec) -> CommandSpec | None:
    """A command without the options that can't be typed; None where it can't do without one."""
    options = tuple(option for option in spec.options if option.kind in _KINDS)
    if any(option.required and option not in options for option in spec.options):
        return None
    return replace(spec, options=options)


def _first(option: CommandOption, words: str, *, all_of_it: bool) -> tuple[str, str]:
    """What of the words is for an option, and the rest."""
    for choice in sorted(option.choices, key=len, reverse=True):
        if re.match(rf"{re.escape(choice)}(?=\s|$)", words, re.IGNORECASE):
            return choice, words[len(choice) :].strip()
    if all_of_it and not option.choices and option.kind not in {int, bool}:
        return words, ""
    first, *rest = words.split(maxsplit=1)
    return first, " ".join(rest)
