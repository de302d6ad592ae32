"""What a run looks like while it is walked through, pure: a step, the page after the last, a pause.

Answers, the only part without a bound of its own, share the room that is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.passage_screen import first_sentence, passage_option, reading_menu
from bot.chat.action import NOWHERE, Action, Place
from bot.chat.ask import day_buttons
from bot.chat.fit import Block
from bot.chat.screen import Button, Menu, Option, Row, Screen, Style
from bot.chat.turn import Context
from bot.checklists.actions import (
    ANSWER,
    ASK,
    BACK,
    DAY_MEANT,
    EDIT,
    FINISH,
    JUMP,
    NEXT,
    OTHERS,
    PAUSE,
    PICK,
    RESUME,
    SKIP,
)
from bot.checklists.rules import engine
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Status
from bot.checklists.rules.typed_answer import option_label
from bot.checklists.step_answers import Unkept, answers_block, unkept_text
from bot.core.checklist import Step
from bot.core.markup import NAME, clip, escape, one_line, shorten
from bot.core.models import Library, Passage

_LEAD, _WHY, _SENTENCE = 500, 1000, 200
"""Characters of what stands above a step, of why it matters, and of a case's sentence."""
_LONGEST_VALUE = 100
"""Characters of what a line of a menu stands for."""

_BUTTONS: dict[Action, tuple[str, Style]] = {
    ANSWER: ("label_step_answer", Style.PRIMARY),
    SKIP: ("label_skip", Style.PLAIN),
    BACK: ("label_back", Style.PLAIN),
    PAUSE: ("label_pause", Style.PLAIN),
    FINISH: ("label_finish", Style.SUCCESS),
    NEXT: ("label_next", Style.SUCCESS),
    OTHERS: ("label_others", Style.PLAIN),
    ASK: ("label_ask_step", Style.PLAIN),
    RESUME: ("label_resume", Style.PRIMARY),
}


def step_place(stored: StoredRun, step: str | None) -> Place:
    """Where a step stands in its checklist."""
    place = stored.checklist.place_of(step)
    return NOWHERE if place is None else Place(place)


def walk_screen(
    context: Context, stored: StoredRun, lead: str = "", unkept: Unkept | None = None
) -> Screen:
    """A run as it stands; `lead` is ready to show."""
    run, title = stored.run, clip(stored.checklist.title)
    lead = shorten(lead, _LEAD)
    if run.status.over:
        words = context.say("run_over", title=title, status=run.status.value, id=run.id)
        return Screen(lead, words)
    if run.status is Status.PAUSED:
        number, total = engine.progress(stored.checklist, run)
        words = context.say("run_paused", title=title, number=number, total=total, id=run.id)
        return Screen(
            lead, words, rows=[_row(context, stored, step_place(stored, run.current), RESUME)]
        )
    if run.current is None:
        return _review_screen(context, stored, lead, unkept)
    return _step_screen(context, stored, stored.checklist.by_id[run.current], lead, unkept)


def left_screen(context: Context, stored: StoredRun, place: Place) -> Screen:
    """A step that a team has left, without controls; only what it is about where it is none."""
    if not 0 <= place < len(stored.checklist.steps):
        return Screen(f"-# {clip(stored.checklist.title)}")
    step = stored.checklist.steps[place]
    head = _head(context, stored, step)
    return Screen(head, answers_block(context, stored, step, context.room - len(head), live=False))


def unkept_screen(
    context: Context, stored: StoredRun, unkept: Unkept, message: int | None
) -> Screen:
    """Only what could not be taken, for one person of a team; `message` shows the step."""
    text = unkept_text(context, unkept, context.room)
    days = _days(context, stored, unkept, message)
    return Screen(text, rows=[days, [_edit(context, stored, unkept, message)]])


def step_options(context: Context, step: Step) -> tuple[Option, ...]:
    """The answers to pick from; a long one is told by its place."""
    options: dict[str, Option] = {}
    for place, option in enumerate(step.options):
        value = option if len(option) <= _LONGEST_VALUE else f"#{place}"
        label = one_line(option_label(step, option, context.services.phrases))
        options.setdefault(value, Option(label or str(place + 1), value))
    return tuple(options.values())


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
    cases = {step.case: library.by_id.get(step.case)} if step.case else {}
    for passage in library.passages:
        if set(step.passages) & set(passage.circumstance.illustrates):
            cases.setdefault(passage.id, passage)
    return tuple(case for case in cases.values() if case is not None)


