"""Runs an evaluation and prints it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.core.errors import QuestionRefused
from bot.guide.contract import AnswerRecord, record, refused
from bot.guide.guide import Guide
from bot.measure.as_typed import typed_alike
from bot.measure.evaluate import EvalReport, Scored, evaluate
from bot.measure.labels import LabelledQuestion, read_questions


def score(guide: Guide, files: Sequence[Path]) -> EvalReport:
    """Answer every question of the files, one at a time, and work out the figures.

    Raises:
        ContentInvalid: with each line of the files that can't be used.
    """
    questions = [question for file in files for question in read_questions(file)]
    scored = [Scored(question, _answer(guide, question)) for question in questions]
    passages = guide.library.by_id
    verbatim = [
        citation.quote in passages[citation.passage].text
        for one in scored
        for citation in (*one.answer.citations, *one.answer.related)
    ]
    return evaluate(scored, verbatim)


def print_report(report: EvalReport, console: Console, *, with_misses: bool) -> None:
    """Figures beside their goals; then each miss with what was wanted and what was found."""
    table = Table(title=f"{report.questions} questions, {report.median_ms:.1f} ms in the middle")
    for name, justify in (
        ("figure", "left"),
        ("value", "right"),
        ("95%", "right"),
        ("goal", "right"),
        ("over", "right"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for figure in (*report.figures, *report.classes):
        if figure.value is None:
            continue  # nothing of its kind was asked
        style = "" if figure.reached else "red"
        table.add_row(
            f"{figure.explained} ({figure.name})",
            Text(f"{figure.value:.3f}", style=style),
            f"{figure.low:.2f}–{figure.high:.2f}",
            f"{figure.goal:.2f}",
            str(figure.over),
        )
    console.print(table)
    if not with_misses:
        return
    for miss in report.misses:
        console.print(
            Text.assemble(
                (f"{miss.id} {miss.type}: ", "bold"),
                miss.question,
                f"\n    {miss.fault}; wanted {', '.join(miss.wanted) or 'a refusal'}; "
                f"found {', '.join(miss.found) or 'nothing'} (confidence {miss.confidence:.2f})",
            )
        )


def print_as_typed(
    guide: Guide, files: Sequence[Path], console: Console, *, with_misses: bool
) -> None:
    """How many questions keep their first passage with slips, and with courtesies around them."""
    measured = typed_alike(guide, files)
    for share, what in ((measured.slips, "slips"), (measured.wrapped, "courtesies around")):
        console.print(f"{share:.3f} of {measured.questions} keep their first passage with {what}")
    for typed, first, got in measured.changed if with_misses else ():
        console.print(f"{typed}\n    {first}, then {got or 'refused'}", markup=False)


def _answer(guide: Guide, label: LabelledQuestion) -> AnswerRecord:
    start = time.perf_counter()
    try:
        answer = guide.answer(guide.read(label.question, label.history))
    except QuestionRefused as error:
        return refused(error.code, str(error), label.id, label.question)
    return record(answer, label.id, (time.perf_counter() - start) * 1000)
