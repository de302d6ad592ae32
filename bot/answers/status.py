"""What the program can tell of itself while it serves: the index, and an alliance in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.records import FeedbackCounts


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


@dataclass(frozen=True, slots=True)
class AllianceStatus:
    """Numbers of the last seven days, and the gaps open now.

    Attributes:
        answered_share: between 0 and 1; None without questions, like the median.
    """

    questions: int
    answered_share: float | None
    median_latency_ms: float | None
    feedback: FeedbackCounts
    open_gaps: int
