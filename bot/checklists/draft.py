"""What somebody typed that could not be taken: kept, and shown with why."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from bot.chat.turn import Turn
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import AnswerValue
from bot.checklists.rules.typed_answer import NotTaken, Typed, read_answer
from bot.checklists.step_answers import Unkept
from bot.checklists.step_screen import step_place
from bot.core.checklist import Step
from bot.core.markup import clip

_FIELDS = (
    ("field_your_answer", "text"),
    ("field_what", "what"),
    ("field_who", "who"),
    ("field_by_when", "by_when"),
)


async def kept_draft(turn: Turn, stored: StoredRun, step: Step) -> Typed | None:
    """What somebody typed at a step, if anything is kept."""
    fields = await turn.store.checklists.draft(turn.alliance, stored.run.id, step.id, turn.person)
    return None if fields is None else Typed(**fields)


async def keep_draft(
    turn: Turn,
    stored: StoredRun,
    step: Step,
    typed: Typed,
    why: str,
    days: tuple[date, ...] = (),
) -> Unkept:
    """Keep what could not be taken; `days` are what a day in it may mean."""
    run = stored.run.id
    await turn.store.checklists.save_draft(turn.alliance, run, step.id, turn.person, asdict(typed))
    return Unkept(step_place(stored, step.id), why, typed_text(turn, typed), days)


async def read_typed(turn: Turn, step: Step, typed: Typed) -> AnswerValue | NotTaken:
    """What somebody typed at a step as an answer."""
    settings = await turn.store.people.person_settings(turn.alliance, turn.person)
    return read_answer(step, typed, turn.now, settings.known_zone, turn.library.zones)


async def waiting_draft(turn: Turn, stored: StoredRun, step: Step) -> Unkept | None:
    """What somebody typed at a step, with why it could not be taken, if anything is kept."""
    typed = await kept_draft(turn, stored, step)
    if typed is None:
        return None
    read = await read_typed(turn, step, typed)
    why = turn.say("answered_meanwhile")
    days: tuple[date, ...] = ()
    if isinstance(read, NotTaken):
        why, days = trouble_words(turn, step, read), read.days
    return Unkept(step_place(stored, step.id), why, typed_text(turn, typed), days)


def typed_text(turn: Turn, typed: Typed) -> str:
    """All that was typed into a form; of several fields each with its label."""
    if not (typed.what or typed.who or typed.by_when):
        return typed.text
    fields = ((turn.say(label), getattr(typed, name)) for label, name in _FIELDS)
    return "\n".join(f"{label}: {text}" for label, text in fields if text)


def trouble_words(turn: Turn, step: Step, read: NotTaken) -> str:
    """Why something typed is no answer."""
    return turn.say(
        "answer_trouble",
        trouble=read.trouble.value,
        near=[clip(choice) for choice in read.near],
        options=[clip(choice) for choice in step.choices],
    )
