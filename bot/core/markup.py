"""Text as Markdown that people see, pure: escaped, shortened, quoted, split."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from bot.core.text import visible

TITLE, NAME, SOURCE, QUESTION, SENTENCE = 120, 80, 140, 300, 320
"""Characters of a title, a name, a source line, an echoed question and a sentence as shown."""

_BEYOND = 50
"""Characters after a cut that decide how those before it are escaped; far more than enough."""

_MARKDOWN = re.compile(r"([\\*_~|`])")
_LINE_START = re.compile(
    r"^(\s*)(#{1,3}(?=\s)|-#(?=\s)|>{1,3}(?=\s)|[-+](?=\s)|\d+(?=\.\s))", re.MULTILINE
)
_LINK = re.compile(r"\](?=\()")
_ANGLE = re.compile(r"<(?=[@#:/ati])")
_AT = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_UNSEEN = "\u200b"

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”'’)]*\s+(?!\[\d+\])|\n+(?!\[\d+\])")
_TOKEN = re.compile(r"\S+(?:\s\[\d+\][.!?]*)?\s*")
_MARKER = re.compile(r"\[(\d+)\]")
_MARKS = re.compile(r"(?:\s?\[\d+\])+")


def escape(text: str) -> str:
    """Text as it was typed: no Markdown, no mention, no custom emoji, no masked link."""
    plain = _MARKDOWN.sub(r"\\\1", text)
    plain = _LINE_START.sub(r"\1\\\2", plain)
    plain = _LINK.sub(f"]{_UNSEEN}", plain)
    plain = _ANGLE.sub(f"<{_UNSEEN}", plain)
    return _AT.sub(f"@{_UNSEEN}", plain)


def one_line(text: str) -> str:
    """Text without line breaks, runs of spaces, and signs that show nothing."""
    return " ".join(visible(text).split())


def shorten(text: str, limit: int) -> str:
    """Text of at most `limit` characters, cut at a word and then ended by an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: max(limit - 1, 0)]
    at_word = cut.rsplit(None, 1)[0] if " " in cut[limit // 2 :] else cut
    kept = at_word.rstrip(" ,;:-\\")
    return f"{kept}…"[:limit]


def clip(text: str, limit: int = TITLE) -> str:
    """Text on one line, escaped, of at most `limit` characters."""
    return shorten(escape(one_line(text)[: limit + _BEYOND]), limit)


def stamp(moment: datetime | None) -> int:
    """A moment for timestamps such as `<t:1893456000:R>`; 0 for none."""
    return int(moment.timestamp()) if moment else 0


def question_line(question: str) -> str:
    """A question as it is echoed: on one line, escaped, not too long."""
    return clip(question, QUESTION)


def quoted(text: str, limit: int) -> str:
    """Text as it was typed, as a quotation of at most `limit` characters."""
    plain = escape(text.replace("\r\n", "\n").strip("\n")[: max(limit, 0) + _BEYOND])
    lines = "\n".join(f"> {line}" for line in plain.split("\n"))
    return shorten(lines, max(limit, 0))


def sentences(text: str) -> list[str]:
    """The sentences of an answer, each with the white space that follows it."""
    found: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        found.append(text[start : end.end()])
        start = end.end()
    if start < len(text):
        found.append(text[start:])
    return found


def split_text(text: str, limit: int) -> list[str]:
    """Text in pieces of at most `limit` characters.

    Cut at sentences; a sentence that is too long by itself is cut at words, a word that is too long
    anywhere but in a marker such as `[1]`, which also stays with the word before it.
    """
    pieces: list[str] = []
    current = ""
    for sentence in sentences(text):
        for part in _fitting(sentence, limit):
            if current and len((current + part).rstrip()) > limit:
                pieces.append(current.rstrip())
                current = ""
            current += part
    return [*pieces, current.rstrip()] if current.strip() else pieces


def by_source(text: str) -> str:
    """An answer in paragraphs: a new one where the next passage begins."""
    lines: list[str] = []
    before: str | None = None
    for sentence in sentences(text):
        markers = _MARKER.findall(sentence)
        here = markers[-1] if markers else before
        lines.append(("\n\n" if lines and here != before else "") + sentence)
        before = here
    joined = ""
    for line in lines:
        joined = joined.rstrip() + line if line.startswith("\n") else joined + line
    return joined.strip()


def marked_once(text: str) -> str:
    """An answer in which sentences of one passage that follow each other share their last marker."""
    marks = list(_MARKS.finditer(text))
    kept, start = "", 0
    for mark, later in pairwise(marks):
        kept += text[start : mark.start()]
        if _MARKER.findall(mark.group()) != _MARKER.findall(later.group()):
            kept += mark.group()
        start = mark.end()
    return kept + text[start:]


def _fitting(sentence: str, limit: int) -> list[str]:
    if len(sentence.rstrip()) <= limit:
        return [sentence]
    parts: list[str] = []
    for token in _TOKEN.findall(sentence):
        if len(token.rstrip()) <= limit:
            parts.append(token)
        else:
            parts += _hard_cut(token, limit)
    return parts


def _hard_cut(token: str, limit: int) -> list[str]:
    tail = re.search(r"\s?\[\d+\][.!?]*\s*$", token)
    kept = len(tail.group().rstrip()) if tail else 0
    body, end = (token[: tail.start()], tail.group()) if tail else (token, "")
    size = max(limit - kept, 1)
    cuts = [body[at : at + size] for at in range(0, len(body), size)]
    return [*cuts[:-1], cuts[-1] + end]
