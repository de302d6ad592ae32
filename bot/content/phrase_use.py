"""Which phrases the program says, and with which variables: read off its own source.

There is no list of phrases beside the templates. What a call `say("name", variable=…)` gives is
held against the template by `check` and by the tests; a name that stands anywhere else in the code
(as a label in a table, say) counts as used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.core.phrases import phrase_of_command, phrases_of_option

PROGRAM = Path(__file__).resolve().parents[1]


@dataclass(slots=True)
class SaidPhrases:
    """What the program says.

    Attributes:
        names: every text in the code that may be a phrase's name.
        variables: for each phrase that is said by its name, the sets of variables it is given;
            without those of calls that pass them on as a mapping.
    """

    names: set[str] = field(default_factory=set)
    variables: dict[str, list[frozenset[str]]] = field(default_factory=dict)


@cache
def said_in_program(program: Path = PROGRAM) -> SaidPhrases:
    """Read all modules below a folder."""
    said = SaidPhrases()
    for file in sorted(program.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.names.add(node.value)
            elif isinstance(node, ast.AsyncFunctionDef):
                said.names |= _described(node)
            elif isinstance(node, ast.Call) and _name_of(node.func) == "say":
                _note_call(node, said)
    return said


def _note_call(call: ast.Call, said: SaidPhrases) -> None:
    for phrase in _phrases_of(call.args[0]) if call.args else ():
        known = said.variables.setdefault(phrase, [])
        given = [keyword.arg for keyword in call.keywords]
        if None not in given:
            known.append(frozenset(filter(None, given)))


def _described(flow: ast.AsyncFunctionDef) -> set[str]:
    """The phrases that may describe the command of a flow, its groups and options."""
    found: set[str] = set()
    for decorator in flow.decorator_list:
        if not isinstance(decorator, ast.Call) or ast.unparse(decorator.func) != "command":
            continue
        name = ast.literal_eval(decorator.args[0])
        words = name.split()
        found |= {phrase_of_command(" ".join(words[:end])) for end in range(1, len(words) + 1)}
        keywords = {keyword.arg: keyword.value for keyword in decorator.keywords}
        renamed = ast.literal_eval(keywords["rename"]) if "rename" in keywords else {}
        for argument in (*flow.args.args[1:], *flow.args.kwonlyargs):
            option = renamed.get(argument.arg, argument.arg)
            found |= {*phrases_of_option(name, option)}
        if "elsewhere" in keywords:
            found |= {*phrases_of_option(name, "alliance")}
    return found


def _phrases_of(argument: ast.expr) -> Iterator[str]:
    """The names that a first argument stands for: a text, or one of two."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from _phrases_of(argument.body)
        yield from _phrases_of(argument.orelse)


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
