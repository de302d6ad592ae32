"""A cache that was cut off."""

from __future__ import annotations

from pathlib import Path

from bot.index.cache import EmbeddingCache
from tests.conftest import BagOfWordsEncoder


def test_a_cache_that_was_cut_off_is_built_anew_and_closed(
    tmp_path: Path, bag: BagOfWordsEncoder
) -> None:
    EmbeddingCache(tmp_path, bag).vectors(["share credit"])
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:500])

    assert EmbeddingCache(tmp_path, bag).vectors(["share credit"])[1] == 1
