"""Follow-ups with the shipped library: what was said, what is pointed at, what is meant."""

from __future__ import annotations

from bot.core.models import Answered, Question, QuestionBack
from bot.core.sentences import split_sentences
from bot.guide.guide import Guide

LEGS = "What three legs must a high road training partnership have at least?"
VENDOR = "How do we choose a training vendor?"


def answered(guide: Guide, text: str, *history: str) -> Answered:
    answer = guide.answer(Question(text, history))
    assert isinstance(answer, Answered)
    return answer


def test_a_direction_that_was_pressed_is_answered_with(guide: Guide) -> None:
    vague = guide.answer(Question("What about the partners?"))
    assert isinstance(vague, QuestionBack)
    for meant in vague.directions:
        answer = guide.answer(Question("What about the partners?", direction=meant.id))
        assert isinstance(answer, Answered)
        assert answer.citations[0].passage.id == meant.id


def test_the_third_one_is_the_third_thing_of_the_list(guide: Guide) -> None:
    answer = answered(guide, "and why is the third one needed?", LEGS)
    assert "hrtp-intermediary" in {citation.passage.id for citation in answer.citations}


def test_a_checklist_wished_for_after_an_answer_is_the_one_for_it(guide: Guide) -> None:
    answer = answered(guide, "is there a checklist for that?", VENDOR)
    assert answer.citations[0].passage.id == "choose-training-vendor"
    assert [checklist.id for checklist in answer.checklists] == ["training-vendor"]


def test_what_was_said_is_not_said_again(guide: Guide) -> None:
    first = answered(guide, VENDOR)
    second = answered(guide, "how do we know afterwards whether it worked?", VENDOR)
    both = set(split_sentences(first.text)) & set(split_sentences(second.text))
    assert both == set()


def test_where_all_was_said_it_is_told_as_such(guide: Guide) -> None:
    answer = answered(guide, "tell me more about it", "What is a sector?", "Tell me more about it")
    assert answer.text.startswith(("The library has no more", "As was said"))
