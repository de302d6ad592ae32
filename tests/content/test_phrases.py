"""The words the bot says: templates that are checked before they are used."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.content.phrases import TemplatePhrases, examine_phrases, read_phrases
from bot.core.errors import ContentInvalid
from tests.conftest import PROMPTS


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    return shutil.copytree(PROMPTS, tmp_path / "prompts")


def change(prompts: Path, old: str, new: str) -> int:
    """Replace a text; returns the line, counted from 1, of the template it stands in."""
    file = prompts / "answers.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems_in(prompts: Path) -> list[str]:
    return [str(problem) for problem in examine_phrases(prompts)]


def test_a_variable_that_is_not_given_is_told(prompts: Path) -> None:
    line = change(prompts, "{{ document }} puts", "{{ paper }} puts")

    [problem] = problems_in(prompts)

    assert re.fullmatch(
        rf"prompts/answers\.yaml:{line - 2}: other_source_lead uses \['paper'\]; "
        r"the program gives \['document'\]",
        problem,
    )


def test_a_template_that_can_t_be_parsed_is_told(prompts: Path) -> None:
    line = change(prompts, "{{ document }} puts", "{{ document puts")

    [problem] = problems_in(prompts)

    assert problem.startswith(f"prompts/answers.yaml:{line - 2}: not a valid template: ")


def test_a_phrase_the_program_does_not_have_is_told(prompts: Path) -> None:
    line = change(prompts, "  not_covered:", "  not_coverd:")

    assert problems_in(prompts) == [
        f"prompts/answers.yaml:{line}: the program has no phrase 'not_coverd'"
    ]


def test_a_missing_phrase_is_told(prompts: Path) -> None:
    text = (prompts / "answers.yaml").read_text("utf-8")
    shorter = re.sub(r"  nearby:\n(    .*\n)+", "", text)
    (prompts / "answers.yaml").write_text(shorter, "utf-8")

    assert problems_in(prompts) == ["prompts:0: no template for the phrase nearby"]


def test_a_phrase_in_two_files_is_told(prompts: Path) -> None:
    (prompts / "zz-more.yaml").write_text(
        "templates:\n  not_covered:\n    purpose: Again.\n    text: No.\n", "utf-8"
    )

    assert problems_in(prompts) == [
        "prompts/zz-more.yaml:2: the phrase 'not_covered' is given twice"
    ]


def test_a_file_that_is_no_utf_8_is_told(prompts: Path) -> None:
    (prompts / "zz-more.yaml").write_bytes(b"templates: \xff")

    [problem] = problems_in(prompts)

    assert problem.startswith("prompts/zz-more.yaml:0: can't be read: ")


def test_problems_of_several_templates_are_told_at_once(prompts: Path) -> None:
    change(prompts, "{{ document }} puts", "{{ paper }} puts")
    change(prompts, "{{ name }}”", "{{ nam }}”")
    change(prompts, "  off_topic:", "  of_topic:")

    assert len(problems_in(prompts)) == 3


def test_reading_broken_prompts_raises(prompts: Path) -> None:
    change(prompts, "{{ document }} puts", "{{ document puts")

    with pytest.raises(ContentInvalid, match="not a valid template"):
        read_phrases(prompts)


def test_a_missing_variable_is_refused(phrases: TemplatePhrases) -> None:
    with pytest.raises(ValueError, match=r"other_source_lead takes \['document'\], not \[\]"):
        phrases.say("other_source_lead")


def test_an_extra_variable_is_refused(phrases: TemplatePhrases) -> None:
    with pytest.raises(ValueError, match=r"takes \['document'\], not \['author', 'document'\]"):
        phrases.say("other_source_lead", document="A", author="B")


def test_a_value_is_filled_in_and_never_read_as_a_template(phrases: TemplatePhrases) -> None:
    said = phrases.say("unknown_name", name="{{ 7 * 7 }} {% for x in y %}")

    assert "{{ 7 * 7 }} {% for x in y %}" in said
    assert "49" not in said


def test_a_template_can_t_reach_into_the_program(prompts: Path) -> None:
    change(prompts, "{{ name }}", "{{ name.__class__.__mro__ }}")
    phrases = read_phrases(prompts)

    with pytest.raises(Exception, match="unsafe"):
        phrases.say("unknown_name", name="x")
