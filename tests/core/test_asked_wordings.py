"""Wordings of several words that say what kind of thing is asked for."""

from __future__ import annotations

import pytest

from bot.core.models import Question
from bot.guide.query import Asked, understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how many firms joined the alliance", Asked.FIGURE),
        ("what is the number of members", Asked.FIGURE),
        ("when was the partnership founded", Asked.DATE),
        ("how long does it take to build trust", Asked.DATE),
        ("what year did it start", Asked.DATE),
        ("who runs the chamber in Holyoke", Asked.PERSON),
        ("who is the director of the program", Asked.PERSON),
        ("what does section 8 say", Asked.RULE),
        ("what is the federal match", Asked.RULE),
        ("is the center still open", Asked.CURRENT),
        ("what happens this year", Asked.CURRENT),
        ("send me the agenda", Asked.SERVICE),
        ("draft a letter to the board", Asked.SERVICE),
        ("give us a link to the report", Asked.SERVICE),
    ],
)
def test_a_wording_of_several_words_is_seen(text: str, kind: Asked) -> None:
    assert kind in understand(Question(text)).asked
