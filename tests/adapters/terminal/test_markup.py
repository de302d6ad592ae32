"""Discord's Markdown as text for a terminal."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from bot.adapters.terminal.markup import Reader, to_rich
from bot.content.phrases import TemplatePhrases
from bot.core.markup import escape

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FRIDAY = int(datetime(2026, 11, 27, 23, 0, tzinfo=UTC).timestamp())


@pytest.fixture
def reader(phrases: TemplatePhrases) -> Reader:
    return Reader(phrases, ZoneInfo("America/Chicago"), NOW, 0, {"Skip": "/skip"})


def shown(markdown: str, reader: Reader, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(to_rich(markdown, reader))
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().rstrip().split("\n"))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("### A heading\n-# small **print**", "A heading\nsmall print"),
        ("**bold** *it* ~~gone~~ `code *x*`", "bold it gone code *x*"),
        ("> one\n> \n> two", "> one\n>\n> two"),
        ("- one\n- **two**", "• one\n• two"),
        ("- one\n  -# small\n  - below", "• one\n  small\n  • below"),
        ("1. one", "1. one"),
        (
            "[1] **Title**\n-# where\n[2] Next\nText\n-# small",
            "[1] Title\n    where\n[2] Next\nText\nsmall",
        ),
        ("• **Title**\n-# where", "• Title\n  where"),
        (r"\*\*not bold\*\* \_ \~ \| \` \\", r"**not bold** _ ~ | ` " + "\\"),
        (r"\# no heading", "# no heading"),
        (r"\1. no list", "1. no list"),
        ("[the page](https://a.example/x_y_z)", "the page (https://a.example/x_y_z)"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("**Skip** keeps it", "/skip keeps it"),
        ("with *Skip*", "with Skip"),
        (f"<t:{FRIDAY}:f>", "November 27, 2026, 5:00 PM"),
        (f"<t:{FRIDAY}:F>", "Friday, November 27, 2026, 5:00 PM"),
        (f"<t:{FRIDAY}>", "November 27, 2026, 5:00 PM"),
        (f"<t:{FRIDAY}:D> at <t:{FRIDAY}:t>", "November 27, 2026 at 5:00 PM"),
        (f"<t:{FRIDAY}:R>", "in 4 days"),
        (f"<t:{int(NOW.timestamp()) - 7200}:R>", "2 hours ago"),
        (f"<t:{int(NOW.timestamp()) + 60}:R>", "in 1 minute"),
        (f"<t:{int(NOW.timestamp())}:R>", "now"),
        ("<@0>, <@7>, <@&7>, <#7>", "you, somebody, a role, a channel"),
        ("one\n\ntwo", "one\n\ntwo"),
    ],
)
def test_markdown_is_shown(markdown: str, text: str, reader: Reader) -> None:
    assert shown(markdown, reader) == text


@pytest.mark.parametrize(
    "typed",
    [
        "**Ann** <@42> @everyone `code`",
        "# not a heading",
        "> no quote",
        "- no item",
        "1. first",
        "[x](https://evil.example)",
        "<t:1:R> <#3>",
        "snake_case_name",
        "back\\slash",
    ],
)
def test_what_somebody_typed_stays_as_it_is(typed: str, reader: Reader) -> None:
    assert shown(escape(typed), reader) == typed


def test_what_goes_over_several_lines_stays_below_its_beginning(reader: Reader) -> None:
    assert shown("- one two three", reader, width=10) == "• one two\n  three"
    assert shown("> one two three", reader, width=10) == "> one two\n  three"
