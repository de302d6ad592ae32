"""Posting a private answer to the channel it was asked in: with who shared it, once."""

from __future__ import annotations

import discord

from bot.adapters.discord.permissions import missing_permissions, named
from bot.adapters.discord.send import Interaction, is_passing, post, tell
from bot.answers.records import Exchange
from bot.core.markup import escape, one_line
from bot.discord_ui.exchanges import exchange_view
from bot.discord_ui.render import question_line


async def share(interaction: Interaction, exchange: Exchange) -> None:
    """Share an answer of the person who asked; the interaction is acknowledged."""
    services = interaction.client.services
    phrases = services.phrases
    channel = interaction.channel
    if not isinstance(channel, discord.abc.Messageable) or exchange.person != interaction.user.id:
        await tell(interaction, phrases.say("stale_button"))
        return
    in_thread = isinstance(channel, discord.Thread)
    may = interaction.permissions
    if not (may.send_messages_in_threads if in_thread else may.send_messages):
        await tell(interaction, phrases.say("share_refused"))
        return
    if missing := missing_permissions(interaction.app_permissions, in_thread=in_thread):
        place = getattr(channel, "mention", "")
        words = phrases.say("share_forbidden", permissions=named(missing), channel=place)
        await tell(interaction, words)
        return
    heading = phrases.say(
        "shared_by",
        name=escape(one_line(interaction.user.display_name)),
        question=question_line(exchange.question),
    )
    view = exchange_view(services, exchange, heading)
    # Marked before it is posted: whatever happens in between, it is never posted twice.
    if not await services.store.answers.mark_shared(exchange.alliance, exchange.id):
        await tell(interaction, phrases.say("share_twice"))
        return
    with interaction.client.services.postings.posting(interaction.channel_id or 0):
        try:
            message = await post(channel, view, f"share{exchange.id}")
        except discord.HTTPException as error:
            if not is_passing(error):  # refused: there is no message, so it may be tried again
                await services.store.answers.unmark_shared(exchange.alliance, exchange.id)
            raise
        await services.store.answers.set_answer_message(exchange.alliance, exchange.id, message.id)
    await tell(interaction, phrases.say("share_done"))
