"""A run as one message, pure: commitments, gaps, answers, and what changed since the last one.

Each part has its share of the room, the answers what is left. The files have everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.passage_screen import passage_option, reading_menu
from bot.chat.fit import Listing, fit
from bot.chat.screen import Button, File, Row, Screen
from bot.chat.turn import Context
from bot.checklists.actions import SHARE_BRIEF
from bot.checklists.rules.brief import Brief, BriefStep, Promised
from bot.checklists.rules.changes import Changes, StepChange
from bot.checklists.rules.paper import Writer, day_words
from bot.checklists.rules.run import Status, StepAnswer
from bot.core.markup import NAME, SENTENCE, TITLE, clip, one_line, quoted, shorten

_SHARE, _FACTS = 700, 420
_ANSWER, _SIDE, _LEAST, _WHAT = 600, 140, 80, 160
"""Characters of an answer, of one in a comparison, what an answer needs at least, of a promise."""
_BELOW = 260
"""Characters kept for the last lines."""


def brief_screen(
    context: Context,
    brief: Brief,
    files: Sequence[File] = (),
    *,
    lead: str = "",
    foot: str = "",
    shareable: bool = False,
) -> Screen:
    """The message; `lead` stands above all and `foot` below, both ready to show."""
    say, writer = context.say, Writer(context.services.phrases)
    head = f"### {clip(brief.title)}\n-# {clip(writer.facts(brief), _FACTS)}"
    promises = [f"- {_promise(one, writer, team=brief.team)}" for one in brief.commitments]
    gaps = [f"- {clip(writer.gap(gap), SENTENCE)}" for gap in brief.gaps]
    parts = [
        _listed(context, promises, _bold(say("brief_commitments")), _SHARE),
        _listed(context, gaps, _bold(say("brief_gaps")), _SHARE),
        changes_text(context, brief.changes, _SHARE) if brief.changes else "",
    ]
    room = context.room - sum(map(len, (lead, head, *parts, foot))) - _BELOW
    answers, cut = _answers(brief, writer, room)
    last = [say("shown_files")] if cut else []
    if brief.status in {Status.OPEN, Status.PAUSED}:
        last.append(say("run_shown"))
    texts = (lead, head, parts[0], parts[1], answers, parts[2], "\n".join(last), foot)
    rows: list[Row] = [_readings(context, brief)]
    if shareable and brief.status is Status.FINISHED:
        rows.append([Button(say("label_share"), SHARE_BRIEF(context.alliance, brief.run))])
    return Screen(*texts, rows=rows, files=files)


def changes_text(context: Context, changes: Changes, room: int) -> str:
    """What changed since an earlier run, in at most so many characters."""
    say = context.say
    head = _bold(say("brief_changes", run=changes.run, since=day_words(changes.since)))
    if not changes.different:
        head = f"{head}\n{say('brief_no_changes')}"
    tail = [
        f"-# {clip(say(phrase) + ' ' + ' · '.join(questions), SENTENCE // 2)}"
        for phrase, questions in (
            ("brief_still_open", changes.still_open),
            ("brief_gaps_closed", changes.closed),
        )
        if questions
    ]
    left = room - sum(len(text) + 1 for text in tail)
    lines = [_change(one, Writer(context.services.phrases)) for one in changes.different]
    return "\n".join([_listed(context, lines, head, left) or head, *tail])


def _change(change: StepChange, writer: Writer) -> str:
    """Old and new answer, one below the other."""
    sides = [
        f"> {clip(writer.then_now(side), _SIDE)} {_side(side.answers)}" for side in change.sides
    ]
    return "\n".join([f"- {clip(change.question, TITLE)}", *(side.rstrip() for side in sides)])


def _side(answers: Sequence[StepAnswer]) -> str:
    """Answers on one line; those of several people with their names."""
    if len(answers) == 1:
        return clip(answers[0].given.text, _SIDE)
    said = [f"{one.name}: {one.given.text}" for one in answers]
    return " / ".join(clip(one, _SIDE // 2) for one in said[:3]) + (" / …" if said[3:] else "")


def _promise(one: Promised, writer: Writer, *, team: bool) -> str:
    what = shorten(one_line(one.promise.what), _WHAT)  # what became of it stands at the end
    words = clip(writer.promise(replace(one, promise=replace(one.promise, what=what))), SENTENCE)
    return f"{words} · {clip(writer.who(one.name, one.organization), NAME)}" if team else words


def _listed(context: Context, lines: Sequence[str], head: str, room: int) -> str:
    """As many lines below a heading as fit, and how many more there are."""

    def more(count: int) -> str:
        return context.say("shown_more", count=count)

    return "".join(fit([Listing(lines, more, head)], room))


def _answers(brief: Brief, writer: Writer, room: int) -> tuple[str, bool]:
    """The answers, each with its share of the room; and whether anything was cut.

    They are numbered as they are shown: those without one are in the files.
    """
    steps = [step for step in brief.steps if step.answers]
    pairs: list[str] = []
    cut = False
    for number, step in enumerate(steps, 1):
        left = room - sum(len(pair) + 2 for pair in pairs)
        share = left // (len(steps) - number + 1)
        pair, shortened = _pair(number, step, writer, share, team=brief.team)
        if len(pair) > left:
            return "\n\n".join(pairs), True
        pairs.append(pair)
        cut = cut or shortened
    return "\n\n".join(pairs), cut


def _pair(
    number: int, step: BriefStep, writer: Writer, room: int, *, team: bool
) -> tuple[str, bool]:
    """A question, lighter than the answers below it."""
    texts = [f"-# {number}. {clip(step.question, SENTENCE)}"]
    share = (room - len(texts[0])) // len(step.answers)
    cut = False
    for answer in step.answers:
        who = f"-# {clip(writer.who(answer.name, answer.organization), NAME)}" if team else ""
        meant = clip(writer.understood(answer), NAME)
        meant = f"-# {meant}" if meant else ""
        whole = quoted(answer.given.text, 3 * len(answer.given.text) + 10)
        left = share - len(who) - len(meant) - 3
        quote = quoted(answer.given.text, max(min(left, _ANSWER), _LEAST))
        if texts[1:] and sum(len(text) + 1 for text in (*texts, who, quote, meant)) > room:
            return "\n".join(texts), True
        cut = cut or quote != whole
        texts += [text for text in (who, quote, meant) if text]
    return "\n".join(texts), cut


def _readings(context: Context, brief: Brief) -> Row:
    """What to read about the gaps."""
    library = context.library
    ids = dict.fromkeys(reading.id for gap in brief.gaps for reading in gap.step.readings)
    known = [library.by_id[id_] for id_ in ids if id_ in library.by_id]
    return reading_menu(context.say, context.alliance, map(passage_option, known))


def _bold(text: str) -> str:
    return f"**{text}**"
