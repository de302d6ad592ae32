"""A brief as a paper: blocks with all words in place, which Markdown and PDF only lay out, pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.checklists.rules.brief import Brief, BriefGap, BriefStep, Promised, says_promise
from bot.checklists.rules.changes import Changes, Side
from bot.checklists.rules.records import Commitment, CommitmentStatus
from bot.checklists.rules.run import Promise, StepAnswer
from bot.core.markup import one_line
from bot.core.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title, 2 that of a section."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of the bot; `small` for what stands in the margin."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """What was asked, lighter than the answers below it; with room above where it isn't `first`."""

    text: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person wrote, character for character; `by` may be empty."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below a row of headings."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_MOST_IN_CELL = 300
"""A row has to fit on a page; what is cut off stands with its answer."""

_INLINE = re.compile(r"[\\`*\[\]<>|~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\d*)([#+=.)-])")

_RULE = "---\n\n"

Block = Heading | PaperQuestion | Paragraph | Quote | Bullets | Table


class Writer:
    """Writes the paper of a brief in the words of `prompts/brief.yaml`."""

    def __init__(self, phrases: Phrases) -> None:
        self._say = phrases.say

    def paper(self, brief: Brief) -> tuple[Block, ...]:
        """The whole paper."""
        return (
            Heading(1, brief.title),
            Paragraph(brief.purpose),
            Paragraph(self.facts(brief), small=True),
            *self._answers(brief.steps, "brief_answers"),
            *self._gaps(brief.gaps),
            *self._commitments(brief),
            *(self._changes(brief.changes) if brief.changes else ()),
            *self._answers(brief.set_aside, "brief_set_aside"),
            *self._sources(brief),
        )

    def facts(self, brief: Brief) -> str:
        """Who walked through it, when, how far."""
        return self._say(
            "brief_facts",
            run=brief.run,
            version=brief.version,
            owner=brief.owner,
            team=brief.team,
            status=brief.status.value,
            people=[self.who(name, organization) for name, organization in brief.people],
            started=day_words(brief.started),
            finished=day_words(brief.finished) if brief.finished else "",
            answered=brief.answered,
            steps=len(brief.steps),
        )

    def gap(self, gap: BriefGap) -> str:
        """One gap: the question, why it is one, what to read."""
        return self._say(
            "brief_gap",
            question=gap.step.question,
            reason=gap.reason.value,
            detail=_line(gap.detail),
            titles=[reading.title for reading in gap.step.readings],
        )

    def promise(self, one: Promised) -> str:
        """One commitment in a list of them, with what became of it."""
        return self._promise(one.promise, _line(one.promise.what), one.now, alone=True)

    def then_now(self, side: Side) -> str:
        """What stands above old or new answers; where there are none, what there is instead."""
        return self._say(
            "brief_then_now",
            then=side.then,
            answered=bool(side.answers),
            skipped=side.skip is not None,
            reason=_line(side.skip or ""),
        )

    def understood(self, answer: StepAnswer) -> str:
        """Says what an answer stands for, where that isn't what was typed; else empty."""
        value = understood_as(answer)
        return self._say("brief_understood", value=value) if value else ""

    def who(self, name: str, organization: str) -> str:
        """A person with the organization they speak for."""
        return self._say("brief_who", name=one_line(name), organization=one_line(organization))

    def _answers(self, steps: Sequence[BriefStep], head: str) -> Iterable[Block]:
        if steps:
            yield Heading(2, self._say(head))
        for place, step in enumerate(steps):
            number = f"{step.number}. " if step.number else ""
            yield PaperQuestion(f"{number}{step.question}", first=not place)
            if step.readings:
                titles = [one.title for one in (*step.readings, step.case) if one is not None]
                yield Paragraph(self._say("brief_behind", passages=titles), small=True)
            yield from self._said(step.answers)
            if not step.answers:
                reason = step.skipped or ""
                skipped = step.skipped is not None
                words = "brief_unanswered"
                yield Paragraph(self._say(words, skipped=skipped, required=step.required))
                if reason.strip():
                    yield Quote(reason)

    def _said(self, answers: Sequence[StepAnswer]) -> Iterable[Block]:
        for answer in answers:
            yield Quote(answer.given.text, self.who(answer.name, answer.organization))
            if understood := self.understood(answer):
                yield Paragraph(understood)
            if (promise := answer.given.promise) is not None:
                what = "" if says_promise(answer.given) else _line(promise.what)
                yield Paragraph(self._promise(promise, what, None, alone=False))

    def _promise(self, made: Promise, what: str, now: Commitment | None, *, alone: bool) -> str:
        return self._say(
            "brief_promise",
            alone=alone,
            what=what,
            who=_line(made.who),
            day=made.day is not None,
            when=self._by_when(made, now),
        )

    def _by_when(self, made: Promise, now: Commitment | None) -> str:
        """The day that was promised, and what became of it."""
        moved = status = ""
        if now is not None:
            moved = day_words(now.day) if now.day and now.day != made.day else ""
            status = "" if now.status is CommitmentStatus.OPEN else now.status.value
        day = day_words(made.day) if made.day else ""
        return self._say("brief_by_when", day=day, moved=moved, status=status)

    def _gaps(self, gaps: Sequence[BriefGap]) -> Iterable[Block]:
        yield Heading(2, self._say("brief_gaps"))
        if gaps:
            yield Bullets(tuple(self.gap(gap) for gap in gaps))
        else:
            yield Paragraph(self._say("brief_no_gaps"))

    def _commitments(self, brief: Brief) -> Iterable[Block]:
        yield Heading(2, self._say("brief_commitments"))
        if not brief.commitments:
            yield Paragraph(self._say("brief_no_commitments"))
            return
        head = self._say("brief_commitment_columns").split("|")
        rows = tuple(
            (
                cut(one.promise.what),
                cut(one.promise.who or one.name),
                self._by_when(one.promise, one.now),
            )
            for one in brief.commitments
        )
        yield Table(tuple(column.strip() for column in head), rows)

    def _changes(self, changes: Changes) -> Iterable[Block]:
        words = "brief_changes"
        yield Heading(2, self._say(words, run=changes.run, since=day_words(changes.since)))
        if not changes.different:
            yield Paragraph(self._say("brief_no_changes"))
        for place, change in enumerate(changes.different):
            yield PaperQuestion(change.question, first=not place)
            for side in change.sides:
                yield Paragraph(self.then_now(side))
                yield from self._said(side.answers)
        for questions, phrase in (
            (changes.still_open, "brief_still_open"),
            (changes.closed, "brief_gaps_closed"),
        ):
            if questions:
                yield Paragraph(self._say(phrase))
                yield Bullets(questions)

    def _sources(self, brief: Brief) -> Iterable[Block]:
        if brief.sources:
            yield Heading(2, self._say("brief_sources"))
            yield Bullets(
                tuple(
                    self._say(
                        "brief_source",
                        title=document.title,
                        authors=document.authors,
                        publisher=document.publisher,
                        year=document.year or "",
                    )
                    for document in brief.sources
                )
            )


