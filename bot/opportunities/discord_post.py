"""The post in its channel on Discord shows what is so now."""

from __future__ import annotations

import discord
import structlog

from bot.adapters.discord.context import DiscordContext
from bot.adapters.discord.draw import view_of
from bot.adapters.discord.limits import (
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
)
from bot.adapters.discord.send import replace
from bot.chat.letters import work_of
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.card_screen import post_screen
from bot.opportunities.rules.replies import counts

_GONE = {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS}
_log = structlog.get_logger()


@work_of(NoticeKind.OPPORTUNITY_REFRESH)
async def refresh(context: DiscordContext, notice: Notice) -> None:
    """Show a post anew; one that is gone is left alone."""
    store = context.store.opportunities
    # What was read later must also be shown later.
    async with context.alone(("refresh", context.alliance, notice.about)):
        found = await store.opportunity(context.alliance, notice.about)
        if found is None or found.message is None or found.channel is None:
            return
        answers = await store.answers(found.alliance, found.id)
        view = view_of(post_screen(context, found, counts(answers)))
        channel = context.client.get_partial_messageable(found.channel, guild_id=found.alliance)
        try:
            await replace(channel.get_partial_message(found.message), view)
        except discord.HTTPException as error:
            if error.code not in _GONE:
                raise
            _log.info("post_gone", opportunity=found.id, code=error.code)
