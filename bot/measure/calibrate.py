"""Fits the few weights of retrieval and coverage on labelled questions the encoder hasn't seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.core.models import KindExamples, Library
from bot.guide.assessment import Assessment
from bot.guide.calibration import FEATURES, LogisticModel, QuestionKind
from bot.guide.retrieval import SIGNALS
from bot.guide.search_index import Numbers, Scores, Vectors

FOLDS = 10
COVERAGE_GOAL = 0.97
LABELLED_WEIGHT = 3.0
"""How much a question of a label file counts beside one of the library's hands: more sorts of them
are there, and fewer of each."""
OFF_DOMAIN_WEIGHT = 8.0
"""How much a far question counts: they are few, and answering one looks foolish."""
_KIND_STRENGTH = 0.3
_COVERAGE_STRENGTH = 0.1
_HEAD_STRENGTH = 1.0


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What refusing below `threshold` does.

    Attributes:
        threshold: the least confidence that is answered.
        answered: share of the answerable questions that are answered.
        refused: share of the uncovered questions, near-domain and far, that are refused.
    """

    threshold: float
    answered: float
    refused: float


def fit_fusion(
    assessments: Sequence[Assessment],
    gold: Sequence[Sequence[int]],
    names: Sequence[str] = SIGNALS,
) -> dict[str, float]:
    """Weights of the retrieval signals, from ranked candidates; see `fit_ranking`."""
    ranked = [(one.ranking.passages, one.ranking.signals) for one in assessments]
    return fit_ranking(ranked, gold, names, start=2.0, strength=1e-4)


