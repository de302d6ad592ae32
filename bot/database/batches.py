"""What many ask for at once, dealt with together: the last must not wait for all the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.database.session import StoreSession

A = TypeVar("A")
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Request(Generic[A, T]):
    asked: A
    told: asyncio.Future[T]


class Batches(Generic[A, T, K]):
    """Requests that come until it is their turn share one transaction.

    Args:
        transaction: waits for the turn, and opens it for a key.
        work: tells what comes of each request of one key, in order.
    """

    def __init__(
        self,
        transaction: Callable[[K], AbstractAsyncContextManager[StoreSession]],
        work: Callable[[StoreSession, K, Sequence[A]], Awaitable[Sequence[T]]],
    ) -> None:
        self._transaction = transaction
        self._work = work
        self._requests: dict[K, list[_Request[A, T]]] = {}

    async def ask(self, key: K, asked: A) -> T:
        """Have a request dealt with; an error that ends the transaction is told to all in it."""
        request: _Request[A, T] = _Request(asked, asyncio.get_running_loop().create_future())
        waiting = self._requests.setdefault(key, [])
        waiting.append(request)
        if waiting[0] is request:
            await self._deal(key)
        return await request.told

    async def _deal(self, key: K) -> None:
        requests: list[_Request[A, T]] = []
        try:
            async with self._transaction(key) as session:
                requests = self._requests.pop(key)
                results = await self._work(session, key, [one.asked for one in requests])
        except BaseException as error:
            for one in requests or self._requests.pop(key):
                if isinstance(error, Exception):
                    one.told.set_exception(error)
                else:
                    one.told.cancel()
            if not isinstance(error, Exception):
                raise
        else:
            for one, result in zip(requests, results, strict=True):
                one.told.set_result(result)
