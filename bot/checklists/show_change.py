"""What came of an event, shown where it was brought about.

The message of a private run is edited from step to step; how a team sees it stands in `team`.
A run is shown as it is by then, one after the other, so that of two who answer at once the one
shown last has both.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.chat.action import NOWHERE, Place
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.checklists.apply import refusal_of, refusal_words, try_event
from bot.checklists.draft import waiting_draft
from bot.checklists.find_run import run_of
from bot.checklists.rules.events import Became, Event, Kept, Missing, Resume, Why
from bot.checklists.rules.records import Change, StoredRun
from bot.checklists.rules.run import Status
from bot.checklists.runs import show_brief
from bot.checklists.step_answers import Unkept
from bot.checklists.step_screen import walk_screen
from bot.checklists.team import show_team_change
from bot.core.checklist import AnswerType, Step
from bot.people.times import clock_note

EventOf = Callable[[StoredRun], Event | Why]
"""From a run to what happens to it, or to why nothing does."""


async def carry_out_event(turn: Turn, run: int, place: Place, event_of: EventOf) -> None:
    """Let an event happen to a run as it is now, and show what came of it."""
    stored = await run_of(turn, run)
    await show_change(turn, await try_event(turn, stored, event_of(stored)), place)


async def show_change(
    turn: Turn, change: Change, place: Place, *, words: str = "", unkept: Unkept | None = None
) -> None:
    """Show what came of an event; `place` is of the step that the message shows."""
    run = change.walk.run
    await turn.surface.acknowledge()  # it is kept; others may be shown it first
    async with turn.alone(run.id):
        now = await turn.store.checklists.walk(turn.alliance, run.id) or change.walk
        shown = Change(now, change.effects)
        lead = words or await change_words(turn, shown, place)
        if run.team:
            await show_team_change(turn, shown, place, lead)
        else:
            await turn.show(await private_screen(turn, now, lead, unkept))
    if any(isinstance(one, Became) and one.status is Status.FINISHED for one in change.effects):
        await show_brief(turn, change.walk)


async def resume_private_run(turn: Turn, stored: StoredRun, lead: str = "") -> None:
    """Take a private run up again and show where it stands."""
    async with turn.alone(stored.run.id):
        change = await try_event(turn, stored, Resume())
        await turn.show(await private_screen(turn, change.walk, lead))


async def private_screen(
    turn: Turn, stored: StoredRun, lead: str = "", unkept: Unkept | None = None
) -> Screen:
    """A private run as it stands, with what was typed and not taken."""
    run = stored.run
    if unkept is None and run.current is not None and run.status is Status.OPEN:
        unkept = await waiting_draft(turn, stored, stored.checklist.by_id[run.current])
    return walk_screen(turn, stored, lead, unkept)


def step_at(stored: StoredRun, place: Place) -> Step | None:
    """The step at a place."""
    steps = stored.checklist.steps
    return steps[place] if NOWHERE < place < len(steps) else None


def hindrance(stored: StoredRun, seen: int) -> Why | None:
    """Why a button that was shown for a revision of a run is of no use any more."""
    run = stored.run
    if run.status is not Status.OPEN:
        return Why(run.status.value)
    return Why.STALE if run.revision != seen else None


async def change_words(turn: Turn, change: Change, place: Place) -> str:
    """What to say beside the page that shows what came of an event; empty for nothing."""
    if (why := refusal_of(change)) is not None:
        return refusal_words(turn, why, change.walk, place)
    for effect in change.effects:
        if isinstance(effect, Missing):
            return turn.say("missing_steps", count=len(effect.steps))
        if isinstance(effect, Kept) and (day := _day_of(change.walk, effect)) is not None:
            settings = await turn.store.people.person_settings(turn.alliance, turn.person)
            noted = turn.say("day_noted", day=day)
            return "\n".join(filter(None, (noted, clock_note(turn, settings))))
    return ""


def _day_of(stored: StoredRun, kept: Kept) -> date | None:
    """The day that somebody gave in words."""
    given = kept.answer.given
    if given.promise is not None and given.promise.day is not None:
        return given.promise.day
    if stored.checklist.by_id[kept.step].type is AnswerType.DATE:
        return date.fromisoformat(given.value)
    return None
