"""JSON Schemas of the content's file formats, for editors that complete and check while typing."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from bot.content.kinds_file import KindsFile
from bot.content.models import (
    AboutBotFile,
    ChecklistFile,
    DocumentsFile,
    PassageHead,
    SpokenFile,
    TemplatesFile,
    UncoveredFile,
    ZonesFile,
)
from bot.content.typed_file import TypedFile
from bot.core.errors import Problem

_MODELS: dict[str, type[BaseModel]] = {
    "about-the-bot": AboutBotFile,
    "as-people-type": TypedFile,
    "passage": PassageHead,
    "checklist": ChecklistFile,
    "documents": DocumentsFile,
    "question-kinds": KindsFile,
    "templates": TemplatesFile,
    "uncovered": UncoveredFile,
    "words-for-buttons": SpokenFile,
    "zones": ZonesFile,
}


def generate() -> dict[str, str]:
    """The schemas by file name."""
    return {
        f"{name}.schema.json": json.dumps(model.model_json_schema(by_alias=True), indent=2) + "\n"
        for name, model in _MODELS.items()
    }


def write(knowledge: Path) -> None:
    """Write them into `knowledge/schemas/`."""
    folder = knowledge / "schemas"
    folder.mkdir(exist_ok=True)
    for name, text in generate().items():
        (folder / name).write_text(text, "utf-8")


def examine_schemas(knowledge: Path) -> list[Problem]:
    """Problems for schemas that are missing or differ from the models."""
    problems = []
    for name, text in generate().items():
        file = knowledge / "schemas" / name
        if not file.is_file() or file.read_text("utf-8") != text:
            place = f"{knowledge.name}/schemas/{name}"
            problems.append(
                Problem(place, 0, "is not up to date: run `python -m bot check --write-schemas`")
            )
    return problems
