"""Steps, runs and commitments as text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.checklists.rules import engine
from bot.checklists.rules.records import Commitment, RunHead, StoredRun
from bot.checklists.rules.run import AnswerValue, Promise, Status
from bot.core.checklist import AnswerType, Checklist, Step
from bot.core.models import Library, Passage
from bot.core.phrases import Phrases

_MARKS = re.compile(r"^(-# |#+ )|\*\*|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)|`", re.MULTILINE)
_BAR = 10


def plain(markdown: str) -> str:
    """The bot's own words without their Markdown."""
    return _MARKS.sub("", markdown)


def day(shown: date) -> str:
    """A day in words."""
    return f"{shown:%A, %B} {shown.day}, {shown.year}"


def _promised(one: Commitment | Promise, phrases: Phrases) -> str:
    """What was promised and by whom, on one line."""
    return phrases.say("commitment_text", what=" ".join(one.what.split()), who=one.who)


def cases_of(step: Step, library: Library) -> tuple[Passage, ...]:
    """The cases that show a step: its own, then those of its passages."""
    ids = {step.case: None} if step.case else {}
    for passage in library.passages:
        if not set(step.passages).isdisjoint(passage.circumstance.illustrates):
            ids.setdefault(passage.id, None)
    return tuple(library.by_id[id_] for id_ in ids if id_ in library.by_id)


def step(walk: StoredRun, shown: Step, library: Library, phrases: Phrases) -> RenderableType:
    """A step: how far it is, what is asked and why, what was answered before."""
    optional = "" if shown.required else f"  {phrases.say('step_optional')}"
    blocks: list[RenderableType] = [
        _progress(walk, phrases),
        Text.assemble((shown.question, "bold"), optional),
        Text(shown.why),
    ]
    passages = [library.by_id[id_] for id_ in shown.passages if id_ in library.by_id]
    if passages:
        behind = phrases.say("step_passage", title=passages[0].title)
        blocks.append(Text(behind, style="dim"))
    if cases := cases_of(shown, library):
        case = phrases.say("step_case_title", title=cases[0].title)
        blocks.append(Text(case, style="dim"))
    if shown.type is AnswerType.CHOICE:
        options = "\n".join(f"  {number}  {one}" for number, one in enumerate(shown.options, 1))
        blocks.append(Padding(Text(options, style="cyan"), (1, 0, 0, 0)))
    hint = {
        AnswerType.CHOICE: "hint_choice",
        AnswerType.YES_NO: "hint_yes_no",
        AnswerType.RATING: "hint_rating",
        AnswerType.DATE: "hint_day",
    }.get(shown.type, "step_commitment" if shown.commitment else None)
    if hint is not None:
        blocks.append(Text(plain(phrases.say(hint)), style="cyan"))
    for answer in walk.run.answers.get(shown.id, ()):
        blocks.append(Padding(given(answer.given, phrases), (1, 0, 0, 0)))
        blocks.append(Text(phrases.say("step_keeps")))
    if (skipped := walk.run.skipped.get(shown.id)) is not None:
        blocks.append(Text(plain(phrases.say("step_skipped", reason=skipped.reason))))
    blocks.append(Padding(Text(phrases.say("step_keys"), style="dim"), (1, 0, 0, 0)))
    return Group(*blocks)


def answers(walk: StoredRun, phrases: Phrases) -> RenderableType:
    """Every step that is asked, with its answer or why there is none."""
    table = Table.grid(padding=(0, 2))
    for number, asked in enumerate(engine.path(walk.checklist, walk.run), 1):
        said = walk.run.answers.get(asked.id, ())
        lines = [Text(asked.question, style="dim"), *(given(one.given, phrases) for one in said)]
        if not said and (skipped := walk.run.skipped.get(asked.id)) is not None:
            lines.append(Text(plain(phrases.say("step_skipped", reason=skipped.reason))))
        elif not said:
            lines.append(Text(phrases.say("step_not_answered"), style="yellow"))
        table.add_row(Text(str(number), style="cyan"), Group(*lines))
    return table


def review(walk: StoredRun, phrases: Phrases) -> RenderableType:
    """What was answered, before the run is finished."""
    end = Padding(Text(phrases.say("steps_done"), style="bold"), (1, 0, 0, 0))
    return Group(_progress(walk, phrases), answers(walk, phrases), end)


def checklists(shown: Iterable[Checklist], phrases: Phrases) -> RenderableType:
    """All checklists, with what they are for."""
    table = Table.grid(padding=(0, 2, 1, 0))
    for one in shown:
        head = phrases.say(
            "checklist_head",
            title=one.title,
            steps=len(one.steps),
            minutes=one.minutes,
            purpose=one.purpose,
        )
        table.add_row(Text(one.id, style="cyan"), Text(head))
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


def commitments(shown: Sequence[Commitment], today: date, phrases: Phrases) -> RenderableType:
    """Open commitments, those due first before those without a day."""
    table = Table.grid(padding=(0, 2))
    for one in shown:
        overdue = one.day is not None and one.day < today
        when = phrases.say("commitment_day", day=day(one.day) if one.day else "", overdue=overdue)
        style = "red" if overdue else "" if one.day else "dim"
        what = phrases.say("commitment_text", what=one.what, who=one.who)
        table.add_row(Text(f"#{one.id}", style="cyan"), Text(when, style=style), Text(what))
    return table


def due(one: Commitment, today: date, phrases: Phrases) -> Text:
    """A commitment whose day has come, or has gone by."""
    assert one.day is not None
    late = "" if one.day == today else day(one.day)
    promise = _promised(one, phrases)
    told = phrases.say("commitment_due", id=one.id, promise=promise, late=late)
    return Text(told, style="yellow")


def given(answer: AnswerValue, phrases: Phrases) -> Text:
    """An answer as it was typed, with what was promised."""
    lines = [f"> {line}" for line in answer.text.splitlines()]
    if (promise := answer.promise) is not None:
        by = day(promise.day) if promise.day else ""
        told = phrases.say("commitment_given", promise=_promised(promise, phrases), day=by)
        lines.append(f"  {told}")
    return Text("\n".join(lines), style="green")


def _progress(walk: StoredRun, phrases: Phrases) -> Text:
    number, total = engine.progress(walk.checklist, walk.run)
    done = number - 1 if walk.run.current else total
    answered, skipped = engine.tally(walk.checklist, walk.run)
    told = phrases.say(
        "step_at",
        title=walk.checklist.title,
        id=walk.run.id,
        number=number if walk.run.current else 0,
        total=total,
        answered=answered,
        skipped=skipped,
        bar="█" * round(_BAR * done / total) + "░" * (_BAR - round(_BAR * done / total)),
    )
    return Text(told, style="dim")
