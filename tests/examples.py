"""How many examples of a kind are tried: a few each time, more of them by `make test-all`."""

from __future__ import annotations

import os

import pytest
from _pytest.mark import ParameterSet

ALL = os.environ.get("HYPOTHESIS_PROFILE") == "all"


def tries(few: int) -> int:
    """This many, or four times as many."""
    return 4 * few if ALL else few


def further(*cases: object) -> list[ParameterSet]:
    """Cases of a parameter that only `make test-all` tries: more points of the same kind."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for case in cases
    ]
