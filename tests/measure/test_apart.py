"""What is fitted after ranking, on a few questions whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from bot.guide.guide import Guide
from bot.guide.query import leans_on_earlier
from bot.measure import calibrate


def test_a_ranking_is_fitted_to_the_signal_that_tells() -> None:
    random = np.random.default_rng(3)
    ranked, gold = [], []
    for _ in range(80):
        right = int(random.integers(5))
        tells = random.normal(0, 1, 5).astype(np.float32)
        tells[right] += 2
        noise = random.normal(0, 1, 5).astype(np.float32)
        ranked.append((np.arange(5), {"tells": tells, "noise": noise}))
        gold.append([right])
    weights = calibrate.fit_ranking(ranked, gold, ("tells", "noise"), start=0.0, strength=0.001)
    assert weights["tells"] > 1
    assert abs(weights["noise"]) < weights["tells"] / 3


@pytest.mark.parametrize(
    ("before", "text", "wanted"),
    [
        ("How do we set goals everybody can live with?", "any example of that?", "case"),
        (
            "What is a high road training partnership?",
            "who has to be in it at least?",
            "composition",
        ),
    ],
)
def test_a_follow_up_is_read_beside_what_was_answered(
    guide: Guide, before: str, text: str, wanted: str
) -> None:
    assert leans_on_earlier(text)
    answer = guide.answer(guide.read(text, [before]))
    assert any(wanted in one.passage.id for one in answer.citations)
