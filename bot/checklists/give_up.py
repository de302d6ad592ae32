"""Giving a run up, and going on with it after all: /checklist cancel and reopen."""

from __future__ import annotations

from bot.chat.flow import command, handles
from bot.chat.screen import Button, Screen, Style
from bot.chat.turn import Turn
from bot.checklists.actions import CANCEL
from bot.checklists.apply import apply_event, refusal_words
from bot.checklists.find_run import UNDER_WAY, OverRun, UnderWayRun, about, newest_run, run_of
from bot.checklists.rules.events import Cancel, Reopen, Why
from bot.checklists.rules.records import StoredRun
from bot.core.errors import Refused


@command("checklist cancel")
async def cancel(turn: Turn, run: UnderWayRun | None = None) -> Screen:
    """Ask whether to give a run up."""
    return await cancel_screen(turn, run or await newest_run(turn, (UNDER_WAY,)))


async def cancel_screen(turn: Turn, stored: StoredRun) -> Screen:
    """Asks whoever has a run whether to give it up.

    Raises:
        Refused: it is over, or somebody else's.
    """
    run = stored.run
    if run.owner != turn.person or run.status.over:
        why = Why.NOT_YOURS if run.owner != turn.person else Why(run.status.value)
        raise Refused(refusal_words(turn, why, stored))
    promised = await turn.store.checklists.commitments(turn.alliance, run=run.id)
    asked = turn.say(
        "cancel_asked",
        **about(stored),
        answered=len(run.answers),
        commitments=len(promised),
    )
    button = Button(turn.say("label_cancel_run"), CANCEL(turn.alliance, run.id), Style.DANGER)
    return Screen(asked, rows=[[button]])


@handles(CANCEL)
async def cancelled(turn: Turn, run: int) -> Screen:
    """Give it up, and say so in this place."""
    change = await apply_event(turn, await run_of(turn, run), Cancel())
    return Screen(turn.say("run_cancelled", **about(change.walk)))


@command("checklist reopen")
async def reopen(turn: Turn, run: OverRun) -> Screen:
    """Go on with a run that is over."""
    change = await apply_event(turn, run, Reopen())
    return Screen(turn.say("run_reopened", **about(change.walk)))
