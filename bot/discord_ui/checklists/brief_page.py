"""A run as one message, pure: commitments, gaps, answers, and what changed since the last one.

It keeps within Discord's limits whatever it is made of: each part has its share, the answers what
is left. The files have everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.adapters.discord.limits import COMPONENTS_V2_TEXT, SELECT_OPTIONS
from bot.checklists.rules.brief import Brief, BriefGap, BriefStep, Promised
from bot.checklists.rules.changes import Changes, StepChange
from bot.checklists.rules.paper import Writer
from bot.checklists.rules.run import Status, StepAnswer
from bot.core.markup import one_line, shorten
from bot.core.models import Library
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import NAME, TITLE, clip, quoted
from bot.discord_ui.render import SENTENCE, Page, Reading, reading

_SHARE, _FACTS = 700, 420
_ANSWER, _SIDE, _LEAST, _WHAT = 600, 140, 80, 160
"""Characters of an answer, of one in a comparison, what an answer needs at least, of a promise."""
_BELOW = 260
"""Characters kept for the last lines."""


def brief_page(brief: Brief, library: Library, phrases: Phrases, lead: str = "") -> Page:
    """The message; `lead` is ready to show and stands above all."""
    say, writer = phrases.say, Writer(phrases)
    head = f"### {clip(brief.title)}\n-# {clip(writer.facts(brief), _FACTS)}"
    promises = [f"- {_promise(one, writer, team=brief.team)}" for one in brief.commitments]
    gaps = [f"- {clip(writer.gap(gap), SENTENCE)}" for gap in brief.gaps]
    parts = [
        _listed(phrases, promises, _bold(say("brief_commitments"))),
        _listed(phrases, gaps, _bold(say("brief_gaps"))),
        changes_text(brief.changes, phrases, _SHARE) if brief.changes else "",
    ]
    room = COMPONENTS_V2_TEXT - sum(map(len, (lead, head, *parts))) - _BELOW
    answers, cut = _answers(brief, writer, room)
    last = [say("shown_files")] if cut else []
    if brief.status in {Status.OPEN, Status.PAUSED}:
        last.append(say("run_shown"))
    texts = (lead, head, parts[0], parts[1], answers, parts[2], "\n".join(last))
    return Page(tuple(text for text in texts if text), _readings(brief.gaps, library))


def changes_text(changes: Changes, phrases: Phrases, room: int) -> str:
    """What changed since an earlier run, in at most so many characters."""
    say = phrases.say
    head = _bold(say("brief_changes", run=changes.run, since=_day(changes.since)))
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
    lines = [_change(one, Writer(phrases)) for one in changes.different]
    return "\n".join([_fitting(phrases, lines, head, left), *tail])


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


def _listed(phrases: Phrases, lines: Sequence[str], head: str) -> str:
    return _fitting(phrases, lines, head, _SHARE) if lines else ""


def _fitting(phrases: Phrases, lines: Sequence[str], head: str, room: int) -> str:
    """As many lines below a heading as fit, and how many more there are."""
    kept = [head]
    for place, line in enumerate(lines):
        more = phrases.say("shown_more", count=len(lines) - place)
        if sum(len(text) + 1 for text in (*kept, line, more)) > room:
            return "\n".join([*kept, more])
        kept.append(line)
    return "\n".join(kept)


def _answers(brief: Brief, writer: Writer, room: int) -> tuple[str, bool]:
    """The answers, each with its share of the room; and whether anything was cut."""
    steps = [step for step in brief.steps if step.answers]
    blocks: list[str] = []
    cut = False
    for place, step in enumerate(steps):
        left = room - sum(len(block) + 1 for block in blocks)
        block, shortened = _step(step, writer, left // (len(steps) - place), team=brief.team)
        if len(block) > left:
            return "\n".join(blocks), True
        blocks.append(block)
        cut = cut or shortened
    return "\n".join(blocks), cut


def _step(step: BriefStep, writer: Writer, room: int, *, team: bool) -> tuple[str, bool]:
    texts = [_bold(f"{step.number}. {clip(step.question, SENTENCE)}")]
    share = (room - len(texts[0])) // len(step.answers)
    cut = False
    for answer in step.answers:
        who = f"-# {clip(writer.who(answer.name, answer.organization), NAME)}" if team else ""
        whole = quoted(answer.given.text, COMPONENTS_V2_TEXT * 3)
        quote = quoted(answer.given.text, max(min(share - len(who) - 2, _ANSWER), _LEAST))
        if texts[1:] and sum(len(text) + 1 for text in (*texts, who, quote)) > room:
            return "\n".join(texts), True
        cut = cut or quote != whole
        texts += [text for text in (who, quote) if text]
    return "\n".join(texts), cut


def _readings(gaps: Sequence[BriefGap], library: Library) -> tuple[Reading, ...]:
    """What to read about the gaps."""
    ids = dict.fromkeys(one.id for gap in gaps for one in gap.step.readings)
    known = [library.by_id[id_] for id_ in ids if id_ in library.by_id]
    return tuple(reading(one) for one in known[:SELECT_OPTIONS])


def _bold(text: str) -> str:
    return f"**{text}**"


def _day(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}, {moment.year}"
