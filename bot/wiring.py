"""The composition root: from settings to working services. Only this module picks classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from bot import __version__
from bot.content.library import read_library
from bot.content.phrases import TemplatePhrases, read_phrases
from bot.core.answering import Guide, Limits
from bot.core.coverage import Calibration
from bot.core.dates import read_date
from bot.core.errors import ConfigurationError, IndexUnusable
from bot.core.models import Library
from bot.core.phrases import Phrase, Phrases
from bot.infra.cache import CachedEncoder, EmbeddingCache
from bot.infra.embedding import SentenceEncoder, fingerprint_of, load_encoder
from bot.infra.index import Manifest, open_index, read_manifest
from bot.infra.index_building import build_index
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.core.checklists.paper import Block
    from bot.core.opportunities.report import Report
    from bot.core.retrieval import SearchIndex
    from bot.core.service import AnswerService, GuideShelf
    from bot.core.status import IndexFacts
    from bot.core.storage import Storage
    from bot.discord_ui.client import Feature, GuideClient
    from bot.discord_ui.services import Services
    from bot.infra.store import Store
    from bot.infra.worker import AnswerWorker

FITTED = Path(__file__).resolve().parent / "fitted"
ADAPTER = FITTED / "adapter.safetensors"
CALIBRATION = FITTED / "calibration.json"
RISK_COVERAGE = FITTED / "risk-coverage.txt"


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What building the index did."""

    manifest: Manifest
    embedded: int


def index_folder(settings: Settings) -> Path:
    """Where the builds of the search index lie."""
    return settings.data_dir / "index"


def cache_folder(settings: Settings) -> Path:
    """Where embeddings are kept."""
    return settings.data_dir / "cache"


def adapter_for(settings: Settings) -> Path | None:
    """The fitted adapter; it belongs to the model that comes with the program."""
    return ADAPTER if settings.model.name is None and ADAPTER.is_file() else None


def load_model(settings: Settings) -> SentenceEncoder:
    """Load the embedding model with its adapter."""
    model = settings.model
    return load_encoder(model.name, model.sha256, model.batch_size, adapter_for(settings))


def model_fingerprint(settings: Settings) -> str:
    """Which model, with which adapter, without loading it."""
    return fingerprint_of(settings.model.name, settings.model.sha256, adapter_for(settings))


def load_calibration() -> Calibration:
    """The fitted weights.

    Raises:
        ConfigurationError: the file is missing or not a calibration.
    """
    try:
        return Calibration.model_validate_json(CALIBRATION.read_text("utf-8"))
    except (OSError, ValidationError) as error:
        raise ConfigurationError(
            f"The fitted weights bot/fitted/{CALIBRATION.name} can't be used "
            f"({str(error).splitlines()[0]}); restore the file or run `python -m bot fit`."
        ) from error


def refresh_index(
    settings: Settings, progress: Callable[[int, int], None], encoder: SentenceEncoder
) -> IndexReport:
    """Build the index from the current content; only texts that are new are embedded."""
    library = read_library(settings.knowledge_dir)
    cached = CachedEncoder(encoder, EmbeddingCache(cache_folder(settings), encoder), progress)
    model = (encoder.name, encoder.fingerprint)
    manifest = build_index(index_folder(settings), library, model, cached)
    return IndexReport(manifest, cached.embedded)


def current_index(settings: Settings) -> Manifest | None:
    """The manifest of the index when it is good and fits content and model, else None."""
    library = read_library(settings.knowledge_dir)
    try:
        fingerprint = model_fingerprint(settings)
        return open_index(index_folder(settings), library, fingerprint).manifest
    except IndexUnusable:
        return None


@dataclass(frozen=True, slots=True)
class Content:
    """What is read from files, before any model is loaded."""

    library: Library
    phrases: TemplatePhrases
    calibration: Calibration


def read_content(settings: Settings) -> Content:
    """Read library, phrases and fitted weights.

    Raises:
        ContentInvalid, ConfigurationError: something of it can't be used.
    """
    return Content(
        read_library(settings.knowledge_dir), read_phrases(settings.prompts_dir), load_calibration()
    )


def make_guide(settings: Settings) -> Guide:
    """Everything needed to answer questions.

    The index is opened, and refused, before the model is loaded, which takes seconds.

    Raises:
        GuideError: of whichever part can't be used, with what to do about it.
    """
    content = read_content(settings)
    index = open_index(index_folder(settings), content.library, model_fingerprint(settings))
    return Guide(
        content.library,
        index,
        load_model(settings),
        content.calibration,
        content.phrases,
        Limits(settings.answer.question_characters, settings.answer.history_turns),
    )


# -- Discord --------------------------------------------------------------------------------------
# Imported where they are used: the other commands start faster without them.


