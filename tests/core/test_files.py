"""Files that are replaced in one step."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bot.core.files import replaced, sha256_of


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "data.json"
    target.write_text("old")

    with replaced(target) as part:
        part.write_text("new")
        assert target.read_text() == "old"

    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_crash_leaves_the_old_file_and_no_leftovers(tmp_path: Path) -> None:
    target = tmp_path / "data.json"
    target.write_text("old")

    def write() -> None:
        with replaced(target) as part:
            part.write_text("half of the n")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        write()

    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_crash_before_there_was_a_file_leaves_none(tmp_path: Path) -> None:
    def write() -> None:
        with replaced(tmp_path / "data.json"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()

    assert list(tmp_path.iterdir()) == []


def test_missing_folders_are_made(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "data.json"

    with replaced(target) as part:
        part.write_text("new")

    assert target.read_text() == "new"


def test_the_hash_is_that_of_the_content(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_bytes(b"content \x00 \xff")

    assert sha256_of(file) == hashlib.sha256(b"content \x00 \xff").hexdigest()
