"""How right the first passage is over how many hands' questions the library knows.

`python -m tests.hands_curve` prints it for the sets that nothing was fitted to; the weights are those
that are shipped. A hand is a writer whose questions stand in `knowledge/questions/`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot import resources
from bot.content.library import read_library
from bot.content.phrases import read_phrases
from bot.guide.guide import Guide
from bot.index.build import build_index
from bot.index.cache import EmbeddingCache
from bot.index.index import open_index
from bot.index.pieces import PassageTexts, PieceCache, PieceTable
from bot.measure.fit import PRACTICE
from bot.measure.labels import LabelledQuestion, read_questions
from bot.measure.once import OnceEncoder
from bot.settings import read_settings

SETS = ("newcomers", "strangers")
STEPS = (0, 2, 4, 8, 12, 16, 20)
_EVAL = Path(__file__).parent / "eval"


class CurveEncoder(OnceEncoder):
    """Reads each text once; the pieces of a part of the library are not kept."""

    def piece_table(self, passages: Sequence[PassageTexts]) -> PieceTable:
        """The pieces of passages, seen through the shipped lens."""
        return self.piece_table_apart(passages)


def first_right(guide: Guide, labels: Sequence[LabelledQuestion]) -> tuple[float, float]:
    """The shares of questions whose first passage is right, and right or acceptable."""
    assessed = guide.assess_many([guide.read(one.question) for one in labels])
    first = [guide.library.passages[int(one.ranking.passages[0])] for one in assessed]
    topics = [{passage.id, *passage.topics} for passage in first]
    pairs = list(zip(topics, labels, strict=True))
    right = [bool(found & {*one.gold}) for found, one in pairs]
    fitting = [bool(found & {*one.gold, *one.also}) for found, one in pairs]
    return sum(right) / len(labels), sum(fitting) / len(labels)


def main() -> None:
    """Print one row for each number of hands, in the order of their names."""
    settings = read_settings()
    library = read_library(settings.knowledge_dir)
    encoder = resources.load_model(settings)
    vectors = EmbeddingCache(resources.cache_folder(settings), encoder, resources.SHIPPED_VECTORS)
    pieces = PieceCache(resources.SHIPPED_PIECES, encoder.fingerprint)
    reader = CurveEncoder(encoder, vectors, pieces)
    labels = {
        name: [
            one
            for one in read_questions(_EVAL / f"{name}-questions.jsonl")
            if one.gold and not one.history
        ]
        for name in SETS
    }
    hands = sorted({one.hand for one in library.questions} - {PRACTICE})
    print("hands  questions  " + "  ".join(f"{name}: right, acceptable" for name in SETS))
    for count in (*(step for step in STEPS if step < len(hands)), len(hands)):
        known = {PRACTICE, *hands[:count]}
        some = [one for one in library.questions if one.hand in known]
        part = replace(library, questions=tuple(some))
        with tempfile.TemporaryDirectory() as folder:
            build_index(Path(folder), part, ("curve", "curve"), reader)
            guide = Guide(
                part,
                open_index(Path(folder), part, "curve"),
                reader,
                resources.load_calibration(),
                read_phrases(settings.prompts_dir),
                resources.limits_of(settings),
            )
            figures = [first_right(guide, labels[name]) for name in SETS]
        row = "  ".join(f"{right:.3f}, {fitting:.3f}" for right, fitting in figures)
        print(f"{count:5d}  {len(some):9d}  {row}", flush=True)


if __name__ == "__main__":
    main()
