"""From settings to what answers questions in this process: content, model, index, guides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.content.library import read_library
from bot.content.phrases import TemplatePhrases, read_phrases
from bot.core.errors import ConfigurationError, IndexUnusable
from bot.core.models import Library, Passage
from bot.guide.calibration import Calibration
from bot.guide.guide import Guide, Limits
from bot.index.build import build_index
from bot.index.cache import CachedEncoder, EmbeddingCache, piece_cache
from bot.index.encoder import SentenceEncoder, fingerprint_of, load_encoder
from bot.index.index import Manifest, open_index, read_manifest
from bot.index.overlay import OverlayIndex
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.answers.status import IndexFacts
    from bot.guide.search_index import SearchIndex
    from bot.guide.service import GuideShelf

FITTED = Path(__file__).resolve().parent / "fitted"
ADAPTER = FITTED / "adapter.safetensors"

SHIPPED_VECTORS = FITTED / "vectors.npz"

SHIPPED_PIECES = FITTED / "pieces.npz"

CALIBRATION = FITTED / "calibration.json"

RISK_COVERAGE = FITTED / "risk-coverage.txt"


def index_folder(settings: Settings) -> Path:
    """Where the builds of the search index lie."""
    return settings.data_dir / "index"


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


def limits_of(settings: Settings) -> Limits:
    """Bounds of what a person may send."""
    return Limits(settings.answer.question_characters, settings.answer.history_turns)


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What building the index did."""

    manifest: Manifest
    embedded: int


def cache_folder(settings: Settings) -> Path:
    """Where embeddings are kept."""
    return settings.data_dir / "cache"


def refresh_index(
    settings: Settings, progress: Callable[[int, int], None], encoder: SentenceEncoder
) -> IndexReport:
    """Build the index from the current content, unless it stands; only new texts are embedded."""
    library = read_library(settings.knowledge_dir)
    with suppress(IndexUnusable):
        standing = open_index(index_folder(settings), library, encoder.fingerprint)
        return IndexReport(standing.manifest, 0)
    cache = EmbeddingCache(cache_folder(settings), encoder, SHIPPED_VECTORS)
    pieces = piece_cache(cache_folder(settings), encoder, SHIPPED_PIECES)
    cached = CachedEncoder(encoder, cache, pieces, progress)
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


def make_guide(settings: Settings, own: Sequence[Passage] = ()) -> Guide:
    """Everything needed to answer questions.

    The index is opened, and refused, before the model is loaded, which takes seconds.

    Raises:
        GuideError: of whichever part can't be used, with what to do about it.
    """
    content = read_content(settings)
    library = content.library
    index: SearchIndex = open_index(index_folder(settings), library, model_fingerprint(settings))
    encoder = load_model(settings)
    if own:
        library = replace(library, passages=(*library.passages, *own))
        index = OverlayIndex(index, own, encoder)
    return Guide(
        library,
        index,
        encoder,
        content.calibration,
        content.phrases,
        limits_of(settings),
    )


def load_shelf(settings: Settings) -> GuideShelf:
    """Load the model and open the index, building it first where there is none that fits; slow."""
    from bot.index.alliance_guides import AllianceGuides

    content = read_content(settings)
    fingerprint = model_fingerprint(settings)
    limits = limits_of(settings)
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
    from bot.answers.status import IndexFacts

    try:
        manifest = read_manifest(index_folder(settings))
    except IndexUnusable:
        return None
    return IndexFacts(manifest.model, manifest.passages, manifest.library_fingerprint[:8])
