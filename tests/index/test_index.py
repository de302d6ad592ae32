"""The search index on disk: what it answers, and what it refuses."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import IndexMissing, IndexStale, IndexTorn, IndexUnusable
from bot.core.models import Library
from bot.index.build import build_index, passage_texts
from bot.index.index import SCHEMA, DiskIndex, open_index, read_manifest
from bot.index.stems import terms_of
from tests.conftest import SMALL, BagOfWordsEncoder, OpenIndex, make_library, make_passage

MODEL = ("bag of words", "bag of words")


@pytest.fixture
def folder(tmp_path: Path, small_library: Library, bag: BagOfWordsEncoder) -> Path:
    """A folder with an index of the small library."""
    folder = tmp_path / "index"
    build_index(folder, small_library, MODEL, bag)
    return folder


@pytest.fixture
def index(folder: Path, small_library: Library) -> DiskIndex:
    return open_index(folder, small_library, MODEL[1])


def build_in(folder: Path) -> Path:
    return folder / json.loads((folder / "current.json").read_text())["build"]


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


class Prepared(BagOfWordsEncoder):
    """An encoder that gives prepared vectors, in order, and zeros when they run out."""

    def __init__(self, rows: np.ndarray) -> None:
        super().__init__(dimension=rows.shape[1])
        self._rows = rows

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self._rows.shape[1]), dtype=np.float32)
        vectors[: len(self._rows)] = self._rows[: len(texts)]
        return vectors


class Gone(BagOfWordsEncoder):
    """An encoder that fails."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        raise RuntimeError(f"the model is gone, {len(texts)} texts wait")


