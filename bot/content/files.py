"""Reading a file below `knowledge/`, with its problems noted."""

from __future__ import annotations

from pathlib import Path

from bot.content.problems import Model, ProblemList, parse_yaml, validate


def read_text(file: Path, knowledge: Path, problems: ProblemList) -> str | None:
    """The text of a file; None after noting why it can't be read."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.add(name_of(file, knowledge), 0, "this file is missing")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(name_of(file, knowledge), line, "not valid UTF-8")
    except OSError as error:
        problems.add(name_of(file, knowledge), 0, f"can't be read: {error.strerror}")
    return None


def name_of(file: Path, knowledge: Path) -> str:
    """The name of a file as problems show it."""
    return f"{knowledge.name}/{file.relative_to(knowledge).as_posix()}"


def read_whole(
    model: type[Model], file: Path, knowledge: Path, problems: ProblemList
) -> Model | None:
    """A file that is one model; None after noting what is wrong with it."""
    name = name_of(file, knowledge)
    text = read_text(file, knowledge, problems)
    parsed = parse_yaml(text, name, 1, problems) if text is not None else None
    return validate(model, parsed, name, 1, problems) if parsed else None
