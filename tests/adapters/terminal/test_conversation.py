"""What lines mean: commands, keys of screens, forms, plain lines."""

from __future__ import annotations

import pytest

from tests.adapters.terminal.talk import Talk, write, written

START = "/checklist start first"

# -- commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("/checklist start first", "Started first."),
        ("/CHECKLIST Start first", "Started first."),
        ("/checklist start name:first", "Started first."),
        ("/checklist start first team:no", "Started first."),
        ("/checklist start team:yes name: first", "A team run needs a thread"),
        ("/checklist", "All."),
        ("/opportunity close 1 filled", "Closed 1 filled “”."),
        ("/opportunity close 1 partly all ten taken", "Closed 1 partly “all ten taken”."),
        ("/opportunity close 1 set aside by us", "Closed 1 set aside “by us”."),
        ("/opportunity close note:of us id:1 outcome:part", "Closed 1 partly “of us”."),
        ("/opportunity close 1 3", "Closed 1 set aside “”."),
        ("/guide retention 30", "Kept for 30 days."),
    ],
)
async def test_a_command_is_read(line: str, shown: str, small: Talk) -> None:
    assert shown in await small.says(line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/checklst start first", "There is no command /checklst"),
        ("/checklist strat first", "did you mean /checklist start?"),
        ("/zzzz", "/help shows what there is"),
        ("/guide", "there is /guide retention."),
        ("/", "There is no command /"),
        ("/checklist start third", "No checklist is called “third”. Did you mean first, second?"),
        ("/checklist start first teem:yes", "no option teem; did you mean team?"),
        ("/checklist start first team:maybe", "team is yes or no."),
        ("/opportunity close 1 filed", "did you mean filled? There is filled, partly, set aside."),
        ("/opportunity close one filled", "id is a whole number."),
        ("/guide retention 4000", "days is a whole number from 1 to 3,650."),
    ],
)
async def test_what_is_wrong_with_a_command_is_told(line: str, said: str, small: Talk) -> None:
    assert said in await small.says(line)
    assert "About trust" in await small.says("trust")


async def test_what_a_command_can_not_do_without_is_asked_for(small: Talk) -> None:
    shown = await small.says("/checklist start")
    assert shown.startswith("/checklist start Name? Its title or id")
    assert small.prompt == "name › "

    assert "Started first." in await small.says("first")

    shown = await small.says("/opportunity close 7")
    assert "filled, partly, set aside" in shown
    assert "Closed 7 partly" in await small.says("partly")


async def test_another_command_ends_what_was_asked_for_one(small: Talk) -> None:
    assert await small.says("/checklist start", "/guide retention 5") == "Kept for 5 days."
    assert small.prompt == "you › "


async def test_something_unexpected_gets_a_number_and_the_conversation_goes_on(
    small: Talk,
) -> None:
    shown = await small.says("/checklist show")

    assert "noted as error" in shown
    assert "sky" not in shown
    assert "About trust" in await small.says("trust")


async def test_a_line_without_a_slash_is_a_question_and_new_begins_afresh(small: Talk) -> None:
    first = await small.says("trust")
    assert await small.says("trust") == first

    assert "forgotten" in await small.says("/new")
    assert await small.says("trust") != first


async def test_files_are_written_and_never_over_another(small: Talk) -> None:
    write("data.json", "mine")

    shown = await small.says("/privacy export", "/privacy export")

    assert "Here it is. Written to " in shown
    assert shown.endswith("/data-2.json")
    assert written() == {"data.json": b"mine", "data-2.json": b"{}"}


@pytest.mark.parametrize("line", ["/quit", "/exit"])
async def test_quitting_ends_the_conversation(line: str, small: Talk) -> None:
    await small.says(line)

    assert small.conversation.ended


# -- screens --------------------------------------------------------------------------------------


async def test_a_screen_says_what_can_be_typed(small: Talk) -> None:
    shown = await small.says(START)

    assert "/skip leaves it out." in shown
    assert "Read a passage (/read-a-passage and a number): 1 Credit 2 Money" in shown
    assert shown.endswith("/skip · /back · /put-aside")
    assert small.prompt == "answer › "


async def test_a_plain_line_goes_into_the_form_of_the_screen_that_waits(small: Talk) -> None:
    assert "Kept 2. Step 2" in await small.says(START, "2")


