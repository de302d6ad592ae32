"""What the server writes down: requests, and everything it had to refuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .constants import Json
from .errors import UnexpectedRefusalError


@dataclass
class RequestRecord:
    """One request of the bot, with the answer it got."""

    number: int
    method: str
    path: str
    query: dict[str, str]
    body: Any
    files: list[str] = field(default_factory=list)
    time: float = 0.0
    route: str | None = None
    status: int | None = None
    code: int | None = None
    fault: str | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"


class RouteCount(Counter[tuple[str, str]]):
    """How many requests there were, by method and template of the route.

    Such as `("GET", "/guilds/{guild_id}/members/{user_id}")`; what failed on purpose counts too.
    """

    def of(self, text: str) -> int:
        """Return how many requests have `text` in "METHOD /template"."""
        return sum(count for route, count in self.items() if text in " ".join(route))


@dataclass(frozen=True)
class Violation:
    """Something a correct bot would not have done.

    `kind` is one of: refused, malformed, unimplemented route, unacknowledged, double
    acknowledgement, gateway.
    """

    kind: str
    code: int | None = None
    status: int | None = None
    method: str = ""
    path: str = ""
    message: str = ""
    errors: Json | None = None

    def __str__(self) -> str:
        where = f"{self.method} {self.path}".strip()
        detail = f" {self.errors}" if self.errors else ""
        return f"{self.kind}: {where} {self.status or ''} {self.code or ''} {self.message}{detail}"


@dataclass
class Expectation:
    """A kind of violation that a test provokes on purpose, and those that came."""

    code: int | None
    status: int | None
    kind: str | None
    seen: list[Violation] = field(default_factory=list)

    def takes(self, violation: Violation) -> bool:
        return all(
            wanted in (None, given)
            for wanted, given in (
                (self.code, violation.code),
                (self.status, violation.status),
                (self.kind, violation.kind),
            )
        )


class Records:
    """Requests and violations, in the order they came."""

    def __init__(self) -> None:
        self.requests: list[RequestRecord] = []
        self._counts: list[RouteCount] = []
        self.violations: list[Violation] = []
        self.expected: list[Violation] = []
        self._expectations: list[Expectation] = []

    def note(self, record: RequestRecord) -> None:
        """Note a request, whatever will become of it."""
        self.requests.append(record)
        for count in self._counts:
            count[record.method, record.route or record.path] += 1

    @contextmanager
    def counting(self) -> Iterator[RouteCount]:
        """Count the requests of a block, by route."""
        count = RouteCount()
        self._counts.append(count)
        try:
            yield count
        finally:
            self._counts.remove(count)

    def violated(self, violation: Violation) -> None:
        """Note a violation, unless one like it is expected at the moment."""
        for expectation in reversed(self._expectations):
            if expectation.takes(violation):
                expectation.seen.append(violation)
                self.expected.append(violation)
                return
        self.violations.append(violation)

    @contextmanager
    def expecting(
        self,
        code: int | None = None,
        *,
        status: int | None = None,
        kind: str | None = None,
        times: int | None = None,
    ) -> Iterator[Expectation]:
        """Take violations of this kind as meant, for the length of a block.

        Args:
            code: Discord's error code, such as 50013.
            status: the HTTP status.
            kind: see `Violation`.
            times: how often it must happen; at least once when left out.

        Raises:
            UnexpectedRefusalError: at the end of the block, if it happened less or more often.
        """
        expectation = Expectation(code, status, kind)
        self._expectations.append(expectation)
        try:
            yield expectation
        finally:
            self._expectations.remove(expectation)
        seen = len(expectation.seen)
        if seen == 0 if times is None else seen != times:
            wanted = "at least one" if times is None else str(times)
            named = ", ".join(str(x) for x in (code, status, kind) if x is not None)
            raise UnexpectedRefusalError(f"expected {wanted} violation ({named}), saw {seen}")

    def assert_clean(self) -> None:
        """Raise if any violation was recorded that nobody expected.

        Raises:
            UnexpectedRefusalError: naming each of them.
        """
        if self.violations:
            raise UnexpectedRefusalError("\n".join(map(str, self.violations)))
