"""Walking through a checklist: /checklist start and resume, and the buttons under its steps."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.action import NOWHERE, Place
from bot.chat.flow import ANYTHING, Where, command, handles
from bot.chat.screen import Button, Form, Screen, Style
from bot.chat.turn import Turn
from bot.checklists.actions import (
    ANEW,
    ANSWER,
    BACK,
    BEGIN,
    EDIT,
    FINISH,
    JUMP,
    NEXT,
    PAUSE,
    PICK,
    RESUME,
    SKIP,
    START,
)
from bot.checklists.answer_form import answer_form, skip_form
from bot.checklists.apply import actor_of, try_event
from bot.checklists.find_checklist import AnyChecklist
from bot.checklists.find_run import UNDER_WAY, UnderWayRun, about, run_of, seen_runs
from bot.checklists.rules import engine
from bot.checklists.rules.events import (
    AnswerStep,
    Event,
    Finish,
    GoBack,
    GoOn,
    GoTo,
    Pause,
    Resume,
    SkipStep,
    Why,
)
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import AnswerValue, Status
from bot.checklists.rules.typed_answer import option_label
from bot.checklists.show_change import (
    carry_out_event,
    hindrance,
    private_screen,
    resume_private_run,
    show_change,
    step_at,
)
from bot.checklists.step_screen import picked_option, step_place
from bot.checklists.team import begin_team_run, resume_team_run
from bot.core.checklist import Checklist
from bot.core.errors import Refused

# -- beginning -------------------------------------------------------------------------------------


@command("checklist start", once=True)
async def start_run(turn: Turn, name: AnyChecklist, team: bool = False) -> Screen:  # noqa: FBT001
    """Start a checklist, alone or with a team."""
    return await propose_run(turn, name, team=team)


@handles(START, where=Where.BESIDE)
async def start_pressed(turn: Turn, checklist: str) -> Screen | None:
    """Start the checklist that an answer names."""
    return await _start_once(turn, checklist)


@handles(BEGIN, where=Where.BESIDE)
async def start_picked(turn: Turn, *, picked: Sequence[str]) -> Screen | None:
    """Start a checklist of the list."""
    return await _start_once(turn, picked[0])


async def propose_run(turn: Turn, checklist: Checklist, *, team: bool = False) -> Screen:
    """Start a checklist, or offer a run of it that is under way."""
    store = turn.store.checklists
    async with turn.alone((turn.alliance, turn.person, checklist.id)):
        heads = await store.runs(
            turn.alliance, owner=turn.person, checklist=checklist.id, statuses=UNDER_WAY
        )
        head = next((one for one in heads if one.team == team), None)
        stored = await store.walk(turn.alliance, head.id) if head is not None else None
        if stored is None:
            return await _begin(turn, checklist, team=team)
    number, total = engine.progress(stored.checklist, stored.run)
    paused = stored.run.status is Status.PAUSED
    words = turn.say("run_open_already", **about(stored), number=number, total=total, paused=paused)
    key = (turn.alliance, stored.run.id, NOWHERE, stored.run.revision)
    row = [
        Button(turn.say("label_resume"), RESUME(*key), Style.PRIMARY),
        Button(turn.say("label_start_anew"), ANEW(*key)),
    ]
    return Screen(words, newer_version(turn, stored), rows=[row])


@handles(ANEW)
async def start_anew(turn: Turn, run: int) -> Screen:
    """Start the checklist of a run once more, in place of the page that offered it."""
    stored = await run_of(turn, run)
    checklist = _in_library(turn, stored.checklist.id)
    if not await turn.claim(f"anew{turn.place.message or turn.place.source}"):
        raise Refused(turn.say("stale_button"))
    return await _begin(turn, checklist, team=stored.run.team)


def newer_version(turn: Turn, stored: StoredRun) -> str:
    """Says that a checklist has changed since a run of it began; empty if not."""
    newest = turn.library.checklists_by_id.get(stored.checklist.id)
    if newest is None or newest.version <= stored.checklist.version:
        return ""
    return turn.say("newer_version", version=stored.checklist.version, newer=newest.version)


async def _start_once(turn: Turn, checklist: str) -> Screen | None:
    known = _in_library(turn, checklist)
    return await propose_run(turn, known) if await turn.claim(str(turn.place.source)) else None


async def _begin(turn: Turn, checklist: Checklist, *, team: bool) -> Screen:
    if team:
        return await begin_team_run(turn, checklist)
    run = engine.start(checklist, turn.alliance, await actor_of(turn), turn.now)
    stored = await turn.store.checklists.start_run(turn.alliance, run, checklist)
    return await private_screen(turn, stored)


def _in_library(turn: Turn, checklist: str) -> Checklist:
    known = turn.library.checklists_by_id.get(checklist)
    if known is None:
        raise Refused(turn.say("checklist_gone"))
    return known


# -- going on --------------------------------------------------------------------------------------


@command("checklist resume")
async def resume_run(turn: Turn, run: UnderWayRun | None = None) -> Screen | None:
    """Go on with a run, or with the newest that is under way."""
    if run is None:
        heads = await seen_runs(turn, UNDER_WAY, 1)
        if not heads:
            raise Refused(turn.say("run_none_open"))
        run = await run_of(turn, heads[0].id)
    if run.run.status.over:
        raise Refused(turn.say("run_is_over", status=run.run.status.value, id=run.run.id))
    if run.run.team:
        return await resume_team_run(turn, run, newer_version(turn, run))
    await resume_private_run(turn, run, newer_version(turn, run))
    return None


@handles(RESUME, said="resume")
async def resume_pressed(turn: Turn, run: int, place: Place) -> None:
    """Go on in this message; what a team walks through is shown in its thread."""
    stored = await run_of(turn, run)
    if stored.run.team and stored.run.thread == turn.place.here and not turn.place.own:
        await carry_out_event(turn, run, place, lambda _: Resume())
    else:
        await resume_here(turn, stored)


async def resume_here(turn: Turn, stored: StoredRun) -> None:
    """Show a private run in place of what was pressed; a team's goes on in its thread."""
    if stored.run.team:
        await turn.beside(await resume_team_run(turn, stored))
    else:
        await resume_private_run(turn, stored, newer_version(turn, stored))


