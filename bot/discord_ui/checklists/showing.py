"""Showing a run: the brief of a finished one with its files, and where another stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.adapters.discord.limits import NONCE
from bot.adapters.discord.permissions import missing_permissions
from bot.adapters.discord.send import NOBODY, Interaction, with_retries
from bot.chat.services import Services
from bot.checklists.actions import SHARE_BRIEF
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Run, Status
from bot.discord_ui.checklists.brief_page import brief_page
from bot.discord_ui.checklists.briefs import NamedFile, brief_of, files_of, show_files
from bot.discord_ui.checklists.team import thread_of
from bot.discord_ui.items import reading_rows
from bot.discord_ui.opportunities.mentioning import mention
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items, view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Files = tuple[NamedFile, ...]
Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
"""Where a brief can be shared."""


async def show_brief(interaction: Interaction, walk: StoredRun) -> None:
    """Show the brief of a run that was just finished; the interaction is acknowledged.

    Of a team's run it goes to the thread, of a private one only its owner sees it.
    """
    client: GuideClient = interaction.client
    services, run = client.services, walk.run
    page, files = await _made(client, walk)
    about = f"{walk.checklist.title}. {walk.checklist.purpose}"
    if fitting := await mention(services, run.alliance, about):
        page = Page((*page.texts, fitting), page.readings)
    row = _share_row(services, run, shareable=interaction.guild is not None)
    thread = await _thread(interaction, run)
    if thread is None:
        await with_retries(
            lambda: interaction.followup.send(
                view=_view(services, run, page, files, row),
                files=[file.fresh() for file in files],
                ephemeral=True,
                allowed_mentions=NOBODY,
            )
        )
        return
    if not thread.permissions_for(thread.guild.me).attach_files:
        without = services.phrases.say("run_files_forbidden")
        page, files = Page((*page.texts, without), page.readings), ()
    await _post(thread, services, walk, page, files, row, f"b{run.id}.{run.revision}")


async def _made(client: GuideClient, walk: StoredRun, lead: str = "") -> tuple[Page, Files]:
    """What a run looks like, with its files where it is finished."""
    services = client.services
    brief = await brief_of(client, walk)
    page = brief_page(brief, services.library, services.phrases, lead)
    finished = walk.run.status is Status.FINISHED
    return page, await files_of(client, brief) if finished else ()


async def _post(
    channel: discord.abc.Messageable,
    services: Services,
    walk: StoredRun,
    page: Page,
    files: Files,
    row: Items,
    nonce: str,
) -> None:
    """Post a brief, once however often it is tried."""
    await with_retries(
        lambda: channel.send(
            view=_view(services, walk.run, page, files, row),
            files=[file.fresh() for file in files],
            allowed_mentions=NOBODY,
            nonce=nonce[:NONCE],
        )
    )


def _view(services: Services, run: Run, page: Page, files: Files, row: Items) -> ui.LayoutView:
    view = view_of(page, *reading_rows(services.phrases, page, (run.alliance, 0)))
    show_files(view, files)
    if row:
        view.add_item(ui.ActionRow(*row))
    return view


def _share_row(services: Services, run: Run, *, shareable: bool) -> Items:
    if not shareable or run.status is not Status.FINISHED:
        return []
    id_ = SHARE_BRIEF(run.alliance, run.id)
    return [ui.Button(label=services.phrases.say("label_share"), custom_id=id_)]


async def _thread(interaction: Interaction, run: Run) -> discord.Thread | None:
    """The thread of a team, where the bot may post in it."""
    thread = await thread_of(interaction.client, run.thread) if run.team else None
    if thread is None:
        return None
    lacks = missing_permissions(thread.permissions_for(thread.guild.me), in_thread=True)
    return None if lacks else thread
