"""Passages of one alliance are searched together with the library, as if they stood in it."""

from __future__ import annotations

import numpy as np
import pytest

from bot import resources
from bot.core.models import Answered, Library, NotCovered, Passage, PassageKind, Question
from bot.guide.guide import Guide
from bot.guide.search_index import Vectors
from bot.index.alliance_guides import AllianceGuides
from bot.index.index import DiskIndex
from bot.index.overlay import SAME_QUESTION, OverlayIndex
from bot.settings import Settings
from tests.conftest import SMALL, SMALL_CHECKLISTS, BagOfWordsEncoder, OpenIndex, make_library
from tests.conftest import make_passage as passage_of

NOTES = (
    passage_of(
        "note-1",
        "Maria signs people up for the drone licence. Bring a passport to the chamber.",
        asks=("who signs up for the drone licence", "where do I get a drone licence"),
        kind=PassageKind.NOTE,
        document="practice-notes",
    ),
    passage_of(
        "note-2",
        "Visitors park behind the mill.",
        kind=PassageKind.NOTE,
        document="practice-notes",
    ),
)
QUESTIONS = (
    "who signs up for the drone licence",
    "where do visitors park at the chamber",
    "how do we share credit with partners on a stage",
    "who pays for the training of an intermediary",
    "volcanoes",
)


@pytest.fixture
def base(opened: OpenIndex, small_library: Library) -> DiskIndex:
    return opened(small_library)


@pytest.fixture
def together(opened: OpenIndex) -> DiskIndex:
    """The reference: one index on disk that has everything."""
    return opened(make_library([*SMALL, *NOTES], SMALL_CHECKLISTS))


@pytest.fixture
def overlay(base: DiskIndex, bag: BagOfWordsEncoder) -> OverlayIndex:
    return OverlayIndex(base, NOTES, bag)


def vectors_of(bag: BagOfWordsEncoder) -> Vectors:
    random = np.random.default_rng(7).normal(size=(20, bag.dimension)).astype(np.float32)
    random /= np.linalg.norm(random, axis=1, keepdims=True)
    return np.concatenate([bag.encode(QUESTIONS), random])


def rows_of(passage: Passage, bag: BagOfWordsEncoder) -> Vectors:
    texts = [f"{passage.title}. {passage.text}", *passage.sentences, *passage.asks]
    return bag.encode(texts)


def test_the_library_keeps_its_numbers_and_the_notes_follow(overlay: OverlayIndex) -> None:
    assert list(overlay.ids) == [one.id for one in (*SMALL, *NOTES)]


def test_the_nearest_are_those_of_brute_force(
    overlay: OverlayIndex, bag: BagOfWordsEncoder
) -> None:
    for vector in vectors_of(bag):
        best = [float((rows_of(one, bag) @ vector).max()) for one in (*SMALL, *NOTES)]
        for limit in (1, 3, 7, 50):
            found = overlay.nearest(vector, limit)
            assert len(found) == min(limit, 7)
            values = [best[number] for number in found]
            assert values == pytest.approx(sorted(best, reverse=True)[:limit], abs=1e-5)


def test_cosines_are_those_of_one_index_with_everything(
    overlay: OverlayIndex, together: DiskIndex, bag: BagOfWordsEncoder
) -> None:
    numbers = np.array([6, 0, 5, 3, 1, 4, 2])
    for vector in vectors_of(bag)[1:]:
        ours, theirs = overlay.similarities(vector, numbers), together.similarities(vector, numbers)
        for name in ("text", "sentence", "ask", "asks", "beyond"):
            np.testing.assert_allclose(
                getattr(ours, name), getattr(theirs, name), atol=1e-5, err_msg=name
            )


def test_words_and_terms_are_those_of_one_index_with_everything(
    overlay: OverlayIndex, together: DiskIndex, bag: BagOfWordsEncoder
) -> None:
    words = bag.word_vectors(["drone", "passport", "credit", "zeppelin"])
    for number in range(7):
        np.testing.assert_allclose(
            overlay.word_support(number, words), together.word_support(number, words), atol=1e-5
        )
        np.testing.assert_allclose(overlay.sentences(number), together.sentences(number), atol=1e-5)
        for term in ("drone", "park", "credit", "levi"):
            assert overlay.has_term(number, term) == together.has_term(number, term)
    for term in ("drone", "licenc", "credit", "zeppelin"):
        assert overlay.knows(term) == together.knows(term)


