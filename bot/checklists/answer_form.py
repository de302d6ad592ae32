"""The forms of a run: for an answer, and for why a required step is left out.

What is typed is never lost: what can't be taken is kept as a draft, and **Edit** opens the form
with it.
"""

from __future__ import annotations

from dataclasses import asdict, replace

from bot.chat.action import Place
from bot.chat.flow import handles, submits
from bot.chat.screen import Button, Field, Form, Screen
from bot.chat.turn import Turn
from bot.checklists.actions import ANSWER, ANSWER_FORM, DAY_MEANT, SKIP_FORM
from bot.checklists.apply import refusal_of, refusal_words, try_event
from bot.checklists.draft import keep_draft, kept_draft, read_typed, trouble_words, typed_text
from bot.checklists.find_run import run_of
from bot.checklists.rules import engine
from bot.checklists.rules.events import AnswerStep, SkipStep, Why
from bot.checklists.rules.records import Change, StoredRun
from bot.checklists.rules.run import StepAnswer
from bot.checklists.rules.typed_answer import NotTaken, Typed
from bot.checklists.show_change import change_words, show_change, step_at
from bot.checklists.step_answers import Unkept
from bot.checklists.step_screen import step_place, unkept_screen
from bot.checklists.team import refresh_step
from bot.core.checklist import AnswerType, Step
from bot.core.errors import Refused
from bot.core.markup import quoted

_WHAT, _SHORT, _REASON = 500, 100, 1000
_PIECE = 1000
"""Characters that fit on a screen with certainty, however much of them has to be escaped."""

_HINTS = {
    AnswerType.RATING: "hint_rating",
    AnswerType.YES_NO: "hint_yes_no",
    AnswerType.CHOICE: "hint_choice",
    AnswerType.DATE: "hint_day",
}


async def answer_form(turn: Turn, stored: StoredRun, place: Place, message: int | None) -> Form:
    """The form for an answer, with what was typed or answered before.

    Raises:
        Refused: there is no such step.
    """
    run, step = stored.run, step_at(stored, place)
    if step is None:
        raise Refused(turn.say("stale_button"))
    typed = await kept_draft(turn, stored, step)
    if typed is None:
        typed = _typed_before(step, run.answer_of(step.id, turn.person))
    number, _ = engine.progress(stored.checklist, replace(run, current=step.id))
    seen = run.revision_of(step.id, turn.person)
    day = turn.say("hint_day")
    answer = Field(
        "text",
        turn.say("field_your_answer"),
        typed.text,
        hint=turn.say(_HINTS[step.type]) if step.type in _HINTS else step.question,
        required=not step.commitment,
        long=step.type in {AnswerType.TEXT, AnswerType.CHOICE, AnswerType.YES_NO},
    )
    promise = (
        Field("what", turn.say("field_what"), typed.what, help=turn.say("hint_what"), most=_WHAT),
        Field("who", turn.say("field_who"), typed.who, help=turn.say("hint_who"), most=_SHORT),
        Field("by_when", turn.say("field_by_when"), typed.by_when, hint=day, most=_SHORT),
    )
    # Pressed once more beside the step, it still has to know which message shows that to the team.
    shown = turn.place.message if run.team and message is None else None
    id_ = ANSWER(turn.alliance, run.id, place, run.revision, shown)
    return Form(
        turn.say("step_form_title", number=number),
        ANSWER_FORM(turn.alliance, run.id, place, seen, message),
        (answer, *(promise if step.commitment else ())),
        again=Button(turn.say("label_step_answer"), id_) if shown else None,
    )


def skip_form(turn: Turn, stored: StoredRun, step: Step) -> Form:
    """The form for why a required step is left out, with the reason given before."""
    skipped = stored.run.skipped.get(step.id)
    reason = Field(
        "reason",
        turn.say("label_reason"),
        skipped.reason if skipped else "",
        most=_REASON,
        required=True,
        long=True,
    )
    place = step_place(stored, step.id)
    id_ = SKIP_FORM(turn.alliance, stored.run.id, place, stored.run.revision)
    return Form(turn.say("skip_form_title"), id_, (reason,))