# -- at a step -------------------------------------------------------------------------------------


@handles(ANSWER, said=ANYTHING)
async def answer_pressed(
    turn: Turn, run: int, place: Place, seen: int, message: int | None = None
) -> Form | None:
    """Open the form for an answer."""
    stored = await run_of(turn, run)
    if (why := _hinders_answer(stored, place, seen)) is not None:
        await show_change(turn, await try_event(turn, stored, why), place)
        return None
    return await answer_form(turn, stored, place, message)


@handles(EDIT)
async def edit_pressed(
    turn: Turn, run: int, place: Place, seen: int, message: int | None = None
) -> Form | None:
    """Open it with what was typed, which may belong to a step that was left."""
    stored = await run_of(turn, run)
    if stored.run.status.over:
        return await answer_pressed(turn, run, place, seen, message)
    return await answer_form(turn, stored, place, message)


@handles(PICK)
async def answer_picked(
    turn: Turn, run: int, place: Place, seen: int, *, picked: Sequence[str]
) -> None:
    """Take an answer from the menu of a step; what was promised before stays promised."""

    def event_of(stored: StoredRun) -> Event | Why:
        step = step_at(stored, place)
        option = picked_option(step, picked[0]) if step is not None else None
        if (why := _hinders_answer(stored, place, seen)) is not None:
            return why
        if step is None or option is None:
            return Why.UNKNOWN_STEP
        before = stored.run.answer_of(step.id, turn.person)
        said = option_label(step, option, turn.services.phrases)
        given = AnswerValue(said, option, before.given.promise if before else None)
        return AnswerStep(step.id, given, stored.run.revision_of(step.id, turn.person))

    await carry_out_event(turn, run, place, event_of)


@handles(SKIP)
async def skip_pressed(turn: Turn, run: int, place: Place, seen: int) -> Form | None:
    """Leave a step out; where it is required, ask why."""
    stored = await run_of(turn, run)
    step = step_at(stored, place)
    if step is None:
        raise Refused(turn.say("stale_button"))
    owns = stored.run.owner == turn.person
    unanswered = step.required and step.id not in stored.run.answers
    if owns and unanswered and hindrance(stored, seen) is None:
        return skip_form(turn, stored, step)
    await carry_out_event(turn, run, place, lambda _: SkipStep(step.id, seen))
    return None


@handles(JUMP)
async def jump_picked(
    turn: Turn, run: int, place: Place, seen: int, *, picked: Sequence[str]
) -> None:
    """Go to a step."""
    await carry_out_event(turn, run, place, lambda _: GoTo(picked[0], seen))


@handles(BACK)
async def back_pressed(turn: Turn, run: int, place: Place, seen: int) -> None:
    """Go to the step before."""
    await carry_out_event(turn, run, place, lambda _: GoBack(seen))


@handles(NEXT)
async def next_pressed(turn: Turn, run: int, place: Place, seen: int) -> None:
    """Go to the step after, with a team."""
    await carry_out_event(turn, run, place, lambda _: GoOn(seen))


@handles(PAUSE)
async def pause_pressed(turn: Turn, run: int, place: Place, seen: int) -> None:
    """Put a run aside."""
    await carry_out_event(turn, run, place, lambda _: Pause(seen))


@handles(FINISH)
async def finish_pressed(turn: Turn, run: int, place: Place, seen: int) -> None:
    """End a run and show its brief."""
    await carry_out_event(turn, run, place, lambda _: Finish(seen))


def _hinders_answer(stored: StoredRun, place: Place, seen: int) -> Why | None:
    """Why a step can't be answered; what the owner did meanwhile hinders no member at that step."""
    why = hindrance(stored, seen)
    current = step_place(stored, stored.run.current)
    at_step = stored.run.team and NOWHERE != place == current
    return None if why is Why.STALE and at_step else why
