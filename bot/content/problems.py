"""Reading YAML so that every problem is known with its line.

PyYAML's nodes carry their positions; pydantic says where in the data something is wrong. Put
together they give `file:line: message` for each problem of a file, all at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from bot.core.errors import Problem

Location = Sequence[int | str]
_NO_PLACE = ("function-", "[key]")
"""What pydantic puts into the place of an error beside the places in the data."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(slots=True)
class ProblemList:
    """Collects problems while content is read."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, message: str) -> None:
        """Note one problem; `line` counts from 1."""
        self.problems.append(Problem(file, line, message))


class _UniqueKeyLoader(yaml.CSafeLoader):
    """Safe loader that refuses a key given twice, which YAML would silently overwrite."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001  (as in PyYAML)
    ) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.MarkedYAMLError(
                    problem="a key must be plain text; put {{ … }} in quotes",
                    problem_mark=key_node.start_mark,
                )
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} is given twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def parse_yaml(
    text: str, file: str, first_line: int, problems: ProblemList
) -> tuple[object, yaml.Node] | None:
    """Parse YAML that begins at `first_line` of `file`.

    Returns:
        The data and its node tree, or None where there is nothing or a problem was noted.
    """
    loader = _UniqueKeyLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            problems.add(file, first_line, "nothing stands here")
            return None
        return loader.construct_document(node), node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        problems.add(file, line, f"not valid YAML: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError) as error:
        problems.add(file, first_line, f"not valid YAML: {str(error).splitlines()[0]}")
    finally:
        loader.dispose()
    return None


def line_at(node: yaml.Node, location: Location) -> int:
    """The line, counted from 0, of the place `location` in a tree, or of the nearest one above."""
    line = node.start_mark.line
    for step in location:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    line, node = key.start_mark.line, value
                    break
            else:
                return line
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step >= len(node.value):
                return line
            node = node.value[step]
            line = node.start_mark.line
        else:
            return line
    return line


def validate(
    model: type[Model],
    parsed: tuple[object, yaml.Node],
    file: str,
    first_line: int,
    problems: ProblemList,
) -> Model | None:
    """The data as a model, or None with each thing that is wrong noted at its line."""
    data, node = parsed
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            location = [step for step in detail["loc"] if not str(step).startswith(_NO_PLACE)]
            line = first_line + line_at(node, location)
            problems.add(file, line, _in_words(model, detail["type"], location, detail["msg"]))
        return None


def _in_words(model: type[BaseModel], kind: str, location: Location, message: str) -> str:
    path = ".".join(str(step) for step in location) or "the whole"
    if kind == "extra_forbidden":
        known = _keys_at(model, location[:-1])
        near = process.extractOne(str(location[-1]), known, score_cutoff=60) if known else None
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return f"unknown key {location[-1]!r}{hint}"
    if kind == "missing":
        return f"{path} is missing"
    return f"{path}: {message.removeprefix('Value error, ')}"


def _keys_at(model: type[BaseModel], location: Location) -> list[str]:
    """The keys allowed at a place, found by walking the model's JSON Schema."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    here: dict[str, Any] = schema
    for step in location:
        if isinstance(step, int):
            here = here.get("items", {})
        else:
            patterns = [*here.get("patternProperties", {}).values(), {}]
            here = here.get("properties", {}).get(step) or (
                here.get("additionalProperties") or patterns[0]
            )
        if "anyOf" in here:
            here = next((option for option in here["anyOf"] if "$ref" in option), here)
        if "$ref" in here:
            here = definitions[here["$ref"].rsplit("/", 1)[-1]]
    return list(here.get("properties", {}))
