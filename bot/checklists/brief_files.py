"""The brief of a run and its files, made of what is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from bot.chat.screen import File
from bot.chat.turn import Turn
from bot.checklists.rules.brief import Brief, file_name, make_brief
from bot.checklists.rules.paper import Writer, to_markdown
from bot.checklists.rules.records import CommitmentStatus, RunHead, StoredRun
from bot.checklists.rules.run import Run, Status

_LONGEST_PDF = 200_000
"""Characters; about a hundred pages, and six seconds."""
_log = structlog.get_logger()


async def brief_of(turn: Turn, stored: StoredRun) -> Brief:
    """The brief of a run, compared with the one before that the same people may read."""
    before = await _run_before(turn, stored.run)
    commitments = await turn.store.checklists.commitments(
        turn.alliance, run=stored.run.id, statuses=tuple(CommitmentStatus)
    )
    return make_brief(
        stored.checklist, stored.run, turn.library, previous=before, commitments=commitments
    )


async def brief_files(turn: Turn, brief: Brief) -> Sequence[File]:
    """The brief as Markdown, with every answer as it was typed, and as a PDF.

    There is no PDF of what is too long to be laid out in seconds, or where it can't be made.
    """
    blocks = Writer(turn.services.phrases).paper(brief)
    # What many people wrote at length takes a second or two.
    markdown = await asyncio.to_thread(to_markdown, blocks)
    files = [File(file_name(brief, "md"), markdown.encode("utf-8", "replace"))]
    if len(markdown) > _LONGEST_PDF:
        return files
    made = brief.finished or turn.now
    try:
        async with turn.alone("pdf"):
            pdf = await asyncio.to_thread(turn.services.brief_pdf, blocks, brief.title, made)
    except Exception:  # noqa: BLE001  (the Markdown has everything)
        _log.exception("pdf_failed", run=brief.run)
        return files
    return files if pdf is None else [*files, File(file_name(brief, "pdf"), pdf)]


async def _run_before(turn: Turn, run: Run) -> StoredRun | None:
    """The last finished run of the same checklist before this one.

    Of a private run it is another private one of its owner; of a team's, one whose thread the same
    people may read, so that nobody reads here what they couldn't read there.
    """
    heads = await turn.store.checklists.runs(
        run.alliance, owner=run.owner, checklist=run.checklist, statuses=(Status.FINISHED,)
    )
    for head in sorted(heads, key=lambda head: -head.id):
        if head.id < run.id and head.team == run.team and await _same_readers(turn, run, head):
            return await turn.store.checklists.walk(run.alliance, head.id)
    return None


async def _same_readers(turn: Turn, run: Run, head: RunHead) -> bool:
    if not run.team or run.thread == head.thread:
        return True
    if run.thread is None or head.thread is None:
        return False
    return await turn.surface.have_same_readers((run.thread, head.thread))
