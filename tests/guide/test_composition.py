"""Answers are made of sentences that stand in passages, and say which."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.phrases import TemplatePhrases
from bot.core.models import Passage, PassageKind
from bot.guide.composition import QUOTE_WORDS, Chosen, compose, nearby, quote
from bot.guide.query import AskedKind
from bot.guide.units import unit_of
from tests.conftest import make_passage

WORDS = st.lists(st.sampled_from(["partners", "share", "credit", "firms", "train"]), min_size=1)
ENDS = st.sampled_from([".", "!", "?", ".”", "…", ""])
GAPS = st.sampled_from([" ", "\n\n", "  "])


@st.composite
def passages(draw: st.DrawFn, id_: str = "one") -> Passage:
    """Passages of two to nine sentences, some of them alike."""
    count = draw(st.integers(2, 9))
    sentences = [" ".join(draw(WORDS)).capitalize() + draw(ENDS) for _ in range(count)]
    text = sentences[0]
    for sentence in sentences[1:]:
        text += draw(GAPS) + sentence
    passage = make_passage(id_, text)
    return Passage(**{**_fields(passage), "sentences": tuple(sentences)})


def _fields(passage: Passage) -> dict[str, object]:
    return {name: getattr(passage, name) for name in Passage.__dataclass_fields__}


@st.composite
def choices(draw: st.DrawFn) -> list[Chosen]:
    """One to three passages with a rating for each sentence."""
    chosen = []
    for number in range(draw(st.integers(1, 3))):
        passage = draw(passages(f"p{number}"))
        size = len(passage.sentences)
        relevance = draw(st.lists(st.floats(-1, 1), min_size=size, max_size=size))
        chosen.append(Chosen(passage, relevance))
    return chosen


@given(choices())
def test_an_answer_rests_on_its_passages(phrases: TemplatePhrases, chosen: list[Chosen]) -> None:
    text, citations = compose(chosen, phrases)

    assert [c.passage for c in citations] == [pick.passage for pick in chosen]
    assert [c.marker for c in citations] == list(range(1, len(chosen) + 1))
    for citation in citations:
        assert citation.quote
        assert citation.quote in citation.passage.text
    markers = [int(marker) for marker in re.findall(r"\[(\d+)\]", text)]
    assert 2 <= len(markers) <= 6
    assert markers == sorted(markers)
    assert set(markers) == {c.marker for c in citations}


@given(choices())
def test_every_sentence_is_one_of_its_passage_with_the_marker_before_its_end(
    phrases: TemplatePhrases, chosen: list[Chosen]
) -> None:
    text, _ = compose(chosen, phrases)

    pieces = re.findall(r"(.*?) \[(\d+)\]([.!?]*[\"”'’)]*)(?: |$)", text, re.DOTALL)
    assert "".join(f"{said} [{marker}]{end} " for said, marker, end in pieces).strip() == text
    for said, marker, end in pieces:
        sentences = chosen[int(marker) - 1].passage.sentences
        assert any(s in (said + end, said) or said + "." == s + end for s in sentences)


@given(passages(), st.data())
def test_a_quote_is_a_verbatim_run_of_the_sentences_asked_for(
    passage: Passage, data: st.DataObject
) -> None:
    numbers = st.integers(0, len(passage.sentences) - 1)
    wanted = sorted(data.draw(st.sets(numbers, min_size=1)))

    words = quote(passage, wanted)

    assert words in passage.text
    assert words.startswith(passage.sentences[wanted[0]])
    if len(passage.text.split()) <= QUOTE_WORDS:
        assert all(passage.sentences[number] in words for number in wanted)
        assert words.endswith(passage.sentences[wanted[-1]])


def test_a_long_quote_is_shortened_at_the_end_of_a_sentence() -> None:
    sentences = [f"{'word ' * 49}end{n}." for n in range(4)]
    passage = make_passage("long", " ".join(sentences))
    assert passage.sentences == tuple(sentences)

    words = quote(passage, [0, 3])

    assert words == " ".join(sentences[:2])


def test_the_most_fitting_sentences_are_said_in_the_order_of_the_passage(
    phrases: TemplatePhrases,
) -> None:
    passage = make_passage("six", "A one. B two. C three. D four. E five. F six.")

    text, [citation] = compose([Chosen(passage, [0.0, 0.9, 0.0, 0.8, 0.0, 0.7])], phrases)

    assert text == "A one [1]. B two [1]. D four [1]. F six [1]."
    assert citation.quote == passage.text


def test_a_case_beside_guidance_is_introduced_as_one(phrases: TemplatePhrases) -> None:
    guidance = make_passage("advice", "Share credit. Do it often.")
    case = make_passage("story", "Holyoke shared it. It worked.", kind=PassageKind.CASE)

    text, _ = compose([Chosen(guidance, [0, 0]), Chosen(case, [0, 0])], phrases)

    assert "A case in point: Holyoke shared it [2]." in text


def test_a_case_on_its_own_needs_no_introduction(phrases: TemplatePhrases) -> None:
    case = make_passage("story", "Holyoke shared it. It worked.", kind=PassageKind.CASE)

    text, _ = compose([Chosen(case, [0, 0])], phrases)

    assert text == "Holyoke shared it [1]. It worked [1]."


def test_a_passage_from_another_document_is_introduced_with_its_title(
    phrases: TemplatePhrases,
) -> None:
    here = make_passage("here", "Share credit. Do it often.", document="handbook")
    there = make_passage("there", "Share blame. Do it seldom.", document="{{ 7 * 7 }}")

    text, _ = compose([Chosen(here, [0, 0]), Chosen(there, [0, 0])], phrases)

    assert "{{ 7 * 7 }} puts it this way: Share blame [2]." in text


def test_a_second_passage_of_the_same_document_needs_no_introduction(
    phrases: TemplatePhrases,
) -> None:
    one, two = make_passage("one", "Share credit. Again."), make_passage("two", "Pay up. Soon.")

    text, _ = compose([Chosen(one, [0, 0]), Chosen(two, [0, 0])], phrases)

    assert text == "Share credit [1]. Again [1]. Pay up [2]. Soon [2]."


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("So it is.", "So it is [1]."),
        ("Is it?", "Is it [1]?"),
        ("“It is.”", "“It is [1].”"),
        ("It is", "It is [1]."),
        ("It is in the U.S.", "It is in the U.S. [1]."),
    ],
)
def test_a_marker_stands_before_the_closing_signs(
    sentence: str, marked: str, phrases: TemplatePhrases
) -> None:
    text, _ = compose([Chosen(make_passage("one", sentence), [0.5])], phrases)

    assert text == marked


def test_a_sentence_is_said_with_what_it_leans_on_and_a_list_whole(
    phrases: TemplatePhrases,
) -> None:
    passage = make_passage(
        "one",
        "Agree on pay. They differ in two ways. First, they ask. Second, they wait. Firms join."
        " Unions watch. They wait, too.",
    )

    text, _ = compose([Chosen(passage, [0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.5])], phrases)

    assert text == (
        "Agree on pay [1]. They differ in two ways [1]. First, they ask [1]. Second, they wait [1]."
    )


def test_what_has_no_room_is_left_out_whole(phrases: TemplatePhrases) -> None:
    passage = make_passage(
        "one",
        "Agree. Firms pay. Unions help. There are two steps. One is talk. Another is work. Rest.",
    )

    text, _ = compose([Chosen(passage, [0.9, 0.8, 0.7, 0.0, 0.6, 0.0, 0.5])], phrases)

    assert text == "Agree [1]. Firms pay [1]. Unions help [1]. Rest [1]."


@pytest.mark.parametrize(
    ("question", "asked", "said"),
    [
        ("when did it begin", {AskedKind.DATE}, "It began in 1997"),
        ("how many people came", {AskedKind.FIGURE}, "Some 40 came"),
        ("who leads it", {AskedKind.PERSON}, "Its head is Rollie Heath"),
        ("what came of 1997", set(), "It began in 1997"),
        ("what does heath do", set(), "Its head is Rollie Heath"),
        ("what does it do", set(), "So they learn"),
    ],
)
def test_what_is_asked_for_is_said(
    question: str, asked: set[AskedKind], said: str, phrases: TemplatePhrases
) -> None:
    passage = make_passage(
        "one",
        "Firms train. Firms teach. So they learn. The council runs it. It began in 1997."
        " Everyone was asked. Some 40 came. The council met. Its head is Rollie Heath.",
    )

    chosen = Chosen(passage, [0.5, 0.6, 0.55, 0, 0.45, 0, 0.45, 0, 0.45], question, asked)
    text, _ = compose([chosen], phrases)

    assert said in text


@given(choices())
def test_no_unit_is_cut(phrases: TemplatePhrases, chosen: list[Chosen]) -> None:
    text, _ = compose(chosen, phrases)

    for marker, pick in enumerate(chosen, 1):
        sentences = pick.passage.sentences
        ends = [
            s for s in re.split(r"(?<=\[\d\])[.!?]*[\"”]* ?", text) if s.endswith(f"[{marker}]")
        ]
        assert len(ends) >= min(len(unit_of(sentences, n)) for n in range(len(sentences)))


def test_what_lies_nearby_brings_what_its_sentence_leans_on() -> None:
    passage = make_passage("one", "Share credit. Firms train. They pay, too.")

    citation = nearby(passage, [0.1, 0.2, 0.9], 1)

    assert citation.quote == "Firms train. They pay, too."


def test_what_lies_nearby_is_quoted_with_its_most_fitting_sentence() -> None:
    passage = make_passage("one", "Share credit. Meet often. Never stop.")

    citation = nearby(passage, [0.1, 0.9, 0.2], 2)

    assert (citation.marker, citation.quote) == (2, "Meet often.")


def test_what_was_said_before_is_not_said_again_while_there_is_something_else(
    phrases: TemplatePhrases,
) -> None:
    passage = make_passage("one", " ".join(f"Fact {name} stands." for name in "ABCDEFG"))
    fits = [0.9, 0.8, 0.7, 0.6, 0.2, 0.1, 0.0]
    text, _ = compose([Chosen(passage, fits, said={0, 1, 2, 3})], phrases)
    assert text == "Fact E stands [1]. Fact F stands [1]. Fact G stands [1]."
    everything = Chosen(passage, fits, said=set(range(7)))
    text, _ = compose([everything], phrases)
    assert text == "As was said: Fact A stands [1]."
    text, _ = compose([replace(everything, wants_more=True)], phrases)
    assert text == "The library has no more on this than was said: Fact A stands [1]."
    other = make_passage("two", "Another fact stands.")
    text, _ = compose([everything, Chosen(other, [0.5])], phrases)
    assert text == "As was said: Fact A stands [1]. Another fact stands [2]."
