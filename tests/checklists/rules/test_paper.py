"""A brief as Markdown."""

import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.checklists.rules.brief import make_brief
from bot.checklists.rules.paper import (
    Bullets,
    Heading,
    Paragraph,
    Quote,
    Table,
    Writer,
    quote_lines,
    to_markdown,
)
from bot.checklists.rules.records import Commitment, CommitmentStatus, StoredRun
from bot.checklists.rules.run import AnswerValue
from tests.checklists.rules.test_brief import CHECKLIST, GOOD, LIBRARY, PROMISE, walked

TYPED = st.text(max_size=4000)


def markdown(phrases, answers, promise=PROMISE, **more) -> str:
    brief = make_brief(CHECKLIST, walked(answers, promise), LIBRARY, **more)
    return to_markdown(Writer(phrases).paper(brief))


@given(TYPED)
def test_taking_the_prefix_away_gives_any_text_back(text):
    lines = quote_lines(text).split("\n")
    assert all(line.startswith("> ") for line in lines)
    assert "\n".join(line[2:] for line in lines) == text


@given(TYPED.filter(str.strip))
def test_an_answer_stands_in_the_markdown_character_for_character(phrases, text):
    assert quote_lines(text) in markdown(phrases, {**GOOD, "gain": text})


def test_the_markdown_has_everything_a_board_asks_for(phrases):
    text = markdown(phrases, {**GOOD, "gain": None})
    for wanted in (
        "# A small one",
        "*1. Who answers for it?*",
        "> Dean Lind\n\nRosa, Lakeshore College",
        "## Open gaps\n\n- Tell what your organization gains. — skipped: No time",
        "| Meet the board | Rosa | January 15, 2027 |",
        "## Sources",
        "version 3",
    ):
        assert wanted in text


def test_someone_without_an_organization_is_said_to_have_none(phrases):
    brief = make_brief(CHECKLIST, walked(GOOD, PROMISE), LIBRARY)
    step = brief.steps[0]
    alone = replace(step, answers=(replace(step.answers[0], organization=""),))
    blocks = Writer(phrases).paper(replace(brief, steps=(alone,)))
    assert [block.by for block in blocks if isinstance(block, Quote)] == ["Rosa, no organization"]


def test_a_later_run_shows_old_and_new_answers_side_by_side(phrases):
    previous = StoredRun(walked({**GOOD, "who": "Nobody, I fear"}, PROMISE), CHECKLIST)
    text = markdown(phrases, GOOD, previous=previous)
    then_now = re.search(r"Then:\n\n> Nobody, I fear\n.*Now:\n\n> Dean Lind", text, re.DOTALL)
    assert then_now
    assert "What changed since run #0 of November 2, 2026" in text


def test_a_run_without_changes_says_so(phrases):
    previous = StoredRun(walked(GOOD, PROMISE), CHECKLIST)
    assert "Every answer is the same as then." in markdown(phrases, GOOD, previous=previous)


def test_a_bar_in_a_commitment_does_not_break_the_table(phrases):
    promise = replace(PROMISE, what="Ask A|B\nand C")
    brief = make_brief(CHECKLIST, walked(GOOD, promise), LIBRARY)
    table = next(b for b in Writer(phrases).paper(brief) if isinstance(b, Table))
    row = to_markdown([table]).splitlines()[2]
    assert row == "| Ask A\\|B and C | Rosa | January 15, 2027 |"


def test_a_commitment_is_cut_in_the_table_and_whole_beside_its_answer(phrases):
    what = "word " * 500 + "end"
    text = markdown(phrases, GOOD, replace(PROMISE, what=what))
    assert f"Commitment: {what} — Rosa, by January 15, 2027" in text
    [row] = [line for line in text.splitlines() if line.startswith("| word")]
    assert len(row) < 400
    assert "… | Rosa |" in row


def test_a_commitment_that_is_the_whole_answer_is_not_told_twice_beside_it(phrases):
    text = markdown(phrases, {**GOOD, "promise": PROMISE.what})
    assert f"> {PROMISE.what}\n\nRosa, Lakeshore College\n\nCommitment — Rosa, by January" in text


def test_the_table_tells_what_became_of_a_commitment(phrases):
    run = walked(GOOD, PROMISE)
    made = Commitment(
        *(1, 7, run.id, "promise", 1, PROMISE.what, "Rosa"),
        day=date(2027, 2, 1),
        status=CommitmentStatus.OPEN,
        thread=None,
        made=run.started,
        settled=None,
    )
    for status, became in (
        (CommitmentStatus.OPEN, "moved to February 1, 2027"),
        (CommitmentStatus.DONE, "moved to February 1, 2027; done"),
    ):
        now = replace(made, status=status)
        text = markdown(phrases, GOOD, commitments=[now])
        assert f"| Meet the board | Rosa | January 15, 2027 ({became}) |" in text
        assert "Commitment: Meet the board — Rosa, by January 15, 2027\n" in text
    done = replace(made, day=PROMISE.day, status=CommitmentStatus.DONE)
    assert "| January 15, 2027 (done) |" in markdown(phrases, GOOD, commitments=[done])
    stranger = replace(made, person=2)
    assert "| January 15, 2027 |" in markdown(phrases, GOOD, commitments=[stranger])


def test_an_answer_in_other_words_says_what_it_stands_for(phrases):
    run = walked(GOOD, PROMISE)
    for step, typed, value in (
        ("who", "next Friday", "2026-11-06"),
        ("gain", "2", "Yes, in part"),
        ("trust", "Yes", "yes"),
    ):
        run.answers[step] = (replace(run.answers[step][0], given=AnswerValue(typed, value)),)
    text = to_markdown(Writer(phrases).paper(make_brief(CHECKLIST, run, LIBRARY)))
    understood = re.findall("^Understood as: .*$", text, re.MULTILINE)
    assert understood == ["Understood as: November 6, 2026", "Understood as: Yes, in part"]


def test_a_name_or_a_promise_can_t_pass_for_a_heading_or_a_link(phrases):
    rogue = "Meet\n\n# Approved\n\n- [by](https://example.org) **all** <b>"
    brief = make_brief(CHECKLIST, walked(GOOD, replace(PROMISE, what=rogue, who=rogue)), LIBRARY)
    tokens = MarkdownIt().parse(to_markdown(Writer(phrases).paper(brief)))
    inline = [child for token in tokens for child in token.children or ()]
    assert not {child.type for child in inline} & {"link_open", "strong_open", "html_inline"}
    assert "Approved" not in [child.content for child in inline]


@given(st.text(st.sampled_from("a1 .)#-+=*_`[]()<>|~&;\\!\n\r\t"), min_size=1, max_size=40))
def test_text_beside_the_answers_reads_as_it_was_typed(typed):
    text = f"a{typed}z"
    starting = typed.lstrip() + "z"
    blocks = [Heading(2, text), Paragraph(starting), Bullets((starting, text)), Quote("q", text)]
    blocks += [Paragraph(text, small=True), Table(("A", "B"), ((text, text),))]
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(blocks))
    read = [
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    line, start = " ".join(text.split()), " ".join(starting.split())
    assert read == [line, start, start, line, "q", line, line, "A", "B", line, line]
