"""The conversation in a terminal."""

from __future__ import annotations

import io

import pytest
from bot.terminal.chat import Conversation
from rich.console import Console

from bot.guide.guide import Guide

from .conftest import Run

VENDOR = "what should we look for when choosing a training vendor"


class Talk:
    """A person at the terminal; answers are what the screen shows, on one line."""

    def __init__(self, guide: Guide) -> None:
        self.conversation = Conversation(guide)

    def says(self, line: str) -> str:
        shown = self.conversation.respond(line)
        assert shown is not None
        screen = Console(file=io.StringIO(), width=200)
        screen.print(shown)
        assert isinstance(screen.file, io.StringIO)
        return " ".join(screen.file.getvalue().split())


@pytest.fixture
def talk(guide: Guide) -> Talk:
    return Talk(guide)


def test_a_question_is_answered_with_its_sources(talk: Talk) -> None:
    shown = talk.says(VENDOR)

    assert "[1]" in shown
    assert "choose-training-vendor" in shown


def test_a_checklist_that_fits_is_proposed(talk: Talk) -> None:
    assert "Worth running: " in talk.says(VENDOR)


def test_a_follow_up_is_read_with_what_came_before(talk: Talk) -> None:
    alone = talk.says("and what should we ask them?")
    talk.says("/new")
    talk.says(VENDOR)

    after = talk.says("and what should we ask them?")

    assert "choose-training-vendor" in after
    assert after != alone


def test_a_question_of_its_own_is_read_alone(talk: Talk, guide: Guide) -> None:
    question = "who in my organization answers for the benefit our alliance work brings"
    fresh = Talk(guide).says(question)
    talk.says(VENDOR)

    assert talk.says(question) == fresh


def test_new_forgets_what_was_asked(talk: Talk, guide: Guide) -> None:
    fresh = Talk(guide).says("and what should we ask them?")
    talk.says(VENDOR)

    assert "forgotten" in talk.says("/new")
    assert talk.says("and what should we ask them?") == fresh


@pytest.mark.parametrize("line", ["👍", "??", "\u200b", "long " * 2_000])
def test_what_is_no_question_is_told_and_the_conversation_goes_on(line: str, talk: Talk) -> None:
    assert "please" in talk.says(line)
    assert "[1]" in talk.says(VENDOR)


def test_a_passage_is_shown_in_full_by_its_id(talk: Talk, guide: Guide) -> None:
    passage = guide.library.by_id["choose-training-vendor"]

    shown = talk.says("/passage choose-training-vendor")

    assert passage.title in shown
    assert " ".join(passage.text.split()) in shown
    assert passage.document.title in shown
    assert f"{passage.place.file}:{passage.place.line}" in shown


def test_a_case_is_shown_with_where_it_happened_and_what_it_shows(talk: Talk, guide: Guide) -> None:
    case = guide.library.by_id["case-sf-hotels"]

    shown = talk.says("/passage case-sf-hotels")

    assert case.circumstance.sector in shown
    assert all(id_ in shown for id_ in case.circumstance.illustrates)


def test_a_misspelled_passage_is_answered_with_what_may_be_meant(talk: Talk) -> None:
    shown = talk.says("/passage acountability-qestions")

    assert "No passage is called “acountability-qestions”" in shown
    assert "Did you mean" in shown
    assert "accountability-questions" in shown


def test_a_passage_has_to_be_named(talk: Talk) -> None:
    assert "Which one?" in talk.says("/passage")


def test_cases_are_found_by_circumstance(talk: Talk) -> None:
    shown = talk.says("/cases hotels in San Francisco train their workers together")

    assert "case-sf-hotels" in shown


def test_without_a_wish_all_cases_are_listed(talk: Talk, guide: Guide) -> None:
    shown = talk.says("/cases")

    cases = [passage.id for passage in guide.library.passages if passage.kind == "case"]
    assert cases
    assert all(id_ in shown for id_ in cases)


def test_cases_for_no_words_are_refused(talk: Talk) -> None:
    assert "please" in talk.says("/cases 👍")


def test_sources_are_listed_with_what_is_not_known(talk: Talk, guide: Guide) -> None:
    shown = talk.says("/sources")

    for document in guide.library.documents:
        assert document.title in shown
        assert " ".join(document.note.split()) in shown
    assert "year not known" in shown


@pytest.mark.parametrize("command", ["/passage", "/cases", "/sources", "/new", "/quit"])
def test_help_names_every_command(command: str, talk: Talk) -> None:
    assert command in talk.says("/help")


def test_commands_are_understood_in_capitals(talk: Talk) -> None:
    assert talk.says("/HELP") == talk.says("/help")


@pytest.mark.parametrize("line", ["/quit", "/exit"])
def test_quitting_ends_the_conversation(line: str, guide: Guide) -> None:
    assert Conversation(guide).respond(line) is None


def test_commands_and_passages_can_be_completed(guide: Guide) -> None:
    words = Conversation(guide).words

    assert {"/passage", "/help", "case-sf-hotels"} <= set(words)


@pytest.mark.usefixtures("ready")
def test_a_conversation_can_come_through_a_pipe(run: Run) -> None:
    lines = [VENDOR.encode(), b"", b"caf\xe9?", b"/sources", b"/quit", b"/help"]

    outcome = run("chat", stdin=lines)

    assert outcome.code == 0
    assert "[1]" in outcome.out
    assert "year not known" in outcome.words
    assert "/passage ID" not in outcome.out
    assert "Traceback" not in outcome.words
