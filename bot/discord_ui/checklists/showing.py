"""Showing a run: the brief of a finished one with its files, and where another stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import NONCE
from bot.adapters.discord.permissions import missing_permissions, named
from bot.adapters.discord.send import NOBODY, Interaction, acknowledge, tell, with_retries
from bot.chat.services import Services
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Run, Status
from bot.discord_ui.checklists.brief_page import brief_page
from bot.discord_ui.checklists.briefs import NamedFile, brief_of, files_of, show_files
from bot.discord_ui.checklists.choosing import RunName, complete_runs, find_run
from bot.discord_ui.checklists.moving import find_walk
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.checklists.team import thread_of
from bot.discord_ui.items import reading_rows
from bot.discord_ui.opportunities.mentioning import mention
from bot.discord_ui.questions import alliance_for
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items, view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Files = tuple[NamedFile, ...]
Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
"""Where a brief can be shared."""


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command and the button."""
    say = client.services.phrases.say
    client.add_dynamic_items(ShareBrief)

    @group.command(name="show", description=say("checklist_show_command"))
    @app_commands.describe(run=say("checklist_run_option"))
    async def show(interaction: Interaction, run: RunName | None = None) -> None:
        async with handling(interaction):
            walk = await run_asked_for(interaction, run)
            if walk is None:
                return
            page, files = await _made(client, walk)
            row = _share_row(client.services, walk.run, shareable=interaction.guild is not None)
            await with_retries(
                lambda: interaction.edit_original_response(
                    view=_view(client.services, walk.run, page, files, row),
                    attachments=[file.fresh() for file in files],
                    allowed_mentions=NOBODY,
                )
            )

    @show.autocomplete("run")
    async def runs(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await complete_runs(interaction, typed)


async def run_asked_for(interaction: Interaction, run: str | None) -> StoredRun | None:
    """The run that a command names, shown to whoever typed it alone.

    None where there is no such run; why is told.
    """
    await acknowledge(interaction, private=True)
    alliance = await alliance_for(interaction.client, interaction, None)
    if alliance is None:
        return None
    walk = await find_run(interaction, alliance, run)
    if isinstance(walk, str):
        await tell(interaction, walk)
        return None
    return walk


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
    return [ShareBrief((run.alliance, run.id), services.phrases.say("label_share"))]


async def _thread(interaction: Interaction, run: Run) -> discord.Thread | None:
    """The thread of a team, where the bot may post in it."""
    thread = await thread_of(interaction.client, run.thread) if run.team else None
    if thread is None:
        return None
    lacks = missing_permissions(thread.permissions_for(thread.guild.me), in_thread=True)
    return None if lacks else thread


# -- sharing -------------------------------------------------------------------------------------


class ShareBrief(
    ui.DynamicItem[ui.Button[Any]], template=r"c:share:(?P<alliance>\d+):(?P<run>\d+)"
):
    """Posts a brief to the channel it is looked at in, once."""

    def __init__(self, key: tuple[int, int], label: str = "share") -> None:
        self.key = key
        super().__init__(ui.Button(label=label, custom_id=f"c:share:{key[0]}:{key[1]}"))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> ShareBrief:
        """The button that was pressed."""
        return cls((int(match["alliance"]), int(match["run"])))

    async def callback(self, interaction: Interaction) -> Any:
        """Share it, for whoever has the run."""
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            await tell(interaction, await _share(interaction, *self.key))


async def _share(interaction: Interaction, alliance: int, number: int) -> str:
    """Share a brief with a channel, and say so or why not."""
    client: GuideClient = interaction.client
    services = client.services
    say = services.phrases.say
    walk = await find_walk(interaction, alliance, number)
    if isinstance(walk, str):
        return walk
    run = walk.run
    if run.owner != interaction.user.id:
        return say("run_not_yours")
    channel = _place(interaction, run)
    if run.status is not Status.FINISHED or channel is None:
        return say("stale_button")
    if (words := _forbidden(interaction, channel)) is not None:
        return words
    name = clip(interaction.user.display_name, NAME)
    page, files = await _made(client, walk, say("run_shared_by", name=name))
    # Marked before it is posted: whatever happens in between, it is never posted twice.
    if not await services.store.alliances.claim(alliance, f"share-run:{run.id}:{run.revision}"):
        return say("run_shared_twice")
    await _post(channel, services, walk, page, files, [], f"s{run.id}.{run.revision}")
    return say("run_shared")


def _place(interaction: Interaction, run: Run) -> Place | None:
    """Where to share: here; from the team's own thread in the channel it stands in."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread) and channel.id == run.thread:
        channel = channel.parent
    return channel if isinstance(channel, Place) else None


def _forbidden(interaction: Interaction, channel: Place) -> str | None:
    """Why somebody, or the bot, can't post in a channel; None where both can."""
    say = interaction.client.services.phrases.say
    in_thread = isinstance(channel, discord.Thread)
    person = interaction.user
    if not isinstance(person, discord.Member):
        return str(say("stale_button"))
    may = channel.permissions_for(person)
    if not (may.send_messages_in_threads if in_thread else may.send_messages):
        return str(say("run_share_refused"))
    has = channel.permissions_for(channel.guild.me)
    lacks = missing_permissions(has, in_thread=in_thread)
    lacks += [] if has.attach_files else ["attach_files"]
    if lacks:
        words = say("run_share_forbidden", permissions=named(lacks), channel=channel.mention)
        return str(words)
    return None
