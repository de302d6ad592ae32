"""`python -m tests.public_sets SET FOLDER`: measure on a public set that lies in a folder."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot import resources
from bot.content.library import read_library
from bot.guide.calibration import Calibration
from bot.index.encoder import load_encoder
from bot.index.pieces import PieceCache
from bot.measure.evaluate import Figure
from bot.measure.once import OnceEncoder
from bot.settings import Settings, read_settings

from . import banking, scifact
from .shared import cache_of, guide_over

ANSWERED = 0.95


def banking_rows(
    settings: Settings, folder: Path, cache: Path, given: argparse.Namespace
) -> Iterator[str]:
    """The figures with the shipped weights, and with own ones that decide."""
    train = banking.read_asked(folder / "train.jsonl", given.aside[0])
    asked = banking.read_asked(folder / "valid.jsonl", given.aside[1])
    adapter = None if given.plain else resources.adapter_for(settings)
    encoder = load_encoder(None, None, settings.model.batch_size, adapter)
    pieces = PieceCache(cache / "pieces.npz", encoder.fingerprint)
    once = OnceEncoder(encoder, cache_of(given.cache or cache, encoder), pieces)
    trial = banking.Trial(settings, once, read_library(settings.knowledge_dir).typed)
    shipped = resources.load_calibration()
    yield "| asks | besides | decides | near OOS refused | far | accuracy / recall / precision | as in paper |"
    for shots, rest, uncovered in banking.GIVEN:
        known = banking.known_of(train, shots, rest=rest, uncovered=uncovered)
        further = {"rest as bank": rest, "OOS as uncovered": uncovered}
        name = f"{shots or 'all'} | {', '.join(n for n, so in further.items() if so) or '–'}"
        seen = trial.see(known, asked, shipped)
        judged = [one.judged(shipped.coverage) for one in seen]
        yield f"| {name} | shipped | {_refused(judged)} | {_triple(judged, shipped.threshold)} |"
        yield f"| {name} | fitted | {_fitted(trial, known, shipped, seen)} |"
        if given.ranking:
            own = trial.ranked(known, shipped)
            seen = trial.see(known, asked, own)
            yield f"| {name} | ranking, too | {_fitted(trial, known, own, seen)} |"


def _fitted(
    trial: banking.Trial, known: banking.Known, weights: Calibration, seen: list[banking.Seen]
) -> str:
    coverage, unseen = trial.decided(known, weights)
    judged = [one.judged(coverage) for one in seen]
    return f"{_refused(judged)} | {_triple(judged, banking.at_best(unseen))}"


def _triple(judged: list[banking.Judged], threshold: float) -> str:
    figures = " / ".join(map(_figure, banking.triple(judged, threshold)))
    return f"{figures} | {banking.precision_as_in_paper(judged, threshold):.3f}"


def scifact_rows(
    settings: Settings, folder: Path, cache: Path, given: argparse.Namespace
) -> Iterator[str]:
    """The figure by what ranks."""
    adapter = resources.adapter_for(settings) if given.adapter else None
    encoder = load_encoder(None, None, settings.model.batch_size, adapter)
    vectors = scifact.Unread(encoder, cache_of(given.cache or cache, encoder))
    library = scifact.read_abstracts(folder, sentences=given.sentences)
    claims = scifact.read_claims(folder)
    yield "| what ranks | nDCG@10 |"
    for signals in scifact.FUSED:
        with guide_over(library, vectors, scifact.weights(*signals), settings) as guide:
            values = scifact.searched(guide, claims)
        low, high = scifact.interval(values)
        yield f"| {' + '.join(signals)} | {sum(values) / len(values):.3f} ({low:.2f}–{high:.2f}) |"


def _refused(judged: list[banking.Judged]) -> str:
    threshold = banking.at_share(judged, ANSWERED)
    shares = [
        banking.share(name, banking.recalled(some, threshold))
        for name, some in (
            ("near", [one for one in judged if not one.asked.far]),
            ("far", [one for one in judged if one.asked.far]),
        )
    ]
    return " | ".join(map(_figure, shares))


def _figure(figure: Figure) -> str:
    return f"{figure.value or 0:.3f} ({figure.low:.2f}–{figure.high:.2f})"


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.public_sets", description=__doc__)
    parser.add_argument("--cache", type=Path, help="keeps what was embedded in this folder")
    sets = parser.add_subparsers(required=True)
    intents = sets.add_parser("banking", help="BANKING77-OOS: train.jsonl, valid.jsonl")
    intents.set_defaults(rows=banking_rows)
    intents.add_argument("folder", type=Path)
    intents.add_argument("--plain", action="store_true", help="the model without its adapter")
    intents.add_argument("--ranking", action="store_true", help="with own weights that rank, too")
    intents.add_argument(
        "--aside", type=int, nargs=2, default=(0, 0), metavar=("TRAIN", "VALID"),
        help="so many at the head of each intent are left aside",
    )  # fmt: skip
    abstracts = sets.add_parser("scifact", help="SciFact: corpus.jsonl, queries.jsonl")
    abstracts.set_defaults(rows=scifact_rows)
    abstracts.add_argument("folder", type=Path)
    abstracts.add_argument("--sentences", action="store_true", help="each with its own vector")
    abstracts.add_argument("--adapter", action="store_true", help="the model as it is shipped")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        for row in given.rows(read_settings(), given.folder, Path(own), given):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
