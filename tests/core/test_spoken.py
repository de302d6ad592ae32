"""What people mean by words where a button was meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.content.problems import ProblemList
from bot.content.wordings import read_spoken_words
from bot.core.spoken import Meant, read_spoken
from tests.conftest import KNOWLEDGE

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
WORDS = read_spoken_words(KNOWLEDGE, ProblemList())
REMINDER = {"done", "move", "stop"}
NOTICE = {"interested", "declined", "stop"}
OFFER = {"resume", "cancel"}


def meant(text: str, possible: set[str]) -> Meant:
    return read_spoken(text, WORDS, possible, NOW)


@pytest.mark.parametrize(
    ("possible", "kind", "texts"),
    [
        (
            REMINDER,
            "done",
            (
                "done|Done!|all done, thanks|done, sent it this morning|I did it yesterday|✅"
                "|it's been done already|we finished that last week|I called them, all sorted"
            ),
        ),
        (
            REMINDER,
            "move",
            (
                "move it to Friday|snooze 2 days|not done yet, push to Monday|tomorrow|I'll do it tomorrow"
                "|can you move it to next week?|please postpone to December 10|push it back a week"
            ),
        ),
        (REMINDER, "stop", "stop these|unsubscribe|no more of these please"),
        (
            NOTICE,
            "interested",
            (
                "yes|yes please|Interested! We'd take two places|sounds great, sign us up|we're in"
                "|were in!|count us in|Can you sign us up?|We'd love to"
            ),
        ),
        (
            NOTICE,
            "declined",
            "no|no thanks|not for us, thanks|not interested|we'll pass|not this time, sorry|count us out",
        ),
        (OFFER, "resume", "resume|yes|let's continue|carry on"),
        (OFFER, "cancel", "cancel|no|drop it please|stop"),
    ],
)
def test_what_is_certain_is_read(possible: set[str], kind: str, texts: str) -> None:
    for text in texts.split("|"):
        assert (meant(text, possible).kind, meant(text, possible).sure) == (kind, True), text


@pytest.mark.parametrize(
    ("possible", "texts"),
    [
        (
            REMINDER,
            (
                "almost done|half done|will be done by Friday|done by Friday|not done|done? no|my part is done"
                "|is it done?|never done that|move it|later|ok|thanks|yes"
                "|done with these reminders|this is done, next: hire a trainer on Friday"
            ),
        ),
        (
            NOTICE,
            (
                "maybe|interested but only if it's free|I'm not sure we're interested|pass it on to Carol"
                "|is anyone else interested?|We were interested last year|who runs it?|done|sounds great"
                "|I am in a meeting|no problem"
            ),
        ),
        (OFFER, "later|continue tomorrow|done"),
    ],
)
def test_what_is_not_certain_is_not_read(possible: set[str], texts: str) -> None:
    for text in texts.split("|"):
        assert not meant(text, possible).sure, text


def test_a_question_is_told_from_a_request() -> None:
    assert meant("who runs it?", NOTICE).asks
    assert meant("is it done?", REMINDER).asks
    assert not meant("could you move it to Friday?", REMINDER).asks
    assert not meant("snooze 2 days?", REMINDER).asks


def test_the_day_and_the_lines_that_are_meant_go_with_it() -> None:
    assert meant("please move that to Dec 5", REMINDER).day == "Dec 5"
    assert meant("interested in #12 and 14", NOTICE).numbers == ("12", "14")
    assert meant("we're interested in both", NOTICE).every
