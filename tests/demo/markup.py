"""Discord's Markdown, as far as the bot writes it: lines of a kind, and what stands within them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from markdown_it import MarkdownIt
from rich.text import Text

Kind = Literal["heading", "small", "quote", "item", "text", "blank"]

_STARTS: tuple[tuple[str, Kind], ...] = (
    (r"#{1,3} ", "heading"),
    (r"-# ", "small"),
    (r"> ", "quote"),
    (r"[-*] ", "item"),
)
_MENTION = re.compile(r"<(?:@[!&]?|#)\d+>")
_STAMP = re.compile(r"<t:(\d+)(?::([tTdDfFR]))?>")
_BARE_LINK = re.compile(r"<(https?://[^>\s]+)>")
_STAMP_SHAPES = {"t": "%H:%M", "T": "%H:%M:%S", "d": "%m/%d/%Y", "D": "%B %d, %Y"}
_LONG_STAMP = "%B %d, %Y, %H:%M UTC"
_STYLES = {"strong": "bold", "em": "italic", "s": "strike", "link": "underline"}
_INLINE = MarkdownIt("zero").enable(["emphasis", "strikethrough", "backticks", "escape", "link"])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, without the signs that say of what kind it is."""

    kind: Kind
    source: str


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text, with times in words; Discord keeps each line break."""
    plain = _BARE_LINK.sub(r"\1", _STAMP.sub(_in_words, text))
    for line in plain.splitlines():
        for start, kind in _STARTS:
            if found := re.match(start, line):
                yield Line(kind, line[found.end() :])
                break
        else:
            yield Line("text" if line.strip() else "blank", line)


def named(text: str, name_of: Callable[[str], str]) -> str:
    """Return a text with each mention replaced by what `name_of` makes of it."""
    return _MENTION.sub(lambda found: name_of(found.group()), text)


def _in_words(stamp: re.Match[str]) -> str:
    moment = datetime.fromtimestamp(int(stamp[1]), UTC)
    if stamp[2] == "R":
        days = round((moment - datetime.now(UTC)) / timedelta(days=1))
        return f"in {days} days" if days >= 0 else f"{-days} days ago"
    return moment.strftime(_STAMP_SHAPES.get(stamp[2], _LONG_STAMP))


def html_of(source: str) -> str:
    """Return what stands within a line as HTML; all that isn't Markdown is escaped."""
    return str(_INLINE.renderInline(source))


def rich_of(text: str) -> Text:
    """Return a whole text as the terminal shows it."""
    shown = Text()
    for line in lines_of(text):
        if shown:
            shown.append("\n")
        base = {"heading": "bold", "small": "dim", "quote": "italic"}.get(line.kind, "")
        lead = {"quote": "│ ", "item": "• "}.get(line.kind, "")
        shown.append(lead, base)
        _append(shown, line.source, base)
    return shown


def _append(shown: Text, source: str, base: str) -> None:
    styles = [base]
    for token in _INLINE.parseInline(source)[0].children or []:
        name = token.type.rpartition("_")[0]
        if token.nesting > 0:
            styles.append(_STYLES.get(name, ""))
        elif token.nesting < 0:
            styles.pop()
        else:
            style = [*styles, "cyan"] if token.type == "code_inline" else styles
            shown.append(token.content, " ".join(filter(None, style)))