def features() -> tuple[Feature, ...]:
    """What the bot can do on Discord; a new group of commands is one more `register` here."""
    from bot.discord_ui import delivery, privacy, questions, steward
    from bot.discord_ui import help as help_
    from bot.discord_ui.checklists import book
    from bot.discord_ui.checklists import start as walking
    from bot.discord_ui.opportunities import digest_now, partners, posting, reporting

    return (
        questions.register,
        walking.register,
        book.register,
        posting.register,
        digest_now.register,
        reporting.register,
        partners.register,
        delivery.register,
        help_.register,
        steward.register,
        privacy.register,
    )


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What serving needs beside the settings.

    Attributes:
        token: of the Discord application's bot.
        database: a file or URL; by default a file in the data folder.
        queue: how many questions may wait.
        questions: how many questions one person may ask in `seconds`.
        grace: seconds that a stop waits for what is in flight.
        client: passed on to `discord.Client`.
    """

    token: str | None = None
    database: str | None = None
    queue: int = 200
    questions: int = 5
    seconds: float = 30.0
    grace: float = 10.0
    client: Mapping[str, Any] = field(default_factory=dict)


def load_shelf(settings: Settings) -> GuideShelf:
    """Load the model and open the index, building it first where there is none that fits; slow."""
    from bot.infra.alliance_guides import AllianceGuides

    # The first date loads dateparser, which takes half a second: here rather than on the event loop.
    read_date("January 5", utc_now(), ZoneInfo("UTC"))
    content = read_content(settings)
    fingerprint = model_fingerprint(settings)
    limits = Limits(settings.answer.question_characters, settings.answer.history_turns)
    try:
        index = open_index(index_folder(settings), content.library, fingerprint)
        encoder = load_model(settings)
    except IndexUnusable:
        encoder = load_model(settings)
        refresh_index(settings, lambda *_: None, encoder)
        index = open_index(index_folder(settings), content.library, fingerprint)

    def make(library: Library, searched: SearchIndex) -> Guide:
        return Guide(library, searched, encoder, content.calibration, content.phrases, limits)

    return AllianceGuides(content.library, index, encoder, make)


def index_facts(settings: Settings) -> IndexFacts | None:
    """Which index is searched; None while there is none that can be read."""
    from bot.core.status import IndexFacts

    try:
        manifest = read_manifest(index_folder(settings))
    except IndexUnusable:
        return None
    return IndexFacts(manifest.model, manifest.passages, manifest.library_fingerprint[:8])


def make_worker(settings: Settings, phrases: Phrases, options: ServeOptions) -> AnswerWorker:
    """The thread that owns the model; it loads nothing before `start`."""
    from bot.infra.worker import AnswerWorker, WorkerWords

    words = WorkerWords(
        phrases.say(Phrase.BUSY), phrases.say(Phrase.STOPPING), phrases.say(Phrase.MODEL_BROKEN)
    )
    return AnswerWorker(lambda: load_shelf(settings), words, options.queue)


async def open_storage(settings: Settings, options: ServeOptions) -> Store:
    """The store, with its tables brought to this program's state."""
    from bot.infra.store import open_store

    return await open_store(options.database or settings.data_dir / "guide.db", utc_now)


def make_services(
    settings: Settings,
    options: ServeOptions,
    content: Content,
    store: Storage,
    answers: AnswerService,
) -> Services:
    """What handlers work with."""
    from bot.discord_ui.services import Pace, Services
    from bot.infra.alliance_guides import NotedAnswers, StoredNotes
    from bot.infra.stems import stems

    extras = StoredNotes(store, content.phrases)
    noted = NotedAnswers(answers, extras)
    return Services(
        store=store,
        answers=noted,
        meanings=noted,
        extras=extras,
        index=lambda: index_facts(settings),
        phrases=content.phrases,
        library=content.library,
        clock=utc_now,
        limits=Limits(settings.answer.question_characters, settings.answer.history_turns),
        data_dir=settings.data_dir,
        version=__version__,
        pace=Pace(options.questions, options.seconds),
        brief_pdf=brief_pdf,
        report_chart=report_chart,
        stems=stems,
        opportunity_cap=settings.opportunities.cap,
    )


def make_client(
    services: Services, options: ServeOptions, on_connected: Callable[[], None]
) -> GuideClient:
    """The connection to Discord, with all features."""
    from bot.discord_ui.client import GuideClient

    return GuideClient(services, features(), on_connected, **options.client)


def brief_pdf(blocks: Sequence[Block], title: str, made: datetime) -> bytes:
    """A paper as a PDF; what it takes is loaded with the first one."""
    from bot.infra.pdf import to_pdf

    return to_pdf(blocks, title, made)


def report_chart(report: Report, words: Mapping[str, str]) -> bytes:
    """The report on opportunities as a picture; what it takes is loaded with the first one."""
    from bot.infra import charts

    return charts.report_chart(report, words)


def local_zone() -> ZoneInfo:
    """The time zone of this computer; UTC where it can't be told."""
    import tzlocal

    try:
        return ZoneInfo(tzlocal.get_localzone_name() or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)
