"""What both sets need: libraries of other texts, and an index over them that is gone afterwards."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from bot import resources
from bot.content.phrases import read_phrases
from bot.core.models import Document, FilePlace, HandQuestion, Library, Passage, PassageKind
from bot.core.typed_words import TypedWords
from bot.guide.assessment import Encoder
from bot.guide.calibration import Calibration
from bot.guide.guide import Guide
from bot.index.build import TextEncoder, build_index
from bot.index.cache import EmbeddingCache
from bot.index.encoder import SentenceEncoder
from bot.index.index import open_index
from bot.settings import Settings

_MODEL = ("public", "public")


class IndexingEncoder(Encoder, TextEncoder, Protocol):
    """What builds an index and what searches it, in one."""


def lines_of(file: Path) -> list[dict[str, Any]]:
    """One JSON object a line."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def passage(
    id_: str, title: str, sentences: Sequence[str], text: str, asks: Sequence[str] = ()
) -> Passage:
    """A passage of a set, which has no document of ours behind it."""
    document = Document("public", "A public set", "", "", None, "")
    place = FilePlace("", 1)
    kind = PassageKind.DOCUMENT
    return Passage(
        id_, title, kind, (id_,), document, "", place, text, tuple(sentences), tuple(asks)
    )


def library_of(
    passages: Sequence[Passage],
    questions: Sequence[HandQuestion] = (),
    typed: TypedWords | None = None,
) -> Library:
    """A library of passages and known questions alone."""
    document = passages[0].document
    return Library(
        (document,),
        tuple(passages),
        (),
        (),
        "public",
        questions=tuple(questions),
        typed=typed or TypedWords(),
    )


@contextmanager
def guide_over(
    library: Library, encoder: IndexingEncoder, calibration: Calibration, settings: Settings
) -> Iterator[Guide]:
    """A guide over a library, while its index lies in a folder of its own."""
    phrases = read_phrases(settings.prompts_dir)
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder), library, _MODEL, encoder)
        index = open_index(Path(folder), library, _MODEL[1])
        yield Guide(library, index, encoder, calibration, phrases, resources.limits_of(settings))


def cache_of(folder: Path, encoder: SentenceEncoder) -> EmbeddingCache:
    """What is embedded of the texts of a set, kept in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return EmbeddingCache(folder, encoder)