@submits(ANSWER_FORM)
async def answer_given(
    turn: Turn,
    run: int,
    place: int,
    seen: int,
    message: int | None = None,
    *,
    text: str,
    what: str,
    who: str,
    by_when: str,
) -> Screen | None:
    """Keep an answer, or what was typed where it can't be taken; `message` shows the step."""
    typed, at = Typed(text, what, who, by_when), Place(place)
    try:
        stored = await run_of(turn, run)
        change, unkept, words = await _keep(turn, stored, at, seen, typed)
    except Refused as refused:
        await _give_back(turn, str(refused), typed)
        return None
    why = refusal_of(change)
    if change.walk.run.team and unkept is not None:
        screen = unkept_screen(turn, change.walk, unkept, message or turn.place.message)
        await (turn.show(screen) if message is not None else turn.beside(screen))
    elif message is not None:
        await refresh_step(turn, change.walk, message, at)
        refusal = await change_words(turn, change, at) if why is not None else ""
        await turn.show(Screen(words or refusal or turn.say("answer_kept")))
    else:
        await show_change(turn, change, at, words=words, unkept=unkept)
    if why is not None:
        await _give_back(turn, refusal_words(turn, why, change.walk, at), typed)
    return None


@handles(DAY_MEANT)
async def day_meant(
    turn: Turn, run: int, place: Place, day: str, message: int | None = None
) -> Screen | None:
    """Keep an answer with the day that was meant."""
    stored = await run_of(turn, run)
    step = step_at(stored, place)
    typed = await kept_draft(turn, stored, step) if step is not None else None
    if step is None or typed is None:
        raise Refused(turn.say("stale_button"))
    read = await read_typed(turn, step, typed)
    field = read.field if isinstance(read, NotTaken) and read.days else ""
    if field:
        typed = replace(typed, **{field: day})
    seen = stored.run.revision_of(step.id, turn.person)
    return await answer_given(turn, run, place, seen, message, **asdict(typed))


@submits(SKIP_FORM)
async def skip_reason_given(turn: Turn, run: int, place: Place, seen: int, *, reason: str) -> None:
    """Leave a required step out."""
    try:
        stored = await run_of(turn, run)
    except Refused as refused:
        await _give_back(turn, str(refused), Typed(reason))
        return
    step = step_at(stored, place)
    event = Why.STALE if step is None else SkipStep(step.id, seen, reason.strip())
    change = await try_event(turn, stored, event)
    await show_change(turn, change, place)
    if reason.strip() and (why := refusal_of(change)) is not None:
        await _give_back(turn, refusal_words(turn, why, change.walk, place), Typed(reason))


async def _keep(
    turn: Turn, stored: StoredRun, place: Place, seen: int, typed: Typed
) -> tuple[Change, Unkept | None, str]:
    """What came of an answer, what of it could not be taken, and words beside it."""
    step = step_at(stored, place)
    if step is None:
        raise Refused(turn.say("stale_button"))
    read = await read_typed(turn, step, typed)
    if isinstance(read, NotTaken):
        why = trouble_words(turn, step, read)
        return Change(stored, ()), await keep_draft(turn, stored, step, typed, why, read.days), ""
    change = await try_event(turn, stored, AnswerStep(step.id, read, seen))
    if refusal_of(change) is not Why.ALREADY_ANSWERED:
        return change, None, ""
    kept = Change(change.walk, ())
    before = kept.walk.run.answer_of(step.id, turn.person)
    if before is not None and before.given == read:
        return kept, None, turn.say("answered_twice")
    why = turn.say("answered_meanwhile")
    return kept, await keep_draft(turn, stored, step, typed, why), ""


async def _give_back(turn: Turn, why: str, typed: Typed) -> None:
    """Say why what was typed could not be kept, and show it in full."""
    text = typed_text(turn, typed)
    if not text.strip():
        await turn.beside(why)
        return
    lead = turn.say("typed_follows", why=why)
    for start in range(0, len(text), _PIECE):
        quote = quoted(text[start : start + _PIECE], turn.room - len(lead))
        await turn.beside(Screen("" if start else lead, quote))


def _typed_before(step: Step, before: StepAnswer | None) -> Typed:
    if before is None:
        return Typed("")
    given, promise = before.given, before.given.promise
    # "Next Friday" would be another day now.
    text = given.value if step.type is AnswerType.DATE else given.text
    if promise is None:
        return Typed(text)
    return Typed(text, promise.what, promise.who, promise.day.isoformat() if promise.day else "")
