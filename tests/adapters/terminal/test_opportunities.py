"""Opportunities at the terminal: typed into a form, looked at, posted, answered, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.alliance import TERMINAL
from bot.opportunities.rules.models import State
from tests.adapters.terminal.conftest import Run
from tests.adapters.terminal.talk import Talk
from tests.adapters.terminal.walks import FORM, FRIDAY, LINK, POSTED, PREVIEWED, START, WHO

# -- posting --------------------------------------------------------------------------------------


async def test_the_form_is_asked_for_field_by_field(terminal: Talk) -> None:
    assert "Title?" in await terminal.says("/opportunity post training seats")
    assert terminal.prompt == "title › "
    assert "Description?" in await terminal.says("Welding seats")
    assert "Enter leaves it empty." in await terminal.says("Ten paid seats.")
    assert "Deadline?" in await terminal.says("")
    assert "Link?" in await terminal.says("next Friday 5pm")

    shown = await terminal.says(LINK)

    assert "Draft #1: only you see it" in shown
    assert f"Deadline {FRIDAY} (in 4 days)" in shown
    assert "Link to college.example.org" in shown
    assert shown.endswith("/post · /edit · /discard")
    assert terminal.prompt == "you › "


async def test_what_is_posted_stands_in_no_channel_and_nobody_is_notified(terminal: Talk) -> None:
    await terminal.says("/partner join Bay College", "/partner interests welding")

    assert "Posted: Welding seats (#1)" in await terminal.says(*POSTED)

    found = await terminal.store.opportunities.opportunity(TERMINAL, 1)
    assert found is not None
    assert (found.state, found.channel, found.organization) == (State.OPEN, None, "Bay College")
    assert await terminal.hears() == ""
    assert "#1 Welding seats · training seats" in await terminal.says("/opportunity")


async def test_without_a_deadline_it_says_when_it_closes(terminal: Talk) -> None:
    assert "after 60 days" in await terminal.says(*FORM, "", "")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("w" * 101, "x", "", "", ""), "The title has 101 characters, and 100 fit."),
        (("w", "x", "", "yesterday", ""), "The deadline “yesterday” has passed"),
        (("w", "x", "", "soonish", ""), "I can't tell when “soonish” is"),
        (("w", "x", "", "", "college"), "has to be a web address"),
    ],
)
async def test_what_cant_be_taken_is_told_and_changed(
    lines: tuple[str, ...], why: str, terminal: Talk
) -> None:
    shown = await terminal.says("/opportunity post", *lines)
    assert why in shown
    assert shown.endswith("/edit")

    assert "Enter keeps “w" in await terminal.says("/edit")
    shown = await terminal.says("Welding seats", "", "", "December 11", LINK)
    assert "Draft #1" in shown


async def test_a_field_that_is_needed_can_not_be_left_empty(terminal: Talk) -> None:
    assert "Title can't be left empty. Title?" in await terminal.says("/opportunity post", "")


async def test_what_was_refused_outlives_a_killed_program(terminal: Talk) -> None:
    await terminal.says(*FORM, "soonish", LINK)
    await terminal.starts()

    assert "Enter keeps “Welding seats”." in await terminal.says("/opportunity post")
    assert "Draft #1" in await terminal.says("", "", "", "next Friday", "")


async def test_a_deadline_that_went_by_is_told(terminal: Talk) -> None:
    await terminal.says(*PREVIEWED)
    terminal.clock.now += timedelta(days=7)

    assert "passed" in await terminal.says("/post")
    assert "Draft #1" in await terminal.says("/edit", "", "", "", "December 11", "")
    assert "Posted: Welding seats (#1)" in await terminal.says("/post")


async def test_a_question_is_answered_while_a_form_is_filled_in(terminal: Talk) -> None:
    shown = await terminal.says(*FORM[:2], "/ask how do we share credit")
    assert "Share the credit with every partner" in shown
    assert "Description?" in shown
    assert "Draft #1" in await terminal.says("Ten paid seats.", "", "", "")


async def test_discarding_posts_nothing_and_keeps_nothing(terminal: Talk) -> None:
    assert "Discarded" in await terminal.says(*PREVIEWED, "/discard")

    assert terminal.conversation.begun == ""
    assert "Enter keeps" not in await terminal.says("/opportunity post")


async def test_a_checklist_puts_the_form_aside_until_it_is_paused(terminal: Talk) -> None:
    assert WHO in await terminal.says(*FORM[:2], START)
    assert "Is there a champion?" in await terminal.says("Ann")

    assert "Description?" in await terminal.says("/pause")
    assert "Draft #1" in await terminal.says("Ten paid seats.", "", "", "")


async def test_the_most_a_day_is_told_and_the_draft_kept(terminal: Talk) -> None:
    await terminal.says(*POSTED)
    await terminal.says(*POSTED)

    shown = await terminal.says(*POSTED)
    assert "2" in shown
    assert "Draft #3" in shown
    terminal.clock.now += timedelta(days=1)
    assert "Posted: Welding seats (#3)" in await terminal.says("/post")


@pytest.mark.parametrize("kind", ["event", "kind:event", "3", "even"])
async def test_a_kind_can_be_named_in_several_ways(kind: str, terminal: Talk) -> None:
    await terminal.says(f"/opportunity post {kind}")

    assert "Fair Event · #1" in await terminal.says("Fair", "A fair.", "", "", "")


async def test_an_unknown_kind_is_told(terminal: Talk) -> None:
    assert "There is no “picnic”. There is training seats" in await terminal.says(
        "/opportunity post picnic"
    )


async def test_a_masked_link_shows_where_it_leads(terminal: Talk) -> None:
    text = "See [our page](https://evil.example.net/x) for more."

    assert "evil.example.net" in await terminal.says(*FORM[:2], text, "", "", "")


# -- matching -------------------------------------------------------------------------------------


@pytest.mark.parametrize("interest", ["welding", "training seats", "a course in welding"])
async def test_the_preview_says_what_it_fits_and_why(interest: str, terminal: Talk) -> None:
    await terminal.says("/partner join Bay College", f"/partner interests {interest}, cheese")

    shown = await terminal.says(FORM[0], "Welding", "Paid seats in a class.", "", "", "")

    assert "Bay College" in shown
    assert f"“{interest}”" in shown
    assert "cheese" not in shown


async def test_a_list_is_narrowed_to_a_topic(terminal: Talk) -> None:
    await terminal.says(*POSTED)
    await terminal.says("/opportunity post event", "Job fair", "Meet them.", "", "", "", "/post")

    shown = await terminal.says("/opportunity list welding")

    assert "Welding seats" in shown
    assert "Job fair" not in shown
    assert "“knitting”" in await terminal.says("/opportunity list knitting")


async def test_what_fits_and_what_came_of_all_is_told(terminal: Talk) -> None:
    await terminal.says("/partner join Bay College", "/partner interests welding", *POSTED)

    assert await terminal.says("/opportunity digest now") != ""
    shown = await terminal.says("/opportunity report")
    assert "training seats" in shown
    assert "Written to" in shown


# -- life -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["1", "#1", "id:1", "welding seats"])
async def test_one_is_shown_by_number_or_title(named: str, terminal: Talk) -> None:
    await terminal.says(*POSTED)

    shown = await terminal.says(f"/opportunity show {named}")

    assert "Welding seats" in shown
    assert "Ten paid seats in a welding course." in shown
    assert "Posted by You" in shown


@pytest.mark.parametrize("named", ["7", "#99", "9" * 30, "Baking seats"])
async def test_an_unknown_one_is_told(named: str, terminal: Talk) -> None:
    for command in ("show", "edit"):
        assert "There is no opportunity" in await terminal.says(f"/opportunity {command} {named}")


async def test_an_edit_shows_what_changed(terminal: Talk) -> None:
    await terminal.says(*POSTED)
    assert "Enter keeps “Welding seats”." in await terminal.says("/opportunity edit 1")

    shown = await terminal.says("", "", "", "December 18", "")

    assert "deadline" in shown.lower()
    assert "December 18, 2026" in await terminal.says("/opportunity show 1")


async def test_closing_notes_what_came_of_it_once(terminal: Talk) -> None:
    await terminal.says(*POSTED)

    shown = await terminal.says("/opportunity close 1 filled all ten taken")
    assert "all ten taken" in shown
    assert "closed already" in await terminal.says("/opportunity close 1 none")
    assert "closed" in await terminal.says("/opportunity edit 1")


async def test_closing_asks_for_an_outcome_there_is(terminal: Talk) -> None:
    await terminal.says(*POSTED)

    assert "did you mean filled?" in await terminal.says("/opportunity close 1 filed")
    assert "Outcome?" in await terminal.says("/opportunity close 1")
    assert "filled" in await terminal.says("1")


async def test_a_deadline_closes_it_also_while_the_program_is_not_running(terminal: Talk) -> None:
    await terminal.says(*POSTED)
    await terminal.stops()
    terminal.clock.now += timedelta(days=7)
    await terminal.starts()

    assert await terminal.hears() == ""
    found = await terminal.store.opportunities.opportunity(TERMINAL, 1)

    assert found is not None
    assert found.state is State.CLOSED

    terminal.clock.now += timedelta(days=14)
    assert "Welding seats" in await terminal.hears()
    assert await terminal.hears() == ""
    assert "filled" in await terminal.says("1")


# -- the program ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("ready")
def test_an_opportunity_can_come_through_a_pipe(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("ALLIANCE_GUIDE_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    lines = [line.encode() for line in (*FORM, "", "", "/post", "/opportunity list", "/quit")]

    outcome = run("chat", stdin=lines)

    assert outcome.code == 0
    assert "Posted: Welding seats (#1)" in outcome.words
    assert "#1 Welding seats · training seats" in outcome.words
