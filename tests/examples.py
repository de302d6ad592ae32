"""How many examples of a kind are tried: a few each time, more of them by `make test-all`."""

from __future__ import annotations

import os

ALL = os.environ.get("HYPOTHESIS_PROFILE") == "all"


def tries(few: int) -> int:
    """This many, or four times as many."""
    return 4 * few if ALL else few
