"""What the terminal and Discord are both made of: content, model, store, clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from bot.content.library import read_library
from bot.content.phrases import TemplatePhrases, read_phrases
from bot.core.errors import ConfigurationError
from bot.core.models import Library
from bot.guide.coverage import Calibration
from bot.guide.guide import Limits
from bot.index.encoder import SentenceEncoder, fingerprint_of, load_encoder
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store import Store

FITTED = Path(__file__).resolve().parents[1] / "fitted"
ADAPTER = FITTED / "adapter.safetensors"
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


async def open_storage(settings: Settings, options: ServeOptions) -> Store:
    """The store, with its tables brought to this program's state."""
    from bot.store import open_store

    return await open_store(options.database or settings.data_dir / "guide.db", utc_now)


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
