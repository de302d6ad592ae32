"""Waiting for something to become true, without polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from .errors import BotTimeoutError

T = TypeVar("T")


class Signal:
    """Wakes waiters after each change of the server's state.

    A waiter's condition is evaluated when it starts to wait and after every `notify`; it is
    satisfied by the first value that is true.
    """

    def __init__(self) -> None:
        self._waiters: list[tuple[Callable[[], object], asyncio.Future[object]]] = []

    def notify(self) -> None:
        """Tell all waiters that something changed."""
        for waiter in list(self._waiters):
            condition, future = waiter
            if future.done():
                continue
            try:
                value = condition()
            except Exception as problem:  # noqa: BLE001 - it belongs to the one who waits
                future.set_exception(problem)
            else:
                if value:
                    future.set_result(value)

    async def wait(
        self,
        condition: Callable[[], T | None],
        *,
        within: float,
        what: str,
        explain: Callable[[], str] = lambda: "",
    ) -> T:
        """Return the condition's first true value.

        Raises:
            BotTimeoutError: after `within` seconds of real time; its text says what was awaited and
                adds what `explain` tells.
        """
        value = condition()
        if value:
            return value
        future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        waiter = (condition, future)
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(within):
                return await future  # type: ignore[return-value]
        except TimeoutError:
            detail = explain()
            text = f"no {what} within {within:g} s" + (f"\n{detail}" if detail else "")
            raise BotTimeoutError(text) from None
        finally:
            self._waiters.remove(waiter)
