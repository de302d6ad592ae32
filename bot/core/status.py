"""What the program can tell of itself while it serves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """Which index is searched.

    Attributes:
        model: the name of the embedding model.
        passages: how many passages are in the index.
        library: a short hash of the content it was built of.
    """

    model: str
    passages: int
    library: str
