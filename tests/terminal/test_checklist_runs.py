"""Runs in the terminal: left, taken up again, ended, written to files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.phrases import TemplatePhrases
from bot.core.checklist import Checklist
from tests.conftest import SMALL, MakeGuide, make_library

from .conftest import Run
from .walks import LIBRARY, PROMISED, SPONSOR, START, WHO, Terminal, a_step

# -- runs -----------------------------------------------------------------------------------------


def test_a_killed_program_loses_no_answer(terminal: Terminal) -> None:
    terminal.says(START, "Ann", "no")
    terminal.starts()
    assert "Under way: Settle it at home · /checklist resume 1" in terminal.greeting

    shown = terminal.says("/checklist resume")

    assert "3 of 7" in shown
    assert "Who could it be?" in shown


def test_a_paused_run_is_taken_up_again(terminal: Terminal) -> None:
    assert "/checklist resume 1" in terminal.says(START, "Ann", "/pause")
    assert "no-such-command" not in terminal.says("who pays for training?")
    assert "2 of 6" not in terminal.says("/checklist show")

    assert "2 of 6" in terminal.says("/checklist resume 1")


def test_a_paused_run_is_offered_after_a_week_once(terminal: Terminal) -> None:
    terminal.says(START, "Ann", "/pause")
    terminal.clock.now += timedelta(days=7, minutes=1)

    assert "Paused since Monday, November 23, 2026: Settle it at home" in terminal.is_reminded()
    assert terminal.is_reminded() == ""


@pytest.mark.parametrize("run", ["1", "#1", "run:1", "sponsor-check", "settle it at home"])
def test_a_run_is_named_by_number_or_checklist(run: str, terminal: Terminal) -> None:
    terminal.says(START, "Ann", "/pause", "/checklist start money-check")

    assert "2 of 6" in terminal.says(f"/checklist resume {run}")


@pytest.mark.parametrize("run", ["7", "#99", "9" * 30])
def test_an_unknown_run_is_told(run: str, terminal: Terminal) -> None:
    terminal.says(START)

    for command in ("resume", "show", "export", "cancel", "reopen"):
        shown = terminal.says(f"/checklist {command} {run}")
        assert "no run" in shown or "No checklist" in shown


def test_without_a_run_there_is_nothing_to_go_on_with(terminal: Terminal) -> None:
    for command in ("resume", "show", "cancel", "reopen"):
        assert "no run" in terminal.says(f"/checklist {command}")


def test_a_second_run_says_that_the_first_is_open(terminal: Terminal) -> None:
    shown = terminal.says(START, "Ann", START)

    assert "/checklist resume 1" in shown
    assert "1 of 6 ░░░░░░░░░░ #2" in shown


def test_a_run_keeps_its_version_and_says_that_a_newer_one_exists(terminal: Terminal) -> None:
    terminal.says(START, "Ann")
    newer = Checklist(
        SPONSOR.id, 3, "Anew", "x", "x", "share-credit", 1, (a_step("other", "Something else?"),)
    )
    terminal.starts(make_library(SMALL, (newer,)))

    shown = terminal.says("/checklist resume")

    assert "version 3 exists" in shown
    assert "Is there a champion?" in shown


def test_a_cancelled_run_is_left_and_can_be_reopened(terminal: Terminal) -> None:
    assert "is cancelled" in terminal.says(START, "Ann", "/checklist cancel")
    assert terminal.conversation._step is None
    assert "cancelled already" in terminal.says("/checklist resume 1")

    assert "2 of 6" in terminal.says("/checklist reopen 1")
    assert "isn't over" in terminal.says("/checklist reopen 1")


def test_finishing_needs_the_required_steps(terminal: Terminal) -> None:
    shown = terminal.says(START, "/finish")

    assert "2 required steps" not in shown
    assert "required steps have neither an answer nor a reason" in shown
    assert WHO in shown


def test_a_run_is_finished_once(terminal: Terminal) -> None:
    shown = terminal.says(*PROMISED, "/finish")

    assert "Finished." in shown
    assert "Ann" in shown
    assert "begins one" in terminal.says("/finish")
    assert "finished already" in terminal.says("/checklist resume 1")
    assert "#1 Settle it at home finished" in terminal.says("/checklist history")


def test_after_the_last_step_a_line_is_a_question_again(terminal: Terminal) -> None:
    terminal.says(*PROMISED)

    assert "Firms pay" in terminal.says("who pays for the training of workers?")
    assert "Finished." in terminal.says("/finish")


def test_all_checklists_are_listed(terminal: Terminal) -> None:
    shown = terminal.says("/checklist list")

    assert all(one.id in shown and one.purpose in shown for one in LIBRARY.checklists)
    assert terminal.says("/checklist") == shown


@pytest.mark.parametrize("line", ["/checklist strat", "/commitments dne 1"])
def test_an_unknown_subcommand_is_answered_with_what_may_be_meant(
    line: str, terminal: Terminal
) -> None:
    assert "did you mean" in terminal.says(line)


def test_another_program_at_the_same_run_does_not_overwrite(
    terminal: Terminal, make_guide: MakeGuide, phrases: TemplatePhrases, tmp_path: Path
) -> None:
    terminal.says(START)
    other = Terminal(make_guide(LIBRARY), phrases, tmp_path)
    other.says("/checklist resume", "Bea")

    shown = terminal.says("Ann")

    assert "in another form meanwhile" in shown
    assert "2 of 6" in shown
    assert "> Bea" in terminal.says("/back")
    other.ends()


def test_an_answer_names_the_command_that_starts_a_checklist(terminal: Terminal) -> None:
    shown = terminal.says("is there a checklist about who pays the bill for training?")

    assert "/checklist start money-check" in shown


# -- the program as a whole -----------------------------------------------------------------------


@pytest.mark.usefixtures("ready")
def test_a_whole_walk_can_come_through_a_pipe(run: Run) -> None:
    lines = [
        b"/checklist start sponsor-accountability",
        b"Dana,\\",
        b"vice president",
        b"",
        b"/back",
        b"",
        "Kosten \U0001f600".encode(),
        b"/pause",
    ]

    outcome = run("chat", stdin=lines)

    assert outcome.code == 0
    shown = [line.rstrip() for line in outcome.lines]
    assert shown[shown.index("> Dana,") + 1] == "> vice president"
    assert "3 of 8" in outcome.words
    assert "Paused" in outcome.words
    again = run("chat", stdin=b"/checklist resume")
    assert "3 of 8" in again.words


# -- what came of it ------------------------------------------------------------------------------


def test_the_brief_has_answers_gaps_commitments_and_sources(terminal: Terminal) -> None:
    terminal.says(START, "/skip nobody knows yet", *PROMISED[2:])

    shown = terminal.says("/finish")

    assert "> I call Ann" in shown
    assert f"• {WHO} — skipped: nobody knows yet" in shown
    assert "│ I call Ann │ Bo │ November 24, 2026 │" in shown
    assert "Handbook. Ann Author" in shown


def test_a_later_brief_shows_what_changed_since_the_run_before(terminal: Terminal) -> None:
    terminal.says(*PROMISED, "/finish")
    terminal.clock.now += timedelta(days=30)

    shown = terminal.says(START, "Bea", "yes", "/checklist show")

    assert "What changed since run #1" in shown
    assert "Then: > Ann Now: > Bea" in shown


def test_the_history_of_a_checklist_shows_answers_side_by_side(terminal: Terminal) -> None:
    terminal.says(*PROMISED, "/finish")
    assert "What changed" not in terminal.says("/checklist history sponsor-check")
    terminal.says(START, "Bea", "yes")

    shown = terminal.says("/checklist history sponsor-check")

    assert "#2 Settle it at home open" in shown
    assert "What changed since run #1 of Monday, November 23, 2026" in shown
    assert "> Ann > Bea" in shown


def test_a_checklist_without_runs_has_no_history(terminal: Terminal) -> None:
    assert "no run of Settle it at home" in terminal.says("/checklist history sponsor-check")


# -- files ----------------------------------------------------------------------------------------


ODD = "**Ann** <@42> @everyone 👩‍🏭 `code`\n\n# not a heading\n  indented  "


def test_an_export_has_the_answers_character_for_character(terminal: Terminal) -> None:
    shown = terminal.says(START, ODD, "/checklist export 1 out.md")

    assert "this run isn't finished" in shown
    text = Path("out.md").read_text("utf-8")
    quoted = "\n".join(f"> {line}" for line in ODD.split("\n"))
    assert quoted in text


def test_an_export_without_a_name_takes_one_that_is_free(terminal: Terminal) -> None:
    terminal.says(START, "Ann", "/checklist export", "/checklist export")

    assert sorted(file.name for file in Path().glob("*.md")) == [
        "brief-sponsor-check-1-2.md",
        "brief-sponsor-check-1.md",
    ]


def test_an_export_can_be_a_pdf(terminal: Terminal) -> None:
    terminal.says(START, ODD, "/checklist export out.pdf")

    assert Path("out.pdf").read_bytes().startswith(b"%PDF-")


def test_an_export_never_replaces_a_file(terminal: Terminal) -> None:
    Path("mine.md").write_text("mine", "utf-8")

    assert "is there already" in terminal.says(START, "/checklist export mine.md")
    assert Path("mine.md").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("out.docx", "neither"),
        ("no/such/folder/out.md", "can't be written"),
        ("~nobody-here/out.md", "can't be written"),
        ("a\0b.md", "can't be written"),
    ],
)
def test_an_export_that_can_not_be_written_says_why(
    file: str, said: str, terminal: Terminal
) -> None:
    assert said in terminal.says(START, f"/checklist export {file}")


def test_a_finished_run_is_exported_days_later(terminal: Terminal) -> None:
    terminal.says(*PROMISED, "/finish")
    terminal.starts()

    shown = terminal.says("/checklist export")

    assert "isn't finished" not in shown
    assert "> Ann" in Path("brief-sponsor-check-1.md").read_text("utf-8")
