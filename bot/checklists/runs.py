"""Somebody's runs: /checklist show, export and history, and sharing a brief."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.fit import Listing
from bot.chat.flow import Where, command, handles
from bot.chat.screen import Screen
from bot.chat.turn import NotPosted, Turn
from bot.checklists.actions import SHARE_BRIEF
from bot.checklists.brief_files import brief_files, brief_of
from bot.checklists.brief_screen import brief_screen, changes_text
from bot.checklists.find_checklist import OwnChecklist, own_runs
from bot.checklists.find_run import AnyRun, about, newest_run, run_of
from bot.checklists.rules.history import history
from bot.checklists.rules.records import RunHead, StoredRun
from bot.checklists.rules.run import Run, Status
from bot.core.errors import Refused
from bot.core.markup import NAME, clip
from bot.core.pace import Cost
from bot.opportunities.mention import mention

_COMPARED = 8
_CHANGES, _LEAST = 1500, 250
"""Characters for what changed between two runs, and what that needs at least."""


# -- one run ---------------------------------------------------------------------------------------


@command("checklist show")
async def show_run(turn: Turn, run: AnyRun | None = None) -> Screen:
    """Show where a run stands, or its brief."""
    return await run_screen(turn, run or await newest_run(turn))


@command("checklist export", cost=Cost.QUESTION)
async def export_run(turn: Turn, run: AnyRun | None = None) -> Screen:
    """Give a run as files, finished or not."""
    stored = run or await newest_run(turn)
    files = await brief_files(turn, await brief_of(turn, stored))
    finished = stored.run.status is Status.FINISHED
    words = turn.say("run_exported", title=about(stored)["title"], finished=finished)
    return Screen(words, files=files)


async def run_screen(turn: Turn, stored: StoredRun, *, lead: str = "", foot: str = "") -> Screen:
    """What a run looks like, with its files where it is finished."""
    brief = await brief_of(turn, stored)
    files = await brief_files(turn, brief) if stored.run.status is Status.FINISHED else ()
    shareable = not turn.place.direct and not lead
    return brief_screen(turn, brief, files, lead=lead, foot=foot, shareable=shareable)


async def show_brief(turn: Turn, stored: StoredRun) -> None:
    """Show the brief of a run that was just finished.

    Of a team's run it goes to the thread, of a private one only its owner sees it.
    """
    run, purpose = stored.run, f"{stored.checklist.title}. {stored.checklist.purpose}"
    foot = await mention(turn, purpose)
    screen = await run_screen(turn, stored, foot=foot)
    if not run.team or run.thread is None or not await _may_post(turn, run.thread):
        await turn.beside(screen)
        return
    if screen.files and not await _may_post(turn, run.thread, files=True):
        without = turn.say("run_files_forbidden")
        screen = Screen(*screen.blocks, without, rows=screen.rows)
    await turn.surface.post(screen, run.thread, f"b{run.id}.{run.revision}", asked=False)


@handles(SHARE_BRIEF, where=Where.BESIDE)
async def brief_shared(turn: Turn, run: int) -> Screen:
    """Post a brief where it is looked at, once, for whoever has the run."""
    stored = await run_of(turn, run)
    if stored.run.owner != turn.person:
        raise Refused(turn.say("run_not_yours"))
    if stored.run.status is not Status.FINISHED:
        raise Refused(turn.say("stale_button"))
    place = _place_to_share(turn, stored.run)
    await turn.surface.require_post(place, files=True)
    screen = await run_screen(
        turn, stored, lead=turn.say("run_shared_by", name=clip(turn.name, NAME))
    )
    this = (turn.alliance, run, stored.run.revision)
    # Marked before it is posted: whatever happens in between, it is never posted twice.
    if not await turn.store.checklists.mark_brief_shared(*this):
        raise Refused(turn.say("run_shared_twice"))
    try:
        await turn.surface.post(screen, place, f"s{run}.{stored.run.revision}")
    except (NotPosted, Refused):
        await turn.store.checklists.unmark_brief_shared(*this)
        raise
    return Screen(turn.say("run_shared"))


def _place_to_share(turn: Turn, run: Run) -> int:
    """Here; from the team's own thread, in the channel it stands in."""
    return turn.place.channel if turn.place.here == run.thread else turn.place.here


async def _may_post(turn: Turn, thread: int, *, files: bool = False) -> bool:
    """Whether a thread is there, and the bot may post in it."""
    try:
        await turn.surface.require_post(thread, files=files, asked=False)
    except Refused:
        return False
    return True


# -- all of them -----------------------------------------------------------------------------------


@command("checklist history")
async def show_history(turn: Turn, name: OwnChecklist | None = None) -> Screen:
    """Show somebody's runs; those of one checklist with what changed from one to the next."""
    heads = await own_runs(turn)
    if name is None:
        return _runs_screen(turn, heads, "")
    mine = [head for head in heads if head.checklist == name.id]
    return await _compared_screen(turn, mine, name.title)


async def _compared_screen(turn: Turn, heads: Sequence[RunHead], title: str) -> Screen:
    """The runs of one checklist, each finished one with what changed since the one before."""
    finished = [head for head in heads if head.status is Status.FINISHED][: _COMPARED + 1]
    if len(finished) < 2:
        return _runs_screen(turn, heads, title)
    walks = [await turn.store.checklists.walk(turn.alliance, head.id) for head in finished]
    kept = [stored for stored in walks if stored is not None]
    since = {one.walk.run.id: one.changes for one in history(kept, turn.library)}
    texts = [turn.say("history_lead", title=clip(title), count=len(heads))]
    for head in heads:
        line = _line(turn, head)
        left = turn.room - sum(len(text) + 2 for text in texts) - len(line)
        if left < _LEAST:
            break
        if (changes := since.get(head.id)) is not None:
            room = min(left - _LEAST // 2, _CHANGES)
            line = f"{line}\n{changes_text(turn, changes, room)}"
        texts.append(line)
    return Screen("\n\n".join(texts))


def _runs_screen(turn: Turn, heads: Sequence[RunHead], title: str) -> Screen:
    """Runs, the one changed last first."""
    if not heads:
        return Screen(turn.say("history_none", title=clip(title)))
    lead = turn.say("history_lead", title=clip(title), count=len(heads))
    return Screen(Listing([_line(turn, head) for head in heads], head=lead))


def _line(turn: Turn, head: RunHead) -> str:
    return turn.say(
        "history_line",
        id=head.id,
        title=clip(head.title),
        status=head.status.value,
        team=head.team,
        started=head.started,
        changed=head.finished or head.changed,
    )
