"""Runs at the terminal: left, taken up again, ended, recalled, written to files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.checklist import Checklist
from tests.adapters.terminal.conftest import Run
from tests.adapters.terminal.talk import Talk, write, written
from tests.adapters.terminal.walks import LIBRARY, PROMISED, SPONSOR, START, WHO, a_step
from tests.conftest import SMALL, make_library

# -- left and taken up ----------------------------------------------------------------------------


async def test_a_killed_program_loses_no_answer(terminal: Talk) -> None:
    await terminal.says(START, "Ann", "no")
    greeting = await terminal.starts()
    assert "Under way: Settle it at home · /checklist resume 1" in greeting

    shown = await terminal.says("/checklist resume")

    assert "3 of 7" in shown
    assert "Who could it be?" in shown


async def test_a_paused_run_is_taken_up_again(terminal: Talk) -> None:
    assert "Paused: Settle it at home, at step 2 of 6" in await terminal.says(
        START, "Ann", "/pause"
    )
    assert "Firms pay" in await terminal.says("who pays for training?")
    assert "2 of 6" in await terminal.says("/resume")

    await terminal.says("/pause")
    assert "2 of 6" in await terminal.says("/checklist resume 1")


async def test_a_paused_run_is_offered_after_a_week_once(terminal: Talk) -> None:
    await terminal.says(START, "Ann", "/pause")
    terminal.clock.now += timedelta(days=7, minutes=1)

    assert "Settle it at home" in await terminal.hears()
    assert await terminal.hears() == ""
    assert "2 of 6" in await terminal.says("/resume")


@pytest.mark.parametrize("run", ["1", "#1", "run:1", "sponsor-check", "settle it at home"])
async def test_a_run_is_named_by_number_or_checklist(run: str, terminal: Talk) -> None:
    await terminal.says(START, "Ann", "/pause", "/checklist start money-check")

    assert "2 of 6" in await terminal.says(f"/checklist resume {run}")


@pytest.mark.parametrize("run", ["7", "#99", "9" * 30])
async def test_an_unknown_run_is_told(run: str, terminal: Talk) -> None:
    await terminal.says(START)

    for command in ("resume", "show", "export", "cancel", "reopen"):
        assert "There is no run" in await terminal.says(f"/checklist {command} {run}")


async def test_without_a_run_there_is_nothing_to_go_on_with(terminal: Talk) -> None:
    for command in ("resume", "show", "cancel"):
        shown = await terminal.says(f"/checklist {command}")
        assert "no run" in shown or "no open run" in shown


async def test_a_second_run_is_begun_when_that_is_said(terminal: Talk) -> None:
    shown = await terminal.says(START, "Ann", START)
    assert "You have an open run of Settle it at home (#1), at step 2 of 6." in shown

    assert "1 of 6" in await terminal.says("/start-anew")
    assert "2 of 6" in await terminal.says(START, "/checklist resume 1")


async def test_a_run_keeps_its_version_and_says_that_a_newer_one_exists(terminal: Talk) -> None:
    await terminal.says(START, "Ann")
    newer = Checklist(
        SPONSOR.id, 3, "Anew", "x", "x", "share-credit", 1, (a_step("other", "Something else?"),)
    )
    terminal.content = replace(terminal.content, library=make_library(SMALL, (newer,)))
    await terminal.starts()

    shown = await terminal.says("/checklist resume")

    assert "version 3 exists" in shown
    assert "Is there a champion?" in shown


async def test_a_cancelled_run_is_left_and_can_be_reopened(terminal: Talk) -> None:
    await terminal.says(START, "Ann")
    assert "/cancel-this-run" in await terminal.says("/checklist cancel")
    assert "is cancelled" in await terminal.says("/cancel-this-run")
    assert "cancelled already" in await terminal.says("yes")
    assert terminal.prompt == "you › "
    assert "cancelled already" in await terminal.says("/checklist resume 1")

    await terminal.says("/checklist reopen 1")
    assert "2 of 6" in await terminal.says("/checklist resume 1")
    assert "isn't over" in await terminal.says("/checklist reopen 1")


async def test_finishing_needs_the_required_steps(terminal: Talk) -> None:
    through = (START, "/skip for now", "yes", "/skip", "/skip", "/skip")

    shown = await terminal.says(*through, "/finish")

    assert "one required step has neither an answer nor a reason" in shown


async def test_a_run_is_finished_once(terminal: Talk) -> None:
    shown = await terminal.says(*PROMISED, "/finish")

    assert "Settle it at home" in shown
    assert "> Ann" in shown
    assert "There is no command /finish" in await terminal.says("/finish")
    assert "finished already" in await terminal.says("/checklist resume 1")
    assert "Settle it at home" in await terminal.says("/checklist history")


async def test_after_the_last_step_a_line_is_a_question_and_a_number_goes_to_a_step(
    terminal: Talk,
) -> None:
    await terminal.says(*PROMISED)
    assert WHO in await terminal.says("1")
    await terminal.says("/checklist resume", "", "", "", "", "", "", "", "", "")

    assert "Firms pay" in await terminal.says("who pays for training?")


async def test_all_checklists_are_listed_and_started_by_number(terminal: Talk) -> None:
    shown = await terminal.says("/checklist list")

    assert all(one.title in shown and one.purpose in shown for one in LIBRARY.checklists)
    assert await terminal.says("/checklist") == shown
    assert "1 of 6" in await terminal.says("1")


async def test_another_program_at_the_same_run_does_not_overwrite(
    terminal: Talk, other: Talk
) -> None:
    await terminal.says(START)
    await other.starts()
    await other.says("/checklist resume", "Bea")

    shown = await terminal.says("Ann")

    assert "left already" in shown or "in another form meanwhile" in shown
    assert "> Bea" in await terminal.says("/checklist resume", "/back")


# -- recalled -------------------------------------------------------------------------------------


async def test_what_is_due_is_said_once_before_the_next_line(terminal: Talk) -> None:
    await terminal.says(*PROMISED)
    assert await terminal.hears() == ""
    terminal.clock.now += timedelta(days=1, hours=3)

    assert "I call Ann" in await terminal.hears()
    assert await terminal.hears() == ""
    assert "Noted as done: I call Ann" in await terminal.says("/done")


async def test_what_is_due_is_settled_in_words_where_they_are_certain(terminal: Talk) -> None:
    await terminal.says(*PROMISED)
    terminal.clock.now += timedelta(days=1, hours=3)
    await terminal.hears()

    unclear = await terminal.says("almost done")
    assert "Nothing is noted" in unclear
    assert "/done" in unclear
    assert "Moved to" in await terminal.says("move it to next Friday")
    assert "I call Ann" in await terminal.says("/commitments list")
    terminal.clock.now += timedelta(days=9)
    await terminal.hears()
    assert "Noted as done: I call Ann" in await terminal.says("done, did it this morning")


async def test_what_is_due_is_recalled_no_more_for_whoever_says_so(terminal: Talk) -> None:
    await terminal.says(*PROMISED)
    terminal.clock.now += timedelta(days=1, hours=3)
    await terminal.hears()

    assert "Noted: no reminder of this comes any more" in await terminal.says("stop these")
    assert "I call Ann" in await terminal.says("/commitments list")


async def test_what_is_due_is_said_when_the_program_starts(terminal: Talk) -> None:
    await terminal.says(*PROMISED)
    terminal.clock.now += timedelta(days=1, hours=3)

    assert "Due today: I call Ann · Bo" in await terminal.starts()

    terminal.clock.now += timedelta(days=1)
    greeting = await terminal.starts()
    assert "Was due Tuesday, November 24, 2026: I call Ann" in greeting


async def test_what_was_kept_is_not_recalled(terminal: Talk) -> None:
    await terminal.says(*PROMISED, "/commitments done 1")
    terminal.clock.now += timedelta(days=1, hours=3)

    assert await terminal.hears() == ""
    assert "I call Ann" not in await terminal.starts()


# -- what came of it ------------------------------------------------------------------------------


async def test_the_brief_has_answers_gaps_and_commitments(terminal: Talk) -> None:
    shown = await terminal.says(START, "/skip nobody knows yet", *PROMISED[2:], "/finish")

    assert "> I call Ann" in shown
    assert WHO in shown
    assert "nobody knows yet" in shown
    assert "Bo" in shown
    assert "Written to" in shown


async def test_a_later_brief_shows_what_changed_since_the_run_before(terminal: Talk) -> None:
    await terminal.says(*PROMISED, "/finish")
    terminal.clock.now += timedelta(days=30)

    shown = await terminal.says(START, "Bea", "yes", "/checklist show")

    assert "What changed since run #1" in shown
    assert "Ann" in shown
    assert "Bea" in shown


async def test_a_checklist_without_runs_has_no_history(terminal: Talk) -> None:
    assert "no run of Settle it at home" in await terminal.says("/checklist history sponsor-check")


# -- files ----------------------------------------------------------------------------------------

ODD = "**Ann** <@42> @everyone 👩‍🏭 `code`\n\n# not a heading\n  indented  "


@pytest.mark.real_pdf
async def test_an_export_has_the_answers_character_for_character(terminal: Talk) -> None:
    shown = await terminal.says(START, ODD, "/checklist export 1")

    assert "isn't finished" in shown
    files = written()
    [name] = [name for name in files if name.endswith(".md")]
    quoted = "\n".join(f"> {line}" for line in ODD.split("\n"))
    assert quoted in files[name].decode()
    assert any(data.startswith(b"%PDF-") for data in files.values())


async def test_an_export_never_replaces_a_file(terminal: Talk) -> None:
    await terminal.says(START, "/checklist export")
    [name] = [name for name in written() if name.endswith(".md")]
    write(name, "mine")

    await terminal.says("Ann", "/checklist export")

    files = written()
    assert files[name] == b"mine"
    assert b"> Ann" in files[name.replace(".md", "-2.md")]


async def test_a_finished_run_is_exported_days_later(terminal: Talk) -> None:
    await terminal.says(*PROMISED, "/finish")
    await terminal.starts()

    shown = await terminal.says("/checklist export")

    assert "isn't finished" not in shown
    assert any(b"> Ann" in data for data in written().values())


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
