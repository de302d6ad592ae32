"""The command line: what `python -m bot` and `alliance-guide` understand."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import resources, wiring
from bot.adapters.terminal import operator
from bot.core.errors import ConfigurationError, EmptyQuestion, GuideError
from bot.core.files import made_for_owner, make_for_owner
from bot.guide.contract import AnswerRecord, SearchRecord, record
from bot.index.encoder import SentenceEncoder
from bot.settings import Settings, read_settings

app = typer.Typer(
    help="Cited guidance for people who hold workforce alliances together.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 done · 1 problems found · 2 input or configuration that can't be used · "
    "3 index, model or database missing, locked or damaged.",
)
out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


@app.command(
    "ask", epilog='Example: python -m bot ask "how do we keep momentum after the kickoff?"'
)
def ask_once(
    question: Annotated[list[str] | None, typer.Argument(help="What you want to know.")] = None,
    as_json: JsonFlag = False,
    batch: Annotated[
        Path | None,
        typer.Option(help='JSON lines {"id", "question", "history"?}; - reads standard input.'),
    ] = None,
    history: Annotated[
        list[str] | None, typer.Option(help="What was asked before, oldest first; repeatable.")
    ] = None,
    explain: Annotated[bool, typer.Option(help="Say what was ranked, and what decided.")] = False,
) -> None:
    """Answer one question, or a file of them, from the library."""
    if batch is not None:
        if question:
            raise ConfigurationError("Give a question or --batch, not both.")
        _ask_batch(batch, explain=explain)
        return
    text = " ".join(question or [])
    if not text.strip():
        raise EmptyQuestion(
            'There is no question here: python -m bot ask "how do we share credit?"'
        )
    guide = resources.make_guide(read_settings())
    start = time.perf_counter()
    asked = guide.read(text, history or [])
    answer = guide.answer(asked)
    elapsed = (time.perf_counter() - start) * 1000
    why = guide.explain(asked) if explain else None
    given = record(answer, "1", elapsed).model_copy(update={"explain": why})
    if as_json:
        print(given.to_json())
        return
    from bot.adapters.terminal.page import answer_page
    from bot.adapters.terminal.ranking import explanation_page

    out.print(answer_page(given, guide.library, guide.phrases))
    if why is not None:
        out.print(explanation_page(why))


@app.command(epilog='Example: python -m bot search "how do we share credit?" --limit 5')
def search(
    question: Annotated[list[str] | None, typer.Argument(help="What to look for.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=16, help="How many passages.")] = 8,
    as_json: JsonFlag = False,
    batch: Annotated[
        Path | None,
        typer.Option(help='JSON lines {"id", "question", "history"?}; - reads standard input.'),
    ] = None,
    alliance: Annotated[
        int | None, typer.Option(help="With the practice notes of an alliance.")
    ] = None,
) -> None:
    """Show the ranking for a question and its signals, whether or not it answers it."""
    from bot.adapters.terminal.batch import search_batch
    from bot.adapters.terminal.ranking import guide_for, ranking_page

    if (batch is None) is not bool(question):
        raise ConfigurationError("Give a question or --batch, one of them.")
    lines = None if batch is None else _lines_of(batch)
    guide = guide_for(read_settings(), alliance)
    if lines is not None:
        _print_batch(search_batch(guide, lines, limit))
        return
    ranked = guide.results(guide.read(" ".join(question or [])), limit)
    if as_json:
        print(SearchRecord(id="1", results=ranked).to_json())
    else:
        out.print(ranking_page(ranked))


def _ask_batch(batch: Path, *, explain: bool) -> None:
    from bot.adapters.terminal.batch import answer_batch

    lines = _lines_of(batch)
    guide = resources.make_guide(read_settings())
    _print_batch(answer_batch(guide, lines, explain=explain))


def _lines_of(batch: Path) -> Iterable[bytes]:
    try:
        return sys.stdin.buffer if str(batch) == "-" else batch.read_bytes().splitlines()
    except OSError as error:
        raise ConfigurationError(f"{batch} can't be read: {error.strerror}.") from error


def _print_batch(records: Iterable[AnswerRecord | SearchRecord]) -> None:
    failed = 0
    for given in records:
        failed += given.error is not None
        print(given.to_json(), flush=True)
    if failed:
        err.print(f"{failed} line{'s' if failed > 1 else ''} could not be read as a question.")
        raise typer.Exit(1)


@app.command(epilog='Example: python -m bot when "last Friday of the month, 5pm ET" --zone Chicago')
def when(
    phrase: Annotated[list[str], typer.Argument(help="A day, an hour or a time zone.")],
    zone: Annotated[str, typer.Option(help="Where whoever says it is; none for unknown.")] = "",
    now: Annotated[str, typer.Option(help="When they say it, as ISO; now if left out.")] = "",
    as_json: JsonFlag = False,
) -> None:
    """Say how a day, an hour or a time zone is read."""
    from datetime import UTC, datetime

    from bot.adapters.terminal.when import read_moment, read_when, read_zone, when_words
    from bot.content.library import read_zones
    from bot.content.phrases import read_phrases

    settings = read_settings()
    zones = read_zones(settings.knowledge_dir)
    where = read_zone(zone, zones) if zone else None
    moment = read_moment(now, where) if now else datetime.now(UTC)
    read = read_when(" ".join(phrase), moment, where, zones)
    if as_json:
        print(read.to_json())
    else:
        out.print(when_words(read, read_phrases(settings.prompts_dir)), markup=False)


@app.command("chat", epilog="Example: python -m bot chat")
def converse(
    name: Annotated[str, typer.Option("--as", help="Who sits here, where several use it.")] = "",
) -> None:
    """Talk with the guide in this terminal."""
    import asyncio
    import logging

    from bot.adapters.terminal.session import chat as talk
    from bot.data_folder import prepare
    from bot.serve import configure_logging

    settings = read_settings()
    prepare(settings)
    errors = settings.data_dir / "errors.log"
    make_for_owner(errors)
    with errors.open("a", encoding="utf-8") as log:
        configure_logging(log, logging.ERROR)
        asyncio.run(talk(settings, out, name))


@app.command(epilog="Example: python -m bot run")
def run() -> None:
    """Connect to Discord and serve, until SIGTERM or Ctrl-C."""
    import asyncio

    from bot.serve import serve

    settings = read_settings()
    token = settings.discord_token
    options = wiring.ServeOptions(token=token.get_secret_value() if token else None)
    raise typer.Exit(asyncio.run(serve(settings, options)))


@app.command(epilog="Example: python -m bot index")
def index() -> None:
    """Build or refresh the search index; embeds only what changed."""
    from bot.data_folder import prepare

    settings = read_settings()
    start = time.perf_counter()
    if (current := resources.current_index(settings)) is not None:
        out.print(f"The index is up to date: {current.passages} passages, {current.rows} texts.")
        return
    with err.status("Loading the model …"):
        encoder = resources.load_model(settings)
    prepare(settings)
    with made_for_owner():
        report = _with_progress(settings, encoder)
    seconds = time.perf_counter() - start
    manifest = report.manifest
    out.print(
        f"Indexed {manifest.passages} passages ({manifest.rows} texts, {report.embedded} of them "
        f"embedded now) in {seconds:.1f} s."
    )


def _with_progress(settings: Settings, encoder: SentenceEncoder) -> resources.IndexReport:
    columns = (TextColumn("Embedding"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = None

        def show(done: int, total: int) -> None:
            nonlocal task
            task = bar.add_task("", total=total) if task is None else task
            bar.update(task, completed=done)

        return resources.refresh_index(settings, show, encoder)


@app.command(epilog="Example: python -m bot check")
def check(
    write_schemas: Annotated[
        bool, typer.Option(help="Write the JSON Schemas of the file formats anew.")
    ] = False,
) -> None:
    """Validate content, prompts and configuration; prints every problem as file:line: message."""
    from bot.content import schemas
    from bot.content.library import examine_library
    from bot.content.phrases import examine_about_bot, examine_phrases

    settings = read_settings()
    if write_schemas:
        schemas.write(settings.knowledge_dir)
    library, problems = examine_library(settings.knowledge_dir)
    wrong_phrases = examine_phrases(settings.prompts_dir)
    if library is not None and not wrong_phrases:
        wrong_phrases = examine_about_bot(settings.prompts_dir, library.about_bot)
    problems = [*problems, *wrong_phrases, *schemas.examine_schemas(settings.knowledge_dir)]
    for problem in problems:
        print(problem)
    resources.load_calibration()
    if problems or library is None:
        raise typer.Exit(1)
    out.print(
        f"All good: {len(library.passages)} passages, {len(library.checklists)} checklists, "
        f"{len(library.documents)} documents."
    )


@app.command("eval", epilog="Example: python -m bot eval tests/eval/dev-questions.jsonl")
def score_answers(
    files: Annotated[list[Path], typer.Argument(help="Labelled questions, JSON lines.")],
    as_json: JsonFlag = False,
    misses: Annotated[bool, typer.Option(help="List each miss with what was found.")] = True,
    as_typed: Annotated[
        bool, typer.Option(help="Only say how far slips and courtesies change the answers.")
    ] = False,
) -> None:
    """Score answers against labelled questions."""
    from bot.measure.report import print_as_typed, print_report, score

    if as_typed:
        print_as_typed(resources.make_guide(read_settings()), files, out, with_misses=misses)
        return
    report = score(resources.make_guide(read_settings()), files)
    if as_json:
        print(report.model_dump_json())
    else:
        print_report(report, out, with_misses=misses)


@app.command(epilog="Example: python -m bot bench")
def bench(as_json: JsonFlag = False) -> None:
    """Measure this program against its own floor, as ratios in one run."""
    from bot.measure.bench import print_table, run_bench

    measured = run_bench(read_settings(), err)
    if as_json:
        print(measured.model_dump_json())
    else:
        print_table(measured, out)


@app.command(
    "fit",
    epilog="Example: python -m bot fit tests/eval/calibration-questions.jsonl",
)
def fit_weights(
    labelled: Annotated[
        list[Path], typer.Argument(help="Labelled questions, beside the library's own.")
    ],
    adapter: Annotated[bool, typer.Option(help="Train the encoder's adapter too.")] = True,
) -> None:
    """Fit the adapter and the weights of retrieval and coverage to the library; takes a while."""
    from bot.measure.fit import fit_all

    fit_all(read_settings(), labelled, out, with_adapter=adapter)


@app.command(epilog="Example: python -m bot doctor")
def doctor() -> None:
    """Say what is installed, configured and stale, one line each with the fix."""
    from bot.adapters.terminal.doctor import examine

    findings = examine(read_settings())
    for finding in findings:
        out.print(finding.line)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


app.command(
    "move", epilog="Example: python -m bot move postgresql+asyncpg://guide:secret@localhost/guide"
)(operator.move_to)
app.command("backup", epilog="Example: python -m bot backup guide-backup.db")(operator.back_up_to)
app.command("restore", epilog="Example: python -m bot restore guide-backup.db")(
    operator.restore_from
)
app.add_typer(operator.privacy, name="privacy")
app.add_typer(operator.alliance, name="alliance")

__all__ = ["GuideError", "app"]
