"""Mistakes that authors make easily, and that must not end in an unexpected error."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.library import examine_library
from bot.content.phrases import examine_about_bot, examine_phrases
from bot.core.about_bot import AboutBot, AboutBotKind
from tests.conftest import PROMPTS

from .conftest import KnowledgeFolder


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    return shutil.copytree(PROMPTS, tmp_path / "prompts")


def test_a_template_that_begins_with_braces_and_no_quotation_marks_is_told(prompts: Path) -> None:
    (prompts / "more.yaml").write_text(
        "templates:\n  not_covered:\n    purpose: Again.\n    text: {{ name }}\n", "utf-8"
    )

    problems = examine_phrases(prompts)

    assert any(str(p).startswith("prompts/more.yaml:4: not valid YAML") for p in problems)


def test_braces_in_a_passage_s_front_matter_are_told(knowledge: KnowledgeFolder) -> None:
    knowledge.change("guidance/shared-purpose.md", "title: About", "title: {{ x }} #")

    _, problems = examine_library(knowledge.path)

    file = "knowledge/guidance/shared-purpose.md"
    assert any(str(p).startswith(f"{file}:3: not valid YAML") for p in problems)


def test_a_sentence_whose_end_is_in_doubt_is_told_with_its_line(knowledge: KnowledgeFolder) -> None:
    knowledge.change(
        "guidance/shared-purpose.md",
        "Write the answers",
        "\nIt works in the U.S. Write the answers",
    )

    _, problems = examine_library(knowledge.path)

    [problem] = [str(problem) for problem in problems]
    assert problem.startswith("knowledge/guidance/shared-purpose.md:22: may be no sentence, or two")
    assert "U.S. Write the answers" in problem


def test_a_misspelled_key_of_a_template_is_told(prompts: Path) -> None:
    (prompts / "more.yaml").write_text(
        "templates:\n  not_covered:\n    purpse: Again.\n    text: No.\n", "utf-8"
    )

    problems = examine_phrases(prompts)

    assert any(
        str(p) == "prompts/more.yaml:3: unknown key 'purpse' (did you mean 'purpose'?)"
        for p in problems
    )


def test_a_kind_of_what_is_said_about_the_bot_without_words_is_told(prompts: Path) -> None:
    problems = examine_about_bot(prompts, AboutBot((AboutBotKind("weather", ("will it rain?",)),)))

    assert any(str(p).endswith("no template for the phrase about_bot_weather") for p in problems)
    assert any(
        "about-the-bot.yaml has no kind for 'about_bot_greeting'" in str(p) for p in problems
    )
