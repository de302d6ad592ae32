"""Known questions: a new one is told by those nearest to it, whoever wrote them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from bot.core.models import HandQuestion, Library
from bot.guide.search_index import Neighbors, Vectors
from bot.index.build import build_index
from bot.index.cache import EmbeddingCache, read_shipped, write_shipped
from bot.index.index import DiskIndex, open_index
from bot.index.known import KnownQuestions
from bot.index.pieces import texts_of
from tests.conftest import BagOfWordsEncoder

ASKED = (
    HandQuestion("whose money buys the welding course", "pay-training", "smith"),
    HandQuestion("must the bosses chip in for lessons", "pay-training", "smith"),
    HandQuestion("where can the minutes be typed", "run-meetings", "baker"),
    HandQuestion("how long do volcanoes erupt in may", "", "baker"),
)


def unit(*places: int) -> np.ndarray:
    vector = np.zeros(6, dtype=np.float32)
    vector[list(places)] = 1
    return vector / np.linalg.norm(vector)


def test_of_each_passage_the_best_the_best_three_and_the_best_ten_count() -> None:
    far, near, same = unit(5), unit(0, 1), unit(0)
    known = KnownQuestions.of(
        [
            (np.stack([same, near, far]), np.array([1, 1, 0])),
            (np.stack([near]), np.array([-1])),
        ],
        3,
    )

    (compared,) = known.compare(same[None])
    found = known.nearest(compared, np.array([0, 1, 2]))

    half = float(near @ same)
    assert found.passages[1] == pytest.approx([1, (1 + half) / 3, (1 + half) / 10])
    assert found.passages[0] == pytest.approx([0, 0, 0])
    assert found.passages[2] == pytest.approx([0, 0, 0])  # it has none: as far as the last
    assert found.covered == pytest.approx([1, half, 0])
    assert found.uncovered == pytest.approx([half])


def test_questions_of_many_hands_stand_in_the_index_and_one_hand_can_be_left_out(
    tmp_path: Path, small_library: Library, bag: BagOfWordsEncoder
) -> None:
    library = dataclasses.replace(small_library, questions=ASKED)
    build_index(tmp_path, library, ("bag", bag.fingerprint), bag)
    index = open_index(tmp_path, library, bag.fingerprint)
    number = np.array([index.ids.index("pay-training")])
    (asked,) = bag.encode(["must the bosses chip in for lessons"])
    (erupting,) = bag.encode(["how long do volcanoes erupt in may"])

    def left_out(hand: str) -> DiskIndex:
        return index.without(hand, bag.piece_table(texts_of(library, without=hand)))

    def nearest(searched: DiskIndex, vector: Vectors) -> Neighbors:
        (compared,) = searched.compare(vector[None])
        return searched.neighbors(compared, number)

    with_all, without = (
        nearest(index, asked),
        nearest(left_out("smith"), asked),
    )

    assert with_all.passages[0, 0] == pytest.approx(1)
    assert without.passages[0, 0] < 0.6
    assert nearest(index, erupting).uncovered[0] == pytest.approx(1)
    assert nearest(left_out("baker"), erupting).uncovered[0] < 0.9


def test_shipped_vectors_spare_embedding_and_are_those_of_their_model_alone(
    tmp_path: Path, bag: BagOfWordsEncoder
) -> None:
    texts = ["who pays for training", "how do we run meetings"]
    file = tmp_path / "vectors.npz"
    vectors = bag.encode(texts)
    write_shipped(file, bag, texts, vectors)
    bag.embedded.clear()

    cached, embedded = EmbeddingCache(tmp_path / "cache", bag, file).vectors([*texts, "volcanoes"])

    assert embedded == 1
    assert bag.embedded == ["volcanoes"]
    assert (cached[:2] * vectors).sum(axis=1) == pytest.approx([1, 1], abs=1e-4)
    assert read_shipped(file, BagOfWordsEncoder("another"))[0] == {}
    file.write_bytes(b"torn")
    assert read_shipped(file, bag)[0] == {}
