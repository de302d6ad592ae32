"""A paper as a PDF that a board can read; blocking work of half a second to some seconds."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import matplotlib as mpl
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from bot.checklists.rules.paper import (
    Block,
    Bullets,
    Heading,
    PaperQuestion,
    Paragraph,
    Quote,
    Table,
    cut,
)

_FAMILY = "DejaVu"
_FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}
_TITLE, _SECTION = 20.0, 14.0
_TEXT, _QUESTION, _SMALL, _LINE = 10.5, 9.5, 8.5, 1.45
_MARGIN = 20.0
_INK, _SOFT, _GRAY, _ACCENT = (30, 30, 34), (78, 78, 84), (105, 105, 112), (58, 84, 150)
_POINT = 25.4 / 72
_NO_GLYPH = "\u25a1"
_PAGES = 4 * "\ue000"
"""Stands for how many pages there are, with room for as many digits; no text that is `readable` has it."""
_UNNAMED = ("CJK", "HANGUL", "VARIATION", "ZERO WIDTH", "EMOJI MODIFIER")


class _Sheet(FPDF):
    """Letter-size pages with their number at the foot."""

    def __init__(self, title: str, footer: str, made: datetime) -> None:
        super().__init__(format="letter", unit="mm")
        for style, file in _FILES.items():
            self.add_font(_FAMILY, style, _font_folder() / file)
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.set_title(readable(title))
        self.set_creation_date(made)
        self._footer = " ".join(readable(footer).split())
        self.alias_nb_pages(_PAGES)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-_MARGIN * 0.7)
        self.set_font(_FAMILY, "", 8)
        self.set_text_color(*_GRAY)
        room = self.epw - 20
        self.cell(room, 5, self._footer[:110])
        self.cell(20, 5, f"{self.page_no()} / {_PAGES}", align="R")

    def keep_together(self, size: float, lines: int) -> None:
        """Begin a page where what follows would end this one: it stands with its first lines."""
        if self.will_page_break(size * _POINT * _LINE * lines):
            self.add_page()

    def write_lines(
        self,
        text: str,
        size: float = _TEXT,
        style: str = "",
        ink: tuple[int, int, int] = _INK,
        indent: float = 0.0,
    ) -> None:
        """Text over the whole width, wrapped, also where one word is wider than the page."""
        self.set_font(_FAMILY, style, size)
        self.set_text_color(*ink)
        self.set_x(self.l_margin + indent)
        self.multi_cell(
            self.epw - indent,
            size * _POINT * _LINE,
            readable(text),
            align="L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )


def to_pdf(blocks: Sequence[Block], title: str, made: datetime) -> bytes:
    """A paper as a PDF; the same blocks, title and time give the same bytes."""
    sheet = _Sheet(title, title, made)
    try:
        for block in blocks:
            _lay_out(sheet, block)
        return bytes(sheet.output())
    finally:
        for font in sheet.fonts.values():  # left open by fpdf2
            if isinstance(font, TTFFont):
                font.ttfont.close()


def readable(text: str) -> str:
    """Text in signs that the fonts have; others are named, like [thinking face]."""
    known = _known_signs()
    plain = unicodedata.normalize("NFC", "\n".join(text.splitlines()).replace("\t", "    "))
    return "".join(sign if sign == "\n" or ord(sign) in known else _named(sign) for sign in plain)


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "")
    if unicodedata.category(sign)[0] in {"C", "M"} or name.startswith(_UNNAMED[2:]):
        return ""
    if not name or unicodedata.category(sign)[0] == "L" or name.startswith(_UNNAMED[:2]):
        return _NO_GLYPH  # a letter's name would drown the word it stands in
    return f"[{name.lower()}]"


def _lay_out(sheet: _Sheet, block: Block) -> None:
    match block:
        case Heading(level, text):
            size = _TITLE if level == 1 else _SECTION
            sheet.ln(0 if level == 1 else 5)
            sheet.keep_together(size, 7)
            sheet.write_lines(text, size, "B", _INK if level == 1 else _ACCENT)
            sheet.ln(1.5)
        case PaperQuestion(text, first):
            sheet.ln(0 if first else 5)
            sheet.keep_together(_QUESTION, 5)
            sheet.write_lines(text, _QUESTION, ink=_SOFT)
            sheet.ln(1)
        case Paragraph(text, small):
            sheet.write_lines(text, _SMALL if small else _TEXT, ink=_GRAY if small else _INK)
            sheet.ln(1.5)
        case Quote(text, by):
            _quote(sheet, text, by)
        case Bullets(items):
            for item in items:
                sheet.write_lines(f"\u2022  {item}", indent=3)
                sheet.ln(1)
        case Table(head, rows):
            _table(sheet, head, rows)


def _quote(sheet: _Sheet, text: str, by: str) -> None:
    """What somebody wrote, with a bar at its left on each page it covers."""
    page, top = sheet.page, sheet.get_y()
    sheet.write_lines(text, indent=5)
    end_page, end = sheet.page, sheet.get_y()
    sheet.set_draw_color(*_ACCENT)
    sheet.set_line_width(0.7)
    for number in range(page, end_page + 1):
        sheet.page = number
        start = top if number == page else _MARGIN
        stop = end if number == end_page else sheet.h - _MARGIN
        sheet.line(sheet.l_margin + 1.5, start, sheet.l_margin + 1.5, stop)
    sheet.page = end_page
    sheet.set_y(end)
    if by:
        sheet.write_lines(by, _SMALL, ink=_GRAY, indent=5)
    sheet.ln(2)


def _table(sheet: _Sheet, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet.set_font(_FAMILY, "", _TEXT - 1)
    sheet.set_text_color(*_INK)
    sheet.set_draw_color(200, 200, 206)
    sheet.set_line_width(0.2)
    widths = (6, *(3 for _ in head[1:]))
    with sheet.table(
        col_widths=widths, line_height=_TEXT * _POINT * _LINE, padding=1.2, text_align="L"
    ) as table:
        for row in (head, *rows):
            table.row([cut(readable(cell)) for cell in row])
    sheet.ln(2)


@cache
def _font_folder() -> Path:
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _known_signs() -> frozenset[int]:
    signs = []
    for file in _FILES.values():
        with TTFont(_font_folder() / file) as font:
            signs.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*signs))
