"""The JSON Schemas beside the content."""

from __future__ import annotations

import json

import pytest

from bot.content import schemas
from tests.conftest import KNOWLEDGE

from .conftest import KnowledgeFolder


def test_the_shipped_schemas_are_up_to_date() -> None:
    assert schemas.examine_schemas(KNOWLEDGE) == []


@pytest.mark.parametrize("name", sorted(schemas.generate()))
def test_a_schema_forbids_unknown_keys(name: str) -> None:
    assert json.loads(schemas.generate()[name])["additionalProperties"] is False


def test_a_schema_that_is_missing_or_old_is_a_problem_with_the_command_to_run(
    knowledge: KnowledgeFolder,
) -> None:
    (knowledge.path / "schemas/passage.schema.json").unlink()
    knowledge.write("schemas/checklist.schema.json", "{}")

    problems = [str(problem) for problem in schemas.examine_schemas(knowledge.path)]

    assert len(problems) == 2
    for problem in problems:
        assert problem.endswith("is not up to date: run `python -m bot check --write-schemas`")


def test_writing_them_anew_ends_the_problem(knowledge: KnowledgeFolder) -> None:
    knowledge.write("schemas/checklist.schema.json", "{}")

    schemas.write(knowledge.path)

    assert schemas.examine_schemas(knowledge.path) == []
