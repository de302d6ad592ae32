"""Which commitment is meant: by its number; and completing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat.find import Choice, Noun, fitting_choices, number_of
from bot.chat.turn import Turn
from bot.checklists.rules.records import Commitment
from bot.core.errors import Refused
from bot.core.markup import one_line, question_line


async def own_commitment(turn: Turn, number: int) -> Commitment:
    """A commitment that somebody may change.

    That is whoever made it, and in a team the owner of the run as well.

    Raises:
        Refused: it is no longer kept, or another person's.
    """
    commitment = await turn.store.checklists.commitment(turn.alliance, number)
    if commitment is None:
        raise Refused(turn.say("commitment_gone"))
    if commitment.person == turn.person:
        return commitment
    stored = await turn.store.checklists.walk(turn.alliance, commitment.run)
    if stored is not None and stored.run.team and stored.run.owner == turn.person:
        return commitment
    raise Refused(turn.say("commitment_of_another"))


async def open_commitments(turn: Turn) -> list[Commitment]:
    """Somebody's open commitments, and in the thread of a team the team's; the next due first."""
    store = turn.store.checklists
    found = [*await store.commitments(turn.alliance, person=turn.person)]
    if turn.place.thread is not None and not turn.place.direct:
        for head in await store.runs(turn.alliance, thread=turn.place.thread):
            if head.team:
                found += await store.commitments(turn.alliance, run=head.id)
    distinct = {one.id: one for one in found}.values()
    return sorted(distinct, key=lambda one: (one.day is None, one.day or one.made.date(), one.id))


async def _find(turn: Turn, typed: str) -> Commitment:
    number = number_of(typed)
    if number is None or await turn.store.checklists.commitment(turn.alliance, number) is None:
        raise Refused(turn.say("commitment_unknown", commitment=question_line(typed)))
    return await own_commitment(turn, number)


async def _complete(turn: Turn, typed: str) -> Sequence[Choice]:
    named = (
        Choice(
            turn.say("commitment_choice", id=one.id, what=one_line(one.what), day=one.day),
            str(one.id),
        )
        for one in await open_commitments(turn)
    )
    return fitting_choices(named, typed)


OwnCommitment = Annotated[Commitment, Noun(_find, _complete)]
"""A commitment that somebody may change."""
