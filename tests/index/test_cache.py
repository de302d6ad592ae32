"""Embeddings that are kept, so that no text is embedded twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.index.cache import EmbeddingCache
from tests.conftest import BagOfWordsEncoder

TEXTS = ["share credit", "pay for training", "run meetings"]


def test_nothing_is_embedded_twice(tmp_path: Path, bag: BagOfWordsEncoder) -> None:
    cache = EmbeddingCache(tmp_path, bag)

    first, embedded = cache.vectors(TEXTS)
    second, again = cache.vectors(TEXTS)

    assert (embedded, again) == (3, 0)
    assert bag.embedded == TEXTS
    np.testing.assert_array_equal(first, second)


def test_a_text_that_stands_twice_is_embedded_once(tmp_path: Path, bag: BagOfWordsEncoder) -> None:
    vectors, embedded = EmbeddingCache(tmp_path, bag).vectors(["a b", "c d", "a b"])

    assert embedded == 2
    assert vectors.shape == (3, bag.dimension)
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_the_vectors_are_those_of_the_encoder_in_the_order_asked(
    tmp_path: Path, bag: BagOfWordsEncoder
) -> None:
    EmbeddingCache(tmp_path, bag).vectors(TEXTS)

    vectors, _ = EmbeddingCache(tmp_path, bag).vectors(TEXTS[::-1])

    np.testing.assert_array_equal(vectors, BagOfWordsEncoder().encode(TEXTS[::-1]))


def test_another_run_embeds_only_what_is_new(tmp_path: Path, bag: BagOfWordsEncoder) -> None:
    EmbeddingCache(tmp_path, bag).vectors(TEXTS)
    later = BagOfWordsEncoder()

    _, embedded = EmbeddingCache(tmp_path, later).vectors([*TEXTS, "win champions"])

    assert embedded == 1
    assert later.embedded == ["win champions"]


def test_a_text_that_left_the_library_leaves_the_cache(
    tmp_path: Path, bag: BagOfWordsEncoder
) -> None:
    EmbeddingCache(tmp_path, bag).vectors(TEXTS)
    EmbeddingCache(tmp_path, bag).vectors([*TEXTS[1:], "win champions"])

    _, embedded = EmbeddingCache(tmp_path, bag).vectors(TEXTS)

    assert embedded == 1


def test_another_model_has_vectors_of_its_own(tmp_path: Path) -> None:
    one, other = BagOfWordsEncoder("one"), BagOfWordsEncoder("other", dimension=16)
    EmbeddingCache(tmp_path, one).vectors(TEXTS)

    vectors, embedded = EmbeddingCache(tmp_path, other).vectors(TEXTS)

    assert embedded == 3
    assert vectors.shape == (3, 16)
    assert EmbeddingCache(tmp_path, one).vectors(TEXTS)[1] == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"not a cache",
        lambda content: content[:200] + bytes(200) + content[400:],
    ],
    ids=["empty", "something else", "altered"],
)
def test_a_torn_cache_is_built_anew(damage: object, tmp_path: Path, bag: BagOfWordsEncoder) -> None:
    EmbeddingCache(tmp_path, bag).vectors(TEXTS)
    [file] = tmp_path.iterdir()
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))

    vectors, embedded = EmbeddingCache(tmp_path, bag).vectors(TEXTS)

    assert embedded == 3
    np.testing.assert_array_equal(vectors, BagOfWordsEncoder().encode(TEXTS))
    assert EmbeddingCache(tmp_path, bag).vectors(TEXTS)[1] == 0


def test_progress_is_told_up_to_the_end_and_not_at_all_when_nothing_is_new(
    tmp_path: Path, bag: BagOfWordsEncoder
) -> None:
    told: list[tuple[int, int]] = []
    cache = EmbeddingCache(tmp_path, bag)
    many = [f"text number {n}" for n in range(600)]

    cache.vectors(many, lambda done, total: told.append((done, total)))

    assert told[0] == (0, 600)
    assert told[-1] == (600, 600)
    assert told == sorted(told)
    told.clear()
    cache.vectors(many, lambda done, total: told.append((done, total)))
    assert told == []


def test_no_texts_give_no_vectors(tmp_path: Path, bag: BagOfWordsEncoder) -> None:
    vectors, embedded = EmbeddingCache(tmp_path, bag).vectors([])

    assert vectors.shape == (0, bag.dimension)
    assert embedded == 0


def test_a_cache_that_was_cut_off_is_built_anew_and_closed(
    tmp_path: Path, bag: BagOfWordsEncoder
) -> None:
    EmbeddingCache(tmp_path, bag).vectors(["share credit"])
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:500])

    assert EmbeddingCache(tmp_path, bag).vectors(["share credit"])[1] == 1
