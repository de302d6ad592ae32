"""What a partner says it looks for: completing it, and noticing what matching can't use, pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.models import Library

MOST_INTERESTS = 25
"""Interests that an organization may have."""
INTEREST_LENGTH = 100

_PREFIXES = ("def-", "case-")
_FOREIGN = frozenset(
    {"del", "para", "por", "los", "las", "una", "pour", "les", "und", "der", "für", "fuer", "avec"}
)
"""Little words that give away Spanish, French, German or Portuguese written without accents."""
_WORD = re.compile(r"[^\W\d_]+")


def topic_words(library: Library) -> tuple[str, ...]:
    """The library's own topics as words, such as "retention" or "career ladders", in order.

    Examples are left out: nobody is interested in one case.
    """
    topics = {topic for passage in library.passages for topic in passage.topics}
    topics = {topic for topic in topics if not topic.startswith("case-")}
    return tuple(sorted({_plain(topic) for topic in topics}))


def complete(typed: str, topics: Iterable[str], limit: int, length: int) -> tuple[str, ...]:
    """What was typed with its last item completed, the best first, at most `limit` of them.

    A topic fits where one of its words begins that way. What would be longer than `length` is
    left out; what was typed comes first as it is.
    """
    before, comma, last = typed.rpartition(",")
    head = f"{before.strip()}, " if comma else ""
    taken = {item.strip().casefold() for item in before.split(",")}
    wanted = last.strip().casefold()
    fitting = [topic for topic in topics if f" {wanted}" in f" {topic}" and topic not in taken]
    fitting.sort(key=lambda topic: (not topic.startswith(wanted), topic))
    as_typed = [typed.strip(" ,")] if typed.strip(" ,") else []
    found = dict.fromkeys([*as_typed, *(f"{head}{topic}" for topic in fitting)])
    return tuple(one for one in found if len(one) <= length)[:limit]


def seems_foreign(interest: str) -> bool:
    """Whether an interest doesn't look like English, the language in which matching works."""
    words = [word.casefold() for word in _WORD.findall(interest)]
    accented = any(not word.isascii() for word in words)
    return accented or not words or not _FOREIGN.isdisjoint(words)


def _plain(topic: str) -> str:
    for prefix in _PREFIXES:
        topic = topic.removeprefix(prefix)
    return topic.replace("-", " ")
