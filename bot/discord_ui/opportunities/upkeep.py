"""What is due without being a message: closing what is over, and posts that show what is so now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord
import structlog

from bot.adapters.discord.limits import (
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
)
from bot.adapters.discord.send import replace
from bot.core.outbox import Notice, NoticeKind
from bot.discord_ui.letters import Work
from bot.discord_ui.opportunities.card import post_view
from bot.opportunities.rules.replies import counts

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_GONE = {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS}
_log = structlog.get_logger()


def works(client: GuideClient) -> Mapping[NoticeKind, Work]:
    """What is done, by the kind of notice."""
    store, phrases = client.services.store, client.services.phrases

    async def close(due: Notice) -> None:
        await store.opportunities.close_by_deadline(due.alliance, due.about)

    async def refresh(due: Notice) -> None:
        # What was read later must also be shown later.
        async with client.turns.at(("refresh", due.alliance, due.about)):
            found = await store.opportunities.opportunity(due.alliance, due.about)
            if found is None or found.message is None or found.channel is None:
                return
            answered = counts(await store.opportunities.answers(found.alliance, found.id))
            view = post_view(found, answered, phrases, client.services.now())
            channel = client.get_partial_messageable(found.channel, guild_id=found.alliance)
            try:
                await replace(channel.get_partial_message(found.message), view)
            except discord.HTTPException as error:
                if error.code not in _GONE:
                    raise
                _log.info("post_gone", opportunity=found.id, code=error.code)

    return {NoticeKind.OPPORTUNITY_CLOSE: close, NoticeKind.OPPORTUNITY_REFRESH: refresh}
