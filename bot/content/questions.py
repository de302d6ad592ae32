"""Reads `knowledge/questions/*.jsonl`: what people of many kinds would ask, a file a hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.content.files import name_of, read_text
from bot.content.models import AskedLine
from bot.content.problems import ProblemList
from bot.core.models import HandQuestion


def read_hands(
    knowledge: Path, passages: Collection[str], problems: ProblemList
) -> Iterator[HandQuestion]:
    """Every question; `passages` are the ids there are. What is wrong is noted at its line."""
    for file in sorted((knowledge / "questions").glob("*.jsonl")):
        name = name_of(file, knowledge)
        for line, text in enumerate((read_text(file, knowledge, problems) or "").splitlines(), 1):
            try:
                asked = AskedLine.model_validate_json(text)
            except ValidationError as error:
                problems.add(name, line, error.errors()[0]["msg"])
                continue
            if asked.passage and asked.passage not in passages:
                problems.add(name, line, f"there is no passage {asked.passage!r}")
            yield HandQuestion(asked.question, asked.passage or "", file.stem)
