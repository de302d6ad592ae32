"""Things that go wrong on purpose, on the way to and from the bot's requests."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Literal

Scope = Literal["user", "shared", "global"]


class Gate:
    """Holds requests back until a test lets them go."""

    def __init__(self) -> None:
        self._arrived = asyncio.Event()
        self._open = asyncio.Event()

    async def arrived(self, within: float = 10) -> None:
        """Wait until a request stands at the gate."""
        async with asyncio.timeout(within):
            await self._arrived.wait()

    def release(self) -> None:
        """Let everything through, now and later."""
        self._open.set()

    async def passing(self) -> None:
        self._arrived.set()
        await self._open.wait()


@dataclass
class Rule:
    """One fault, for the next `times` requests that match."""

    method: str
    pattern: re.Pattern[str]
    times: int
    name: str
    status: int | None = None
    retry_after: float = 0.0
    scope: Scope = "user"
    via: bool = True
    seconds: float = 0.0
    cut: bool = False
    after_work: bool = False
    gate: Gate | None = None
    hits: int = field(default=0)

    @property
    def decides(self) -> bool:
        """Whether the fault takes the place of the answer (and is not merely a delay)."""
        return self.cut or self.status is not None


def _pattern(path: str) -> re.Pattern[str]:
    """Translate a path: `*` or `{name}` is one segment, `**` anything."""
    parts = re.split(r"(\*\*|\*|\{[^}]*\})", path)
    translated = {"**": ".*", "*": "[^/]+"}
    text = "".join(
        translated.get(part, "[^/]+" if part.startswith("{") else re.escape(part)) for part in parts
    )
    return re.compile(text)


class Faults:
    """The faults that are armed; each is used up by the requests it meets."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self._doubled: dict[str, int] = {}

    def _add(self, method: str, path: str, times: int, name: str, **settings: object) -> Rule:
        rule = Rule(method, _pattern(path), times, name, **settings)  # type: ignore[arg-type]
        self.rules.append(rule)
        return rule

    def fail(
        self, method: str, path: str, *, status: int = 500, times: int = 1, after_work: bool = False
    ) -> Rule:
        """Answer with a server error; with `after_work`, once the request was carried out."""
        name = f"status {status}"
        return self._add(method, path, times, name, status=status, after_work=after_work)

    def rate_limit(
        self,
        method: str,
        path: str,
        *,
        retry_after: float = 0.01,
        times: int = 1,
        scope: Scope = "user",
        via: bool = True,
    ) -> Rule:
        """Answer 429. Without `via` it looks like a ban by the proxy in front of Discord."""
        return self._add(
            method,
            path,
            times,
            "rate limit",
            status=429,
            retry_after=retry_after,
            scope=scope,
            via=via,
        )

    def delay(self, method: str, path: str, *, seconds: float, times: int = 1) -> Rule:
        """Answer late, in real time. `hold` needs no time."""
        return self._add(method, path, times, "delay", seconds=seconds)

    def hold(self, method: str, path: str, *, times: int = 1, after_work: bool = False) -> Gate:
        """Hold requests back until the returned gate is released."""
        gate = Gate()
        self._add(method, path, times, "hold", gate=gate, after_work=after_work)
        return gate

    def cut(self, method: str, path: str, *, times: int = 1, after_work: bool = False) -> Rule:
        """Cut the connection instead of answering; with `after_work`, after carrying it out."""
        return self._add(method, path, times, "cut", cut=True, after_work=after_work)

    def duplicate(self, event: str, *, times: int = 1) -> None:
        """Send the next events of this name twice, such as "MESSAGE_CREATE"."""
        self._doubled[event] = self._doubled.get(event, 0) + times

    def copies(self, event: str) -> int:
        """Return how often to send an event, and use up a duplication."""
        if self._doubled.get(event, 0) <= 0:
            return 1
        self._doubled[event] -= 1
        return 2

    def take(self, method: str, path: str) -> list[Rule]:
        """Return the faults a request meets: all delays, and the first that decides."""
        taken: list[Rule] = []
        for rule in self.rules:
            fits = rule.hits < rule.times and rule.method in (method, "*")
            if not fits or not rule.pattern.fullmatch(path):
                continue
            if rule.decides and any(other.decides for other in taken):
                continue
            rule.hits += 1
            taken.append(rule)
        return taken

    def clear(self) -> None:
        """Disarm everything; what is held goes through."""
        for rule in self.rules:
            if rule.gate is not None:
                rule.gate.release()
        self.rules.clear()
        self._doubled.clear()