def fit_ranking(
    ranked: Sequence[tuple[Numbers, Mapping[str, Scores]]],
    gold: Sequence[Sequence[int]],
    names: Sequence[str],
    *,
    start: float,
    strength: float,
) -> dict[str, float]:
    """Weights of signals by conditional logistic regression (McFadden, 1974).

    Args:
        ranked: the candidates of each answerable question, and their signals by name.
        gold: for each the numbers of the passages that answer it.
        names: of the signals.
        start: where each weight begins.
        strength: of what draws weights to zero.
    """
    blocks, targets = [], []
    for (passages, signals), wanted in zip(ranked, gold, strict=True):
        hits = np.isin(passages, wanted)
        if hits.any():
            blocks.append(np.stack([signals[name] for name in names], axis=1))
            targets.append(hits)
    width = max(len(block) for block in blocks)
    table = torch.zeros(len(blocks), width, len(names))
    absent = torch.ones(len(blocks), width, dtype=torch.bool)
    wanted_at = torch.zeros(len(blocks), width, dtype=torch.bool)
    for row, (block, hits) in enumerate(zip(blocks, targets, strict=True)):
        table[row, : len(block)] = torch.from_numpy(block)
        absent[row, : len(block)] = False
        wanted_at[row, : len(block)] = torch.from_numpy(hits)
    weights = torch.full((len(names),), start, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        chances = torch.log_softmax((table @ weights).masked_fill(absent, -1e9), dim=1)
        right = torch.logsumexp(chances.masked_fill(~wanted_at, -1e9), dim=1)
        total = -right.mean() + strength * (weights**2).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return {n: round(float(w), 4) for n, w in zip(names, weights.detach(), strict=True)}


def fit_kind(vectors: Vectors, covered: Sequence[bool]) -> QuestionKind:
    """A linear view of question vectors; kept weak, because it must not learn topics."""
    model = LogisticRegression(C=_KIND_STRENGTH, max_iter=2000, class_weight="balanced")
    model.fit(vectors, np.asarray(covered))
    return QuestionKind(
        weights=tuple(round(float(w), 5) for w in model.coef_[0]),
        bias=round(float(model.intercept_[0]), 5),
    )


def fit_kinds(
    examples: Sequence[KindExamples], others: Sequence[str], vectors: Callable[[list[str]], Vectors]
) -> dict[str, QuestionKind]:
    """For each kind of thing what tells the questions that want it from all others.

    Args:
        examples: questions by kind.
        others: questions that want guidance.
        vectors: embeds texts.
    """
    heads = {}
    for kind in examples:
        unlike = [*kind.unlike, *others]
        unlike += [text for one in examples if one.name != kind.name for text in one.wants]
        known = vectors([*kind.wants, *unlike])
        wanted = np.arange(len(known)) < len(kind.wants)
        model = LogisticRegression(C=_HEAD_STRENGTH, max_iter=3000, class_weight="balanced")
        model.fit(known, wanted)
        heads[kind.name] = QuestionKind(
            weights=tuple(round(float(w), 4) for w in model.coef_[0]),
            bias=round(float(model.intercept_[0]), 4),
        )
    return heads


def fit_coverage(
    features: Sequence[dict[str, float]],
    covered: Sequence[bool],
    weights: Sequence[float] | None = None,
    groups: Sequence[str] | None = None,
    seed: int = 0,
) -> tuple[LogisticModel, list[float]]:
    """The coverage model, and for each question a probability from folds that left it out.

    Args:
        features: the signals of each question, by name.
        covered: whether the library answers it.
        weights: how much each question counts, alike by default; both classes are then balanced.
        groups: who asked; a fold leaves all of somebody out. By default each question stands alone.
        seed: of the folds.
    """
    return fit_model(FEATURES, features, covered, weights, groups, seed)


def fit_model(
    names: Sequence[str],
    features: Sequence[Mapping[str, float]],
    yes: Sequence[bool],
    weights: Sequence[float] | None = None,
    groups: Sequence[str] | None = None,
    seed: int = 0,
) -> tuple[LogisticModel, list[float]]:
    """A logistic model over named features, both classes balanced; see `fit_coverage`."""
    table = np.array([[row[name] for name in names] for row in features])
    labels = np.asarray(yes)
    counts = np.ones(len(labels)) if weights is None else np.asarray(weights, dtype=np.float64)
    counts = np.where(labels, counts / counts[labels].sum(), counts / counts[~labels].sum())
    counts *= len(counts) / counts.sum()
    unseen = np.zeros(len(labels))
    alone = groups or [str(number) for number in range(len(labels))]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(table, labels, alone):
        unseen[test] = _logistic(table[train], labels[train], counts[train]).predict_proba(
            table[test]
        )[:, 1]
    pipeline = _logistic(table, labels, counts)
    scaler, model = pipeline[0], pipeline[1]
    fitted = LogisticModel(
        features=tuple(names),
        center=tuple(round(float(v), 5) for v in scaler.mean_),
        scale=tuple(max(round(float(v), 5), 1e-5) for v in scaler.scale_),
        weights=tuple(round(float(v), 5) for v in model.coef_[0]),
        bias=round(float(model.intercept_[0]), 5),
    )
    return fitted, [float(value) for value in unseen]


def _logistic(table: Vectors, labels: Vectors, weights: Vectors) -> Pipeline:
    pipeline = make_pipeline(
        StandardScaler(), LogisticRegression(C=_COVERAGE_STRENGTH, max_iter=8000)
    )
    pipeline.fit(table, labels, logisticregression__sample_weight=weights)
    return pipeline


def risk_coverage(chances: Sequence[float], covered: Sequence[bool]) -> list[CurvePoint]:
    """What each threshold costs, from answering everything to answering little."""
    values, labels = np.asarray(chances), np.asarray(covered)
    points = []
    for share in (1.0, 0.99, 0.98, 0.975, 0.97, 0.96, 0.95, 0.93, 0.9, 0.85, 0.8, 0.7):
        threshold = float(np.quantile(values[labels], 1 - share, method="lower"))
        points.append(
            CurvePoint(
                threshold,
                float((values[labels] >= threshold).mean()),
                float((values[~labels] < threshold).mean()),
            )
        )
    return points


def pick_threshold(chances: Sequence[float], covered: Sequence[bool]) -> float:
    """The highest threshold at which the expected share of refusals is surely small enough.

    That is conformal risk control (Angelopoulos et al., 2024): of n answerable questions by hands
    that were left out, r may be refused where (r + 1) / (n + 1) is at most 1 - `COVERAGE_GOAL`.
    """
    values = np.sort([c for c, yes in zip(chances, covered, strict=True) if yes])
    refused = int((1 - COVERAGE_GOAL) * (len(values) + 1) - 1)
    return float(np.clip(values[max(refused, 0)], 1e-4, 1 - 1e-4))


def fit_off_topic(scores: Sequence[float], types: Sequence[str]) -> float:
    """The fused score below which a question counts as far: between most far and most near ones.

    Only the words of a refusal depend on it, never whether there is one.
    """
    far = [s for s, kind in zip(scores, types, strict=True) if kind == "offdomain"]
    near = [s for s, kind in zip(scores, types, strict=True) if kind == "neardomain"]
    if not far or not near:
        return min(scores)
    return round(float(np.quantile(far, 0.9) + np.quantile(near, 0.1)) / 2, 4)


def curve_table(curve: Sequence[CurvePoint]) -> str:
    """The risk-coverage curve as text."""
    rows = ["answered  refused  threshold"]
    rows += [f"{p.answered:8.3f} {p.refused:8.3f} {p.threshold:10.4f}" for p in curve]
    return "\n".join(rows)


def numbers_of(library: Library, topics: Sequence[str]) -> list[int]:
    """The numbers of the passages with these topics."""
    wanted = set(topics)
    return [
        i for i, passage in enumerate(library.passages) if wanted & {passage.id, *passage.topics}
    ]
