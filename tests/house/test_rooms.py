"""The house: who may import what, no circles, one name for one thing, files of a size to read."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.conftest import ROOT

BOT = ROOT / "bot"
FEATURES = ("answers", "checklists", "opportunities", "people", "alliances", "privacy")
LONGEST = 300
"""Lines of a file that needs no reason for its length."""
LONG = {
    "bot.privacy.registry": "a line for each column that is kept",
    "bot.opportunities.store": "one table's life, from draft to outcome",
    "bot.adapters.discord.surface": "one class: what Discord does for a flow",
    "bot.adapters.discord.router": "one way from what people do to flows",
    "bot.answers.store": "one table's life, with those that hang on it",
    "bot.cli": "a function for each command",
    "bot.content.library": "one reading of all content, with every problem found",
    "bot.guide.guide": "one way from a question to an answer",
    "bot.index.index": "one class: an index as it lies on disk",
    "bot.checklists.rules.paper": "one walk through a brief, part by part",
}
"""Why a file is longer than that; none is longer than 400."""


@cache
def modules() -> dict[str, Path]:
    """The modules of the program by their dotted names."""
    found = {}
    for file in sorted(BOT.rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = file
    return found


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text("utf-8"))


def imported_by(module: str, *, typing: bool = False) -> Iterator[str]:
    """What a module imports, also inside functions; with `typing` also what is for types alone."""
    tree = tree_of(module)
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if id(node) in for_types and not typing:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in modules() else node.module


def outside(module: str) -> set[str]:
    """The packages beyond this program that a module imports."""
    return {name.split(".")[0] for name in imported_by(module, typing=True)} - {"bot"}


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {
        module: {name for name in imported_by(module) if name in modules() and name != module}
        for module in modules()
    }

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(f"a circle: {' → '.join(error.args[1])}") from None


def test_only_stores_and_tables_know_sqlalchemy() -> None:
    allowed = ("bot.database", "bot.store")
    strangers = [
        module
        for module in modules()
        if {"sqlalchemy", "alembic"} & outside(module)
        and not module.startswith(allowed)
        and not any(part.startswith(("store", "tables")) for part in module.split("."))
    ]

    assert strangers == []


def test_only_discord_s_own_modules_know_discord() -> None:
    strangers = [
        module
        for module in modules()
        if "discord" in outside(module)
        and not module.startswith("bot.adapters.discord")
        and not module.rpartition(".")[2].startswith("discord_")
        and module != "bot.serve"
    ]

    assert strangers == []


def test_flows_know_no_adapter() -> None:
    strangers = [
        (module, name)
        for module in modules()
        if module.split(".")[1:2]
        and module.split(".")[1] in {*FEATURES, "chat", "outbox"}
        and not module.rpartition(".")[2].startswith("discord_")
        for name in imported_by(module, typing=True)
        if name.startswith("bot.adapters")
    ]

    assert strangers == []


def test_rules_know_neither_database_nor_chat() -> None:
    strangers = [
        (module, name)
        for module in modules()
        if ".rules" in module
        for name in imported_by(module, typing=True)
        if name.startswith(("bot.chat", "bot.database", "bot.store", "bot.adapters"))
        or (name.startswith("bot.") and ".store" in name)
    ]

    assert strangers == []


def test_a_feature_reaches_another_through_its_store_its_rules_or_a_word_of_it() -> None:
    """Not through its flows: what a module offers to other features is no command and no press."""
    flows = {
        module
        for module in modules()
        for node in tree_of(module).body
        if isinstance(node, ast.AsyncFunctionDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).startswith(("command(", "handles(", "submits("))
    }
    strangers = [
        (module, name)
        for module in modules()
        if module.split(".")[1:2] and module.split(".")[1] in FEATURES
        for name in imported_by(module)
        if name in flows and name.split(".")[1] != module.split(".")[1]
    ]

    assert strangers == []


def test_a_public_name_stands_for_one_thing() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        if "migrations" in module:
            continue
        for node in tree_of(module).body:
            named = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
            if isinstance(node, named) and not node.name.startswith("_"):
                places[node.name].add(module)

    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_file_has_a_size_to_read() -> None:
    lengths = {
        module: len(file.read_text("utf-8").splitlines())
        for module, file in modules().items()
        if "migrations" not in module
    }

    assert {module for module, length in lengths.items() if length > LONGEST} <= LONG.keys()
    assert max(lengths.values()) <= 400


def test_the_port_is_no_framework() -> None:
    lines = [
        line
        for module, file in modules().items()
        if module.startswith("bot.chat")
        for line in file.read_text("utf-8").splitlines()
    ]

    assert len(lines) <= 1250
