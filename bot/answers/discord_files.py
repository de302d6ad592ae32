"""Text files that come with a message: read up to the longest question; others are named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import aiohttp
import discord
import structlog

from bot.adapters.discord.send import with_retries
from bot.core.markup import NAME, clip
from bot.core.phrases import Say

_TEXTS = frozenset({".txt", ".text", ".md", ".markdown"})
_TYPES = frozenset({"text/plain", "text/markdown"})
_LARGEST = 1_000_000
"""Bytes of a file that is fetched."""
_MOST_FILES = 3
_TRIES, _SECONDS = 3, 10
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What stands in text files, and what has to be said of the others, ready to show."""

    texts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


async def read_files(
    attachments: Sequence[discord.Attachment], say: Say, longest: int
) -> FilesRead:
    """Read the text files among attachments; each is cut at so many characters."""
    texts: list[str] = []
    unread: list[str] = []
    failed: list[str] = []
    cut: list[str] = []
    for attachment in attachments:
        name = clip(attachment.filename, NAME)
        if not _is_text(attachment) or len(texts) == _MOST_FILES:
            unread.append(name)
            continue
        text = await _fetch(attachment)
        if text is None:
            failed.append(name)
            continue
        if len(text) > longest:
            cut.append(name)
        texts.append(text[:longest])
    notes = (
        say("files_unread", names=unread) if unread else "",
        say("files_failed", names=failed) if failed else "",
        say("files_cut", names=cut, limit=longest) if cut else "",
    )
    return FilesRead(tuple(filter(None, texts)), tuple(filter(None, notes)))


def _is_text(attachment: discord.Attachment) -> bool:
    kind = (attachment.content_type or "").partition(";")[0].strip().lower()
    return kind in _TYPES or PurePath(attachment.filename).suffix.lower() in _TEXTS


async def _fetch(attachment: discord.Attachment) -> str | None:
    """What stands in a file; None if it can't be had, or is no text."""
    if attachment.size > _LARGEST:
        return None
    try:
        data = await with_retries(attachment.read, attempts=_TRIES, seconds=_SECONDS)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        _log.warning("file_not_fetched", kind=type(error).__name__)
        return None
    return decoded(data)


def decoded(data: bytes) -> str | None:
    """Bytes as text, in the encodings that people's editors write; None if it is none."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NO_TEXT.search(text) else text.strip()
    return None
