"""Partners in the terminal, what fits them, and what becomes of an opportunity."""

from __future__ import annotations

from datetime import timedelta

import pytest

from .walks import FRIDAY, POSTED, PREVIEWED, Terminal

# -- matching -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("interest", "reason"),
    [
        ("welding", "looks for “welding”, which it names"),
        ("training seats", "looks for “training seats”, and its kind is training seats"),
        ("a course in welding", "looks for “a course in welding”, which comes near in meaning"),
    ],
)
def test_the_preview_says_what_it_fits_and_why(
    interest: str, reason: str, terminal: Terminal
) -> None:
    terminal.says("/partner join Bay College", f"/partner interests {interest}, cheese")

    shown = terminal.says(*PREVIEWED[:2], "Welding", "Paid seats in a class.", "", "", "")
    assert f"Bay College (hears at once): {reason}" in shown
    assert "cheese" not in shown
    assert "Nobody but you is here" in shown


def test_a_list_is_narrowed_to_a_topic(terminal: Terminal) -> None:
    terminal.says(*POSTED)
    terminal.says("/opportunity post 3", "Job fair", "Meet employers.", "", "", "", "post")

    shown = terminal.says("/opportunity list welding")

    assert "Welding seats" in shown
    assert "Job fair" not in shown
    assert "Nothing that is open fits “knitting”" in terminal.says("/opportunity list knitting")


# -- life -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["1", "#1", "id:1", "welding seats"])
def test_one_is_shown_by_number_or_title(named: str, terminal: Terminal) -> None:
    terminal.says(*POSTED)

    shown = terminal.says(f"/opportunity show {named}")

    assert "#1 Welding seats · training seats" in shown
    assert "Ten paid seats in a welding course." in shown
    assert "0 interested, 0 waiting" in shown


@pytest.mark.parametrize("named", ["7", "#99", "9" * 30, "Baking seats", ""])
def test_an_unknown_one_is_told(named: str, terminal: Terminal) -> None:
    for command in ("show", "edit", "close"):
        shown = terminal.says(f"/opportunity {command} {named}")
        assert any(told in shown for told in ("There is no opportunity “", "Which one?"))


def test_an_edit_is_looked_at_and_then_saved(terminal: Terminal) -> None:
    terminal.says(*POSTED)
    assert FRIDAY in terminal.says("/opportunity edit 1")
    assert "December 18, 2026, 11:59 PM" in terminal.says("5", "December 18")
    assert FRIDAY in terminal.says("/opportunity show 1")

    assert "Changed in #1: deadline." in terminal.says("save")
    assert "December 18, 2026, 11:59 PM" in terminal.says("/opportunity show 1")


def test_an_edit_outlives_a_killed_program(terminal: Terminal) -> None:
    terminal.says(*POSTED, "/opportunity edit 1", "2", "Welding places")
    terminal.starts()

    shown = terminal.says("/opportunity edit 1")

    assert "You had begun to change it" in shown
    assert "Welding places" in shown
    assert "#1 stays as it is" in terminal.says("discard")
    assert "Welding seats" in terminal.says("/opportunity show 1")


def test_saving_nothing_new_says_so(terminal: Terminal) -> None:
    assert "Nothing of #1 is different" in terminal.says(*POSTED, "/opportunity edit 1", "save")


def test_closing_notes_what_came_of_it_once(terminal: Terminal) -> None:
    terminal.says(*POSTED)

    assert "Closed: #1 Welding seats, outcome filled, “all ten taken”." in terminal.says(
        "/opportunity close 1 filled all ten taken"
    )
    assert "filled · all ten taken" in terminal.says("/opportunity show 1")
    assert "closed already, with the outcome filled." in terminal.says("/opportunity close 1 none")
    assert terminal.says("/opportunity edit 1") == "#1 is closed."


@pytest.mark.parametrize(("said", "near"), [("", ""), ("filed", "Did you mean filled?")])
def test_closing_asks_for_an_outcome_there_is(said: str, near: str, terminal: Terminal) -> None:
    terminal.says(*POSTED)

    shown = terminal.says(f"/opportunity close 1 {said}")

    assert "filled, partly, none, withdrawn" in shown
    assert near in shown
    assert "#1" in terminal.says("/opportunity list")


def test_a_deadline_closes_it_also_while_the_program_is_not_running(terminal: Terminal) -> None:
    terminal.says(*POSTED)
    terminal.stops()
    terminal.clock.now += timedelta(days=7)
    terminal.starts()

    assert "Closed by its deadline: #1 Welding seats" in terminal.is_reminded()
    assert terminal.is_reminded() == ""
    assert "now noted: #1 Welding seats, outcome partly." in terminal.says(
        "/opportunity close 1 partly"
    )
    assert not terminal.ledger.wait(terminal.ledger.store.outbox.due_notices(10, terminal=True))


# -- partners -------------------------------------------------------------------------------------


def test_whoever_joins_nobody_is_told_how(terminal: Terminal) -> None:
    for command in ("", " interests welding", " profile", " leave Bay College"):
        assert "/partner join NAME" in terminal.says(f"/partner{command}")


def test_an_organization_has_interests_and_a_region(terminal: Terminal) -> None:
    assert "You speak for Bay College" in terminal.says("/partner join Bay College")
    shown = terminal.says("/partner interests welding, Nursing aides region: Ohio")
    assert "Looks for welding, Nursing aides Where Ohio" in shown
    assert "Looks for welding, Nursing aides Where Iowa" in terminal.says(
        "/partner interests region: Iowa"
    )
    assert terminal.says("/partner list") == "Bay College welding, Nursing aides Iowa"
    assert "nothing said yet" in terminal.says("/partner interests none")


def test_a_name_that_comes_near_is_asked_about(terminal: Terminal) -> None:
    terminal.says("/partner join Bay College")

    assert "a partner of nearly that name: Bay College." in terminal.says(
        "/partner join Bay Colleges"
    )
    assert "You speak for Bay Colleges" in terminal.says("/partner join new: Bay Colleges")
    assert "You no longer speak for Bay College." in terminal.says("/partner leave Bay College")
    assert "Bay Colleges" in terminal.says("/partner profile bay colleges")


@pytest.mark.parametrize("name", ["", "👍", "n" * 81])
def test_an_organization_needs_a_name_in_words(name: str, terminal: Terminal) -> None:
    assert "Please give the organization's name" in terminal.says(f"/partner join {name}")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "daily",
            "daily; the next moment is Tuesday, November 24, 2026, 9:00 AM (America/Chicago)",
        ),
        ("weekly 8", "weekly; the next moment is Monday, November 30, 2026, 8:00 AM"),
        ("daily 5 pm Eastern", "November 23, 2026, 5:00 PM (America/New_York)"),
        ("mode:daily hour:7 timezone:Pacific", "7:00 AM (America/Los_Angeles)"),
        ("off", "Notices are off."),
        ("instant", "Notices come at once."),
        ("hourly", "There is no “hourly”"),
        ("daily 25", "“25” is no hour or time zone"),
        ("daily 8 Chicagoo", "did you mean America/Chicago"),
    ],
)
def test_notifications_are_said_back(typed: str, told: str, terminal: Terminal) -> None:
    assert told in terminal.says(f"/partner notifications {typed}")


def test_a_time_zone_that_was_chosen_stays(terminal: Terminal) -> None:
    terminal.says("/partner notifications daily 8 Eastern")
    terminal.starts()

    assert "8:00 AM (America/New_York)" in terminal.says("/partner profile")
