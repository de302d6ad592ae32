from __future__ import annotations

import numpy as np
import pytest

from bot.guide.search_index import Vectors
from bot.opportunities.rules.nearness import Comparison

TURN = np.eye(4, dtype=np.float32)
OFFERS = (("welding", "a welding class"), ("nurses",))


def vectors(compared: Comparison, meant: dict[str, Vectors]) -> Vectors:
    """The vector of whichever word a wording has in it."""
    return np.stack(
        [next(v for word, v in meant.items() if word in text) for text in compared.wordings]
    )


def test_what_stands_out_from_the_topics_is_near_and_what_does_not_is_not() -> None:
    compared = Comparison(("metalwork", "teamwork"), ("trust", "money", "weld shops"), OFFERS)
    meant = {
        "weld": TURN[0],
        "metalwork": TURN[0],
        "teamwork": TURN[2],
        "trust": TURN[2],
        "money": TURN[2],
        "nurses": TURN[3],
    }

    seats, nurses = compared.nearness(vectors(compared, meant))

    assert seats["metalwork"] == pytest.approx(np.sqrt(2), abs=1e-5)  # of 0, 0, 1: (1 - 1/3) / sd
    assert seats["teamwork"] < 0
    assert nurses == {"metalwork": 0, "teamwork": 0}


def test_the_nearest_of_an_opportunity_s_texts_counts() -> None:
    compared = Comparison(("metalwork",), ("trust",), (("money", "weld shops"),))
    meant = {"weld": TURN[0], "metalwork": TURN[0], "trust": TURN[1], "money": TURN[2]}

    (near,) = compared.nearness(vectors(compared, meant))

    assert near["metalwork"] > 1


def test_topics_that_are_all_alike_make_no_small_difference_large() -> None:
    compared = Comparison(("metalwork",), ("trust", "money"), (("weld shops",),))
    slightly = np.array([0.02, 0, 0, 1], dtype=np.float32)
    meant = {"weld": TURN[0], "metalwork": slightly, "trust": TURN[1], "money": TURN[2]}

    (near,) = compared.nearness(vectors(compared, meant))

    assert near["metalwork"] < 1


def test_without_topics_the_cosine_itself_is_told() -> None:
    compared = Comparison(("metalwork",), (), (("weld shops",),))
    meant = {"weld": TURN[0], "metalwork": TURN[0]}

    (near,) = compared.nearness(vectors(compared, meant))

    assert near == {"metalwork": pytest.approx(1.0)}
