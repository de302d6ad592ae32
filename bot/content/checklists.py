"""Reads `knowledge/checklists/`, with every problem noted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from bot.content.files import name_of, read_text
from bot.content.models import ChecklistFile
from bot.content.problems import ProblemList, parse_yaml, validate
from bot.core.checklist import AnswerType, Checklist, Condition, Step


def read_checklists(knowledge: Path, problems: ProblemList) -> Iterator[tuple[ChecklistFile, str]]:
    """The checklists that are well-formed, each with the name of its file."""
    for file in sorted((knowledge / "checklists").glob("*.yaml")):
        name = name_of(file, knowledge)
        text = read_text(file, knowledge, problems)
        parsed = parse_yaml(text, name, 1, problems) if text is not None else None
        checklist = validate(ChecklistFile, parsed, name, 1, problems) if parsed else None
        if checklist is None:
            continue
        if checklist.id != file.stem:
            problems.add(name, 1, f"the id {checklist.id!r} is not the file's name")
        yield checklist, name


def definition_of(file: ChecklistFile) -> Checklist:
    """A checklist as the program works with it."""
    return Checklist(
        id=file.id,
        version=file.version,
        title=file.title,
        purpose=file.purpose,
        audience=file.audience,
        overview=file.overview,
        minutes=file.minutes,
        steps=tuple(
            Step(
                id=step.id,
                question=step.question,
                why=step.why,
                passages=tuple(step.passages),
                required=step.required,
                type=AnswerType(step.type),
                case=step.case or "",
                choices=tuple(step.choices or ()),
                commitment=step.commitment,
                when=Condition(step.when.step, tuple(step.when.is_in)) if step.when else None,
            )
            for step in file.steps
        ),
    )


def check_references(
    checklists: list[tuple[ChecklistFile, str]], known: Collection[str], problems: ProblemList
) -> None:
    """Note every passage that a checklist names and that there isn't."""
    for checklist, name in checklists:
        if checklist.overview not in known:
            problems.add(name, 1, f"overview: no such passage {checklist.overview!r}")
        for step in checklist.steps:
            for reference in (*step.passages, *filter(None, [step.case])):
                if reference not in known:
                    problems.add(name, 1, f"step {step.id!r}: no such passage {reference!r}")
