"""A brief as Markdown."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.checklists.brief import make_brief
from bot.core.checklists.paper import Quote, Table, Writer, quoted, to_markdown
from bot.core.checklists.storage import Walk
from tests.core.checklists.test_brief import CHECKLIST, GOOD, LIBRARY, PROMISE, walked

TYPED = st.text(max_size=4000)


def markdown(phrases, answers, promise=PROMISE, **more) -> str:
    brief = make_brief(CHECKLIST, walked(answers, promise), LIBRARY, **more)
    return to_markdown(Writer(phrases).paper(brief))


@given(TYPED)
def test_taking_the_prefix_away_gives_any_text_back(text):
    lines = quoted(text).split("\n")
    assert all(line.startswith("> ") for line in lines)
    assert "\n".join(line[2:] for line in lines) == text


@given(TYPED.filter(str.strip))
def test_an_answer_stands_in_the_markdown_character_for_character(phrases, text):
    assert quoted(text) in markdown(phrases, {**GOOD, "gain": text})


def test_the_markdown_has_everything_a_board_asks_for(phrases):
    text = markdown(phrases, {**GOOD, "gain": None})
    for wanted in (
        "# A small one",
        "### 1. Who answers for it?",
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
    previous = Walk(walked({**GOOD, "who": "Nobody, I fear"}, PROMISE), CHECKLIST)
    text = markdown(phrases, GOOD, previous=previous)
    then_now = re.search(r"Then:\n\n> Nobody, I fear\n.*Now:\n\n> Dean Lind", text, re.DOTALL)
    assert then_now
    assert "What changed since run #0 of November 2, 2026" in text


def test_a_run_without_changes_says_so(phrases):
    previous = Walk(walked(GOOD, PROMISE), CHECKLIST)
    assert "Every answer is the same as then." in markdown(phrases, GOOD, previous=previous)


def test_a_bar_in_a_commitment_does_not_break_the_table(phrases):
    promise = replace(PROMISE, what="Ask A|B\nand C")
    brief = make_brief(CHECKLIST, walked(GOOD, promise), LIBRARY)
    table = next(b for b in Writer(phrases).paper(brief) if isinstance(b, Table))
    row = to_markdown([table]).splitlines()[2]
    assert row == "| Ask A\\|B and C | Rosa | January 15, 2027 |"