def _step_screen(
    context: Context, stored: StoredRun, step: Step, lead: str, unkept: Unkept | None
) -> Screen:
    library, place = context.library, step_place(stored, step.id)
    cases = cases_of(step, library)
    texts = [lead, _head(context, stored, step), _explained(context, step, cases)]
    room = context.room - sum(map(len, texts))
    if unkept is not None:
        texts.append(unkept_text(context, unkept, room // 2))
        room -= len(texts[-1])
    answers: Block = answers_block(context, stored, step, room, live=True)
    own = [library.by_id[id_] for id_ in step.passages if id_ in library.by_id]
    readings = reading_menu(context.say, context.alliance, map(passage_option, [*own, *cases]))
    moves = [ANSWER, SKIP, BACK, PAUSE]
    if engine.is_last(stored.checklist, stored.run):
        moves.append(FINISH)
    elif stored.run.team:
        moves.append(NEXT)
    options = step_options(context, step)
    rows: list[Row] = [
        _days(context, stored, unkept) if unkept else [],
        _menu(context, stored, place, "label_choose_answer", PICK, options),
        _row(context, stored, place, *moves),
        readings,
        [
            *([_edit(context, stored, unkept)] if unkept else []),
            *_row(context, stored, place, OTHERS, ASK),
        ],
    ]
    return Screen(*texts, answers, rows=rows, typed=_id(ANSWER, stored, place))


def _review_screen(context: Context, stored: StoredRun, lead: str, unkept: Unkept | None) -> Screen:
    """The page after the last step."""
    run = stored.run
    asked = engine.path(stored.checklist, run)
    answered, skipped = engine.tally(stored.checklist, run)
    head = context.say(
        "run_review_progress",
        title=clip(stored.checklist.title),
        total=len(asked),
        answered=answered,
        skipped=skipped,
        bar=_bar(answered, len(asked)),
    )
    missing = len(engine.unsettled(stored.checklist, run))
    texts = [lead, f"{head}\n{context.say('run_review', missing=missing)}"]
    if unkept is not None:
        texts.append(unkept_text(context, unkept, context.room - sum(map(len, texts))))
    jumps = [
        Option(f"{number}. {one_line(step.question)}", step.id)
        for number, step in enumerate(asked, 1)
    ]
    rows: list[Row] = [
        _days(context, stored, unkept) if unkept else [],
        _menu(context, stored, NOWHERE, "label_go_to", JUMP, jumps),
        _row(context, stored, NOWHERE, BACK, PAUSE, FINISH),
        [_edit(context, stored, unkept)] if unkept else [],
    ]
    return Screen(*texts, rows=rows)


def _id(action: Action, stored: StoredRun, place: Place, message: int | None = None) -> str:
    run = stored.run
    return action(run.alliance, run.id, place, run.revision, message)


def _row(context: Context, stored: StoredRun, place: Place, *actions: Action) -> list[Button]:
    return [
        Button(context.say(label), _id(action, stored, place), style)
        for action in actions
        for label, style in [_BUTTONS[action]]
    ]


def _edit(
    context: Context, stored: StoredRun, unkept: Unkept, message: int | None = None
) -> Button:
    """Opens the form of a step with what could not be taken."""
    id_ = _id(EDIT, stored, unkept.place, message)
    return Button(context.say("label_edit"), id_, Style.PRIMARY)


def _days(
    context: Context, stored: StoredRun, unkept: Unkept, message: int | None = None
) -> list[Button]:
    """What a day that was typed may mean."""
    key = (stored.run.alliance, stored.run.id, unkept.place)
    return day_buttons(context, unkept.days, lambda day: DAY_MEANT(*key, day, message))


def _menu(
    context: Context,
    stored: StoredRun,
    place: Place,
    label: str,
    action: Action,
    options: Sequence[Option],
) -> Row:
    if not options:
        return []
    return [Menu(context.say(label), _id(action, stored, place), tuple(options))]


def _head(context: Context, stored: StoredRun, step: Step) -> str:
    number, total = engine.progress(stored.checklist, replace(stored.run, current=step.id))
    progress = context.say(
        "run_progress",
        title=clip(stored.checklist.title),
        number=number,
        total=total,
        bar=_bar(number, total),
    )
    question = escape(one_line(step.question))
    return f"{progress}\n{context.say('step_question', question=question, required=step.required)}"


def _explained(context: Context, step: Step, cases: Sequence[Passage]) -> str:
    """Why a step matters, a case in point, and that it asks for a commitment."""
    library = context.library
    cited = next((library.by_id[id_] for id_ in step.passages if id_ in library.by_id), None)
    why = shorten(escape(step.why.strip()), _WHY)
    parts = [context.say("step_why", why=why, passage=clip(cited.title) if cited else "")]
    if cases:
        parts.append(
            context.say(
                "step_case",
                title=clip(cases[0].title),
                place=clip(cases[0].circumstance.place, NAME),
                sentence=clip(first_sentence(cases[0]), _SENTENCE),
            )
        )
    if step.commitment:
        parts.append(context.say("step_commitment"))
    return "\n\n".join(parts)


def _bar(number: int, total: int) -> str:
    return "▰" * number + "▱" * (total - number)
