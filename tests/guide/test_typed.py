"""What a person typed, and the question in it."""

from __future__ import annotations

import pytest

from bot.answers.answer_screen import answer_screen
from bot.core.models import Library, Question
from bot.guide.contract import record
from bot.guide.typed import TypedReader
from tests.conftest import MakeGuide

ASKED = "how do we choose a training vendor"


@pytest.fixture(scope="module")
def reader(library: Library) -> TypedReader:
    """Reads what is typed to the shipped library."""
    return TypedReader(library)


@pytest.mark.parametrize(
    "typed",
    [
        "hi how do we choose a training vendor",
        "Hello everyone, how do we choose a training vendor",
        "Good morning Maria, how do we choose a training vendor",
        "quick question: how do we choose a training vendor",
        "sorry to bother you all but how do we choose a training vendor",
        "sorry to bother you all how do we choose a training vendor",
        "asking for a friend, how do we choose a training vendor",
        "okay so um how do we choose a training vendor",
        "how do we uh choose a um training vendor",
        "how do we, like, choose a training vendor",
        "so how do we you know choose a training vendor",
        "how do we how do we choose a training vendor",
        "how do we choose a training vendor thanks so much in advance",
        "hey can you tell me how do we choose a training vendor please and thank you",
        "I was wondering, how do we choose a training vendor",
        "hey siri how do we choose a training vendor",
    ],
)
def test_what_stands_around_a_question_is_not_searched(typed: str, reader: TypedReader) -> None:
    read = reader.read(Question(typed))

    assert read.text == ASKED
    assert read.typed == typed
    assert not read.read_as


@pytest.mark.parametrize(
    "typed",
    [
        "How do we choose a training vendor? Thanks!",
        "Hi! How do we choose a training vendor?",
        "How do we choose a training vendor? Any help would be great.",
        "Hope you're all well. How do we choose a training vendor? Best regards",
        "Thanks for your help yesterday! How do we choose a training vendor?",
        "How do we choose a training vendor question mark",
    ],
)
def test_sentences_that_ask_nothing_are_not_searched(typed: str, reader: TypedReader) -> None:
    assert reader.read(Question(typed)).text == "How do we choose a training vendor?"


@pytest.mark.parametrize(
    "typed",
    [
        "hi",
        "thanks!",
        "hi, how are you?",
        "thanks, that was helpful",
        "please",
        "um",
        "good morning everyone",
        "how do we say thank you to partners",
        "why don't partners say thanks",
        "thanks to the union we grew, how do we keep it?",
        "which trainer is the best",
        "what do you know about unions",
        "how do you know that a partnership works",
        "any advice on poaching?",
        "our sponsor asked, no wait, our board asked who pays",
        "asking for money from firms, how?",
        "a question for the union: will they pay?",
    ],
)
def test_what_belongs_to_a_question_stays(typed: str, reader: TypedReader) -> None:
    assert reader.read(Question(typed)).text == typed


def test_a_story_before_the_question_keeps_its_signs(reader: TypedReader) -> None:
    typed = "Hi all. Two firms left: one loudly, one not; our sponsor - a bank - sighs... what now?"

    assert reader.read(Question(typed)).text == typed.removeprefix("Hi all. ")


def test_earlier_turns_are_read_in_the_same_way(reader: TypedReader) -> None:
    read = reader.read(Question("and who pays?", ("hi, what is a levvy? thanks",)))

    assert read.history == ("what is a levy?",)


@pytest.mark.parametrize(
    ("typed", "negated"),
    [
        ("why do joint training programs fail?", True),
        ("what are the downsides of joint training?", True),
        ("who shouldn't be a champion?", True),
        ("when should employers NOT pay", True),
        ("We have no money. How do we begin?", False),
        ("how do we choose a training vendor", False),
    ],
)
def test_the_other_side_is_seen_where_it_is_asked_for(
    typed: str, negated: bool, reader: TypedReader
) -> None:
    assert reader.read(Question(typed)).negated is negated


def test_an_answer_shows_what_was_read_and_keeps_what_was_typed(make_guide: MakeGuide) -> None:
    guide = make_guide()

    answer = guide.answer(guide.read("Hi! who pays for trianing? Thanks!"))
    screen = answer_screen(record(answer, None, 1.0), guide.library, guide.phrases.say, 2000)

    assert answer.question == "Hi! who pays for trianing? Thanks!"
    assert "-# Read as: who pays for training?" in screen.blocks
