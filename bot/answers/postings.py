"""Answers that are being posted: people may see them before the store knows where they stand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Postings:
    """Lets whoever looks up an answer by its message wait for those that are on their way.

    Only within this process: what an ended one left is set right by `MessageDesk.pick_up`.
    """

    def __init__(self) -> None:
        self._under_way: dict[int, set[asyncio.Event]] = {}

    @contextmanager
    def posting(self, channel: int) -> Iterator[None]:
        """An answer is posted to a channel inside; at the end the store knows its message."""
        noted = asyncio.Event()
        here = self._under_way.setdefault(channel, set())
        here.add(noted)
        try:
            yield
        finally:
            noted.set()
            here.discard(noted)
            if not here:
                self._under_way.pop(channel, None)

    def under_way(self, channel: int) -> tuple[asyncio.Event, ...]:
        """What is set once the answers are noted that are on their way to a channel now."""
        return tuple(self._under_way.get(channel, ()))
