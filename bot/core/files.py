"""Writing files so that a reader sees the old or the new one, never half of one, and nobody else."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE

FOLDER_OF_OWNER = 0o700
FILE_OF_OWNER = 0o600


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Yield a path to write to; afterwards it takes the place of `target` in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    written = Path(name)
    try:
        yield written
        with written.open("rb") as file:
            os.fsync(file.fileno())
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)


def sha256_of(file: Path) -> str:
    """The hash of a file's content, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def make_for_owner(file: Path) -> None:
    """Make an empty file for its owner alone, where there is none."""
    with suppress(FileExistsError):
        file.touch(FILE_OF_OWNER, exist_ok=False)


def close_to_others(path: Path) -> None:
    """Take away what others than its owner may do with a file or folder, as far as it is ours."""
    with suppress(FileNotFoundError, PermissionError):
        mode = S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            path.chmod(mode & FOLDER_OF_OWNER)


@contextmanager
def made_for_owner() -> Iterator[None]:
    """Make all files and folders for their owner alone, meanwhile."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