async def test_a_key_takes_what_follows_it(small: Talk) -> None:
    assert "Skipped: nobody knows yet. Step 2" in await small.says(START, "/skip nobody knows yet")
    assert "Passage m." in await small.says("/read-a-passage 2")
    assert "Passage c." in await small.says("/read-a-passage credit")
    assert "Passage c." in await small.says("/why")
    assert "Which one? Type /read-a-passage and a number from 1 to 2." in await small.says("/read")
    assert small.prompt == "answer › "


async def test_a_key_without_what_it_needs_asks_for_it(small: Talk) -> None:
    assert await small.says(START, "/skip") == "Why? Reason?"
    assert "Reason can't be left empty. Reason?" in await small.says("")
    assert "Skipped: no time." in await small.says("no time")


async def test_what_is_refused_leaves_the_screen_and_what_leads_nowhere_waits_no_more(
    small: Talk,
) -> None:
    assert await small.says(START, "/back") == "This is the first step."
    assert small.prompt == "answer › "

    assert await small.says("over") == "It is over."
    assert small.prompt == "you › "
    assert "About over" in await small.says("over")


async def test_a_screen_that_takes_the_place_of_one_ends_what_it_waited_for(small: Talk) -> None:
    assert await small.says(START, "/put-aside") == "Put aside."
    assert small.prompt == "you › "
    assert "There is no command /skip" in await small.says("/skip")


async def test_other_screens_do_not_end_what_one_waits_for(small: Talk) -> None:
    await small.says(START, *["/opportunity close 1 filled"] * 12)

    assert "Kept Ann." in await small.says("Ann")
    assert await small.says("/interested") == "Noted."


async def test_a_number_alone_picks_from_the_only_menu(small: Talk) -> None:
    assert "Tags (a number): 1 a 2 b 3 c" in await small.says("/checklist list")

    assert await small.says("3") == "Picked vc."
    assert "About 3" in await small.says("3")
    assert await small.says("/checklist list", "/tags 1, c") == "Picked va and vc."
    assert "Which one?" in await small.says("/checklist list", "/tags 1 2 3")


# -- forms ----------------------------------------------------------------------------------------


async def test_a_form_is_filled_in_field_by_field(small: Talk) -> None:
    shown = await small.says(START, "Ann", "I call her")
    assert "Who? (A name) Enter keeps “you”." in shown
    assert (small.prompt, small.conversation.begun) == ("who › ", "you")

    assert "By when? Enter leaves it empty." in await small.says("Bo")
    assert small.prompt == "by when › "
    assert await small.says("") == "Done by Bo, no day."


async def test_in_a_form_one_can_go_back_leave_a_field_and_leave(small: Talk) -> None:
    await small.says(START, "Ann", "I call her", "Bo")

    assert "Who? (A name) Enter keeps “Bo”." in await small.says("/back")
    assert "By when?" in await small.says("/skip")
    assert await small.says("/cancel") == "Left as it was."
    assert small.prompt == "answer › "


async def test_what_is_too_long_is_told_and_asked_again(small: Talk) -> None:
    shown = await small.says(START, "x" * 21)

    assert "That is 21 characters long; there is room for 20." in shown
    assert "Kept Ann." in await small.says("Ann")


async def test_commands_work_while_a_form_is_filled_in(small: Talk) -> None:
    shown = await small.says(START, "Ann", "I call her", "/guide retention 5")

    assert "Kept for 5 days." in shown
    assert "Who?" in shown
    assert small.prompt == "who › "


async def test_a_screen_that_came_later_takes_lines_before_a_form(small: Talk) -> None:
    await small.says(START, "Ann", "I call her")
    assert small.prompt == "who › "
    await small.says("/checklist start second")
    assert small.prompt == "answer › "

    assert "Who?" in await small.says("/put-aside")
    assert await small.says("Bo", "") == "Done by Bo, no day."


# -- completion -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("/checklist st", ["/checklist start"]),
        ("/checklist start ", ["first", "second"]),
        ("/checklist start sec", ["second"]),
        ("/opportunity close 1 outcome:pa", ["partly"]),
        ("/sk", ["/skip"]),
        ("/qu", ["/quit"]),
        ("what is", []),
    ],
)
async def test_what_is_typed_is_completed(line: str, values: list[str], small: Talk) -> None:
    await small.says(START)

    count, choices = await small.conversation.complete(line)

    assert [choice.value for choice in choices] == values
    assert all(line[len(line) - count :].strip() in choice.value for choice in choices)