class Short(BagOfWordsEncoder):
    """An encoder that gives too few vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return super().encode(texts[:3])


QUERIES = ["share credit with partners", "public money", "zebra", "agenda minutes applause"]


@pytest.mark.parametrize("query", QUERIES)
def test_the_nearest_passages_are_those_with_the_nearest_row(
    query: str, index: DiskIndex, bag: BagOfWordsEncoder
) -> None:
    vector = bag.encode([query])[0]
    best = {}
    for number, passage in enumerate(SMALL):
        roles = passage_texts(passage)
        rows = [text for role in ("text", "sentences", "asks") for text in roles[role]]
        best[number] = max(float(row @ vector) for row in bag.encode(rows))

    found = index.nearest(vector, 3).tolist()

    assert len(set(found)) == len(found) == 3
    expected = sorted(best.values(), reverse=True)[:3]
    assert [best[number] for number in found] == pytest.approx(expected, abs=1e-6)


def test_the_nearest_of_many_random_passages_agree_with_brute_force(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    passages = [make_passage(f"p{n:03}", f"Text {n}.", asks=[f"ask {n}"]) for n in range(120)]
    library = make_library(passages)
    rows = random.normal(size=(120 * 3, 24)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    build_index(tmp_path, library, MODEL, Prepared(rows))
    index = open_index(tmp_path, library, MODEL[1])

    for vector in rows[::37]:
        by_passage = (rows @ vector).reshape(120, 3).max(axis=1)
        found = index.nearest(vector, 10).tolist()
        assert found == np.argsort(-by_passage)[:10].tolist()


def test_questions_beyond_a_passage_do_not_find_it(
    index: DiskIndex, bag: BagOfWordsEncoder
) -> None:
    vector = bag.encode(["which app records meetings"])[0]
    near = [float(row @ vector) for row in bag.encode(["which app records meetings"])]
    assert near == pytest.approx([1.0])

    cosines = index.similarities(vector, np.arange(len(SMALL)))

    assert cosines.beyond[2] == pytest.approx(1.0, abs=1e-5)
    assert cosines.ask[2] < 0.9
    assert cosines.text[2] < 0.9


@pytest.mark.parametrize("query", QUERIES)
def test_similarities_agree_with_a_plain_loop(
    query: str, index: DiskIndex, bag: BagOfWordsEncoder
) -> None:
    vector = bag.encode([query])[0]
    numbers = np.array([4, 0, 3], dtype=np.int64)

    found = index.similarities(vector, numbers)

    for place, number in enumerate(numbers):
        cosines = {
            role: sorted((float(row @ vector) for row in bag.encode(texts)), reverse=True)
            for role, texts in passage_texts(SMALL[number]).items()
        }
        assert found.text[place] == pytest.approx(cosines["text"][0], abs=1e-6)
        assert found.sentence[place] == pytest.approx(cosines["sentences"][0], abs=1e-6)
        assert found.ask[place] == pytest.approx(cosines["asks"][0], abs=1e-6)
        three = cosines["asks"][:3]
        assert found.asks[place] == pytest.approx(sum(three) / len(three), abs=1e-6)
        assert found.beyond[place] == pytest.approx(cosines["beyond"][0], abs=1e-6)


def test_a_passage_without_asks_and_beyonds_has_no_number_and_zero_there(
    opened: OpenIndex, bag: BagOfWordsEncoder
) -> None:
    index = opened(make_library([make_passage("bare", "Bridges carry freight.")]))

    found = index.similarities(bag.encode(["freight"])[0], np.array([0]))

    assert np.isnan(found.ask).all()
    assert np.isnan(found.asks).all()
    assert found.beyond.tolist() == [0.0]
    assert found.text[0] > 0


def test_the_sentences_of_a_passage_are_its_own(index: DiskIndex, bag: BagOfWordsEncoder) -> None:
    for number, passage in enumerate(SMALL):
        np.testing.assert_allclose(
            index.sentences(number), bag.encode(passage.sentences), atol=1e-6
        )


def test_words_that_never_occur_score_nothing(index: DiskIndex) -> None:
    for terms in ([], ["zebra"], ["zebra", "xylophone"]):
        in_text, in_asks = index.lexical(terms)
        assert in_text.tolist() == [0.0] * len(SMALL)
        assert in_asks.tolist() == [0.0] * len(SMALL)


def test_words_score_where_they_occur_and_only_there(index: DiskIndex) -> None:
    in_text, in_asks = index.lexical(index.terms("a levy, zebra"))

    assert (in_text > 0).tolist() == [p.id == "pay-training" for p in SMALL]
    assert not in_asks.any()


def test_a_word_in_few_passages_weighs_more_than_one_in_many(index: DiskIndex) -> None:
    [levy], [partner] = index.terms("levy"), index.terms("partner")

    assert index.weight(levy) > index.weight(partner) > 0
    assert index.weight("zebra") >= index.weight(levy)
    assert index.knows(levy)
    assert not index.knows("zebra")
    assert index.has_term(1, levy)
    assert not index.has_term(0, levy)


def test_terms_are_stems_of_content_words() -> None:
    assert terms_of("How do we share the meetings?") == terms_of("sharing a meeting")


def test_the_manifest_says_what_was_indexed(folder: Path, small_library: Library) -> None:
    manifest = read_manifest(folder)

    assert manifest.schema_version == SCHEMA
    assert (manifest.model, manifest.model_fingerprint) == MODEL
    assert manifest.library_fingerprint == small_library.fingerprint
    assert manifest.passages == len(SMALL)
    assert manifest.rows >= sum(len(t) for p in SMALL for t in passage_texts(p).values())
    assert set(manifest.files) == {
        path.relative_to(build_in(folder)).as_posix()
        for path in build_in(folder).rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_opening_and_searching_write_nothing(
    folder: Path, small_library: Library, bag: BagOfWordsEncoder
) -> None:
    before = snapshot(folder)

    index = open_index(folder, small_library, MODEL[1])
    index.nearest(bag.encode(["credit"])[0], 3)
    index.lexical(["credit"])

    assert snapshot(folder) == before


def test_a_missing_index_names_the_command(tmp_path: Path, small_library: Library) -> None:
    with pytest.raises(IndexMissing, match="python -m bot index"):
        open_index(tmp_path, small_library, MODEL[1])

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("library", "model"),
    [
        (make_library(SMALL[:-1]), MODEL[1]),
        (make_library(SMALL), "another model"),
    ],
    ids=["other content", "another model"],
)
def test_an_index_of_something_else_is_stale(library: Library, model: str, folder: Path) -> None:
    with pytest.raises(IndexStale, match="python -m bot index"):
        open_index(folder, library, model)


def test_an_index_of_an_older_format_is_stale(folder: Path, small_library: Library) -> None:
    file = build_in(folder) / "manifest.json"
    content = json.loads(file.read_text())
    file.write_text(json.dumps(content | {"schema_version": SCHEMA - 1}))

    with pytest.raises(IndexStale, match=r"older format.*python -m bot index"):
        open_index(folder, small_library, MODEL[1])


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


def alter(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def empty(file: Path) -> None:
    file.write_bytes(b"")


FILES = ["manifest.json", "vectors.npy", "dense.faiss", "rows.json", "terms.json"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [cut, alter, empty, Path.unlink])
def test_a_damaged_index_is_torn(
    name: str, damage: Callable[[Path], None], folder: Path, small_library: Library
) -> None:
    damage(build_in(folder) / name)

    with pytest.raises(IndexTorn, match="python -m bot index"):
        open_index(folder, small_library, MODEL[1])


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"build": "elsewhere"}', b"\xff"])
def test_a_damaged_pointer_to_the_build_is_torn(
    content: bytes, folder: Path, small_library: Library
) -> None:
    (folder / "current.json").write_bytes(content)

    with pytest.raises(IndexTorn, match="python -m bot index"):
        open_index(folder, small_library, MODEL[1])


def test_every_refusal_ends_the_program_with_the_same_code() -> None:
    for error in (IndexMissing, IndexTorn, IndexStale):
        assert issubclass(error, IndexUnusable)
        assert error.exit_code == 3


@pytest.mark.parametrize("encoder", [Gone(), Short()])
def test_a_build_that_fails_midway_leaves_the_old_index(
    encoder: BagOfWordsEncoder, folder: Path, small_library: Library
) -> None:
    before = snapshot(folder)
    folders = sorted(folder.iterdir())

    with pytest.raises((RuntimeError, IndexError)):
        build_index(folder, make_library(SMALL[:3]), MODEL, encoder)

    assert snapshot(folder) == before
    assert sorted(folder.iterdir()) == folders
    assert open_index(folder, small_library, MODEL[1]).ids == [p.id for p in SMALL]


def test_a_new_build_takes_the_place_of_the_old_one(folder: Path, bag: BagOfWordsEncoder) -> None:
    old = build_in(folder)
    abandoned = folder / "left-by-a-crash"
    abandoned.mkdir()
    os.utime(abandoned, (0, 0))
    smaller = make_library(SMALL[:3])

    build_index(folder, smaller, MODEL, bag)

    assert not old.exists()
    assert sorted(folder.iterdir()) == sorted([folder / "current.json", build_in(folder)])
    assert open_index(folder, smaller, MODEL[1]).ids == [p.id for p in SMALL[:3]]


def test_a_build_that_another_process_is_writing_is_left_alone(
    folder: Path, small_library: Library, bag: BagOfWordsEncoder
) -> None:
    (folder / "half-written").mkdir()

    build_index(folder, small_library, MODEL, bag)

    assert (folder / "half-written").is_dir()


def test_an_index_that_is_open_still_answers_after_a_new_build(
    folder: Path, index: DiskIndex, bag: BagOfWordsEncoder
) -> None:
    vector = bag.encode(["who pays for training"])[0]
    before = index.similarities(vector, np.arange(len(SMALL)))

    build_index(folder, make_library(SMALL[:3]), MODEL, bag)

    after = index.similarities(vector, np.arange(len(SMALL)))
    np.testing.assert_array_equal(before.ask, after.ask)
    assert SMALL[index.nearest(vector, 1)[0]].id == "pay-training"
