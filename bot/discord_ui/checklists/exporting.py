"""/checklist export: a run as files, finished or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import NOBODY, Interaction, tell, with_retries
from bot.checklists.rules.run import Status
from bot.discord_ui.checklists.briefs import brief_of, files_of
from bot.discord_ui.checklists.choosing import RunName, complete_runs
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.checklists.showing import run_asked_for

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command."""
    say = client.services.phrases.say

    @group.command(name="export", description=say("checklist_export_command"))
    @app_commands.describe(run=say("checklist_run_option"))
    async def export(interaction: Interaction, run: RunName | None = None) -> None:
        async with handling(interaction):
            walk = await run_asked_for(interaction, run)
            if walk is None:
                return
            files = await files_of(client, await brief_of(client, walk))
            if not files:
                await tell(interaction, say("run_too_large"))
                return
            words = say(
                "run_exported",
                title=clip(walk.checklist.title),
                finished=walk.run.status is Status.FINISHED,
            )
            await with_retries(
                lambda: interaction.edit_original_response(
                    content=words,
                    attachments=[file.fresh() for file in files],
                    allowed_mentions=NOBODY,
                )
            )

    @export.autocomplete("run")
    async def runs(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await complete_runs(interaction, typed)
