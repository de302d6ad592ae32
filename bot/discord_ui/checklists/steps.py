"""What a step of a run looks like, pure: from a walk to the texts and controls of one message.

Whatever it is made of, the message keeps within Discord's limits: answers, the only part without
a bound of its own, share the room that is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.adapters.discord.limits import (
    COMPONENTS_V2_TEXT,
    SELECT_OPTION_LABEL,
    SELECT_OPTION_VALUE,
    SELECT_OPTIONS,
)
from bot.checklists.rules import engine
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Status
from bot.checklists.rules.typed_answer import option_label
from bot.core.checklist import Step
from bot.core.markup import escape, one_line, shorten
from bot.core.models import Library, Passage
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import NAME, Unkept, answers_text, clip, unkept_text
from bot.discord_ui.render import Page, Reading, reading

NOTICE, WHY, SENTENCE = 500, 1000, 200
"""Characters of a notice, of why a step matters, and of a case's sentence."""


class Action(StrEnum):
    """What the buttons of a run do; part of their custom ids."""

    ANSWER = "answer"
    SKIP = "skip"
    BACK = "back"
    PAUSE = "pause"
    FINISH = "finish"
    NEXT = "next"
    OTHERS = "others"
    ASK = "ask"
    EDIT = "edit"
    RESUME = "resume"
    ANEW = "anew"


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message.

    Attributes:
        place: of the step in the checklist; None where it shows none.
        buttons: the row that moves, `extras` the one below.
        options: answers to pick from, `jumps` steps to go to.
        edit: the step whose form **Edit** opens.
    """

    page: Page
    place: int | None = None
    buttons: tuple[Action, ...] = ()
    extras: tuple[Action, ...] = ()
    options: tuple[Option, ...] = ()
    jumps: tuple[Option, ...] = ()
    edit: int | None = None


def place_of_step(walk: StoredRun, step: str | None) -> int | None:
    """Where a step stands in its checklist."""
    ids = [one.id for one in walk.checklist.steps]
    return ids.index(step) if step in ids else None


def run_page(
    walk: StoredRun,
    library: Library,
    phrases: Phrases,
    notice: str = "",
    unkept: Unkept | None = None,
) -> Shown:
    """A run as it stands."""
    run, title = walk.run, clip(walk.checklist.title)
    lead = shorten(notice, NOTICE)
    if run.status.over:
        over = phrases.say("run_over", title=title, status=run.status.value, id=run.id)
        return Shown(_page(lead, over))
    if run.status is Status.PAUSED:
        number, total = engine.progress(walk.checklist, run)
        paused = phrases.say("run_paused", title=title, number=number, total=total, id=run.id)
        return Shown(_page(lead, paused), place_of_step(walk, run.current), (Action.RESUME,))
    if run.current is None:
        return _review(walk, phrases, lead, unkept)
    return step_page(walk, walk.checklist.by_id[run.current], library, phrases, lead, unkept)


def step_page(
    walk: StoredRun,
    step: Step,
    library: Library,
    phrases: Phrases,
    notice: str = "",
    unkept: Unkept | None = None,
    *,
    live: bool = True,
) -> Shown:
    """A step; one that was left has no controls, only what was answered."""
    cases = cases_of(step, library)
    texts = [notice, _head(walk, step, phrases)]
    if live:
        texts.append(_explained(step, cases, library, phrases))
    room = COMPONENTS_V2_TEXT - sum(map(len, texts))
    if unkept is not None:
        texts.append(unkept_text(unkept, phrases, room // 2))
        room -= len(texts[-1])
    texts.append(answers_text(walk, step, phrases, room, live=live))
    if not live:
        return Shown(_page(*texts))
    own = [one for one in (library.by_id.get(id_) for id_ in step.passages) if one is not None]
    return Shown(
        _page(*texts, readings=_readings([*own, *cases])),
        place_of_step(walk, step.id),
        _buttons(walk),
        (*((Action.EDIT,) if unkept else ()), Action.OTHERS, Action.ASK),
        options_of_step(step, phrases),
        edit=unkept.place if unkept else None,
    )


def unkept_page(unkept: Unkept, phrases: Phrases) -> Shown:
    """Only what could not be taken, for one person of a team."""
    text = unkept_text(unkept, phrases, COMPONENTS_V2_TEXT)
    return Shown(Page((text,)), extras=(Action.EDIT,), edit=unkept.place)


def options_of_step(step: Step, phrases: Phrases) -> tuple[Option, ...]:
    """The answers to pick from; a long one is told by its place."""
    found: dict[str, Option] = {}
    for place, option in enumerate(step.options):
        value = option if len(option) <= SELECT_OPTION_VALUE else f"#{place}"
        label = shorten(one_line(option_label(step, option, phrases)), SELECT_OPTION_LABEL)
        found.setdefault(value, Option(label or str(place + 1), value))
    return tuple(found.values())[:SELECT_OPTIONS]


def picked_option(step: Step, value: str) -> str | None:
    """The answer that a menu's value stands for; None if there is none such."""
    if value in step.options:
        return value
    number = value.removeprefix("#")
    if number.isdecimal() and int(number) < len(step.options):
        return step.options[int(number)]
    return None


