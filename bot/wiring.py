"""The composition root: from settings to working services. Only this module picks classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.content.library import read_library
from bot.content.phrases import TemplatePhrases, read_phrases
from bot.core.answering import Guide, Limits
from bot.core.coverage import Calibration
from bot.core.errors import ConfigurationError, IndexUnusable
from bot.core.models import Library
from bot.infra.cache import EmbeddingCache
from bot.infra.embedding import SentenceEncoder, fingerprint_of, load_encoder
from bot.infra.index import Manifest, build_index, open_index
from bot.settings import Settings

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
    cache = EmbeddingCache(cache_folder(settings), encoder)
    embedded = 0

    def embed(texts: Sequence[str]) -> object:
        nonlocal embedded
        vectors, embedded = cache.vectors(texts, progress)
        return vectors

    model = (encoder.name, encoder.fingerprint)
    manifest = build_index(index_folder(settings), library, model, embed)  # type: ignore[arg-type]
    return IndexReport(manifest, embedded)


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
