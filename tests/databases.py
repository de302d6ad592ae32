"""A database with all its tables, made once: most tests need one, and migrating takes its time."""

from __future__ import annotations

import asyncio
import functools
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from bot.store import open_store


def migrated(file: Path) -> Path:
    """Put an empty database, as the program makes it, where `file` says; returns `file`."""
    file.write_bytes(_empty())
    return file


@functools.cache
def _empty() -> bytes:
    folder = Path(tempfile.mkdtemp())
    try:
        with ThreadPoolExecutor(1) as thread:  # whoever asks may be inside of an event loop
            thread.submit(asyncio.run, _make(folder / "guide.db")).result()
        return (folder / "guide.db").read_bytes()
    finally:
        shutil.rmtree(folder)


async def _make(file: Path) -> None:
    async with await open_store(file, lambda: datetime.now(UTC)):
        pass
