"""Letting something happen to a run, and the words where it does not."""

from __future__ import annotations

from bot.chat.action import NOWHERE
from bot.chat.turn import Turn
from bot.checklists.rules import engine
from bot.checklists.rules.events import Event, Refusal, Why
from bot.checklists.rules.records import Change, StoredRun
from bot.checklists.rules.run import Actor
from bot.core.errors import Refused
from bot.core.markup import clip

_REFUSALS = {
    Why.ALREADY_ANSWERED: "answered_meanwhile",
    Why.UNKNOWN_STEP: "step_no_longer_asked",
    Why.REASON_NEEDED: "reason_needed",
    Why.ANSWER_NEEDED: "answer_needed",
    Why.AT_FIRST: "at_first_step",
    Why.PAUSED: "run_is_paused",
}


async def actor_of(turn: Turn) -> Actor:
    """Who does something, with the organization they speak for now."""
    organization = await turn.store.people.organization_of(turn.alliance, turn.person)
    return Actor(turn.person, turn.name, organization)


async def apply_event(
    turn: Turn, stored: StoredRun, event: Event, by: Actor | None = None
) -> Change:
    """Let an event happen to a run as it is now; `by` whoever asks unless somebody is given.

    Raises:
        Refused: nothing changed, with why.
    """
    change = await try_event(turn, stored, event, by)
    if (why := refusal_of(change)) is not None:
        raise Refused(refusal_words(turn, why, change.walk))
    return change


async def try_event(
    turn: Turn, stored: StoredRun, event: Event | Why, by: Actor | None = None
) -> Change:
    """The same, where it is no error that nothing changed; or say so of what is known not to.

    Raises:
        Refused: the run is no longer kept.
    """
    if isinstance(event, Why):
        return Change(stored, (Refusal(event),))
    by = by or await actor_of(turn)
    change = await turn.store.checklists.change_run(turn.alliance, stored.run.id, event, by)
    if change is None:
        raise Refused(turn.say("run_unknown", run=f"#{stored.run.id}"))
    return change


def refusal_of(change: Change) -> Why | None:
    """Why an event changed nothing; None where it did."""
    return next((one.why for one in change.effects if isinstance(one, Refusal)), None)


def refusal_words(turn: Turn, why: Why, stored: StoredRun, place: int = NOWHERE) -> str:
    """Why an event changed nothing; `place` is of the step that is shown."""
    run = stored.run
    if why is Why.NOT_YOURS and run.team:
        return turn.say("only_owner_moves", name=clip(run.owner_name))
    if why in {Why.FINISHED, Why.CANCELLED}:
        return turn.say("run_is_over", status=run.status.value, id=run.id)
    if why is Why.NOT_OVER:
        return turn.say("run_not_over", title=clip(stored.checklist.title), id=run.id)
    if why in _REFUSALS:
        return turn.say(_REFUSALS[why])
    if why is Why.STALE:
        number, total = engine.progress(stored.checklist, run)
        return turn.say(
            "step_left",
            number=0 if run.current is None else number,
            total=total,
            same=place == stored.checklist.place_of(run.current),
            team=run.team,
        )
    return turn.say("run_not_yours")
