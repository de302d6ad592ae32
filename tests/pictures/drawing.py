"""From a record to a picture as wide as a phone: HTML by a template, drawn by chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.demo.markup import html_of, lines_of, rich_of
from tests.loopback.constants import SELECTS, Component, Json

from .records import FOLDER

C = Component
_WIDTH, _SCALE, _TALLEST = 412, 2, 4000
_HEIGHT = re.compile(r'data-height="(\d+)"')
_SECONDS = 60
_COLORS = 64
_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary"}


def html(record: Json) -> str:
    """A record as a page."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined
    )
    replied = record["replies_to"]
    return environment.get_template("card.html.j2").render(
        record=record,
        preview=rich_of(replied["text"]).plain if replied else "",
        parts=list(_parts(record["components"])),
        width=_WIDTH,
    )


def draw(record: Json, picture: Path) -> None:
    """Draw a record into a PNG file, exactly as tall as it is.

    Raises:
        RuntimeError: there is no chromium, or it failed.
    """
    browser = shutil.which("chromium")
    if browser is None:
        raise RuntimeError("drawing needs chromium; the records are written")
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "card.html"
        page.write_text(html(record), "utf-8")
        measured = _chromium(browser, page, _TALLEST, "--dump-dom")
        found = _HEIGHT.search(measured)
        if found is None:
            raise RuntimeError("chromium did not lay out the page")
        _chromium(browser, page, int(found[1]), f"--screenshot={picture}")
    _make_smaller(picture)


def _make_smaller(picture: Path) -> None:
    """Reduce a picture to few colors; without Pillow it stays twice as large."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(picture) as drawn:
        few = drawn.convert("RGB").quantize(_COLORS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def _chromium(browser: str, page: Path, height: int, *what: str) -> str:
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            f"--user-data-dir={page.parent / 'profile'}",
            f"--force-device-scale-factor={_SCALE}",
            f"--window-size={_WIDTH},{height}",
            *what,
            page.as_uri(),
        ],
        capture_output=True,
        timeout=_SECONDS,
        check=True,
        text=True,
    )
    return done.stdout


def _parts(components: list[Json]) -> Iterator[Json]:
    """The parts of a message in order, as the template takes them."""
    for component in components:
        kind = component["type"]
        if kind == C.TEXT_DISPLAY:
            yield {"kind": "text", "lines": list(_lines(component["content"]))}
        elif kind == C.SEPARATOR:
            yield {"kind": "line" if component.get("divider", True) else "gap"}
        elif kind == C.FILE:
            size = f"{component['size'] / 1024:.0f} KB"
            yield {"kind": "file", "name": component["name"], "size": size}
        elif kind == C.ACTION_ROW:
            yield from _row(component["components"])
        else:
            yield from _parts(component.get("components") or [])


def _lines(text: str) -> Iterator[Json]:
    for line in lines_of(text):
        yield {"kind": line.kind, "html": Markup(html_of(line.source))}


def _row(row: list[Json]) -> Iterator[Json]:
    for item in row:
        if item["type"] in SELECTS:
            yield {"kind": "menu", "label": item["placeholder"]}
    buttons = [
        {"label": item["label"], "style": _STYLES[item["style"]]}
        for item in row
        if item["type"] == C.BUTTON
    ]
    if buttons:
        yield {"kind": "buttons", "buttons": buttons}
