"""Measures this program against its own floor: ratios within one run, never bare seconds.

The floor of a warm answer is the encoder's forward pass for the same question; of a batch, the
same questions one by one; of a second index, the first; of memory, loading the model alone; of
search, its own cost on a smaller library.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import resources
from bot.core.models import Question
from bot.guide.guide import Guide
from bot.guide.retrieval import candidates, gather
from bot.guide.search_index import Vectors
from bot.index.build import build_index
from bot.index.encoder import SentenceEncoder
from bot.index.index import DiskIndex, open_index
from bot.measure.synthetic import PreparedEncoder, clustered, synthetic_library, unit
from bot.settings import Settings

SIZES = (1_000, 10_000, 100_000)
BATCH = 64
ROUNDS = 5
_QUESTIONS = 60


class Measure(BaseModel):
    """One figure beside its floor; `ratio` is what has a goal."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    measured: str
    floor: str
    ratio: float
    goal: str
    reached: bool


class Bench(BaseModel):
    """All figures of one run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measures: list[Measure]


def run_bench(settings: Settings, console: Console) -> Bench:
    """Measure everything; takes a few minutes."""
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"data_dir": Path(folder)})
        with console.status("Indexing twice …"):
            encoder = resources.load_model(own)
            indexing = _indexing(own, encoder)
        with console.status("Answering …"):
            guide = resources.make_guide(own)
            questions = _questions(guide)
            answering = [_one_by_one(guide, encoder, questions), _batch(guide, questions)]
        with console.status("Measuring memory …"):
            memory = [_memory(own)] if Path("/proc/self/status").exists() else []  # Linux
        with console.status("Searching libraries of 1,000 to 100,000 passages …"):
            growth = _growth(Path(folder) / "growth", encoder.dimension)
    return Bench(measures=[*answering, *indexing, *memory, *growth])


def print_table(bench: Bench, console: Console) -> None:
    """The figures beside their floors."""
    table = Table("what", "measured", "floor", "ratio", "goal")
    for m in bench.measures:
        ratio = Text(f"{m.ratio:.2f}", style="" if m.reached else "red")
        table.add_row(m.name, m.measured, m.floor, ratio, m.goal)
    console.print(table)


def _questions(guide: Guide) -> list[Question]:
    """Questions of all kinds: asks and beyonds spread over the library."""
    passages = guide.library.passages
    step = max(len(passages) * 2 // _QUESTIONS, 1)
    texts = [passage.asks[0] for passage in passages[::step]]
    texts += [passage.beyond[0] for passage in passages[1::step]]
    return [guide.read(text) for text in texts]


def _one_by_one(guide: Guide, encoder: SentenceEncoder, questions: Sequence[Question]) -> Measure:
    def forward(question: Question) -> None:
        with torch.inference_mode():
            encoder.model(encoder.model.preprocess([question.text]))

    floors: list[float] = []
    answers: list[float] = []
    for _ in range(ROUNDS):
        for question in questions:
            floors.append(_seconds(lambda q=question: forward(q)))  # type: ignore[misc]
            answers.append(_seconds(lambda q=question: guide.answer(q)))  # type: ignore[misc]
    floor, answer = statistics.median(floors), statistics.median(answers)
    return _measure(
        "warm answer, p50, to the forward pass",
        f"{answer * 1e3:.1f} ms",
        f"{floor * 1e3:.1f} ms",
        answer / floor,
        1.5,
        most=True,
    )


def _batch(guide: Guide, questions: Sequence[Question]) -> Measure:
    many = [questions[i % len(questions)] for i in range(BATCH)]
    singles = [_seconds(lambda: [guide.answer(q) for q in many]) for _ in range(ROUNDS)]
    batches = [_seconds(lambda: guide.answer_many(many)) for _ in range(ROUNDS)]
    single, batch = statistics.median(singles), statistics.median(batches)
    return _measure(
        f"{BATCH} questions at once, throughput",
        f"{BATCH / batch:.0f}/s",
        f"{BATCH / single:.0f}/s",
        single / batch,
        2.5,
        most=False,
    )


def _indexing(settings: Settings, encoder: SentenceEncoder) -> list[Measure]:
    def build() -> resources.IndexReport:
        return resources.refresh_index(settings, lambda _, __: None, encoder)

    start = time.perf_counter()
    first = build()
    between = time.perf_counter()
    second = build()
    end = time.perf_counter()
    return [
        _measure(
            "second index, time",
            f"{end - between:.2f} s",
            f"{between - start:.2f} s",
            (end - between) / (between - start),
            0.1,
            most=True,
        ),
        _measure(
            "second index, texts embedded",
            str(second.embedded),
            str(first.embedded),
            second.embedded / max(first.embedded, 1),
            0.0,
            most=True,
        ),
    ]


# not ru_maxrss: it survives exec, and would tell the peak of the process that started this one
_PEAK = (
    "import re, pathlib;"
    "print(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])"
)
_MODEL_ALONE = (
    "from bot.index.encoder import load_encoder;"
    "load_encoder(None, None, 32).encode(['warm']);" + _PEAK
)
_WHOLE = (
    "import sys, pathlib; from bot import resources; from bot.settings import read_settings;"
    "s = read_settings().model_copy(update={'data_dir': pathlib.Path(sys.argv[1])});"
    "g = resources.make_guide(s);"
    "[g.answer(g.read(p.asks[0])) for p in g.library.passages];" + _PEAK
)


def _memory(settings: Settings) -> Measure:
    alone = _peak(_MODEL_ALONE, settings.data_dir)
    whole = _peak(_WHOLE, settings.data_dir)
    return _measure(
        "peak memory, to the model alone",
        f"{whole / 1024:.0f} MB",
        f"{alone / 1024:.0f} MB",
        whole / alone,
        1.2,
        most=True,
    )


def _peak(program: str, folder: Path) -> int:
    """Peak resident memory in KiB of a program in a process of its own."""
    command = [sys.executable, "-c", program, str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    return int(json.loads(done.stdout.strip().splitlines()[-1]))


def _growth(folder: Path, dimension: int) -> list[Measure]:
    costs = [_search_cost(folder / str(size), size, dimension) for size in SIZES]
    measures = []
    for i in range(1, len(SIZES)):
        exponent = math.log(costs[i] / costs[i - 1]) / math.log(SIZES[i] / SIZES[i - 1])
        measures.append(
            _measure(
                f"search, {SIZES[i - 1]:,} to {SIZES[i]:,} passages, exponent",
                f"{costs[i] * 1e3:.2f} ms",
                f"{costs[i - 1] * 1e3:.2f} ms",
                exponent,
                1.0,
                most=True,
            )
        )
    return measures


def _search_cost(folder: Path, size: int, dimension: int) -> float:
    """Median seconds to find and score candidates in a synthetic library."""
    random = np.random.default_rng(size)
    library = synthetic_library(size, random)
    vectors = clustered(size, dimension, random)
    build_index(folder, library, ("synthetic", "synthetic"), PreparedEncoder(vectors))
    index = open_index(folder, library, "synthetic")
    targets = random.integers(0, size, 50)
    queries = [unit(vectors[t] + random.normal(0, 0.02, dimension)) for t in targets]
    texts = [" ".join(library.passages[t].text.split()[:8]) for t in targets]
    _search(index, queries[0], texts[0])
    times = [
        _seconds(lambda q=q, t=t: _search(index, q, t))  # type: ignore[misc]
        for q, t in zip(queries, texts, strict=True)
    ]
    return statistics.median(times)


def _search(index: DiskIndex, vector: Vectors, text: str) -> None:
    terms = index.terms(text)
    lexical = index.lexical(terms)
    (compared,) = index.compare(vector[None])
    gather(index, compared, terms, lexical, candidates(index, vector[None], [lexical]))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _measure(
    name: str, measured: str, floor: str, ratio: float, goal: float, *, most: bool
) -> Measure:
    reached = ratio <= goal if most else ratio >= goal
    words = f"{'at most' if most else 'at least'} {goal:g}"
    return Measure(
        name=name,
        measured=measured,
        floor=floor,
        ratio=round(ratio, 3),
        goal=words,
        reached=reached,
    )
