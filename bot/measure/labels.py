"""Labelled questions: what a good answer cites and says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.core.errors import ContentInvalid, Problem

Type = Literal[
    "paraphrase",
    "keyword",
    "situational",
    "multi",
    "definition",
    "case",
    "figure",
    "followup",
    "offdomain",
    "neardomain",
    "underspecified",
    "smalltalk",
    "polarity",
]


class LabelledQuestion(BaseModel):
    """A question with what a good answer cites and says.

    Attributes:
        gold: topics that answer it, best first; empty when the library does not cover it.
        also: other topics that are relevant.
        must: patterns each to be found in answer and quotes; must_not: none in the answer.
        sort: what makes a question of this type hard, "class" in the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True)

    id: str
    question: str
    type: Type
    gold: list[str]
    also: list[str] = []
    must: list[str] = []
    must_not: list[str] = []
    history: list[str] = []
    sort: Annotated[str, Field(alias="class")] = ""


def read_questions(file: Path) -> list[LabelledQuestion]:
    """Read labelled questions, one JSON object a line.

    Raises:
        ContentInvalid: with every line that can't be used.
    """
    problems: list[Problem] = []
    questions: list[LabelledQuestion] = []
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentInvalid([Problem(file.name, 0, f"can't be read: {error}")]) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(LabelledQuestion.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            problems.append(Problem(file.name, number, f"not JSON: {error.msg}"))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(step) for step in first["loc"])
            problems.append(Problem(file.name, number, f"{place}: {first['msg']}"))
    if problems or not questions:
        raise ContentInvalid(problems or [Problem(file.name, 0, "has no questions")])
    return questions
