"""Questions, gaps, what an alliance keeps and what is held about somebody, at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.adapters.terminal.talk import Talk, written

CREDIT = "how do we share credit"
DRONES = "who signs up for the drone licence"
NOTE = "Maria signs people up for the drone licence on Mondays."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


async def test_a_line_is_answered_with_one_marker_for_a_passage(terminal: Talk) -> None:
    shown = await terminal.says(CREDIT)
    assert "Share the credit with every partner. Praise partners by name in public." in shown
    assert shown.count("[1]") == 2  # at the end of the text, and at the source
    assert shown.endswith("/helpful · /not-helpful · /start-this-checklist")

    shown = await terminal.says("and who pays for it?")
    assert "As was said: Share the credit with every partner [1]." in shown
    shown = await terminal.says("/new", "and who pays for it?")
    assert "The library does not cover this." in shown


async def test_an_answer_is_rated_and_its_passages_are_read(terminal: Talk) -> None:
    assert "Noted as helpful." in await terminal.says(CREDIT, "/helpful")
    shown = await terminal.says("/not-helpful", "too short")
    assert "Changed: now noted as not helpful." in shown

    shown = await terminal.says("/read-a-passage 1")
    assert "Source: Handbook (Ann Author), Section 1" in shown
    assert shown == await terminal.says("/passage share credit")
    assert "Case examples for “manufacturing”" in await terminal.says("/cases manufacturing")
    assert "Did you mean Share credit?" in await terminal.says("/passage share crd")


async def test_a_wrong_answer_is_kept_from_coming_again_until_it_is_let(terminal: Talk) -> None:
    shown = await terminal.says(CREDIT, "/not-helpful", "not how we do it")
    assert shown.endswith("/keep-this-from-coming-again")
    shown = await terminal.says("/keep-this-from-coming-again")
    assert "Kept from coming again in this alliance." in shown

    shown = await terminal.says("/new", "How do we share credit?")
    assert "marked the one that was here as wrong. It is listed among the gaps" in shown
    assert "Share the credit with every partner" not in shown
    assert "Nearby, as reading, not as an answer" in shown

    shown = await terminal.says("/guide gaps")
    assert "marked as wrong (#1) and kept from coming again" in shown
    assert "It may come again" in await terminal.says("/let-it-come-again")
    shown = await terminal.says("/new", CREDIT)
    assert "Share the credit with every partner" in shown


async def test_a_note_takes_the_place_of_a_wrong_answer(terminal: Talk) -> None:
    await terminal.says(CREDIT, "/not-helpful", "", "/keep-this-from-coming-again")
    shown = await terminal.says(f"/guide answer {CREDIT}", "", "Maria names every partner.")
    assert "Kept as practice note note-1" in shown
    assert "Maria names every partner [1]." in await terminal.says("/new", CREDIT)


async def test_an_answer_that_was_found_helpful_says_so(terminal: Talk) -> None:
    shown = await terminal.says(CREDIT)
    assert "A steward found this helpful" not in shown
    shown = await terminal.says("/helpful")
    assert "it says that a steward found it helpful" in shown
    assert "A steward found this helpful." in await terminal.says("/new", CREDIT)


async def test_a_gap_is_answered_and_the_note_is_cited_until_it_is_taken_back(
    terminal: Talk,
) -> None:
    await terminal.says(DRONES, "what is a sextant")
    shown = await terminal.says("/guide gaps")
    assert "2 open questions in 2 groups" in shown

    shown = await terminal.says(f"/guide answer {DRONES}", "", NOTE)
    assert "Kept as practice note note-1" in shown
    assert f"{NOTE[:-1]} [1]." in await terminal.says(DRONES)

    shown = await terminal.says("/guide note remove 1")
    assert "Practice note note-1 is taken back" in shown
    assert "There is no practice note “1”" in await terminal.says("/guide note remove 1")
    assert "does not cover" in await terminal.says(DRONES)


async def test_a_gap_is_picked_from_the_list(terminal: Talk) -> None:
    await terminal.says(DRONES, "/guide gaps", "1", "")
    assert "Kept as practice note" in await terminal.says(NOTE)
    assert "There is no open gap “99”" in await terminal.says("/guide answer 99")


async def test_how_long_things_are_kept_is_changed(terminal: Talk) -> None:
    assert "kept for 180 days" in await terminal.says("/guide retention")
    assert "kept for 30 days, instead of 180" in await terminal.says("/guide retention 30")
    assert "from 1 to 3,650" in await terminal.says("/guide retention 0")


async def test_how_the_guide_is_doing_is_shown_and_handed_out(terminal: Talk) -> None:
    await terminal.says(CREDIT, DRONES, f"/guide answer {DRONES}", "", NOTE)
    shown = await terminal.says("/guide status")
    assert "1 practice note of this alliance" in shown
    assert "Questions: 2 Answered: 50 percent" in shown

    shown = await terminal.says("/guide export")
    assert "Settings, 1 practice note and 0 open gaps" in shown
    content = json.loads(written()["alliance-guide-export.json"])
    assert [note["text"] for note in content["notes"]] == [NOTE]


async def test_what_is_held_is_handed_out_and_deleted(terminal: Talk) -> None:
    await terminal.says(CREDIT, "/privacy export")
    mine = json.loads(written()["my-data.json"])
    assert [one["question"] for one in mine["questions"]] == [CREDIT]

    assert "It can't be undone." in await terminal.says("/privacy forget")
    assert "1 question with its answer" in await terminal.says("/delete-my-data")
    assert "Nothing is held about you" in await terminal.says("/delete-my-data")


async def test_help_names_what_can_be_typed_here_alone(terminal: Talk) -> None:
    shown = await terminal.says("/help")
    for name in ("/ask", "/passage", "/guide gaps", "/privacy forget"):
        assert f"{name} · " in shown
    assert "/guide setup" not in shown
