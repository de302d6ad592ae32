"""The letters that still take the client, as the port collects them."""

from __future__ import annotations

from bot.adapters.discord.context import DiscordContext
from bot.chat.letters import Letter, letter_of
from bot.core.outbox import Notice, NoticeKind
from bot.discord_ui.checklists import offering
from bot.discord_ui.letters import adapted


@letter_of(NoticeKind.RUN_OFFERED)
async def offer(context: DiscordContext, notice: Notice) -> Letter | None:
    """A paused run is offered again."""
    return await adapted(offering.composer(context.client)(notice))