def to_markdown(blocks: Sequence[Block]) -> str:
    """The paper as Markdown.

    What people wrote is quoted character for character: only "> " stands before each of its lines,
    so that taking that away gives the text back. Elsewhere what looks like Markdown is escaped, so
    that no name and no promise can pass for a heading or a link.
    """
    return "\n\n".join(_markdown(block) for block in blocks) + "\n"


def quote_lines(text: str) -> str:
    """Text with "> " before each line, and no other change; lines end at line feeds alone."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_inline(text)}"
        case PaperQuestion(text, first):
            return f"{'' if first else _RULE}*{_inline(text)}*"
        case Paragraph(text, small):
            return f"*{_inline(text)}*" if small else _escaped(text)
        case Quote(text, by):
            return f"{quote_lines(text)}\n\n{_escaped(by)}" if by else quote_lines(text)
        case Bullets(items):
            return "\n".join(f"- {_escaped(item)}" for item in items)
        case Table(head, rows):
            cells = [[_inline(cell) for cell in row] for row in (head, *rows)]
            cells.insert(1, ["---" for _ in head])
            return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def cut(text: str) -> str:
    """Text on one line, short enough for a cell of a table."""
    line = _line(text)
    return line if len(line) <= _MOST_IN_CELL else f"{line[: _MOST_IN_CELL - 1].rstrip()}…"


def _escaped(text: str) -> str:
    """Text that can stand where a line begins."""
    return _LINE_START.sub(r"\1\\\2", _inline(text))


def _inline(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", _line(text))


def _line(text: str) -> str:
    return " ".join(text.split())


def understood_as(answer: StepAnswer) -> str:
    """What an answer stands for, where that differs from what was typed; else empty."""
    text, value = answer.given.text.strip(), answer.given.value.strip()
    if value.casefold() == text.casefold():
        return ""
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return value


def day_words(moment: date | datetime) -> str:
    """A day as it is written."""
    return f"{moment:%B} {moment.day}, {moment.year}"
