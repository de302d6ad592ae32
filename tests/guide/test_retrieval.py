"""Fusing and ranking, held against plain versions of the same thing."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bot.core.models import Library
from bot.guide.retrieval import (
    SIGNALS,
    candidates,
    gather,
    highest,
    rank,
    reciprocal_rank_fusion,
)
from tests.conftest import BagOfWordsEncoder, OpenIndex, make_library, make_passage

ITEMS = st.lists(st.integers(0, 12), unique=True, max_size=10)


@given(st.lists(ITEMS, max_size=4), st.integers(1, 100))
def test_fusion_orders_as_exact_arithmetic_does(rankings: list[list[int]], k: int) -> None:
    items = {item for ranking in rankings for item in ranking}
    totals = {
        item: sum(
            (Fraction(1, k + 1 + ranking.index(item)) for ranking in rankings if item in ranking),
            Fraction(0),
        )
        for item in items
    }

    fused = reciprocal_rank_fusion(rankings, k)

    assert set(fused) == items
    assert len(fused) == len(items)
    for better, worse in pairwise(fused):
        assert totals[better] >= totals[worse] - Fraction(1, 10**12)


def test_fusion_of_one_ranking_is_that_ranking() -> None:
    assert reciprocal_rank_fusion([[5, 1, 9]]) == [5, 1, 9]


def test_an_item_that_two_rankings_name_beats_one_that_either_puts_first() -> None:
    assert reciprocal_rank_fusion([[1, 7], [2, 7]])[0] == 7


def test_equal_items_are_ordered_by_their_number() -> None:
    assert reciprocal_rank_fusion([[4], [3]]) == [3, 4]


@given(
    arrays(np.float32, st.integers(0, 40), elements=st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.5])),
    st.integers(1, 45),
)
def test_the_highest_are_those_that_sorting_puts_first(scores: np.ndarray, limit: int) -> None:
    found = highest(scores, limit).tolist()

    by_sorting = sorted((i for i in range(len(scores)) if scores[i] > 0), key=lambda i: -scores[i])
    assert [scores[i] for i in found] == [scores[i] for i in by_sorting[:limit]]
    assert len(set(found)) == len(found)
    for left, right in pairwise(found):
        assert (-scores[left], left) < (-scores[right], right)


def test_ranking_orders_by_the_weighted_sum_and_keeps_all_columns_together() -> None:
    random = np.random.default_rng(7)
    passages = np.array([30, 10, 20, 40], dtype=np.int64)
    signals = {name: random.random(4, dtype=np.float32) for name in SIGNALS}
    weights = {name: float(i + 1) for i, name in enumerate(SIGNALS)}
    beyond = random.random(4, dtype=np.float32)
    sums = [sum(weights[n] * float(signals[n][i]) for n in SIGNALS) for i in range(4)]
    order = sorted(range(4), key=lambda i: -sums[i])

    ranking = rank(passages, signals, beyond, weights)

    assert ranking.passages.tolist() == [int(passages[i]) for i in order]
    assert ranking.scores.tolist() == pytest.approx([sums[i] for i in order], rel=1e-5)
    assert ranking.beyond.tolist() == [float(beyond[i]) for i in order]
    for name in SIGNALS:
        assert ranking.signals[name].tolist() == [float(signals[name][i]) for i in order]


def test_candidates_are_passages_near_in_meaning_or_in_words(
    small_library: Library, opened: OpenIndex, bag: BagOfWordsEncoder
) -> None:
    index = opened(small_library)
    vectors = bag.encode(["share credit with partners"])

    found = candidates(index, vectors, [index.lexical(index.terms("agenda"))])

    assert {index.ids[number] for number in found} >= {"share-credit", "run-meetings"}
    assert len(set(found.tolist())) == len(found)


def test_a_passage_without_asks_is_judged_by_its_text_in_their_place(
    opened: OpenIndex, bag: BagOfWordsEncoder
) -> None:
    library = make_library(
        [
            make_passage("bare", "Bridges carry freight. Rivers carry more."),
            make_passage("asked", "Roads carry freight.", asks=["what carries freight"]),
        ]
    )
    index = opened(library)
    terms = index.terms("what carries freight")
    both = np.array([0, 1], dtype=np.int64)

    (compared,) = index.compare(bag.encode(["what carries freight"]))
    signals, beyond = gather(index, compared, terms, index.lexical(terms), both)

    assert all(np.isfinite(values).all() for values in signals.values())
    assert np.isfinite(beyond).all()
    assert signals["ask"][0] == signals["text"][0]
    assert signals["ask"][1] == pytest.approx(1.0, abs=1e-5)
    assert signals["ask"][1] > signals["text"][1]
