"""The report on opportunities as a picture; blocking work of some tenths of a second."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from bot.checklists.pdf import readable
from bot.opportunities.rules.report import OUTCOMES, Line, Report

_MOST_BARS = 8
_LONGEST_NAME = 26
_WIDTH, _ROW, _AROUND, _DPI = 11.0, 0.5, 1.7, 110
_ANSWERS = ("interested", "waiting", "not for us")
# Paul Tol's light colors: people with any color vision tell them apart and read black on them.
_ANSWER_COLORS = ("#44bb99", "#eedd88", "#dddddd")
_OUTCOME_COLORS = ("#44bb99", "#99ddff", "#ffaabb", "#ee8866", "#77aadd", "#dddddd")
_EDGE = "#555555"


def draw_report(report: Report, words: Mapping[str, str]) -> bytes:
    """Answers and outcomes, by kind on the left, by organization on the right, as PNG.

    Args:
        report: the numbers; at least one opportunity was posted.
        words: what stands beside them: "answers", "outcomes", "by kind", "by organization",
            "more", "reached", and each answer and outcome by its name.
    """
    groups = (
        (words["by kind"], [(words.get(line.name, line.name), line) for line in report.by_kind]),
        (words["by organization"], [(line.name, line) for line in _few(report, words["more"])]),
    )
    rows = max(len(lines) for _, lines in groups)
    size = (_WIDTH, 2 * (_AROUND + _ROW * rows))
    layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.38)
    figure = Figure(figsize=size, dpi=_DPI, layout=layout)
    axes = figure.subplots(2, 2)
    answers = [words[name] for name in _ANSWERS]
    outcomes = [words[name] for name in OUTCOMES]
    for column, (by, lines) in enumerate(groups):
        above, below = axes[0][column], axes[1][column]
        reached = [line.reached for _, line in lines]
        around = {"fill": False, "edgecolor": _EDGE, "label": words["reached"]}
        above.barh(range(len(lines)), reached, height=0.78, **around)
        _bars(above, lines, _answers_of, tuple(zip(answers, _ANSWER_COLORS, strict=True)))
        _bars(below, lines, _outcomes_of, tuple(zip(outcomes, _OUTCOME_COLORS, strict=True)))
        for one, title in ((above, words["answers"]), (below, words["outcomes"])):
            one.set_title(f"{title}, {by}", loc="left", fontsize=11, fontweight="bold")
            one.set_ylim(rows - 0.4, -0.6)  # bars of the same height everywhere
    for row in axes:
        handles, labels = row[0].get_legend_handles_labels()
        legend = row[0].legend(
            handles,
            labels,
            ncols=len(labels),
            loc="upper left",
            bbox_to_anchor=(0, -0.7 / (rows + 1)),
            frameon=False,
            fontsize=9,
            columnspacing=1.2,
            handlelength=1.2,
        )
        legend.set_in_layout(False)  # it reaches below the other column
    out = io.BytesIO()
    FigureCanvasAgg(figure).print_figure(out, format="png", dpi=_DPI)
    return out.getvalue()


def _bars(
    axes: Axes,
    lines: Sequence[tuple[str, Line]],
    numbers: Callable[[Line], Sequence[int]],
    parts: Sequence[tuple[str, str]],
) -> None:
    """Lying bars, one for each line, of parts next to each other, each with its number."""
    places = range(len(lines))
    left = [0] * len(lines)
    for part, (label, color) in enumerate(parts):
        widths = [numbers(line)[part] for _, line in lines]
        bars = axes.barh(places, widths, left=left, height=0.62, color=color, label=label)
        shown = [str(width) if width else "" for width in widths]
        axes.bar_label(bars, shown, label_type="center", fontsize=9)
        left = [before + width for before, width in zip(left, widths, strict=True)]
    axes.set_yticks(list(places))
    names = [_short(name) for name, _ in lines]
    axes.set_yticklabels(names, parse_math=False)  # people may call themselves "$mart"
    axes.set_xlim(0, max([*left, axes.dataLim.x1, 1]) * 1.05)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _answers_of(line: Line) -> Sequence[int]:
    return (line.interested, line.waiting, line.not_for_us)


def _outcomes_of(line: Line) -> Sequence[int]:
    return [line.outcomes.get(name, 0) for name in OUTCOMES]


def _few(report: Report, more: str) -> list[Line]:
    """The organizations that posted most; the others as one."""
    lines = [*report.by_organization]
    if len(lines) <= _MOST_BARS:
        return lines
    first, rest = lines[: _MOST_BARS - 1], lines[_MOST_BARS - 1 :]
    outcomes = {name: sum(line.outcomes.get(name, 0) for line in rest) for name in OUTCOMES}
    together = Line(
        more,
        sum(line.posted for line in rest),
        sum(line.reached for line in rest),
        sum(line.interested for line in rest),
        sum(line.waiting for line in rest),
        sum(line.not_for_us for line in rest),
        outcomes,
    )
    return [*first, together]


def _short(name: str) -> str:
    plain = " ".join(readable(name).split())
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1].rstrip()}…"
