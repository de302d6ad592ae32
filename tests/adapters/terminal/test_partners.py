"""Partners at the terminal."""

from __future__ import annotations

import pytest

from tests.adapters.terminal.talk import Talk


async def test_whoever_joins_nobody_is_told_how(terminal: Talk) -> None:
    for command in ("interests welding", "profile", "leave Bay College"):
        assert "/partner join" in await terminal.says(f"/partner {command}")


async def test_an_organization_has_interests_and_a_region(terminal: Talk) -> None:
    assert "You speak for Bay College" in await terminal.says("/partner join Bay College")

    shown = await terminal.says("/partner interests welding, Nursing aides region: Ohio")

    assert "Bay College now looks for welding, Nursing aides, in Ohio." in shown
    shown = await terminal.says("/partner interests region: Iowa")
    assert "looks for welding, Nursing aides, in Iowa." in shown
    assert "• Bay College · 1 speaks for it · Iowa" in await terminal.says("/partner list")
    assert "looks for nothing yet" in await terminal.says("/partner interests none")


async def test_a_name_that_comes_near_is_asked_about(terminal: Talk) -> None:
    await terminal.says("/partner join Bay College")

    shown = await terminal.says("/partner join Bay Colleges")
    assert "a partner of nearly that name: Bay College." in shown
    assert shown.endswith("/i-mean-bay-college · /it-is-another-one")

    assert "You speak for Bay Colleges now." in await terminal.says("/it-is-another-one")
    shown = await terminal.says("/partner leave Bay College")
    assert "You no longer speak for Bay College." in shown
    assert "Bay Colleges" in await terminal.says("/partner profile bay colleges")


async def test_what_stewards_do_about_organizations_is_there_too(terminal: Talk) -> None:
    await terminal.says("/partner join Bay College")

    renamed = await terminal.says("/guide partner rename Bay College name: Harbor College")
    assert "Bay College is called Harbor College now" in renamed
    asked = await terminal.says("/guide partner remove-person Harbor College person: Ana")
    assert "Ana doesn't speak for Harbor College" in asked
    assert "Nobody waits" in await terminal.says("/guide partner requests")
    assert "This removes Harbor College" in await terminal.says(
        "/guide partner remove Harbor College"
    )
    assert "Harbor College is removed." in await terminal.says("/remove-the-organization")
    assert "You speak for no organization yet" in await terminal.says("/partner profile")


@pytest.mark.parametrize("name", ["👍", "n" * 93])
async def test_an_organization_needs_a_name_in_words(name: str, terminal: Talk) -> None:
    assert "Please give the organization's name" in await terminal.says(f"/partner join {name}")


async def test_what_the_directory_shows_is_changed_by_keys(terminal: Talk) -> None:
    await terminal.says("/partner join Bay College", "/partner profile")

    assert "Directory: names you as You" in await terminal.says("/show-me-in-the-directory")
    shown = await terminal.says("/contact desk@bay.example")
    assert "Contact, for posters you answer: desk@bay.example" in shown
    assert "Enter keeps “desk@bay.example”." in await terminal.says("/contact")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("daily", "once a day at 09:00, by the clock of America/Chicago"),
        ("weekly 8", "Monday, November 30, 2026, 8:00 AM"),
        ("daily 5 pm timezone:Eastern", "November 23, 2026, 4:00 PM"),
        ("mode:daily hour:7 timezone:Pacific", "November 24, 2026, 9:00 AM"),
        ("off", "You are not told of opportunities."),
        ("instant", "You hear of opportunities that fit at once"),
        ("hourly", "There is no “hourly”"),
        ("daily 25", "25"),
        ("daily 8 timezone:Chicagoo", "America/Chicago"),
    ],
)
async def test_notifications_are_said_back(typed: str, told: str, terminal: Talk) -> None:
    assert told in await terminal.says(f"/partner notifications {typed}")


async def test_a_time_zone_that_was_chosen_stays(terminal: Talk) -> None:
    await terminal.says("/partner notifications daily 8 timezone:Eastern")
    await terminal.starts()

    assert "America/New_York" in await terminal.says("/partner profile")
