"""The nearest vectors, among few and among many."""

from __future__ import annotations

import numpy as np

from bot.index.build import FLAT_ROWS, dense_index


def clustered(count: int, dimension: int, random: np.random.Generator) -> np.ndarray:
    centers = random.normal(0, 1, (count // 50, dimension))
    near = centers[random.integers(0, len(centers), count)]
    vectors = near + random.normal(0, 0.5, (count, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_among_few_vectors_the_nearest_are_exact() -> None:
    random = np.random.default_rng(1)
    vectors = clustered(2_000, 32, random)
    queries = clustered(50, 32, random)

    _, found = dense_index(vectors).search(queries, 10)

    exact = np.argsort(-(queries @ vectors.T), axis=1)[:, :10]
    np.testing.assert_array_equal(found, exact)


def test_among_many_vectors_nine_of_ten_of_the_nearest_are_found() -> None:
    random = np.random.default_rng(2)
    vectors = clustered(25_000, 32, random)
    assert len(vectors) > FLAT_ROWS
    queries = clustered(200, 32, random)

    _, found = dense_index(vectors).search(queries, 10)

    exact = np.argsort(-(queries @ vectors.T), axis=1)[:, :10]
    recall = np.mean([len(set(f) & set(e)) / 10 for f, e in zip(found, exact, strict=True)])
    assert recall >= 0.9