def test_bm25_of_a_note_is_the_formula_and_that_of_the_library_is_unchanged(
    overlay: OverlayIndex, base: DiskIndex
) -> None:
    terms = overlay.terms("drone licence credit for a drone")
    in_text, in_asks = overlay.lexical(terms)
    np.testing.assert_array_equal(in_text[:5], base.lexical(terms)[0])
    np.testing.assert_array_equal(in_asks[:5], base.lexical(terms)[1])
    # "drone" is asked for twice; it stands once in the note's text, the licence too
    expected = sum(base.weight(term) * 1 / (1 + 1.2) for term in ["drone", "drone", "licenc"])
    assert in_text[5] == pytest.approx(expected, rel=1e-5)
    twice = sum(base.weight(term) * 2 / (2 + 1.2) for term in ["drone", "drone", "licenc"])
    assert in_asks[5] == pytest.approx(twice, rel=1e-5)
    assert in_text[6] == in_asks[6] == 0


def test_what_a_note_answers_is_no_longer_uncovered(
    base: DiskIndex, bag: BagOfWordsEncoder
) -> None:
    note = passage_of("note-9", "They erupt by pressure.", asks=("how do volcanoes erupt",))
    overlay = OverlayIndex(base, [note], bag)
    asked = bag.encode(["how do volcanoes erupt", "what does a ticket to the moon cost"])
    (same, other), (noted, as_before) = base.compare(asked), overlay.compare(asked)
    assert same.uncovered.max() > SAME_QUESTION
    assert noted.uncovered.max() < SAME_QUESTION
    np.testing.assert_array_equal(as_before.uncovered, other.uncovered)


def test_no_notes_change_nothing(base: DiskIndex, bag: BagOfWordsEncoder) -> None:
    overlay = OverlayIndex(base, [], bag)
    everything = np.arange(5)
    for vector in vectors_of(bag):
        np.testing.assert_array_equal(
            overlay.similarities(vector, everything).text,
            base.similarities(vector, everything).text,
        )
        (compared,), (before,) = overlay.compare(vector[None]), base.compare(vector[None])
        np.testing.assert_array_equal(compared.uncovered, before.uncovered)


STEERING = "when does our steering committee meet?"
NEAR_DOMAIN = [
    (
        STEERING,
        "The steering committee meets on the first Tuesday of each month at 8 am.",
        "what day is the steering committee meeting",
    ),
    (
        "what does a phlebotomy course cost at the community college",
        "The community college charges 1,450 dollars for the phlebotomy course, books included.",
        "price of the phlebotomy course",
    ),
    (
        "who do I call about the drone training grant?",
        "Call Maria Lopez at the county office. She answers within two days.",
        "who handles the drone training grant",
    ),
]


@pytest.fixture(scope="module")
def shelf(guide: Guide, settings: Settings) -> AllianceGuides:
    """What `run` loads: the shipped library, the real model, the fitted weights."""
    loaded = resources.load_shelf(settings)
    assert isinstance(loaded, AllianceGuides)
    return loaded


@pytest.mark.parametrize(("question", "text", "paraphrase"), NEAR_DOMAIN)
def test_the_shipped_guide_refuses_then_answers_because_of_a_note(
    shelf: AllianceGuides, question: str, text: str, paraphrase: str
) -> None:
    document = "practice-notes"
    note = passage_of("note-1", text, asks=(question,), kind=PassageKind.NOTE, document=document)
    shelf.adopt(1, (note,))
    unrelated = "what is the federal match rate for training grants?"
    asked = [Question(one) for one in (question, paraphrase, unrelated)]
    for answer in shelf.guide(2).answer_many(asked):
        assert isinstance(answer, NotCovered), answer.question
    *noted, other = shelf.guide(1).answer_many(asked)
    for answer in noted:
        assert isinstance(answer, Answered), answer.question
        assert answer.citations[0].passage == note
    assert isinstance(other, NotCovered)
