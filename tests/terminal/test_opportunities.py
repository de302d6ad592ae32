"""Opportunities in the terminal: typed into a form, looked at, posted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.alliance import NO_ALLIANCE
from bot.opportunities.rules.models import State

from .conftest import Run
from .walks import FORM, FRIDAY, LINK, POSTED, PREVIEWED, START, WHO, Terminal

# -- posting --------------------------------------------------------------------------------------


def test_the_form_is_asked_for_field_by_field(terminal: Terminal) -> None:
    assert "1 training seats" in terminal.says("/opportunity post")
    assert terminal.says("1") == "Title?"
    assert terminal.conversation.prompt == "title › "
    assert terminal.says("Welding seats").startswith("Description?")
    assert terminal.says("Ten paid seats.").startswith("Who is it for?")
    assert terminal.says("").startswith("Deadline?")
    assert f"It closes by itself on {FRIDAY}. Link?" in terminal.says("next Friday 5pm")

    shown = terminal.says(LINK)

    assert "Not posted yet." in shown
    assert f"5 Deadline {FRIDAY}" in shown
    assert f"{LINK} (leads to college.example.org)" in shown
    assert terminal.conversation.prompt == "post? › "


def test_what_is_posted_says_where_it_would_be_on_discord(terminal: Terminal) -> None:
    shown = terminal.says(*POSTED)

    assert "Posted: #1 Welding seats" in shown
    assert "On Discord this would be posted to the opportunities channel" in shown
    assert "#1 Welding seats training seats open, closes Friday" in terminal.says("/opportunity")
    assert terminal.conversation.prompt == "you › "


def test_what_is_posted_stands_in_no_channel_and_nobody_is_notified(terminal: Terminal) -> None:
    terminal.says("/partner join Bay College", "/partner interests welding", *POSTED)

    found = terminal.ledger.wait(terminal.ledger.store.opportunities.opportunity(NO_ALLIANCE, 1))
    assert found is not None
    assert (found.state, found.channel, found.organization) == (State.OPEN, None, "Bay College")
    assert not terminal.ledger.wait(terminal.ledger.store.outbox.due_notices(10, terminal=True))


def test_without_a_deadline_it_says_when_it_closes(terminal: Terminal) -> None:
    assert "closes by itself on Friday, January 22, 2027" in terminal.says(*FORM, "")


@pytest.mark.parametrize(
    ("before", "typed", "why"),
    [
        (("/opportunity post",), "9", "There are the kinds 1 to 6."),
        (FORM[:2], "", "It needs a title."),
        (FORM[:2], "w" * 101, "The title has 101 characters, and 100 fit."),
        (FORM[:3], " ", "It needs a description"),
        (FORM, "yesterday", "The deadline “yesterday” has passed"),
        (FORM, "soonish", "I can't tell when “soonish” is"),
        ((*FORM, ""), "college", "has to be a web address"),
        ((*PREVIEWED, "8"), "many", "“many” isn't a whole number from 1 to 100,000"),
    ],
)
def test_what_cant_be_taken_is_told_and_asked_again(
    before: tuple[str, ...], typed: str, why: str, terminal: Terminal
) -> None:
    asked = terminal.says(*before)

    shown = terminal.says(typed)

    assert why in shown
    assert shown.endswith(asked.rpartition(". ")[2][-20:])


def test_what_was_refused_stands_on_the_line_to_be_changed(terminal: Terminal) -> None:
    terminal.says(*FORM, "the 45th of May")

    assert terminal.conversation.begun == "the 45th of May"
    assert "Link?" in terminal.says("May 4")
    assert "Tuesday, May 4, 2027" in terminal.says("")


@pytest.mark.parametrize("count", range(2, 8))
def test_a_killed_program_goes_on_where_it_was(count: int, terminal: Terminal) -> None:
    asked = terminal.says(*PREVIEWED[:count])
    terminal.starts()
    assert "/opportunity post goes on" in terminal.greeting

    shown = terminal.says("/opportunity post")

    assert "Kind: training seats" in shown
    for typed in filter(None, PREVIEWED[2 : min(count, 5)]):
        assert typed in shown
    skipped = count in {5, 6, 7}  # who it is for was left out, and is asked again
    assert "Who is it for?" in shown if skipped else asked[-20:] in shown
    terminal.says(*([""] * skipped), *PREVIEWED[max(count, 5) if skipped else count :])
    assert "Posted: #1" in terminal.says("post")


def test_a_deadline_stays_the_day_it_was_however_late_the_form_is_taken_up(
    terminal: Terminal,
) -> None:
    terminal.says(*FORM, "next Friday 5pm", "/pause")
    terminal.clock.now += timedelta(days=2)

    assert FRIDAY in terminal.says("/opportunity post", "", LINK)


def test_a_deadline_that_went_by_is_asked_again(terminal: Terminal) -> None:
    terminal.says(*PREVIEWED)
    terminal.clock.now += timedelta(days=7)

    shown = terminal.says("post")

    assert "has passed" in shown
    assert shown.endswith("Enter: none.")
    assert "Posted: #1" in terminal.says("December 11", "post")


def test_a_field_is_changed_by_its_number(terminal: Terminal) -> None:
    assert "Region?" in terminal.says(*PREVIEWED, "7")
    assert "7 Region Ohio" in terminal.says("Ohio")
    terminal.says("2")
    assert terminal.conversation.begun == "Welding seats"
    assert "2 Title Welding places" in terminal.says("Welding places")
    assert "2 Title Welding places" in terminal.says("2", "/back")
    assert "1 Kind event" in terminal.says("1", "3")


def test_back_goes_to_the_field_before(terminal: Terminal) -> None:
    assert terminal.says(*FORM[:3], "/back") == "Title?"
    assert terminal.conversation.begun == "Welding seats"
    assert terminal.says("/skip").startswith("Description?")


def test_a_question_is_answered_while_a_form_is_filled_in(terminal: Terminal) -> None:
    assert "share-credit" in terminal.says(*FORM[:3], "/ask how do we share credit for wins?")
    assert terminal.says("Ten paid seats.").startswith("Who is it for?")


def test_what_is_neither_post_nor_a_field_is_told(terminal: Terminal) -> None:
    assert "Type post, discard" in terminal.says(*PREVIEWED, "publish it please")
    assert "Type post, discard" in terminal.says("10")
    assert "Posted" in terminal.says("/post")


def test_a_form_that_isnt_filled_in_cant_be_posted(terminal: Terminal) -> None:
    assert "Not yet" in terminal.says(*FORM[:3], "/post")
    assert "Nothing is open right now." in terminal.says("/opportunity list")


def test_discarding_posts_nothing_and_keeps_nothing(terminal: Terminal) -> None:
    assert "Discarded" in terminal.says(*PREVIEWED, "discard")
    terminal.starts()

    assert terminal.greeting == ""
    assert "What kind is it?" in terminal.says("/opportunity post")


def test_a_checklist_puts_the_form_aside_and_the_form_a_checklist(terminal: Terminal) -> None:
    assert WHO in terminal.says(*FORM[:3], START)
    assert "Is there a champion?" in terminal.says("Ann")
    assert "Description?" in terminal.says("/opportunity post")
    assert "Who is it for?" in terminal.says("Ten paid seats.")
    terminal.says("/pause")
    assert terminal.conversation.prompt == "answer › "


def test_the_most_a_day_is_told_and_the_form_kept(terminal: Terminal) -> None:
    terminal.says(*POSTED)
    terminal.says(*POSTED)

    assert "2 were posted today" in terminal.says(*POSTED)
    terminal.clock.now += timedelta(days=1)
    assert "Posted: #3" in terminal.says("post")


@pytest.mark.parametrize("kind", ["event", "kind:event", "3", "even"])
def test_a_kind_can_be_named_at_once(kind: str, terminal: Terminal) -> None:
    assert terminal.says(f"/opportunity post {kind}") == "Title?"
    assert "1 Kind event" in terminal.says("Fair", "A fair.", "", "", "")


def test_an_unknown_kind_is_told(terminal: Terminal) -> None:
    assert "There is no kind “picnic”; there is training seats" in terminal.says(
        "/opportunity post picnic"
    )


def test_a_masked_link_shows_where_it_leads(terminal: Terminal) -> None:
    text = "See [our page](https://evil.example.net/x) for more."

    assert "Links in it lead to evil.example.net." in terminal.says(*FORM[:3], text, "", "", "")


# -- the program ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["post", "list", "show", "edit", "close"])
def test_help_names_every_command(command: str, terminal: Terminal) -> None:
    assert f"/opportunity {command}" in terminal.says("/help")
    assert f"/opportunity {command}" in terminal.conversation.words


@pytest.mark.usefixtures("ready")
def test_an_opportunity_can_come_through_a_pipe(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("ALLIANCE_GUIDE_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    lines = [line.encode() for line in (*FORM, "", "", "post", "/opportunity list", "/quit")]

    outcome = run("chat", stdin=lines)

    assert outcome.code == 0
    assert "Posted: #1 Welding seats" in outcome.words
    assert "#1 Welding seats training seats open" in outcome.words
