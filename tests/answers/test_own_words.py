"""Whether words stand by themselves, are whole, or belong together; as tables."""

from __future__ import annotations

import pytest

from bot.answers.cited_source import LAST, source_wished
from bot.answers.own_words import (
    as_one_text,
    breaks_off,
    goes_on,
    is_whole,
    patience,
    read_together,
    says_nothing,
    stands_alone,
)


@pytest.mark.parametrize(
    "text",
    [
        "any advice on this?",
        "what would you say to this",
        "^^",
        "^ this",
        "👆",
        "can you help Carol with that please",
        "thoughts?",
        "what they said",
        "",
        "see title",
        "please weigh in here",
        "same question",
        "+1",
        "could you take a look at what Omar wrote?",
        "pls answer Carol's question",
        "<@123456789012345678> asked something, ideas?",
        "we have the same problem, any ideas?",
        "what does the guide say about that?",
        "help",
    ],
)
def test_words_that_only_point_say_nothing_of_their_own(text: str) -> None:
    assert says_nothing(text)
    assert not stands_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "does this work for small firms?",
        "does it work for small firms",
        "for small firms?",
        "how would you handle that",
        "any examples?",
        "what should we do first?",
        "what's the best way?",
        "and in a rural alliance",
    ],
)
def test_words_that_add_to_something_are_read_with_it(text: str) -> None:
    assert not stands_alone(text)
    assert read_together(text, "They fear poaching.", 100) == f"They fear poaching. {text}"


@pytest.mark.parametrize(
    "text",
    [
        "What is a champion?",
        "how do we share credit",
        "why do employers leave?",
        "is there a checklist for the kickoff",
        "any advice on scouting?",
        "thoughts on scouting the territory?",
        "How do we make it easy for employers to join?",
        "How do we know that training works?",
        "How do we get this year's sponsors to the table?",
        "Our partners argue about the logo and nobody decides",
    ],
)
def test_a_question_of_its_own_stands_alone(text: str) -> None:
    assert stands_alone(text)


def test_names_of_those_it_points_at_are_nothing_of_its_own() -> None:
    assert not says_nothing("can you help carol with that please")
    assert says_nothing("can you help carol with that please", ["Carol Diaz"])


def test_what_is_read_together_is_no_longer_than_a_question_may_be() -> None:
    assert len(read_together("^^", "word " * 100, 50)) <= 50
    together = read_together("for small firms?", "word " * 100, 50)
    assert len(together) <= 50
    assert together.endswith("for small firms?")


@pytest.mark.parametrize(
    ("text", "whole", "broken"),
    [
        ("How do we share credit?", True, False),
        ("How do we keep them? Thanks!", True, False),
        ("Tell me about accountability.", True, False),
        ("what is it for?", True, False),
        ("how do we get them", False, False),
        ("how do we share credit", False, False),
        ("who is it for", False, False),
        ("champions", False, False),
        ("We have three employers.", False, False),
        ("How do we keep them? We have three employers and", False, True),
        ("so I was wondering,", False, True),
        ("How do we...", False, True),
        ("What do we do with the", False, True),
        ("", False, False),
    ],
)
def test_what_is_whole_is_answered_at_once_and_the_rest_is_waited_for(
    text: str, *, whole: bool, broken: bool
) -> None:
    assert (is_whole(text), breaks_off(text)) == (whole, broken)
    assert (patience(text) == 0) == whole


@pytest.mark.parametrize(
    ("earlier", "later", "together"),
    [
        ("how do we get them", "to train their people together?", True),
        ("how do we get our partners", "Into one room?", True),
        ("We're a small alliance", "three employers dropped out", True),
        ("We're a small alliance", "what should we do first?", True),
        ("how do we", "how do we keep employers", True),
        ("How do we start?", "we have only two employers so far", True),
        ("how do we share credit", "What is a champion?", False),
        ("How do we share credit?", "What is a champion?", False),
        ("and who pays for it?", "and the small firms", False),
        ("How do we share credit?", "hmm", False),
        ("how do we share credit", "thanks!", False),
        ("how do we share credit", "!rank", False),
    ],
)
def test_what_is_written_within_seconds_belongs_together_or_not(
    earlier: str, later: str, *, together: bool
) -> None:
    assert goes_on(earlier, later, addressed=True) == together


def test_who_is_not_spoken_to_takes_no_remark_after_a_question_that_stands_alone() -> None:
    assert not goes_on("How do we share credit?", "we met the chamber today", addressed=False)
    assert goes_on("Any ideas?", "they all left after the grant ended", addressed=False)


def test_pieces_are_joined_as_sentences_where_they_are_some() -> None:
    assert as_one_text(["how do we get them", "to train?"]) == "how do we get them to train?"
    assert as_one_text(["We are few", "Most left.", "", "why?"]) == "We are few. Most left. why?"
    assert as_one_text(["how do we share", "How do we"]) == "how do we share. How do we"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tell me more about source 2", 2),
        ("what does [2] say?", 2),
        ("can I read number 2 in full?", 2),
        ("Source two please", 2),
        ("[3]", 3),
        ("#1?", 1),
        ("tell me more about the second one", 2),
        ("show me the last source in full", LAST),
        ("what is number 3 based on?", 3),
        ("No. 3 in full", 3),
        ("why?", 0),
        ("Why is that?", 0),
        ("where does that come from?", 0),
        ("sources?", 0),
        ("says who?", 0),
        ("how do you know?", 0),
        ("which document is this from?", 0),
        ("based on what?", 0),
    ],
)
def test_a_source_is_asked_for(text: str, number: int) -> None:
    wish = source_wished(text)
    assert wish is not None
    assert wish.number == number


@pytest.mark.parametrize(
    "text",
    [
        "does source 2 apply to small firms?",
        "why do employers leave?",
        "why not?",
        "what are the 2 steps",
        "What comes first?",
        "where can we get funding from",
        "who pays for it",
        "compare [1] and [2]",
        "",
    ],
)
def test_what_asks_for_more_is_a_question(text: str) -> None:
    assert source_wished(text) is None
