"""What answers questions in this process: the index, and the guide that searches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.content.library import read_library
from bot.core.errors import IndexUnusable
from bot.guide.guide import Guide
from bot.index.build import build_index
from bot.index.cache import CachedEncoder, EmbeddingCache
from bot.index.encoder import SentenceEncoder
from bot.index.index import Manifest, open_index
from bot.settings import Settings
from bot.wiring.parts import (
    index_folder,
    limits_of,
    load_model,
    model_fingerprint,
    read_content,
)


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
        limits_of(settings),
    )
