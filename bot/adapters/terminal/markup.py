"""Discord's Markdown, as far as flows write it, as text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from markdown_it import MarkdownIt
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.core.phrases import Phrases

_LINES = (
    (re.compile(r"()#{1,3} "), "bold", ""),
    (re.compile(r"(\s*)-# "), "dim", ""),
    (re.compile(r"()> ?"), "green", "> "),
    (re.compile(r"(\s*)[-*•] "), "", "• "),
    (re.compile(r"(\[\d+\] )"), "", ""),
)
"""How a line begins, behind spaces that stay; its style, and what stands before it."""
_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}
_KEY = "cyan"
_STAMP = re.compile(r"<t:(-?\d+)(?::([tTdDfFR]))?>")
_MENTION = re.compile(r"<(@&|#|@!?)(\d+)>")
_KINDS = {"#": "channel", "@&": "role"}
_BARE_LINK = re.compile(r"<(https?://[^>\s]+)>")
_ESCAPED_NUMBER = re.compile(r"^(\s*)\\(?=\d)")
_UNSEEN = "\u200b"
_INLINE = MarkdownIt("zero").enable(["emphasis", "strikethrough", "backticks", "escape", "link"])
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads.

    Attributes:
        zone: by whose clock times are shown, as seen at `now`.
        person: their id.
        keys: what is typed for a button, by its label: texts name buttons in bold.
    """

    phrases: Phrases
    zone: ZoneInfo
    now: datetime
    person: int
    keys: Mapping[str, str] = field(default_factory=dict)


def to_rich(markdown: str, reader: Reader) -> RenderableType:
    """A text as a terminal shows it.

    What goes over several lines stays below its beginning, and what is small below its item.
    """
    shown: list[RenderableType] = []
    below = ""
    for line in markdown.splitlines():
        source, style, before = _parts(line)
        if style == "dim":
            before = before or below
        else:
            below = " " * len(before) if style == "" else ""
        shown.append(_inline(source, style, reader))
        if before:
            table = Table.grid()
            table.add_row(Text(before, style), shown.pop())
            shown.append(table)
    return Group(*shown)


def _parts(line: str) -> tuple[str, str, str]:
    """The text of a line, its style, and what stands before it."""
    for start, style, lead in _LINES:
        if (match := start.match(line)) is not None:
            return line[match.end() :], style, match[1] + lead
    return line, "", ""


def _inline(source: str, style: str, reader: Reader) -> Text:
    source = _STAMP.sub(lambda match: _moment(match, reader), source)
    source = _MENTION.sub(lambda match: _name(match, reader), source)
    source = _ESCAPED_NUMBER.sub(r"\1", _BARE_LINK.sub(r"\1", source))
    shown, styles, link = Text(style=style), [""], ""
    for token in _INLINE.parseInline(source)[0].children or []:
        kind = token.type.rpartition("_")[0]
        if token.nesting > 0:
            styles.append(_STYLES.get(kind, ""))
            link = str(token.attrGet("href")) if kind == "link" else link
        elif token.nesting < 0:
            styles.pop()
            if kind == "link":
                shown.append(f" ({link})")
        else:
            content = token.content.replace(_UNSEEN, "")
            key = reader.keys.get(content) if styles[-1] == "bold" else None
            cited = key is not None or token.type == "code_inline"
            shown.append(key or content, _KEY if cited else " ".join(filter(None, styles)))
    return shown


def _name(mention: re.Match[str], reader: Reader) -> str:
    kind = _KINDS.get(mention[1], "person")
    you = int(mention[2]) == reader.person
    return reader.phrases.say("terminal_mention", kind=kind, you=you)


def _moment(stamp: re.Match[str], reader: Reader) -> str:
    """A timestamp in words."""
    at = datetime.fromtimestamp(int(stamp[1]), UTC).astimezone(reader.zone)
    day = f"{at:%B} {at.day}, {at.year}"
    clock = f"{at.hour % 12 or 12}:{at:%M %p}"
    match stamp[2]:
        case "R":
            return _distance((at - reader.now).total_seconds())
        case "t" | "T":
            return clock
        case "d" | "D":
            return day
        case "F":
            return f"{at:%A}, {day}, {clock}"
        case _:
            return f"{day}, {clock}"


def _distance(seconds: float) -> str:
    """How far away a moment is."""
    for size, unit in _UNITS:
        if (count := round(abs(seconds) / size)) >= 1:
            said = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"in {said}" if seconds > 0 else f"{said} ago"
    return "now"
