"""Questions at the terminal: answers, follow-ups, passages, cases, what people thought of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.answers.records import NewExchange
from bot.core.alliance import NO_ALLIANCE, TERMINAL
from tests.adapters.terminal.conftest import Run
from tests.adapters.terminal.talk import Talk

CREDIT = "how do we share credit"
UNKNOWN = "who signs up for the drone licence"


async def test_a_question_is_answered_with_its_sources(terminal: Talk) -> None:
    shown = await terminal.says(CREDIT)

    assert "Share the credit with every partner" in shown
    assert "Sources [1] Share credit" in shown
    assert "A case in point: Applause in holyoke" in shown
    assert "Worth running: Settle it at home" in shown
    assert "/start-this-checklist" in shown
    assert shown.endswith("/helpful · /not-helpful · /start-this-checklist")


async def test_what_is_cited_is_read_by_a_number(terminal: Talk) -> None:
    await terminal.says(CREDIT)

    shown = await terminal.says("1")

    assert "Leaders who keep applause for themselves lose their partners." in shown
    assert "Source: Handbook (Ann Author), Section 1" in shown


async def test_words_about_a_source_show_it_or_where_the_answer_comes_from(
    terminal: Talk,
) -> None:
    assert "no source" not in await terminal.says(CREDIT)

    for line in (
        "tell me more about source 1",
        "what does [1] say?",
        "can I read number 1 in full?",
    ):
        shown = await terminal.says(line)
        assert "Leaders who keep applause for themselves lose their partners." in shown
        assert "Source: Handbook (Ann Author), Section 1" in shown
    why = await terminal.says("why?")
    assert "This is where the answer comes from:" in why
    assert "[1] Share credit" in why
    assert "Handbook, Section 1" in why
    assert "no source 9" in await terminal.says("and source 9?")
    assert await terminal.store.answers.exchange(TERMINAL, 2) is None


async def test_a_checklist_is_started_from_an_answer(terminal: Talk) -> None:
    assert "1 of 6" in await terminal.says(CREDIT, "/start-this-checklist")


async def test_a_follow_up_is_read_with_what_came_before(terminal: Talk) -> None:
    await terminal.says(CREDIT, "and who gets it?")
    kept = [await terminal.store.answers.exchange(TERMINAL, number) for number in (1, 2)]
    assert [one and one.previous for one in kept] == [None, 1]

    assert "forgotten" in await terminal.says("/new")
    await terminal.says("and who gets it?")
    third = await terminal.store.answers.exchange(TERMINAL, 3)
    assert third is not None
    assert third.previous is None


@pytest.mark.parametrize("line", ["👍", "??", "\u200b", "long " * 2_000])
async def test_what_is_no_question_is_told_and_the_conversation_goes_on(
    line: str, terminal: Talk
) -> None:
    assert "please" in await terminal.says(line)
    assert "[1]" in await terminal.says(CREDIT)


async def test_a_passage_is_shown_by_id_or_title(terminal: Talk) -> None:
    for name in ("share-credit", "SHARE credit", "title:Share credit"):
        shown = await terminal.says(f"/passage {name}")
        assert "Praise partners by name in public." in shown

    shown = await terminal.says("/passage shared credits")
    assert "No passage is called “shared credits”. Did you mean Share credit" in shown


async def test_cases_are_found_by_circumstance(terminal: Talk) -> None:
    assert "In Holyoke the chamber" in await terminal.says("/cases credit on a stage")
    assert "Attendance doubled afterwards." in await terminal.says("1")
    assert "please" in await terminal.says("/cases 👍")


async def test_sources_are_listed_with_what_is_not_known(terminal: Talk) -> None:
    shown = await terminal.says("/sources")

    assert "handbook Handbook Ann Author · A Press · year not known" in shown
    assert "casebook" in shown


async def test_help_names_every_command_and_what_is_the_terminals_own(terminal: Talk) -> None:
    shown = await terminal.says("/help")

    for command in ("passage", "cases", "checklist start", "opportunity post", "guide gaps"):
        assert f"/{command} ·" in shown
    assert all(name in shown for name in ("/new", "/sources", "/quit", "/skip nobody knows yet"))
    assert "Discord" not in shown


# -- what people thought of answers, and what could not be answered ------------------------------


async def test_feedback_is_taken_with_a_reason_on_the_same_line(terminal: Talk) -> None:
    assert "Noted as helpful." in await terminal.says(CREDIT, "/helpful")
    assert "Changed: now noted as not helpful." in await terminal.says("/not-helpful too short")

    assert "too short" in await terminal.says("/guide gaps")


async def test_a_gap_is_answered_by_a_note_that_is_cited_at_once(terminal: Talk) -> None:
    assert "does not cover" in await terminal.says(UNKNOWN)
    assert UNKNOWN in await terminal.says("/guide gaps")

    assert "Title: the question it answers?" in await terminal.says("1")
    assert "Answer?" in await terminal.says("")
    shown = await terminal.says("Maria signs people up for the drone licence on Mondays.")
    assert "note" in shown

    assert "Maria signs people up for the drone licence on Mondays [1]." in await terminal.says(
        UNKNOWN
    )
    assert "There are no open gaps" in await terminal.says("/guide gaps")


async def test_data_are_exported_and_forgotten(terminal: Talk) -> None:
    await terminal.says(CREDIT, "/checklist start sponsor-check", "Ann")

    assert "Written to" in await terminal.says("/privacy export")
    shown = await terminal.says("/privacy forget")
    assert "/delete-my-data" in shown
    await terminal.says("/delete-my-data")

    assert await terminal.store.answers.exchange(TERMINAL, 1) is None
    assert "no run" in (await terminal.says("/checklist history")).lower()


async def test_retention_and_status_are_told(terminal: Talk) -> None:
    assert "30 days" in await terminal.says("/guide retention 30")
    assert "0.1.0" in await terminal.says("/guide status")


async def test_there_are_no_threads_for_a_team(terminal: Talk) -> None:
    assert "team run needs a thread" in await terminal.says("/checklist start money-check team:yes")


async def test_a_run_goes_to_whoever_sits_down_by_that_name(
    terminal: Talk, make_talk: Callable[..., Talk]
) -> None:
    await terminal.says("/checklist start sponsor-check", "The vice president")
    handed = await terminal.says("/checklist hand-over 1 Bea")
    listed = await terminal.says("/checklist list")
    bea = make_talk("bea")
    greeted = await bea.starts()
    shown = await bea.says("/checklist show 1")
    taken_by_me = await terminal.says("/checklist hand-over 1 you")
    back = await bea.says("/checklist hand-over 1 to:You")
    await bea.stops()

    assert "is Bea's now" in handed
    assert "no direct messages" not in handed
    assert "#1" not in listed
    assert "Under way" in greeted
    assert "/checklist resume 1" in greeted
    assert "The vice president" in shown
    assert "Bea is here and can hand it over" in taken_by_me
    assert "is You's now" in back


async def test_nobody_sees_what_is_due_for_somebody_else(
    terminal: Talk, make_talk: Callable[..., Talk]
) -> None:
    await terminal.says("/checklist start sponsor-check", "Vera", "/pause")
    terminal.clock.now += timedelta(days=8)
    bea = make_talk("Bea")
    bea.clock.now = terminal.clock.now
    await bea.starts()
    heard = await bea.hears()
    await bea.stops()

    assert heard == ""
    assert "You paused" in await terminal.hears()


async def test_what_people_in_no_alliance_ask_on_discord_is_no_gap_here(terminal: Talk) -> None:
    await terminal.says(UNKNOWN)
    mine = await terminal.store.answers.exchange(TERMINAL, 1)
    assert mine is not None
    question = "how do volcanoes erupt"
    theirs = NewExchange(5, 700000000000000001, 6, question, mine.outcome)
    await terminal.store.answers.add_exchange(NO_ALLIANCE, theirs)
    listed = await terminal.says("/guide gaps")

    assert "drone licence" in listed
    assert "volcanoes" not in listed


# -- the program as a whole -----------------------------------------------------------------------

VENDOR = "what should we look for when choosing a training vendor"


@pytest.mark.usefixtures("ready")
def test_a_conversation_can_come_through_a_pipe(run: Run) -> None:
    lines = [VENDOR.encode(), b"", b"caf\xe9?", b"/sources", b"/quit", b"/help"]

    outcome = run("chat", stdin=lines)

    assert outcome.code == 0
    assert "[1]" in outcome.out
    assert "year not known" in outcome.words
    assert "/passage ·" not in outcome.out
    assert "Traceback" not in outcome.words
