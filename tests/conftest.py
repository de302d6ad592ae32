"""What all tests share: the shipped library and model, and small doubles that need neither.

No test sees the environment, the data folder or the configuration of the person who runs it: each
runs in an empty folder, with a data folder of its own.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import hypothesis
import numpy as np
import pytest
from filelock import FileLock

from bot import resources, wiring
from bot.content.library import read_library
from bot.content.phrases import TemplatePhrases, read_phrases
from bot.content.problems import ProblemList
from bot.content.wordings import read_spoken_words, read_typed_words
from bot.core.checklist import Checklist, Step
from bot.core.models import (
    Circumstance,
    Document,
    FilePlace,
    Library,
    Passage,
    PassageKind,
)
from bot.core.sentences import split_sentences
from bot.core.text import content_words
from bot.guide.calibration import Calibration, neutral_calibration
from bot.guide.guide import Guide, Limits
from bot.guide.search_index import Pieces
from bot.index.build import build_index
from bot.index.encoder import SentenceEncoder, Vectors
from bot.index.index import DiskIndex, open_index
from bot.index.pieces import Lens, PassageTexts, PieceTable
from bot.settings import PREFIX, Settings
from tests import postgres
from tests.databases import engines_of, standing_for_files, statements_shared
from tests.examples import tries

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE, PROMPTS = ROOT / "knowledge", ROOT / "prompts"

# Each run tries the same examples; `make test-all` tries more of them.
hypothesis.settings.register_profile(
    "suite", derandomize=True, deadline=None, database=None, max_examples=tries(50)
)
hypothesis.settings.load_profile("suite")


class BagOfWordsEncoder(SentenceEncoder):
    """A model without a model: hashed content words, counted, as a vector of unit length.

    Attributes:
        embedded: every text that was embedded, in order.
    """

    def __init__(self, fingerprint: str = "bag of words", dimension: int = 512) -> None:
        self.name = "bag of words"
        self.fingerprint = fingerprint
        self.embedded: list[str] = []
        self._dimension = dimension

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            vector[0] = 0.1
            for word in content_words(text):
                vector[1 + _hash(word) % (self._dimension - 1)] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        return self.encode(texts), [self._pieces(text) for text in texts]

    def _pieces(self, text: str) -> Pieces:
        found = content_words(text)
        ids = np.array([_hash(word) % self._dimension for word in found], dtype=np.int64)
        return Pieces(ids, self.word_vectors(found))

    def piece_table(self, passages: Sequence[PassageTexts]) -> PieceTable:
        every = dict.fromkeys(text for texts in passages for group in texts for text in group)
        lens = Lens.of([self._pieces(text) for text in every])
        read = lambda texts: [self._pieces(text) for text in texts]  # noqa: E731
        return PieceTable.of(lens, [lens.centers(texts, read) for texts in passages])

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(words), self._dimension), dtype=np.float32)
        for vector, word in zip(vectors, words, strict=True):
            vector[_hash(word) % self._dimension] = 1.0
        return vectors


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")


def make_passage(
    id_: str,
    text: str,
    *,
    asks: Sequence[str] = (),
    beyond: Sequence[str] = (),
    kind: PassageKind = PassageKind.GUIDANCE,
    document: str = "handbook",
    title: str = "",
    illustrates: Sequence[str] = (),
) -> Passage:
    """A passage with everything that does not matter to a test filled in."""
    return Passage(
        id=id_,
        title=title or id_.replace("-", " ").capitalize(),
        kind=kind,
        topics=(id_,),
        document=Document(document, document.capitalize(), "Ann Author", "A Press", None, "None."),
        section="Section 1",
        place=FilePlace(f"knowledge/guidance/{id_}.md", 20),
        text=text,
        sentences=split_sentences(text),
        asks=tuple(asks),
        beyond=tuple(beyond),
        circumstance=Circumstance(illustrates=tuple(illustrates)),
    )


def make_checklist(id_: str, passage: str, *questions: str) -> Checklist:
    """A checklist that explains each of its questions with one passage."""
    return Checklist(
        id=id_,
        title=id_.replace("-", " ").capitalize(),
        version=1,
        purpose="To see where we stand.",
        audience="Leaders",
        overview=passage,
        minutes=10,
        steps=tuple(
            Step(f"step-{number}", question, "It matters.", (passage,), required=True)
            for number, question in enumerate(questions, 1)
        ),
    )


def make_library(passages: Sequence[Passage], checklists: Sequence[Checklist] = ()) -> Library:
    """A library of some passages; its fingerprint changes with their ids and texts."""
    digest = hashlib.sha256("\n".join(f"{p.id} {p.text}" for p in passages).encode())
    documents = {passage.document.id: passage.document for passage in passages}
    return Library(
        documents=tuple(documents.values()),
        passages=tuple(passages),
        checklists=tuple(checklists),
        uncovered=("how do volcanoes erupt", "what does a ticket to the moon cost"),
        fingerprint=digest.hexdigest(),
        spoken=read_spoken_words(KNOWLEDGE, ProblemList()),
        typed=read_typed_words(KNOWLEDGE, ProblemList()),
    )


SMALL = (
    make_passage(
        "share-credit",
        "Share the credit with every partner. Praise partners by name in public. "
        "Leaders who keep applause for themselves lose their partners.",
        asks=("how do we share credit", "who gets the applause"),
        beyond=("what does an award ceremony cost",),
    ),
    make_passage(
        "pay-training",
        "Firms pay for the training of their own workers. A levy splits the bill among firms. "
        "Public money fills the gap that remains.",
        asks=("who pays for training", "how is the bill for training split"),
        beyond=("which tax credit refunds training",),
    ),
    make_passage(
        "run-meetings",
        "Meetings start with an agenda and end on time. Somebody writes minutes. "
        "Silence in a meeting is no consent.",
        asks=("how do we run meetings", "what belongs on an agenda"),
        beyond=("which app records meetings",),
    ),
    make_passage(
        "applause-in-holyoke",
        "In Holyoke the chamber put each partner on stage in turn. Attendance doubled afterwards.",
        asks=("where did sharing credit on a stage work",),
        beyond=("how many people live in holyoke",),
        kind=PassageKind.CASE,
        document="casebook",
        illustrates=("share-credit",),
    ),
    make_passage(
        "def-intermediary",
        "An intermediary links employers with colleges. It speaks the language of both.",
        asks=("what is an intermediary",),
        beyond=("what salary has an intermediary",),
        kind=PassageKind.GLOSSARY,
    ),
)
SMALL_CHECKLISTS = (
    make_checklist("credit-check", "share-credit", "Who gets the applause?"),
    make_checklist("money-check", "pay-training", "Who splits the bill?"),
)


def pytest_configure(config: pytest.Config) -> None:
    """Workers side by side share one PostgreSQL; whoever started them takes it away."""
    if not hasattr(config, "workerinput"):
        postgres.make_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.take_away()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What did not run is not to look as if it had."""
    if reason := postgres.missing():
        terminalreporter.write_line(f"The tests on PostgreSQL did not run: {reason}", yellow=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever opens a store runs on both engines, or on SQLite: see `tests.databases`."""
    if engines := engines_of(metafunc):
        metafunc.parametrize("database_engine", engines, indirect=True)


def pytest_collection_finish() -> None:
    """What is there when the tests begin stays to the end: the collector need not look at it."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)  # before the workers divide the tests among them
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the model runs on one worker, so that no other waits for it or its index.

    Whichever test is the first to want the guide is not blamed for the time it takes to build.
    """
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "encoder" in names:
            item.add_marker(pytest.mark.xdist_group("model"))
        if "guide" in names:
            item.add_marker(pytest.mark.timeout(120, func_only=True))


OpenIndex = Callable[[Library], DiskIndex]
MakeGuide = Callable[..., Guide]


@pytest.fixture(autouse=True)
def _own_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(home / "data"))
    (home / "started-here").mkdir()
    monkeypatch.chdir(home / "started-here")


@pytest.fixture(autouse=True)
def database_engine(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """What the stores that a test opens are kept by."""
    engine = getattr(request, "param", "sqlite")
    if engine == "sqlite":
        yield engine
        return
    if reason := postgres.missing():
        pytest.skip(reason)
    with standing_for_files(monkeypatch):
        yield engine


@pytest.fixture(autouse=True)
def _quick_pdf(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the fonts takes a third of a second: a brief's PDF is laid out where it is tested."""
    if request.node.get_closest_marker("real_pdf") is None:
        monkeypatch.setattr(wiring, "brief_pdf", lambda *_: b"%PDF-1.3\n%%EOF\n")


@pytest.fixture(autouse=True, scope="session")
def _statements_shared() -> Iterator[None]:
    with statements_shared():
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped library."""
    return read_library(KNOWLEDGE)


@pytest.fixture(scope="session")
def phrases() -> TemplatePhrases:
    """The shipped phrases."""
    return read_phrases(PROMPTS)


@pytest.fixture(scope="session")
def data_dir(pytestconfig: pytest.Config) -> Path:
    """A data folder that outlives the tests: whatever was embedded once isn't again.

    Workers side by side share it.
    """
    return pytestconfig.cache.mkdir("data")


@pytest.fixture(scope="session")
def settings(data_dir: Path) -> Settings:
    """Settings with nothing configured."""
    return Settings.model_construct(
        data_dir=data_dir,
        knowledge_dir=KNOWLEDGE,
        prompts_dir=PROMPTS,
        **{name: Settings.model_fields[name].default for name in ("model", "answer")},
    )


@pytest.fixture(scope="session")
def encoder(settings: Settings) -> SentenceEncoder:
    """The real model, with the adapter that is shipped."""
    return resources.load_model(settings)


@pytest.fixture(scope="session")
def guide(settings: Settings, encoder: SentenceEncoder) -> Guide:
    """The real guide over the shipped library; the first test that wants it waits for its index."""
    with FileLock(settings.data_dir / "index.lock"):  # of workers side by side the first builds it
        if resources.current_index(settings) is None:
            resources.refresh_index(settings, lambda _done, _all: None, encoder)
    return resources.make_guide(settings)


@pytest.fixture(scope="session")
def neutral() -> Calibration:
    """Weights that were fitted to nothing: they fuse evenly and answer everything."""
    return neutral_calibration()


@pytest.fixture(scope="session")
def small_library() -> Library:
    """Five passages of two documents, and two checklists."""
    return make_library(SMALL, SMALL_CHECKLISTS)


@pytest.fixture
def bag() -> BagOfWordsEncoder:
    """A model without a model."""
    return BagOfWordsEncoder()


@pytest.fixture
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    """Indexes a library with a bag of words and opens the index."""

    def make(library: Library) -> DiskIndex:
        bag = BagOfWordsEncoder()
        folder = tmp_path_factory.mktemp("index")
        build_index(folder, library, (bag.name, bag.fingerprint), bag)
        return open_index(folder, library, bag.fingerprint)

    return make


@pytest.fixture
def make_guide(
    opened: OpenIndex,
    small_library: Library,
    neutral: Calibration,
    phrases: TemplatePhrases,
    bag: BagOfWordsEncoder,
) -> MakeGuide:
    """Makes a guide over a small library; keyword arguments replace parts of the calibration."""

    def make(library: Library = small_library, **changes: object) -> Guide:
        calibration = neutral.model_copy(update=changes)
        return Guide(library, opened(library), bag, calibration, phrases, Limits(400, 4))

    return make
