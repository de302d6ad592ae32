"""The chart of the report: a picture of some size, whatever the names are."""

from __future__ import annotations

import struct

from bot.opportunities.chart import draw_report
from bot.opportunities.rules.report import OUTCOMES, Line, Report

WORDS = {
    name: name
    for name in (
        *("answers", "outcomes", "by kind", "by organization", "more", "reached"),
        *("interested", "waiting", "not for us"),
        *OUTCOMES,
    )
}


def line(name: str, posted: int = 1) -> Line:
    return Line(name, posted, 3, 2, 0, 1, {"filled": posted})


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def report(names: list[str]) -> Report:
    return Report(line("total", len(names)), (line("event"),), tuple(map(line, names)))


def test_any_name_can_be_drawn() -> None:
    names = ["City College", "$mart $", "漢字 🌍", "x" * 300, "\u202eabc", ""]
    width, height = size(draw_report(report(names), WORDS))
    assert width > height > 100


def test_more_organizations_make_a_higher_picture_up_to_a_limit() -> None:
    heights = [
        size(draw_report(report([f"Org {n}" for n in range(count)]), WORDS))[1]
        for count in (1, 8, 60)
    ]
    assert heights[0] < heights[1] == heights[2]
