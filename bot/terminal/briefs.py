"""A run's brief in the terminal or in a file, and what changed from one run to the next."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.checklists.rules import paper
from bot.checklists.rules.brief import Brief, file_name, make_brief
from bot.checklists.rules.changes import Changes, Side
from bot.checklists.rules.history import history
from bot.checklists.rules.records import RunHead, StoredRun
from bot.checklists.rules.run import Status
from bot.core.checklist import Checklist
from bot.core.models import Library
from bot.core.phrases import Phrases
from bot.terminal import run_pages
from bot.terminal.ledger import Ledger

_MOST_COMPARED = 10


class Briefs:
    """Makes what is shown and written of runs."""

    def __init__(self, ledger: Ledger, library: Library, phrases: Phrases) -> None:
        self._ledger = ledger
        self._library = library
        self._phrases = phrases
        self._writer = paper.Writer(phrases)

    def shown(self, walk: StoredRun) -> RenderableType:
        """A run as it stands, with what changed since the one before."""
        return Group(*map(_block, self._writer.paper(self._brief(walk))))

    def written(self, walk: StoredRun, name: str) -> RenderableType:
        """Write a run to a file; one that is there already is left as it is."""
        brief = self._brief(walk)
        file = Path(name) if name else _free(brief)
        with suppress(RuntimeError):  # ~somebody who isn't known here
            file = file.expanduser()
        kind = file.suffix.lower()
        if kind not in {".md", ".pdf"}:
            return Text(self._phrases.say("run_file_kind", file=file))
        blocks = self._writer.paper(brief)
        content = self._pdf(blocks, brief) if kind == ".pdf" else paper.to_markdown(blocks).encode()
        try:
            with file.open("xb") as out:
                out.write(content)
        except FileExistsError:
            return Text(self._phrases.say("run_file_there", file=file))
        except (OSError, ValueError) as error:
            return Text(self._phrases.say("run_file_failed", file=file, error=error))
        finished = walk.run.status is Status.FINISHED
        told = self._phrases.say("run_exported", title=brief.title, finished=finished)
        written = self._phrases.say("run_file_written", file=file.resolve())
        return Text(f"{run_pages.plain(told)}\n{written}")

    def history(self, checklist: Checklist, runs: Sequence[RunHead]) -> RenderableType:
        """The runs of a checklist, and what changed from the last but one to the last."""
        if not runs:
            none = self._phrases.say("history_none", title=checklist.title)
            return Text(run_pages.plain(none))
        compared = [run for run in runs if run.status is not Status.CANCELLED][:_MOST_COMPARED]
        walks = [walk for run in compared if (walk := self._ledger.walk(run.id)) is not None]
        chapters = history(walks, self._library)
        if not chapters or (changes := chapters[-1].changes) is None:
            return run_pages.runs(runs)
        return Group(run_pages.runs(runs), Padding(self._changes(changes), (1, 0, 0, 0)))

    def _brief(self, walk: StoredRun) -> Brief:
        run = walk.run
        done = self._ledger.runs(run.checklist, (Status.FINISHED,))
        earlier = [one for one in done if (one.started, one.id) < (run.started, run.id)]
        last = max(earlier, key=lambda one: (one.started, one.id), default=None)
        previous = self._ledger.walk(last.id) if last else None
        made = self._ledger.commitments(run.id)
        return make_brief(walk.checklist, run, self._library, previous=previous, commitments=made)

    def _pdf(self, blocks: Sequence[paper.Block], brief: Brief) -> bytes:
        from bot.checklists.pdf import to_pdf  # its fonts take a while to load

        return to_pdf(blocks, brief.title, self._ledger.now)

    def _changes(self, changes: Changes) -> RenderableType:
        since = run_pages.day(changes.since.date())
        head = self._phrases.say("brief_changes", run=changes.run, since=since)
        blocks: list[RenderableType] = [Text(head, style="bold")]
        if not changes.different:
            blocks.append(Text(self._phrases.say("brief_no_changes")))
        for change in changes.different:
            table = Table.grid(padding=(0, 2), expand=True)
            table.add_column(ratio=1)
            table.add_column(ratio=1)
            table.add_row(*(self._side(side) for side in change.sides))
            blocks += [Text(change.question, style="dim"), table]
        for questions, phrase in (
            (changes.still_open, "brief_still_open"),
            (changes.closed, "brief_gaps_closed"),
        ):
            if questions:
                blocks.append(Text(self._phrases.say(phrase), style="bold"))
                blocks += [Text(f"• {question}") for question in questions]
        return Group(*blocks)

    def _side(self, side: Side) -> RenderableType:
        said = (run_pages.given(answer.given, self._phrases) for answer in side.answers)
        return Group(Text(self._writer.then_now(side)), *said)


def _free(brief: Brief) -> Path:
    """A name that no file here has yet."""
    plain = Path(file_name(brief, "md"))
    further = (plain.with_stem(f"{plain.stem}-{number}") for number in count(2))
    return plain if not plain.exists() else next(one for one in further if not one.exists())


def _block(block: paper.Block) -> RenderableType:
    match block:
        case paper.Heading(level, text):
            above = 0 if level == 1 else 1
            return Padding(Text(text, style="bold"), (above, 0, 0, 0))
        case paper.Question(text, first):
            return Padding(Text(text, style="cyan"), (0 if first else 1, 0, 0, 0))
        case paper.Paragraph(text, small):
            return Text(text, style="dim" if small else "")
        case paper.Quote(text, _):  # it is always you
            return Text(paper.quote_lines(text), style="green")
        case paper.Bullets(items):
            return Group(*(Text(f"• {item}") for item in items))
        case paper.Table(head, rows):
            table = Table(*head)
            for row in rows:
                table.add_row(*map(Text, row))
            return table
