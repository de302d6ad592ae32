"""What a question wants, told from its vector: questions that are no examples."""

from __future__ import annotations

import pytest

from bot.guide.guide import Guide
from bot.guide.query import AskedKind

WANTS = [
    ("what percent of the budget went to training", AskedKind.FIGURE),
    ("how many firms joined the alliance", AskedKind.FIGURE),
    ("when was the partnership founded", AskedKind.DATE),
    ("what year did it start", AskedKind.DATE),
    ("who is the director of the program", AskedKind.PERSON),
    ("what is the phone of the coordinator", AskedKind.PERSON),
    ("which city was the training center in", AskedKind.PLACE),
    ("are apprentices eligible for WIOA", AskedKind.RULE),
    ("is a training levy legal", AskedKind.RULE),
    ("is the center still open", AskedKind.CURRENT),
    ("what is the latest on the Georgia certificate", AskedKind.CURRENT),
    ("did somebody bring the extension cord", AskedKind.SMALLTALK),
    ("what are the drawbacks of joint training", AskedKind.NEGATED),
]


@pytest.mark.parametrize(("text", "kind"), WANTS)
def test_the_kind_of_thing_asked_for_is_seen(guide: Guide, text: str, kind: AskedKind) -> None:
    assert kind in guide.assess_many([guide.read(text)])[0].query.asked


@pytest.mark.parametrize(
    "text",
    [
        "how do we keep partners at the table",
        "why does momentum fade",
        "what should a champion do",
        "how do we get people to come to the meetings",
    ],
)
def test_a_question_for_guidance_wants_nothing_of_the_kind(guide: Guide, text: str) -> None:
    assert guide.assess_many([guide.read(text)])[0].query.asked == set()


def test_no_question_here_is_an_example(guide: Guide) -> None:
    examples = {text for kind in guide.library.kinds for text in (*kind.wants, *kind.unlike)}
    assert examples.isdisjoint(text for text, _ in WANTS)
