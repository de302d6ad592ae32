"""A run of a team: in a thread, a message for each step, and what was left stays to be read."""

from __future__ import annotations

import contextlib

from bot.chat.action import Place
from bot.chat.screen import Screen
from bot.chat.turn import MessageGone, Turn
from bot.checklists.apply import actor_of, refusal_of
from bot.checklists.rules.engine import start
from bot.checklists.rules.events import Cancel, Moved, Resume, Why
from bot.checklists.rules.records import Change, StoredRun
from bot.checklists.rules.run import Status
from bot.checklists.step_screen import left_screen, step_place, walk_screen
from bot.core.checklist import Checklist
from bot.core.errors import Refused
from bot.core.markup import clip

_PURPOSE = 400
_LEFT_OPEN = {Why.ALREADY_ANSWERED, Why.ANSWER_NEEDED, Why.AT_FIRST, Why.NOT_YOURS}
"""Refusals that leave the message as it is."""


async def begin_team_run(turn: Turn, checklist: Checklist) -> Screen:
    """Start a run in a thread, and say where that is.

    Raises:
        Refused: no thread can be had here.
    """
    await turn.surface.require_thread()
    by, store = await actor_of(turn), turn.store.checklists
    run = start(checklist, turn.alliance, by, turn.now, team=True)
    stored = await store.start_run(turn.alliance, run, checklist)
    try:
        thread = await _open_thread(turn, stored)
    except Refused:
        await store.change_run(turn.alliance, stored.run.id, Cancel(), by)
        raise
    lead = turn.say(
        "team_begun",
        name=clip(by.name),
        title=clip(checklist.title),
        purpose=clip(checklist.purpose, _PURPOSE),
    )
    await turn.surface.post(Screen(lead), thread, f"t{turn.place.source}", asked=False)
    await _post_step(turn, thread, stored)
    return Screen(turn.say("team_started", thread=f"<#{thread}>"))


async def resume_team_run(turn: Turn, stored: StoredRun, lead: str = "") -> Screen:
    """Show the current step in the thread anew, and say where that is.

    Where the thread is gone, another one is opened here.

    Raises:
        Refused: somebody may not, or no thread can be had here.
    """
    run = stored.run
    if run.status is Status.PAUSED and run.owner != turn.person:
        raise Refused(turn.say("only_owner_moves", name=clip(run.owner_name)))
    thread = run.thread
    if thread is not None and await turn.surface.has_thread(thread):
        await turn.surface.require_post(thread, asked=False)
    else:
        thread = await _open_thread(turn, stored)
    by = await actor_of(turn)
    async with turn.alone(run.id):
        change = await turn.store.checklists.change_run(turn.alliance, run.id, Resume(), by)
        # For a member nothing changes: it is open already.
        await _post_step(turn, thread, change.walk if change else stored, lead)
    return Screen(turn.say("team_resumed", thread=f"<#{thread}>"))


async def show_team_change(turn: Turn, change: Change, place: Place, words: str) -> None:
    """Show what came of an event: the next step in a message of its own, all else in place."""
    stored = change.walk
    moved = any(isinstance(effect, Moved) for effect in change.effects)
    if moved and not stored.run.status.over and await _posted(turn, stored, words):
        with contextlib.suppress(MessageGone):
            await turn.surface.show(left_screen(turn, stored, place))
        return
    if refusal_of(change) not in _LEFT_OPEN:
        shown = step_place(stored, stored.run.current) if moved else place
        try:
            await turn.surface.show(team_screen(turn, stored, shown))
        except MessageGone:
            await _post_anew(turn, stored, shown)
    if words:
        await turn.beside(words)


async def refresh_step(turn: Turn, stored: StoredRun, message: int, place: Place) -> None:
    """Show the answers of now in a message of the thread that isn't the one at hand."""
    await turn.surface.acknowledge()
    async with turn.alone(stored.run.id):
        now = await turn.store.checklists.walk(turn.alliance, stored.run.id)
        if now is not None:
            try:
                screen = team_screen(turn, now, place)
                await turn.surface.replace(screen, turn.place.here, message)
            except MessageGone:
                await _post_anew(turn, now, place)


def team_screen(turn: Turn, stored: StoredRun, place: Place) -> Screen:
    """The message of a step: with buttons while the run stands at it, else to be read only."""
    if stored.run.status.over or place != step_place(stored, stored.run.current):
        return left_screen(turn, stored, place)
    return walk_screen(turn, stored)


async def _post_anew(turn: Turn, stored: StoredRun, place: Place) -> None:
    """Post a step whose message was deleted, if the run stands at it, and tell whoever answered."""
    at_step = place == step_place(stored, stored.run.current)
    posted = at_step and not stored.run.status.over and await _posted(turn, stored, "")
    await turn.beside(turn.say("step_message_gone", posted=posted))


async def _open_thread(turn: Turn, stored: StoredRun) -> int:
    """The thread that a team walks in from now on."""
    thread = await turn.surface.open_thread(stored.checklist.title)
    await turn.store.checklists.set_thread(turn.alliance, stored.run.id, thread)
    return thread


async def _posted(turn: Turn, stored: StoredRun, lead: str) -> bool:
    """Post the current step here; False where that is no thread, or the bot may not."""
    if turn.place.thread is None:
        return False
    try:
        await _post_step(turn, turn.place.thread, stored, lead)
    except Refused:
        return False
    return True


async def _post_step(turn: Turn, thread: int, stored: StoredRun, lead: str = "") -> None:
    screen = walk_screen(turn, stored, lead)
    await turn.surface.post(screen, thread, f"c{turn.place.source}", asked=False)
