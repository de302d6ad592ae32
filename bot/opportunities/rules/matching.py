"""Whom an opportunity fits, and why, pure.

Three things count: an interest whose words stand in the opportunity, an interest that is its kind,
and an interest that means much the same. Where both name a region and the two share no word, only
the first two count: regions are free text, and "Ohio" may well be where "Dayton" is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.markup import one_line
from bot.core.text import words
from bot.opportunities.rules.models import Kind, Listener, Offer

NEAR = 1.3
"""How far an interest has to stand out from the library's topics to mean much the same.

In standard deviations, see `Comparison.nearness`. Picked by looking at two of the three parts of
`tests/eval/interests.jsonl`; `tests/measure/test_interests.py` has what it finds in each.
"""

Stems = Callable[[str], frozenset[str]]
"""The stems of the content words of a text."""

_ANYWHERE = frozenset(
    {"anywhere", "everywhere", "all", "any", "online", "remote", "national", "nationwide"}
)
_KIND_WORDS: Mapping[Kind, str] = {
    Kind.TRAINING: "training seats courses",
    Kind.FUNDING: "funding grants money",
    Kind.EVENT: "events",
    Kind.HIRING: "hiring jobs vacancies",
    Kind.HELP: "help volunteers",
    Kind.OTHER: "",
}


class Ground(StrEnum):
    """What a match rests on."""

    WORDS = "words"
    KIND = "kind"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an opportunity fits: an interest, as given, and how it fits."""

    ground: Ground
    interest: str


@dataclass(frozen=True, slots=True)
class Match:
    """A listener whom an opportunity fits, the strongest reason first."""

    listener: Listener
    reasons: tuple[Reason, ...]


def match(
    offer: Offer,
    listeners: Iterable[Listener],
    near: Mapping[str, float],
    stems: Stems,
    threshold: float = NEAR,
) -> tuple[Match, ...]:
    """The listeners that an opportunity fits.

    Args:
        offer: what is offered.
        listeners: all who might hear of it.
        near: for each interest how near it is in meaning, in standard deviations.
        stems: tells the stems of words.
        threshold: from which nearness on that counts.
    """
    text = stems(f"{offer.text}\n{offer.region}")
    kind = stems(_KIND_WORDS[offer.kind])
    found = []
    for listener in listeners:
        local = same_region(offer.region, listener.region, stems)
        reasons = []
        for interest in listener.interests:
            ground = _ground(stems(interest), text, kind)
            if ground is None and local and near.get(interest, -1.0) >= threshold:
                ground = Ground.MEANING
            if ground is not None:
                reasons.append(Reason(ground, interest))
        if reasons:
            order = sorted(reasons, key=lambda reason: _order(reason, near))
            found.append(Match(listener, tuple(order)))
    return tuple(found)


def same_region(one: str, other: str, stems: Stems) -> bool:
    """Whether two regions may be the same: one is anywhere, or they share a word."""
    first, second = stems(one), stems(other)
    if not first or not second or not _ANYWHERE.isdisjoint(words(f"{one} {other}")):
        return True
    return not first.isdisjoint(second)


def interests_of(text: str) -> tuple[str, ...]:
    """Comma-separated interests as given, each once, without empty ones."""
    parts = map(one_line, text.replace(";", ",").replace("\n", ",").split(","))
    kept: dict[str, str] = {}
    for part in filter(None, parts):
        kept.setdefault(part.casefold(), part)
    return tuple(kept.values())


def _ground(interest: frozenset[str], text: frozenset[str], kind: frozenset[str]) -> Ground | None:
    if not interest:
        return None
    if interest <= text:
        return Ground.WORDS
    return Ground.KIND if interest <= kind else None


def _order(reason: Reason, near: Mapping[str, float]) -> tuple[int, float]:
    grounds: Sequence[Ground] = tuple(Ground)
    return grounds.index(reason.ground), -near.get(reason.interest, 0.0)
