"""What `check` says about content that is wrong: file, line, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.content.library import examine_library, read_library
from bot.core.errors import ContentInvalid

from .conftest import CHECKLIST, PROSE, KnowledgeFolder

GUIDANCE, CASE = "guidance/shared-purpose.md", "cases/stage.md"
GLOSSARY, STEPS = "glossary.md", "checklists/start-well.yaml"


@dataclass(frozen=True)
class Break:
    """One change to one file, and how the only problem it makes begins."""

    what: str
    file: str
    old: str
    new: str
    problem: str

    def __str__(self) -> str:
        return self.what


CHANGES = [
    Break(
        "a misspelled key",
        GUIDANCE,
        "topics:",
        "topisc:",
        f"knowledge/{GUIDANCE}:5: unknown key 'topisc' (did you mean 'topics'?)",
    ),
    Break(
        "a misspelled key inside another",
        GUIDANCE,
        "  section:",
        "  sektion:",
        f"knowledge/{GUIDANCE}:8: unknown key 'sektion' (did you mean 'section'?)",
    ),
    Break(
        "a key nobody could mean",
        GUIDANCE,
        "topics:",
        "qqq: 1\ntopics:",
        f"knowledge/{GUIDANCE}:5: unknown key 'qqq'",
    ),
    Break(
        "a key given twice",
        GUIDANCE,
        "kind: guidance",
        "kind: guidance\ntitle: Again",
        f"knowledge/{GUIDANCE}:5: not valid YAML: the key 'title' is given twice",
    ),
    Break(
        "a tab",
        GUIDANCE,
        "  document: handbook",
        "\tdocument: handbook",
        f"knowledge/{GUIDANCE}:7: not valid YAML: found character that cannot start any token",
    ),
    Break(
        "a bracket left open",
        GUIDANCE,
        "topics: [shared-purpose]",
        "topics: [shared-purpose",
        f"knowledge/{GUIDANCE}:6: not valid YAML: did not find expected ',' or ']'",
    ),
    Break(
        "a date that does not exist",
        GUIDANCE,
        "title: About shared-purpose",
        "title: 2024-13-45",
        f"knowledge/{GUIDANCE}:2: not valid YAML: month must be in 1..12",
    ),
    Break(
        "no front matter",
        GUIDANCE,
        "---\n",
        "",
        f"knowledge/{GUIDANCE}:1: does not begin with front matter",
    ),
    Break(
        "a kind that belongs elsewhere",
        GUIDANCE,
        "kind: guidance",
        "kind: glossary",
        f"knowledge/{GUIDANCE}:1: kind 'glossary' does not belong in guidance/",
    ),
    Break(
        "a kind there isn't",
        GUIDANCE,
        "kind: guidance",
        "kind: advice",
        f"knowledge/{GUIDANCE}:4: kind: Input should be 'guidance', 'case' or 'glossary'",
    ),
    Break(
        "an unknown document",
        GUIDANCE,
        "document: handbook",
        "document: handbok",
        f"knowledge/{GUIDANCE}:2: no document 'handbok' in documents.yaml",
    ),
    Break(
        "a case of nothing",
        CASE,
        "illustrates: [shared-purpose]",
        "illustrates: [unshared-purpose]",
        f"knowledge/{CASE}:2: illustrates 'unshared-purpose': no such passage",
    ),
    Break(
        "a case without a sector",
        CASE,
        "sector: Hotels\n",
        "",
        f"knowledge/{CASE}:2: the whole: a case says what it illustrates and in which sector",
    ),
    Break(
        "guidance with a sector",
        GUIDANCE,
        "asks:",
        "sector: Hotels\nasks:",
        f"knowledge/{GUIDANCE}:2: the whole: only a case has sector",
    ),
    Break(
        "hardly any text",
        GUIDANCE,
        PROSE,
        "Too short.\n",
        f"knowledge/{GUIDANCE}:21: the text has 2 words, not 40 to 180",
    ),
    Break(
        "no text at all",
        GUIDANCE,
        PROSE,
        "",
        f"knowledge/{GUIDANCE}:2: the text has 0 words, not 40 to 180",
    ),
    Break(
        "far too much text",
        GUIDANCE,
        PROSE,
        PROSE * 5,
        f"knowledge/{GUIDANCE}:21: the text has 255 words, not 40 to 180",
    ),
    Break(
        "a list in the text",
        GUIDANCE,
        PROSE,
        f"{PROSE}\n- one\n- two\n",
        f"knowledge/{GUIDANCE}:23: the text has a bullet_list; write prose",
    ),
    Break(
        "a heading in the text",
        GUIDANCE,
        PROSE,
        f"# Title\n\n{PROSE}",
        f"knowledge/{GUIDANCE}:21: the text has a heading; write prose",
    ),
    Break(
        "two asks alike",
        GUIDANCE,
        "what about shared-purpose number 1",
        "What about Shared-Purpose number 0",
        f"knowledge/{GUIDANCE}:2: the whole: the question 'What about Shared-Purpose number 0'",
    ),
    Break(
        "too few asks",
        GUIDANCE,
        '  - "what about shared-purpose number 1"\n',
        "",
        f"knowledge/{GUIDANCE}:9: asks: List should have at least 6 items",
    ),
    Break(
        "an empty ask",
        GUIDANCE,
        '"what about shared-purpose number 2"',
        '" "',
        f"knowledge/{GUIDANCE}:12: asks.2: String should have at least 1 character",
    ),
    Break(
        "a missing key",
        GUIDANCE,
        "title: About shared-purpose\n",
        "",
        f"knowledge/{GUIDANCE}:2: title is missing",
    ),
    Break(
        "a glossary heading without its block",
        GLOSSARY,
        "```yaml\n",
        "```\n",
        f"knowledge/{GLOSSARY}:3: the heading is not followed by a fenced block of yaml",
    ),
    Break(
        "a glossary entry of another kind",
        GLOSSARY,
        "kind: glossary",
        "kind: guidance",
        f"knowledge/{GLOSSARY}:3: kind 'guidance' does not belong in a glossary",
    ),
    Break(
        "a misspelled key in the glossary",
        GLOSSARY,
        "beyond:",
        "beyonds:",
        f"knowledge/{GLOSSARY}:5: beyond is missing",
    ),
    Break(
        "a condition on a later step",
        STEPS,
        "    required: true\n",
        '    required: true\n    when: {step: second, is: ["x"]}\n',
        f"knowledge/{STEPS}:1: the whole: step 'first' depends on 'second', which is no earlier",
    ),
    Break(
        "a condition on no step",
        STEPS,
        "step: first,",
        "step: zeroth,",
        f"knowledge/{STEPS}:1: the whole: step 'second' depends on 'zeroth', which is no earlier",
    ),
    Break(
        "a condition that can't come true",
        STEPS,
        'is: ["yes"]',
        'is: ["maybe"]',
        f"knowledge/{STEPS}:1: the whole: step 'second' waits for an answer that can't be given",
    ),
    Break(
        "a choice without choices",
        STEPS,
        "type: yes-no",
        "type: choice",
        f"knowledge/{STEPS}:9: steps.0: choices stand with the type choice, and only there",
    ),
    Break(
        "two steps of one name",
        STEPS,
        "id: second",
        "id: first",
        f"knowledge/{STEPS}:1: the whole: two steps have the id 'first'",
    ),
    Break(
        "a step with an unknown passage",
        STEPS,
        "[shared-purpose, glue]",
        "[shared-purpose, gloo]",
        f"knowledge/{STEPS}:1: step 'second': no such passage 'gloo'",
    ),
    Break(
        "a step with an unknown case",
        STEPS,
        "case: stage",
        "case: staged",
        f"knowledge/{STEPS}:1: step 'second': no such passage 'staged'",
    ),
    Break(
        "an overview there isn't",
        STEPS,
        "overview: shared-purpose",
        "overview: unshared-purpose",
        f"knowledge/{STEPS}:1: overview: no such passage 'unshared-purpose'",
    ),
    Break(
        "a misspelled key of a step",
        STEPS,
        "    required: false",
        "    requird: false",
        f"knowledge/{STEPS}:20: unknown key 'requird' (did you mean 'required'?)",
    ),
    Break(
        "a checklist that is a list",
        STEPS,
        CHECKLIST,
        "- one\n- two\n",
        f"knowledge/{STEPS}:1: the whole: Input should be a valid dictionary",
    ),
    Break(
        "a document twice",
        "documents.yaml",
        "documents:\n",
        "documents:\n  - {id: handbook, title: T, authors: A, publisher: P, year: 1999, note: N}\n",
        "knowledge/documents.yaml:1: two documents have the id 'handbook'",
    ),
    Break(
        "a document without a note",
        "documents.yaml",
        '"No year is printed."',
        '""',
        "knowledge/documents.yaml:7: documents.0.note: String should have at least 1 character",
    ),
    Break(
        "an uncovered question twice",
        "uncovered.yaml",
        "questions:\n",
        'questions:\n  - "How do Volcanoes erupt"\n',
        "knowledge/uncovered.yaml:1: the whole: the question 'how do volcanoes erupt' stands here",
    ),
    Break(
        "an example of what is said about the bot twice",
        "about-the-bot.yaml",
        "[hi, hello, hey there]",
        "[hi, hello, Hi]",
        "knowledge/about-the-bot.yaml:1: the whole: 'hi' stands here twice",
    ),
    Break(
        "a kind of what is said about the bot with too few examples",
        "about-the-bot.yaml",
        "[hi, hello, hey there]",
        "[hi]",
        "knowledge/about-the-bot.yaml:4: kinds.greeting.says: List should have at least 3 items",
    ),
    Break(
        "a word for a button that YAML reads as yes",
        "words-for-buttons.yaml",
        "says: [done]",
        "says: [done, yes]",
        "knowledge/words-for-buttons.yaml:2: kinds.done.says.1: Input should be a valid string",
    ),
    Break(
        "a word people type that YAML reads as no",
        "as-people-type.yaml",
        "negations: [not]",
        "negations: [not, no]",
        "knowledge/as-people-type.yaml:16: negations.1: Input should be a valid string",
    ),
    Break(
        "a zone that does not exist",
        "zones.yaml",
        "America/Chicago",
        "America/Chicgo",
        "knowledge/zones.yaml:3: zones.America/Chicgo: the time zone database has no such zone",
    ),
    Break(
        "a zone that is a path",
        "zones.yaml",
        "America/Chicago",
        "../etc/passwd",
        "knowledge/zones.yaml:3: zones.../etc/passwd: the time zone database has no such zone",
    ),
    Break(
        "a zone nobody calls anything",
        "zones.yaml",
        "[Dallas]",
        "[]",
        "knowledge/zones.yaml:3: zones.America/Chicago: List should have at least 1 item",
    ),
    Break(
        "a place in two zones",
        "zones.yaml",
        "Dallas",
        "nyc",
        "knowledge/zones.yaml:1: the whole: the name 'nyc' stands here twice",
    ),
    Break(
        "a name for several zones that is one zone",
        "zones.yaml",
        "zones:\n",
        "several:\n  Tennessee: [America/Chicago]\nzones:\n",
        "knowledge/zones.yaml:2: several.Tennessee: List should have at least 2 items",
    ),
    Break(
        "a name for one zone and for several",
        "zones.yaml",
        "zones:\n",
        "several:\n  Boston: [America/Chicago, America/Denver]\nzones:\n",
        "knowledge/zones.yaml:1: the whole: the name 'boston' stands here twice",
    ),
    Break(
        "a short name of nothing",
        "zones.yaml",
        "zones:\n",
        "short:\n  TN: Tennesee\nzones:\n",
        "knowledge/zones.yaml:1: the whole: 'Tennesee' is short for something, and has no time zone",
    ),
    Break(
        "a year that can't be",
        "documents.yaml",
        "year: null",
        "year: 1066",
        "knowledge/documents.yaml:6: documents.0.year: Input should be greater than or equal",
    ),
]


def problems_in(knowledge: KnowledgeFolder) -> list[str]:
    library, problems = examine_library(knowledge.path)
    assert (library is None) == bool(problems)
    return [str(problem) for problem in problems]


def test_the_folder_that_the_following_tests_break_is_valid(knowledge: KnowledgeFolder) -> None:
    assert problems_in(knowledge) == []


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_broken_file_is_told_with_its_line(change: Break, knowledge: KnowledgeFolder) -> None:
    knowledge.change(change.file, change.old, change.new)

    problems = problems_in(knowledge)

    assert any(problem.startswith(change.problem) for problem in problems), problems


def test_an_id_that_is_not_the_file_name_is_told(knowledge: KnowledgeFolder) -> None:
    (knowledge.path / GUIDANCE).rename(knowledge.path / "guidance/purpose.md")

    assert problems_in(knowledge) == [
        "knowledge/guidance/purpose.md:1: the id 'shared-purpose' is not the file's name"
    ]


def test_an_id_in_two_files_is_told_with_the_other_file(knowledge: KnowledgeFolder) -> None:
    knowledge.change(GLOSSARY, "id: glue", "id: shared-purpose")
    knowledge.change(STEPS, "[shared-purpose, glue]", "[shared-purpose]")

    assert problems_in(knowledge) == [
        f"knowledge/{GLOSSARY}:5: the id 'shared-purpose' stands in knowledge/{GUIDANCE} too"
    ]


def test_a_byte_that_is_no_utf_8_is_told_with_its_line(knowledge: KnowledgeFolder) -> None:
    text = knowledge.files[GUIDANCE].encode()
    knowledge.write(GUIDANCE, text.replace(b"title: About", b"title: \xff About"))

    assert f"knowledge/{GUIDANCE}:3: not valid UTF-8" in problems_in(knowledge)


@pytest.mark.parametrize(
    "name", ["documents.yaml", GLOSSARY, "uncovered.yaml", "about-the-bot.yaml"]
)
def test_a_file_that_must_be_there_is_told_when_missing(
    name: str, knowledge: KnowledgeFolder
) -> None:
    (knowledge.path / name).unlink()

    assert f"knowledge/{name}:0: this file is missing" in problems_in(knowledge)


def test_an_empty_file_is_told(knowledge: KnowledgeFolder) -> None:
    knowledge.write(STEPS, "# nothing yet\n")

    assert problems_in(knowledge) == [f"knowledge/{STEPS}:1: nothing stands here"]


def test_all_problems_of_all_files_are_told_at_once_and_in_order(
    knowledge: KnowledgeFolder,
) -> None:
    knowledge.change(GUIDANCE, "topics:", "topisc:")
    knowledge.change(GUIDANCE, PROSE, "Too short.\n")
    knowledge.change(CASE, "document: handbook", "document: nobook")
    knowledge.change(STEPS, "type: yes-no", "type: choice")
    knowledge.write("guidance/bare.md", PROSE)

    problems = problems_in(knowledge)

    expected = [
        f"knowledge/{CASE}:2: no document 'nobook'",
        f"knowledge/{STEPS}:9: steps.0: choices stand",
        "knowledge/guidance/bare.md:1: does not begin",
        f"knowledge/{GUIDANCE}:2: topics is missing",
        f"knowledge/{GUIDANCE}:5: unknown key 'topisc'",
        f"knowledge/{GUIDANCE}:21: the text has 2 words",
    ]
    places = [next(i for i, p in enumerate(problems) if p.startswith(e)) for e in expected]
    assert places == sorted(places)


def test_reading_broken_content_raises_with_every_problem(knowledge: KnowledgeFolder) -> None:
    knowledge.change(GUIDANCE, "document: handbook", "document: nobook")
    knowledge.change(CASE, "document: handbook", "document: nobook")

    with pytest.raises(ContentInvalid, match=r"2 problems, the first is knowledge/cases") as caught:
        read_library(knowledge.path)

    assert [problem.file for problem in caught.value.problems] == [
        f"knowledge/{CASE}",
        f"knowledge/{GUIDANCE}",
    ]


def test_text_is_one_line_a_paragraph_whatever_the_file_looks_like(
    knowledge: KnowledgeFolder,
) -> None:
    wrapped = "  " + PROSE.replace(". ", ".\n", 2)
    knowledge.change(GUIDANCE, PROSE, f"{wrapped}\nA  second\tparagraph.\n")

    passage = read_library(knowledge.path).by_id["shared-purpose"]

    assert passage.text == f"{PROSE.strip()}\n\nA second paragraph."
    assert passage.sentences[-1] == "A second paragraph."


@pytest.mark.parametrize("part", ["text", "title", "ask", "beyond"])
def test_a_change_of_what_is_searched_changes_the_fingerprint(
    part: str, knowledge: KnowledgeFolder
) -> None:
    before = read_library(knowledge.path).fingerprint
    old = {
        "text": "good year",
        "title": "title: About",
        "ask": "what about shared-purpose number 3",
        "beyond": "what does shared-purpose cost",
    }[part]

    knowledge.change(GUIDANCE, old, f"{old} indeed")

    assert read_library(knowledge.path).fingerprint != before
