"""/checklist hand-over: a run goes to somebody else, with all that is in it.

A steward may hand over a team's run, and what people who left have left behind, and sees of it
what it is and whose, nothing more: a private run is handed over by whoever has it, while they are
here, as it is read by whoever gets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.find import Choice, Noun, number_of
from bot.chat.flow import command
from bot.chat.options import PersonRef
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.checklists.apply import actor_of, apply_event
from bot.checklists.find_run import about, run_choices, seen_runs
from bot.checklists.rules.events import HandOver
from bot.checklists.rules.records import RunHead, StoredRun
from bot.checklists.rules.run import Actor
from bot.core.errors import Refused
from bot.core.markup import NAME, clip, question_line

_MOST = 200


async def _find(turn: Turn, typed: str) -> StoredRun:
    """A run of the alliance; who may hand it over is seen later."""
    number = number_of(typed)
    stored = await turn.store.checklists.walk(turn.alliance, number) if number else None
    if stored is None:
        raise Refused(turn.say("run_unknown", run=question_line(typed)))
    return stored


async def _complete(turn: Turn, typed: str) -> Sequence[Choice]:
    """Somebody's own runs; for a steward those of all others below them."""
    heads: list[RunHead] = await seen_runs(turn)
    heads = [head for head in heads if head.owner == turn.person]
    if await turn.is_steward():
        everyones = await turn.store.checklists.runs(turn.alliance, limit=_MOST)
        heads += [head for head in everyones if head.owner != turn.person]
    return run_choices(turn, heads, typed)


@command("checklist hand-over")
async def hand_over(
    turn: Turn, run: Annotated[StoredRun, Noun(_find, _complete)], to: PersonRef
) -> Screen:
    """Give a run to somebody, and tell both."""
    if turn.place.direct and not to.member:
        raise Refused(turn.say("hand_over_in_server"))
    by = replace(await actor_of(turn), steward=await turn.is_steward())
    if by.person != run.run.owner and not by.steward:
        raise Refused(turn.say("hand_over_owners"))
    owner_here = await turn.surface.is_member(run.run.owner)
    _require_fitting(turn, run, by, to, owner_here=owner_here)
    change = await apply_event(turn, run, HandOver(to.id, to.name), by)
    told = await _tell_both(turn, run, change.walk, to, owner_here=owner_here)
    name = clip(to.name, NAME)
    return Screen(turn.say("handed_over", **about(run), name=name, told=told))


def _require_fitting(
    turn: Turn, stored: StoredRun, by: Actor, to: PersonRef, *, owner_here: bool
) -> None:
    """Make sure that a run can go to somebody."""
    run, name = stored.run, clip(to.name, NAME)
    if to.bot:
        raise Refused(turn.say("hand_over_to_bot", name=name))
    if not to.member:
        raise Refused(turn.say("hand_over_to_stranger", name=name))
    if to.id == run.owner:
        raise Refused(turn.say("hand_over_same", name=name))
    if by.person != run.owner and not run.team and owner_here:  # it would be a way to read it
        raise Refused(turn.say("hand_over_private", owner=clip(run.owner_name, NAME)))


async def _tell_both(
    turn: Turn, before: StoredRun, after: StoredRun, to: PersonRef, *, owner_here: bool
) -> bool:
    """Tell the new owner, and the old one where somebody else did it; whether the new one knows."""
    known = about(before) | {"name": clip(turn.name, NAME), "alliance": clip(turn.alliance_name)}
    source, tell = turn.place.source, turn.surface.tell
    if owner_here and before.run.owner != turn.person:
        lost = turn.say("handed_from_you", **known, to=clip(to.name, NAME))
        await tell(before.run.owner, Screen(lost), f"g{source}")
    if to.id == turn.person:
        return True
    yours = turn.say("handed_to_you", **known, over=after.run.status.over)
    return await tell(to.id, Screen(yours), f"h{source}")
