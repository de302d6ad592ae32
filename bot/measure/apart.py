"""Labelled questions, each assessed as if the library had no question of the same hand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bot.core.models import Library, Question
from bot.core.phrases import Phrases
from bot.guide.assessment import Assessment
from bot.guide.calibration import Calibration
from bot.guide.guide import Guide, Limits
from bot.index.build import build_index
from bot.index.index import DiskIndex, open_index
from bot.index.pieces import texts_of
from bot.measure.labels import LabelledQuestion
from bot.measure.once import OnceEncoder


@dataclass(frozen=True, slots=True)
class ApartAssessor:
    """Assesses labelled questions; the index without each hand that has questions in the library."""

    library: Library
    reader: OnceEncoder
    phrases: Phrases
    limits: Limits
    index: DiskIndex
    without: dict[str, DiskIndex]

    def hand(self, label: LabelledQuestion) -> str:
        """Who of the library's hands wrote a question; empty for somebody else."""
        hand, _, _ = label.id.rpartition("-")
        return hand if hand in self.without else ""

    def guide(self, calibration: Calibration, hand: str = "") -> Guide:
        """A guide that knows no question of a hand."""
        index = self.without.get(hand, self.index)
        return Guide(self.library, index, self.reader, calibration, self.phrases, self.limits)

    def assess(
        self, calibration: Calibration, labels: Sequence[LabelledQuestion]
    ) -> list[Assessment]:
        """What is known of each question, in their order; those of a hand stand together."""
        found: list[Assessment] = []
        for hand, group in groupby(labels, self.hand):
            guide = self.guide(calibration, hand)
            asked: list[Question] = [guide.read(one.question, one.history) for one in group]
            found += guide.assess_many(asked)
        return found


@contextmanager
def apart_assessor(
    library: Library, reader: OnceEncoder, phrases: Phrases, limits: Limits, hands: Sequence[str]
) -> Iterator[ApartAssessor]:
    """An assessor over an index that is gone afterwards; takes seconds for each of the hands."""
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder), library, ("apart", "apart"), reader)
        index = open_index(Path(folder), library, "apart")
        without = {
            hand: index.without(hand, reader.piece_table_apart(texts_of(library, without=hand)))
            for hand in hands
        }
        yield ApartAssessor(library, reader, phrases, limits, index, without)
