"""/guide status and export: how the guide is doing, and what the alliance has in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import Interaction, fill
from bot.answers.records import Gap, Note
from bot.chat.services import Services
from bot.discord_ui.files import give_file
from bot.discord_ui.gate import steward_here
from bot.discord_ui.render import notice
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_PAGE = 500


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the commands."""
    say = client.services.phrases.say
    services = client.services

    @group.command(name="status", description=say("guide_status_command"))
    async def status(interaction: Interaction) -> None:
        async with handling(interaction):
            if await steward_here(interaction):
                words = await _status(services, interaction.guild_id or 0)
                await fill(interaction, view_of(notice(words)))

    @group.command(name="export", description=say("guide_export_command"))
    async def export(interaction: Interaction) -> None:
        async with handling(interaction):
            if await steward_here(interaction):
                content = await alliance_export(services, interaction.guild_id or 0)
                words = say("export_done", notes=len(content["notes"]), gaps=len(content["gaps"]))
                await give_file(interaction, content, "alliance-guide-export.json", words)


async def alliance_export(services: Services, alliance: int) -> dict[str, Any]:
    """What an alliance has: settings, channels, practice notes, open gaps; ready for JSON."""
    store = services.store
    settings = await store.alliances.settings(alliance)
    gaps = await store.answers.open_gaps(alliance, _PAGE)
    while len(gaps) % _PAGE == 0 and gaps:
        more = await store.answers.open_gaps(alliance, _PAGE, before=gaps[-1].exchange)
        if not more:
            break
        gaps = (*gaps, *more)
    return {
        "alliance": str(alliance),
        "exported": services.now().isoformat(),
        "settings": {
            name: str(value) if name.endswith("_role") and value is not None else value
            for name, value in asdict(settings).items()
        },
        "channels": [
            {"channel": str(one.channel), "purpose": one.purpose.value}
            for one in await store.alliances.channels(alliance)
        ],
        "notes": [_note(note) for note in await store.answers.notes(alliance)],
        "gaps": [_gap(gap) for gap in gaps],
    }


async def _status(services: Services, alliance: int) -> str:
    status = await services.store.answers.status(alliance)
    median, share = status.median_latency_ms, status.answered_share
    return services.phrases.say(
        "status_page",
        version=services.version,
        discord_py=discord.__version__,
        index=services.index(),
        ready=services.answers.ready,
        waiting=services.answers.waiting,
        status=status,
        median=None if median is None else round(median),
        share=None if share is None else round(share * 100),
        notes=len(await services.store.answers.notes(alliance)),
    )


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "question": note.question,
        "text": note.text,
        "author": None if note.author is None else str(note.author),
        "author_name": note.author_name,
        "created": note.created.isoformat(),
        "gaps": list(note.gaps),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.exchange,
        "question": gap.question,
        "reason": gap.reason.value,
        "private": gap.private,
        "asked": gap.created.isoformat(),
    }
