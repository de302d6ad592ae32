"""What an index offers to whoever searches it: vectors, cosines, words, close reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text as the model reads them there.

    Attributes:
        ids: their numbers in the model's vocabulary, shape (pieces,).
        vectors: of unit length, shape (pieces, dimension).
    """

    ids: Numbers
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Closeness:
    """How well N pieces of a question are met by C passages.

    Attributes:
        groups: by text, asks and known questions, each piece by its rarity; shape (C, 3).
        pieces: each piece by whatever of the passage meets it best; shape (C, N).
        weights: how much each piece counts; shape (N,), 1 in sum.
    """

    groups: Scores
    pieces: Scores
    weights: Scores


@dataclass(frozen=True, slots=True)
class Similarities:
    """Cosines between one question and C passages, each of shape (C,).

    `ask` is the nearest ask, `asks` the mean of the three nearest, so that a passage gains little
    by a single lucky wording and nothing by having more. Passages without asks have NaN there.
    """

    text: Scores
    sentence: Scores
    ask: Scores
    asks: Scores
    beyond: Scores


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The known questions nearest to one: asks, and what people of many kinds would ask.

    Attributes:
        passages: for each passage asked about the best of its known questions, the mean of its
            best three and of its best ten; shape (C, 3).
        covered: cosines with the nearest of all that some passage answers, highest first.
        uncovered: the same of those that none answers.
    """

    passages: Scores
    covered: Scores
    uncovered: Scores


@dataclass(frozen=True, slots=True)
class Compared:
    """A vector, and its cosines with all known questions: covered ones, and uncovered ones."""

    vector: Vectors
    covered: Scores
    uncovered: Scores


class SearchIndex(Protocol):
    """What retrieval needs of an index over P passages, numbered 0 to P - 1."""

    @property
    def ids(self) -> Sequence[str]:
        """The id of each passage, by number."""

    def nearest(self, vector: Vectors, limit: int) -> Numbers:
        """Up to `limit` passages nearest to a vector of unit length (dense search)."""

    def similarities(self, vector: Vectors, passages: Numbers) -> Similarities:
        """All cosines of a vector with some passages."""

    def compare(self, vectors: Vectors) -> Sequence[Compared]:
        """Each vector with all known questions; what `neighbors` then looks at."""

    def neighbors(self, compared: Compared, passages: Numbers) -> Neighbors:
        """The known questions nearest to a vector, for some passages and for all."""

    def closeness(self, vector: Vectors, pieces: Pieces, passages: Numbers) -> Closeness:
        """How well some passages meet the pieces of a question."""

    def lexical(self, terms: Sequence[str]) -> tuple[Scores, Scores]:
        """BM25 scores of all passages, each of shape (P,): over their text, over their asks."""

    def terms(self, text: str) -> list[str]:
        """The stemmed content words of a text, as they are indexed."""

    def weight(self, term: str) -> float:
        """Inverse document frequency of a term; the highest of all for one that never occurs."""

    def knows(self, term: str) -> bool:
        """Whether a term occurs anywhere in the library."""

    def has_term(self, passage: int, term: str) -> bool:
        """Whether a passage's title, text or asks have a term."""

    def checklists(self, vector: Vectors) -> Scores:
        """How near a vector is to each checklist: to its purpose and its nearest step, in the mean."""

    def about_bot(self, vector: Vectors) -> Scores:
        """Cosines with every example of what is said about the bot, in the library's order."""

    def word_support(self, passage: int, words: Vectors) -> Scores:
        """For each word vector the highest cosine with a word of the passage or its asks."""

    def sentences(self, passage: int) -> Vectors:
        """The vectors of a passage's sentences, shape (sentences, dimension)."""
