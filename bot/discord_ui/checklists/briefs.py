"""The brief of a run with its files, made of what is stored."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
import structlog
from discord import ui

from bot.adapters.discord.limits import ATTACHMENT_BYTES
from bot.checklists.rules.brief import Brief, file_name, make_brief
from bot.checklists.rules.paper import Writer, to_markdown
from bot.checklists.rules.records import CommitmentStatus, RunHead, StoredRun
from bot.checklists.rules.run import Run, Status
from bot.discord_ui.checklists.team import thread_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_LONGEST_PDF = 200_000
"""Characters; about a hundred pages, and six seconds."""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file about to be attached."""

    name: str
    data: bytes

    def fresh(self) -> discord.File:
        """It for one request; Discord's library closes it with that."""
        return discord.File(io.BytesIO(self.data), filename=self.name)


async def brief_of(client: GuideClient, walk: StoredRun) -> Brief:
    """The brief of a run, compared with the one before that the same people may read."""
    services = client.services
    before, run = await _previous(client, walk), walk.run
    made = await services.store.checklists.commitments(
        run.alliance, run=run.id, statuses=tuple(CommitmentStatus)
    )
    return make_brief(walk.checklist, run, services.library, previous=before, commitments=made)


async def files_of(client: GuideClient, brief: Brief) -> tuple[NamedFile, ...]:
    """The brief as Markdown, with every answer as it was typed, and as a PDF.

    What is larger than Discord takes is left out, and the PDF when it is too long to be laid out
    in seconds, or can't be made.
    """
    services = client.services
    blocks = Writer(services.phrases).paper(brief)
    markdown = to_markdown(blocks)
    files = [NamedFile(file_name(brief, "md"), markdown.encode("utf-8", "replace"))]
    if len(markdown) <= _LONGEST_PDF:
        made = brief.finished or services.now()
        try:
            async with client.turns.at("pdf"):
                pdf = await asyncio.to_thread(services.brief_pdf, blocks, brief.title, made)
        except Exception:  # noqa: BLE001  (the Markdown has everything)
            _log.exception("pdf_failed", run=brief.run)
            pdf = None
        if pdf is not None:
            files.append(NamedFile(file_name(brief, "pdf"), pdf))
    return tuple(file for file in files if len(file.data) <= ATTACHMENT_BYTES)


def show_files(view: ui.LayoutView, files: Sequence[NamedFile]) -> None:
    """Let a message show what is attached to it."""
    for file in files:
        view.add_item(ui.File(f"attachment://{file.name}"))


async def _previous(client: GuideClient, walk: StoredRun) -> StoredRun | None:
    """The last finished run of the same checklist before this one.

    Of a private run it is another private one of its owner; of a team's, one whose thread stands
    in the same channel, so that nobody reads here what they couldn't read there.
    """
    run, store = walk.run, client.services.store
    heads = await store.checklists.runs(
        run.alliance, owner=run.owner, checklist=run.checklist, statuses=(Status.FINISHED,)
    )
    for head in sorted(heads, key=lambda head: -head.id):
        if head.id < run.id and head.team == run.team and await _same_readers(client, run, head):
            return await store.checklists.walk(run.alliance, head.id)
    return None


async def _same_readers(client: GuideClient, run: Run, head: RunHead) -> bool:
    if not run.team or run.thread == head.thread:
        return True
    threads = [await thread_of(client, one) for one in (run.thread, head.thread)]
    here, there = threads
    public = discord.ChannelType.public_thread
    return (
        here is not None
        and there is not None
        and here.parent_id == there.parent_id
        and here.type is public
        and there.type is public
    )
