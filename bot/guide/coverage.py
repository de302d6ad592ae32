"""Covered or not: a calibrated decision over several signals, and the reason when it is no.

A logistic model turns the signals of the best passages into the probability that the library
answers the question. Its weights are data, fitted by `python -m bot fit`; so are the weights that
fuse the retrieval signals. Refusing below the threshold is selective prediction (El-Yaniv and
Wiener, 2010): the risk-coverage curve shows what each threshold costs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.models import Passage
from bot.guide.calibration import QuestionKind
from bot.guide.query import AskedKind, Query
from bot.guide.retrieval import Ranking
from bot.guide.search_index import Compared, Neighbors, SearchIndex, Vectors

_FAR = 12.0
_VOTERS = 15
_GIVEN = {
    AskedKind.DATE: re.compile(r"\b(19|20)\d\d\b|\b(years?|months?)\b"),
    AskedKind.FIGURE: re.compile(
        r"\d|\b(two|three|four|five|six|seven|eight|ten|twelve|thirteen|dozen|half|percent)\b",
        re.IGNORECASE,
    ),
}
_NAME = re.compile(r"(?<=[\w,;(] )[A-Z][\w&.'-]*\w(?: (?:of |and |the )?[A-Z][\w&.'-]*\w)*")


def probabilities(scores: Sequence[float] | np.ndarray) -> list[float]:
    """Softmax over fused scores: the chance of each candidate to be the right one."""
    values = np.exp(np.asarray(scores, dtype=np.float64) - float(np.max(scores)))
    return [float(value) for value in values / values.sum()]


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The different content words of a question: at least one stem, and a vector for each."""

    terms: tuple[str, ...]
    vectors: Vectors


def coverage_features(
    query: Query,
    compared: Compared,
    ranking: Ranking,
    index: SearchIndex,
    kind: QuestionKind,
    wants: Mapping[AskedKind, float],
    has: frozenset[AskedKind],
    words: QuestionWords,
) -> dict[str, float]:
    """The signals of the coverage decision, by name.

    `wants` has how likely each kind of thing is asked for, `has` what the best passage gives.
    """
    terms = index.terms(query.search)
    total = sum(index.weight(term) for term in terms) or 1.0
    best = [int(number) for number in ranking.passages[:3]]
    support = max(
        sum(index.weight(term) for term in terms if index.has_term(number, term)) / total
        for number in best
    )
    unknown = sum(index.weight(term) for term in terms if not index.knows(term)) / total
    chances = probabilities(ranking.scores)
    beyond = float(ranking.beyond[:8].max())
    top = {name: float(values[0]) for name, values in ranking.signals.items()}
    near = index.neighbors(compared, ranking.passages[:1])
    supported = index.word_support(int(ranking.passages[0]), words.vectors)
    weakest = np.sort(supported)
    rarity = np.array([index.weight(term) for term in words.terms], dtype=np.float32)
    rarity /= max(float(rarity.sum()), 1e-6)
    return {
        **top,
        **_neighbor_features(near),
        "score": float(ranking.scores[0]),
        "margin": float(ranking.scores[0] - ranking.scores[1]) if len(ranking.scores) > 1 else 0.0,
        "share": chances[0],
        "beyond": beyond,
        "beyond_lead": beyond - float(ranking.signals["ask"][:3].max()),
        "support": support,
        "unknown": unknown,
        "kind": kind.score(compared.vector),
        "length": math.log(1 + len(terms)),
        "uncovered_lead": float(near.uncovered[:3].mean()) - top["asks"]
        if len(near.uncovered)
        else 0.0,
        "word_support": float(supported @ rarity),
        "weakest_words": float(weakest[:2].mean()),
        "weakest_word": float(weakest[0]),
        "far": max(0.0, _FAR - float(ranking.scores[0])),
        "name": float(unknown_name(query, index) is not None),
        **{
            f"{name}_{'given' if there else 'missing'}": wants.get(name, 0.0)
            * ((name in has) is there)
            for name in _GIVEN
            for there in (True, False)
        },
        **{f"asks_{name}": wants.get(name, 0.0) for name in AskedKind if name not in _GIVEN},
    }


def _neighbor_features(near: Neighbors) -> dict[str, float]:
    """What the known questions nearest to one say: how near covered and uncovered ones are."""
    values: dict[str, float] = {}
    for count in (1, 5, 20):
        known = float(near.covered[:count].mean()) if len(near.covered) else 0.0
        unknown = float(near.uncovered[:count].mean()) if len(near.uncovered) else 0.0
        values[f"known_{count}"] = known
        values[f"unknown_{count}"] = unknown
        values[f"known_lead_{count}"] = known - unknown
    both = np.concatenate([near.covered[:_VOTERS], near.uncovered[:_VOTERS]])
    nearest = np.argsort(-both, kind="stable")[:_VOTERS]
    covered = nearest < len(near.covered[:_VOTERS])
    values["known_share"] = float(covered.mean()) if len(covered) else 0.0
    return values


def kinds_in(passage: Passage) -> frozenset[AskedKind]:
    """Which kinds of thing a passage has at all, of those that can be told from its words."""
    return frozenset(kind for kind, pattern in _GIVEN.items() if pattern.search(passage.text))


def unknown_name(query: Query, index: SearchIndex) -> str | None:
    """The first capitalized name in a question of which the library knows no word."""
    for found in _NAME.finditer(query.text):
        terms = [term for word in found[0].split() for term in index.terms(word)]
        if terms and not any(index.knows(term) for term in terms):
            return found[0]
    return None


def refusal(query: Query, *, off_topic: bool) -> str:
    """Which words say best why there is no answer."""
    if off_topic or AskedKind.ASIDE in query.asked:
        return "off_topic"
    if AskedKind.SMALLTALK in query.asked:
        return "among_people"
    for kind, phrase in (
        (AskedKind.SERVICE, "no_service"),
        (AskedKind.RULE, "no_rule"),
        (AskedKind.FIGURE, "no_figure"),
        (AskedKind.PERSON, "no_person"),
        (AskedKind.PLACE, "no_place"),
        (AskedKind.DATE, "no_date"),
        (AskedKind.CURRENT, "no_current"),
    ):
        if kind in query.asked:
            return phrase
    return "not_covered"