def cases_of(step: Step, library: Library) -> tuple[Passage, ...]:
    """The cases that show a step: its own, then those of its passages."""
    found = {step.case: library.by_id.get(step.case)} if step.case else {}
    for passage in library.passages:
        if set(step.passages) & set(passage.circumstance.illustrates):
            found.setdefault(passage.id, passage)
    return tuple(case for case in found.values() if case is not None)


def _review(walk: StoredRun, phrases: Phrases, notice: str, unkept: Unkept | None) -> Shown:
    run = walk.run
    asked = engine.path(walk.checklist, run)
    title = clip(walk.checklist.title)
    answered, skipped = engine.tally(walk.checklist, run)
    head = phrases.say(
        "run_review_progress",
        title=title,
        total=len(asked),
        answered=answered,
        skipped=skipped,
        bar=_bar(answered, len(asked)),
    )
    missing = len(engine.unsettled(walk.checklist, run))
    texts = [notice, f"{head}\n{phrases.say('run_review', missing=missing)}"]
    if unkept is not None:
        texts.append(unkept_text(unkept, phrases, COMPONENTS_V2_TEXT - sum(map(len, texts))))
    jumps = [
        Option(shorten(f"{number}. {one_line(step.question)}", SELECT_OPTION_LABEL), step.id)
        for number, step in enumerate(asked, 1)
        if len(step.id) <= SELECT_OPTION_VALUE
    ]
    return Shown(
        _page(*texts),
        buttons=(Action.BACK, Action.PAUSE, Action.FINISH),
        extras=(Action.EDIT,) if unkept else (),
        jumps=tuple(jumps[:SELECT_OPTIONS]),
        edit=unkept.place if unkept else None,
    )


def _buttons(walk: StoredRun) -> tuple[Action, ...]:
    moves = (Action.ANSWER, Action.SKIP, Action.BACK, Action.PAUSE)
    if engine.is_last(walk.checklist, walk.run):
        return (*moves, Action.FINISH)
    return (*moves, Action.NEXT) if walk.run.team else moves


def _head(walk: StoredRun, step: Step, phrases: Phrases) -> str:
    number, total = engine.progress(walk.checklist, replace(walk.run, current=step.id))
    progress = phrases.say(
        "run_progress",
        title=clip(walk.checklist.title),
        number=number,
        total=total,
        bar=_bar(number, total),
    )
    question = escape(one_line(step.question))
    asked = phrases.say("step_question", question=question, required=step.required)
    return f"{progress}\n{asked}"


def _explained(step: Step, cases: Sequence[Passage], library: Library, phrases: Phrases) -> str:
    cited = next((library.by_id[id_] for id_ in step.passages if id_ in library.by_id), None)
    why = phrases.say(
        "step_why",
        why=shorten(escape(step.why.strip()), WHY),
        passage=clip(cited.title) if cited else "",
    )
    parts = [why]
    if cases:
        case = cases[0]
        sentence = case.sentences[0] if case.sentences else case.text
        parts.append(
            phrases.say(
                "step_case",
                title=clip(case.title),
                place=clip(case.circumstance.place, NAME),
                sentence=clip(sentence, SENTENCE),
            )
        )
    if step.commitment:
        parts.append(phrases.say("step_commitment"))
    return "\n\n".join(parts)


def _readings(passages: Sequence[Passage]) -> tuple[Reading, ...]:
    by_id = {one.id: reading(one) for one in passages if len(one.id) <= SELECT_OPTION_VALUE}
    return tuple(by_id.values())[:SELECT_OPTIONS]


def _page(*texts: str, readings: tuple[Reading, ...] = ()) -> Page:
    return Page(tuple(text for text in texts if text.strip()), readings)


def _bar(number: int, total: int) -> str:
    return "▰" * number + "▱" * (total - number)
