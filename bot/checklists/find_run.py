"""Which run is meant: by its number, else the newest; and completing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from bot.chat.find import Choice, Noun, fitting_choices, number_of
from bot.chat.turn import Turn
from bot.checklists.rules.records import RunHead, StoredRun
from bot.checklists.rules.run import Run, Status
from bot.core.errors import Refused
from bot.core.markup import clip, one_line, question_line

UNDER_WAY = (Status.OPEN, Status.PAUSED)
OVER = (Status.FINISHED, Status.CANCELLED)
_MOST = 100


async def run_of(turn: Turn, number: int) -> StoredRun:
    """A run that somebody may see here: its owner, and whoever is in the thread of a team.

    Raises:
        Refused: there is none, or they may not.
    """
    stored = await turn.store.checklists.walk(turn.alliance, number)
    if stored is None:
        raise Refused(turn.say("run_unknown", run=f"#{number}"))
    if not may_see(turn, stored.run):
        raise Refused(turn.say("run_not_yours"))
    return stored


def may_see(turn: Turn, run: Run) -> bool:
    """Whether somebody may see a run."""
    in_thread = run.team and run.thread is not None and run.thread == turn.place.here
    return run.owner == turn.person or in_thread


async def newest_run(
    turn: Turn, order: Sequence[Sequence[Status]] = (UNDER_WAY, (Status.FINISHED,))
) -> StoredRun:
    """The newest run of the first statuses that somebody has here, else of the next.

    Raises:
        Refused: there is none.
    """
    for statuses in order:
        if heads := await seen_runs(turn, statuses, 1):
            return await run_of(turn, heads[0].id)
    raise Refused(turn.say("runs_none"))


async def seen_runs(
    turn: Turn, statuses: Sequence[Status] = tuple(Status), limit: int = _MOST
) -> list[RunHead]:
    """The runs somebody may see here: those of this thread's team first, then their own."""
    found: list[RunHead] = []
    runs = turn.store.checklists.runs
    if turn.place.thread is not None and not turn.place.direct:
        thread = turn.place.thread
        found += await runs(turn.alliance, thread=thread, statuses=statuses, limit=limit)
    found += await runs(turn.alliance, owner=turn.person, statuses=statuses, limit=limit)
    heads = {head.id: head for head in found}
    return list(heads.values())[:limit]


def run_choices(turn: Turn, heads: Iterable[RunHead], typed: str) -> list[Choice]:
    """The runs that fit what was typed, as completions; others' with who has them."""
    named = (
        Choice(
            turn.say(
                "run_choice",
                id=head.id,
                title=one_line(head.title),
                status=head.status.value,
                owner="" if head.owner == turn.person else one_line(head.owner_name),
                changed=head.changed,
            ),
            str(head.id),
        )
        for head in heads
    )
    return fitting_choices(named, typed)


def about(stored: StoredRun) -> dict[str, Any]:
    """How a run is called: two variables of many phrases."""
    return {"title": clip(stored.checklist.title), "id": stored.run.id}


def _noun(statuses: Sequence[Status]) -> Noun[StoredRun]:
    """Runs by their number, those of some statuses also by their checklist."""

    async def find(turn: Turn, typed: str) -> StoredRun:
        number = number_of(typed)
        if number is None:
            wanted = one_line(typed).casefold()
            for head in await seen_runs(turn, statuses):
                if wanted in {head.title.casefold(), head.checklist.casefold()}:
                    return await run_of(turn, head.id)
            raise Refused(turn.say("run_unknown", run=question_line(typed)))
        return await run_of(turn, number)

    async def complete(turn: Turn, typed: str) -> Sequence[Choice]:
        return run_choices(turn, await seen_runs(turn, statuses), typed)

    return Noun(find, complete)


AnyRun = Annotated[StoredRun, _noun(tuple(Status))]
UnderWayRun = Annotated[StoredRun, _noun(UNDER_WAY)]
OverRun = Annotated[StoredRun, _noun(OVER)]
