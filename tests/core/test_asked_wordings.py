"""Wordings of several words that say what kind of thing is asked for."""

from __future__ import annotations

import pytest

from bot.core.models import Question
from bot.guide.query import AskedKind, understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how many firms joined the alliance", AskedKind.FIGURE),
        ("what is the number of members", AskedKind.FIGURE),
        ("when was the partnership founded", AskedKind.DATE),
        ("how long does it take to build trust", AskedKind.DATE),
        ("what year did it start", AskedKind.DATE),
        ("who runs the chamber in Holyoke", AskedKind.PERSON),
        ("who is the director of the program", AskedKind.PERSON),
        ("what does section 8 say", AskedKind.RULE),
        ("what is the federal match", AskedKind.RULE),
        ("is the center still open", AskedKind.CURRENT),
        ("what happens this year", AskedKind.CURRENT),
        ("send me the agenda", AskedKind.SERVICE),
        ("draft a letter to the board", AskedKind.SERVICE),
        ("give us a link to the report", AskedKind.SERVICE),
    ],
)
def test_a_wording_of_several_words_is_seen(text: str, kind: AskedKind) -> None:
    assert kind in understand(Question(text)).asked
