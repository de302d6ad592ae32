"""Steps, runs and commitments as text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.core.checklists import engine
from bot.core.checklists.definition import AnswerType, Checklist, Step
from bot.core.checklists.phrases import ChecklistPhrase as Words
from bot.core.checklists.run import Given, Promise, Status
from bot.core.checklists.storage import Commitment, RunHead, Walk
from bot.core.models import Library, Passage
from bot.core.phrases import Phrases

_MARKS = re.compile(r"^(-# |#+ )|\*\*|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)|`", re.MULTILINE)
_BAR = 10
KEYS = "/skip [reason] · /back · /pause · /finish · /why · /cases · /ask QUESTION"


def plain(markdown: str) -> str:
    """The bot's own words without their Markdown."""
    return _MARKS.sub("", markdown)


def day(shown: date) -> str:
    """A day in words."""
    return f"{shown:%A, %B} {shown.day}, {shown.year}"


def _promised(one: Commitment | Promise) -> str:
    """What was promised and by whom, on one line."""
    what = " ".join(one.what.split())
    return f"{what} · {one.who}" if one.who else what


def cases_of(step: Step, library: Library) -> tuple[Passage, ...]:
    """The cases that show a step: its own, then those of its passages."""
    ids = {step.case: None} if step.case else {}
    for passage in library.passages:
        if not set(step.passages).isdisjoint(passage.circumstance.illustrates):
            ids.setdefault(passage.id, None)
    return tuple(library.by_id[id_] for id_ in ids if id_ in library.by_id)


def step(walk: Walk, shown: Step, library: Library, phrases: Phrases) -> RenderableType:
    """A step: how far it is, what is asked and why, what was answered before."""
    blocks: list[RenderableType] = [
        _progress(walk),
        Text(shown.question, style="bold") + Text("" if shown.required else "  (optional)"),
        Text(shown.why),
    ]
    passages = [library.by_id[id_] for id_ in shown.passages if id_ in library.by_id]
    if passages:
        blocks.append(Text(f"From “{passages[0].title}”; /why shows it in full.", style="dim"))
    if cases := cases_of(shown, library):
        blocks.append(Text(f"A case in point: {cases[0].title}; /cases shows it.", style="dim"))
    if shown.type is AnswerType.CHOICE:
        options = "\n".join(f"  {number}  {one}" for number, one in enumerate(shown.options, 1))
        blocks.append(Padding(Text(options, style="cyan"), (1, 0, 0, 0)))
    hint = {
        AnswerType.CHOICE: Words.HINT_CHOICE,
        AnswerType.YES_NO: Words.HINT_YES_NO,
        AnswerType.RATING: Words.HINT_RATING,
        AnswerType.DATE: Words.HINT_DAY,
    }.get(shown.type, Words.STEP_COMMITMENT if shown.commitment else None)
    if hint is not None:
        blocks.append(Text(plain(phrases.say(hint)), style="cyan"))
    for answer in walk.run.answers.get(shown.id, ()):
        blocks.append(Padding(given(answer.given), (1, 0, 0, 0)))
        blocks.append(Text("Enter keeps this and goes on; another answer takes its place."))
    if (skipped := walk.run.skipped.get(shown.id)) is not None:
        blocks.append(Text(plain(phrases.say(Words.STEP_SKIPPED, reason=skipped.reason))))
    blocks.append(Padding(Text(KEYS, style="dim"), (1, 0, 0, 0)))
    return Group(*blocks)


def answers(walk: Walk, phrases: Phrases) -> RenderableType:
    """Every step that is asked, with its answer or why there is none."""
    table = Table.grid(padding=(0, 2))
    for number, asked in enumerate(engine.path(walk.checklist, walk.run), 1):
        said = walk.run.answers.get(asked.id, ())
        lines = [Text(asked.question, style="dim"), *(given(one.given) for one in said)]
        if not said and (skipped := walk.run.skipped.get(asked.id)) is not None:
            lines.append(Text(plain(phrases.say(Words.STEP_SKIPPED, reason=skipped.reason))))
        elif not said:
            lines.append(Text("Not answered.", style="yellow"))
        table.add_row(Text(str(number), style="cyan"), Group(*lines))
    return table


def review(walk: Walk, phrases: Phrases) -> RenderableType:
    """What was answered, before the run is finished."""
    ready = "That was the last step. /finish makes the brief of it; /back goes to the step before."
    end = Padding(Text(ready, style="bold"), (1, 0, 0, 0))
    return Group(_progress(walk), answers(walk, phrases), end)


def checklists(shown: Iterable[Checklist]) -> RenderableType:
    """All checklists, with what they are for."""
    table = Table.grid(padding=(0, 2, 1, 0))
    for one in shown:
        head = f"{one.title} · {len(one.steps)} steps, {one.minutes} minutes"
        table.add_row(Text(one.id, style="cyan"), Text(f"{head}\n{one.purpose}"))
    return table


def runs(shown: Sequence[RunHead]) -> RenderableType:
    """Runs with what became of them."""
    table = Table.grid(padding=(0, 2))
    for run in shown:
        style = "green" if run.status is Status.OPEN else ""
        table.add_row(
            Text(f"#{run.id}", style="cyan"),
            Text(run.title),
            Text(run.status.value, style=style),
            Text(day(run.changed.date()), style="dim"),
        )
    return table


def commitments(shown: Sequence[Commitment], today: date) -> RenderableType:
    """Open commitments, those due first before those without a day."""
    table = Table.grid(padding=(0, 2))
    for one in shown:
        when, style = ("no day", "dim") if one.day is None else (day(one.day), "")
        if one.day is not None and one.day < today:
            when, style = f"was due {when}", "red"
        who = f" · {one.who}" if one.who else ""
        table.add_row(
            Text(f"#{one.id}", style="cyan"), Text(when, style=style), Text(one.what + who)
        )
    return table


def due(one: Commitment, today: date) -> Text:
    """A commitment whose day has come, or has gone by."""
    assert one.day is not None
    when = "Due today" if one.day == today else f"Was due {day(one.day)}"
    text = f"{when}: {_promised(one)}  /commitments done {one.id}, or move {one.id} DATE"
    return Text(text, style="yellow")


def given(answer: Given) -> Text:
    """An answer as it was typed, with what was promised."""
    lines = [f"> {line}" for line in answer.text.splitlines()]
    if (promise := answer.promise) is not None:
        by = f" · by {day(promise.day)}" if promise.day else ""
        lines.append(f"  Commitment: {_promised(promise)}{by}")
    return Text("\n".join(lines), style="green")


def _progress(walk: Walk) -> Text:
    number, total = engine.progress(walk.checklist, walk.run)
    done = number - 1 if walk.run.current else total
    bar = "█" * round(_BAR * done / total) + "░" * (_BAR - round(_BAR * done / total))
    at = f"{number} of {total}" if walk.run.current else f"all {total} done"
    return Text(f"{walk.checklist.title} · {at} {bar}  #{walk.run.id}", style="dim")
