"""Close reading: what counts of a question, what is kept of a passage, and where."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from bot.core.models import HandQuestion, Library
from bot.guide.search_index import Pieces
from bot.index.pieces import GROUPS, Lens, PieceCache, PieceTable, texts_of
from tests.conftest import BagOfWordsEncoder

VOCABULARY, DIMENSION = 40, 16


@pytest.fixture
def spoken() -> list[Pieces]:
    random = np.random.default_rng(7)
    found = []
    for _ in range(60):
        ids = np.minimum(random.geometric(0.1, 12), VOCABULARY - 1)
        vectors = random.normal(0, 1, (12, DIMENSION)).astype(np.float32)
        found.append(Pieces(ids, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)))
    return found


def test_closeness_agrees_with_a_plain_loop(spoken: list[Pieces]) -> None:
    lens = Lens.of(spoken)
    groups = [
        [lens.see(spoken[n + g].vectors) for g in range(len(GROUPS))] for n in range(0, 30, 3)
    ]
    table = PieceTable.of(lens, groups)
    asked, some = spoken[50], np.array([4, 0, 9])

    close = table.closeness(asked, some)

    weights, seen = lens.weights(asked.ids), lens.see(asked.vectors)
    for row, passage in zip(close.groups, some, strict=True):
        for value, rows in zip(row, groups[passage], strict=True):
            best = [max(float(piece @ other) for other in rows) for piece in seen]
            assert value == pytest.approx(float(np.dot(weights, best)), abs=1e-5)
    every = np.concatenate(groups[0])
    np.testing.assert_allclose(close.pieces[1], (seen @ every.T).max(axis=1), atol=1e-5)


def test_a_rare_piece_counts_more_than_a_common_one_and_an_unknown_one_most(
    spoken: list[Pieces],
) -> None:
    lens = Lens.of(spoken)
    common, rare, unknown = lens.weights(np.array([1, 30, 5000]))
    assert common < rare <= unknown


def test_an_empty_group_has_what_the_one_before_it_has(spoken: list[Pieces]) -> None:
    lens = Lens.of(spoken)
    table = PieceTable.of(lens, [[lens.see(spoken[0].vectors), lens.blank, lens.blank]])
    ((text, asks, known),) = table.closeness(spoken[1], np.array([0])).groups
    assert text == asks == known != 0


def test_a_question_without_pieces_is_close_to_nothing(spoken: list[Pieces]) -> None:
    lens = Lens.of(spoken)
    table = PieceTable.of(lens, [[lens.see(one.vectors)] * 3 for one in spoken[:2]])
    nothing = Pieces(np.empty(0, np.int64), np.empty((0, DIMENSION), np.float32))
    assert not table.closeness(nothing, np.array([0, 1])).groups.any()


def test_of_many_pieces_centers_are_kept_that_lie_near_them(spoken: list[Pieces]) -> None:
    lens = Lens.of(spoken)
    texts = (tuple(map(str, range(60))), ("1",), ())
    text, asks, known = lens.centers(texts, lambda names: [spoken[int(name)] for name in names])
    assert len(text) == 256 < 60 * 12
    assert len(asks) == 12
    assert len(known) == 0
    every = lens.see(np.concatenate([one.vectors for one in spoken]))
    assert (every @ text.T).max(axis=1).mean() > 0.8


def test_only_passages_that_changed_are_read_again(
    tmp_path: Path, small_library: Library, bag: BagOfWordsEncoder
) -> None:
    read: list[str] = []

    def reader(texts: tuple[str, ...] | list[str]) -> list[Pieces]:
        read.extend(texts)
        return bag.read(list(texts))[1]

    file = tmp_path / "pieces.npz"
    first = PieceCache(file, "bag").table(texts_of(small_library), reader)
    read.clear()
    again = PieceCache(file, "bag").table(texts_of(small_library), reader)
    assert read == []
    np.testing.assert_allclose(again.rows, first.rows, atol=0.01)

    passage, *others = small_library.passages
    changed = dataclasses.replace(passage, sentences=("Something else.",))
    library = dataclasses.replace(small_library, passages=(changed, *others))
    PieceCache(file, "bag").table(texts_of(library), reader)
    assert set(read) == {"Something else.", *passage.asks}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", None])
def test_what_is_of_another_model_or_torn_is_not_used(
    tmp_path: Path, small_library: Library, bag: BagOfWordsEncoder, content: bytes | None
) -> None:
    file = tmp_path / "pieces.npz"
    PieceCache(file, "bag").table(texts_of(small_library), lambda texts: bag.read(texts)[1])
    if content is not None:
        file.write_bytes(content)
    assert PieceCache(file, "bag" if content is not None else "another").lens is None


def test_the_questions_of_a_hand_can_be_left_out(small_library: Library) -> None:
    passage = small_library.passages[0].id
    asked = tuple(HandQuestion(f"by {hand}", passage, hand) for hand in ("smith", "baker"))
    library = dataclasses.replace(small_library, questions=asked)
    assert texts_of(library)[0][2] == ("by smith", "by baker")
    assert texts_of(library, without="smith")[0][2] == ("by baker",)
