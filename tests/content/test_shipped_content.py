"""Every file that is shipped is a test case."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.content.library import examine_library
from bot.content.phrases import TemplatePhrases, examine_about_bot, examine_phrases
from bot.core.errors import Problem
from bot.core.models import Library, PassageKind
from tests.conftest import KNOWLEDGE, PROMPTS

PASSAGE_FILES = sorted([*KNOWLEDGE.glob("guidance/*.md"), *KNOWLEDGE.glob("cases/*.md")])
CHECKLIST_FILES = sorted(KNOWLEDGE.glob("checklists/*.yaml"))
GLOSSARY = sorted(
    re.findall(r"^id: (\S+)$", (KNOWLEDGE / "glossary.md").read_text("utf-8"), re.MULTILINE)
)
ANSWER_TEMPLATES = yaml.safe_load((PROMPTS / "answers.yaml").read_text("utf-8"))["templates"]
DOCUMENTS = yaml.safe_load((KNOWLEDGE / "documents.yaml").read_text("utf-8"))["documents"]


@pytest.fixture(scope="module")
def examined() -> tuple[Library | None, list[Problem]]:
    return examine_library(KNOWLEDGE)


def _name(file: Path) -> str:
    return f"knowledge/{file.relative_to(KNOWLEDGE).as_posix()}"


@pytest.mark.parametrize("file", PASSAGE_FILES, ids=lambda file: file.stem)
def test_a_passage_file_is_read_without_a_problem(
    file: Path, examined: tuple[Library | None, list[Problem]]
) -> None:
    library, problems = examined

    assert [str(problem) for problem in problems if problem.file == _name(file)] == []
    assert library is not None
    passage = library.by_id[file.stem]
    assert passage.place.file == _name(file)
    line = file.read_text("utf-8").splitlines()[passage.place.line - 1]
    assert line
    assert passage.text.startswith(" ".join(line.split()))


@pytest.mark.parametrize("id_", GLOSSARY)
def test_a_glossary_entry_is_read_and_its_line_is_right(id_: str, library: Library) -> None:
    passage = library.by_id[id_]

    lines = (KNOWLEDGE / "glossary.md").read_text("utf-8").splitlines()
    assert passage.kind is PassageKind.GLOSSARY
    assert passage.text.startswith(" ".join(lines[passage.place.line - 1].split()))


@pytest.mark.parametrize("file", CHECKLIST_FILES, ids=lambda file: file.stem)
def test_a_checklist_file_is_read_and_explains_itself_with_passages(
    file: Path, examined: tuple[Library | None, list[Problem]]
) -> None:
    library, problems = examined

    assert [str(problem) for problem in problems if problem.file == _name(file)] == []
    assert library is not None
    [summary] = [checklist for checklist in library.checklists if checklist.id == file.stem]
    assert set(summary.passages) <= set(library.by_id)


@pytest.mark.parametrize("file", CHECKLIST_FILES, ids=lambda file: file.stem)
def test_a_checklist_has_required_and_optional_steps(file: Path) -> None:
    steps = yaml.safe_load(file.read_text("utf-8"))["steps"]

    assert {step["required"] for step in steps} == {True, False}


@pytest.mark.parametrize("entry", DOCUMENTS, ids=lambda entry: entry["id"])
def test_a_document_says_what_is_not_known_and_is_used(
    entry: dict[str, str], library: Library
) -> None:
    [document] = [document for document in library.documents if document.id == entry["id"]]

    assert document.note.strip()
    assert any(passage.document == document for passage in library.passages)


def test_prompt_files_are_read_without_a_problem() -> None:
    assert [str(problem) for problem in examine_phrases(PROMPTS)] == []


def test_each_kind_of_what_is_said_about_the_bot_has_its_words(library: Library) -> None:
    assert examine_about_bot(PROMPTS, library.about_bot) == []


@pytest.mark.parametrize("phrase", ANSWER_TEMPLATES)
def test_a_phrase_can_be_said_with_its_variables(phrase: str, phrases: TemplatePhrases) -> None:
    values = {name: [f"<{name}>"] for name in phrases.variables[phrase]}

    said = phrases.say(phrase, **values)

    assert said.strip()
    assert all(f"<{name}>" in said for name in values)


def test_all_passage_files_and_nothing_else_are_in_the_library(library: Library) -> None:
    assert sorted(library.by_id) == sorted([*(file.stem for file in PASSAGE_FILES), *GLOSSARY])


def test_no_id_is_given_twice(library: Library) -> None:
    for things in (library.passages, library.documents, library.checklists):
        assert [id_ for id_, n in Counter(thing.id for thing in things).items() if n > 1] == []


@pytest.mark.parametrize(
    ("said", "zone"),
    [("nyc", "America/New_York"), ("St. Louis", "America/Chicago"), ("BST", "Europe/London")],
)
def test_what_people_call_a_zone_is_known(said: str, zone: str, library: Library) -> None:
    found = library.zones.read(said)

    assert found is not None
    assert found.key == zone


def test_every_name_of_a_zone_is_read_as_it_stands(library: Library) -> None:
    assert library.zones.more
    for said, zone in library.zones.more.items():
        assert library.zones.read(said) == ZoneInfo(zone)


def test_every_case_illustrates_passages_that_exist(library: Library) -> None:
    cases = [passage for passage in library.passages if passage.kind is PassageKind.CASE]

    assert cases
    for case in cases:
        assert case.circumstance.illustrates
        assert set(case.circumstance.illustrates) <= set(library.by_id)


def test_sentences_stand_in_their_passage_in_order(library: Library) -> None:
    for passage in library.passages:
        at = 0
        for sentence in passage.sentences:
            at = passage.text.index(sentence, at) + len(sentence)


def test_no_question_is_asked_of_two_passages(library: Library) -> None:
    asks = Counter(ask.casefold() for passage in library.passages for ask in passage.asks)

    assert [ask for ask, count in asks.items() if count > 1] == []


def test_no_question_is_both_answered_and_beyond(library: Library) -> None:
    asks = {ask.casefold() for passage in library.passages for ask in passage.asks}
    beyond = {one.casefold() for passage in library.passages for one in passage.beyond}

    assert asks & beyond == set()


def test_the_fingerprint_is_the_same_for_the_same_content(library: Library) -> None:
    again, _ = examine_library(KNOWLEDGE)

    assert again is not None
    assert again.fingerprint == library.fingerprint
