"""One thing after the other: whoever changes something and then shows it keeps its turn meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Locks:
    """Turns by what they are about; only what is shown depends on them, never what is kept."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def at(self, about: Hashable) -> AsyncIterator[None]:
        """Wait for one's turn, and keep it inside."""
        lock = self._locks.setdefault(about, asyncio.Lock())
        async with lock:
            yield
