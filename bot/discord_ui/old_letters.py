"""The letters and works that still take the client, as the port collects them."""

from __future__ import annotations

from bot.adapters.discord.context import DiscordContext
from bot.chat.letters import Letter, letter_of, work_of
from bot.core.outbox import Notice, NoticeKind
from bot.discord_ui.checklists import offering
from bot.discord_ui.letters import adapted
from bot.discord_ui.opportunities import digest_letters, letters, upkeep


@letter_of(NoticeKind.RUN_OFFERED)
async def offer(context: DiscordContext, notice: Notice) -> Letter | None:
    """A paused run is offered again."""
    return await adapted(offering.composer(context.client)(notice))


@letter_of(
    NoticeKind.OPPORTUNITY_POST,
    NoticeKind.OPPORTUNITY_NEW,
    NoticeKind.OPPORTUNITY_REMINDER,
    NoticeKind.OPPORTUNITY_CHANGED,
    NoticeKind.OPPORTUNITY_MOVED_UP,
    NoticeKind.OPPORTUNITY_OUTCOME,
    NoticeKind.OPPORTUNITY_QUESTION,
    NoticeKind.OPPORTUNITY_ASKED,
    NoticeKind.GAVE_UP,
)
async def about_opportunity(context: DiscordContext, notice: Notice) -> Letter | None:
    """What there is to say about an opportunity."""
    return await adapted(letters.composers(context.client)[notice.kind](notice))


@letter_of(NoticeKind.DIGEST, NoticeKind.CHANNEL_DIGEST)
async def digest(context: DiscordContext, notice: Notice) -> Letter | None:
    """A digest."""
    return await adapted(digest_letters.composers(context.client)[notice.kind](notice))


@work_of(NoticeKind.OPPORTUNITY_CLOSE, NoticeKind.OPPORTUNITY_REFRESH)
async def keep_up(context: DiscordContext, notice: Notice) -> None:
    """Close what is over, or show what is so now."""
    await upkeep.works(context.client)[notice.kind](notice)
