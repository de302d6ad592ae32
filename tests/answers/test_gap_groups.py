"""Texts that mean the same are put together, as an independent implementation does it."""

from __future__ import annotations

import numpy as np
import pytest

from bot.answers.gap_groups import NoMeanings, group_by_meaning
from bot.guide.search_index import Vectors


def unit(rows: object) -> Vectors:
    vectors = np.asarray(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.xdist_group("model")
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("alike", [0.3, 0.6, 0.9])
def test_groups_are_those_of_scikit_learn(seed: int, alike: float) -> None:
    from sklearn.cluster import (
        AgglomerativeClustering,
    )  # takes seconds, and not each worker needs it

    random = np.random.default_rng(seed)
    centers = random.normal(size=(5, 6))
    vectors = unit(centers[random.integers(0, 5, 30)] + 0.5 * random.normal(size=(30, 6)))
    reference = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - alike
    ).fit(vectors)
    expected = {
        frozenset(np.flatnonzero(reference.labels_ == label).tolist())
        for label in set(reference.labels_)
    }
    assert {frozenset(group) for group in group_by_meaning(vectors, alike)} == expected


def test_groups_come_in_the_order_of_their_first_row_and_each_row_is_in_one() -> None:
    vectors = unit([[1, 0], [0, 1], [1, 0.1], [0.1, 1], [-1, -1]])
    assert group_by_meaning(vectors, 0.9) == [[0, 2], [1, 3], [4]]


def test_nothing_and_one_text_are_no_trouble() -> None:
    assert group_by_meaning(np.empty((0, 3), dtype=np.float32)) == []
    assert group_by_meaning(unit([[1, 2]])) == [[0]]


async def test_without_a_model_only_equal_wordings_are_alike() -> None:
    vectors = await NoMeanings().vectors(["Where?", "where?", "When?"])
    assert group_by_meaning(vectors) == [[0, 1], [2]]
    assert (await NoMeanings().vectors([])).shape[0] == 0
