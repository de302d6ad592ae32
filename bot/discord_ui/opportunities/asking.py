"""**Ask a question**: it goes into a thread under the post, and the poster hears of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord import ui

from bot.core.opportunities.models import Opportunity
from bot.core.opportunities.phrases import OpportunityPhrase as Words
from bot.core.quiet import next_allowed
from bot.discord_ui.checklists.quoting import NAME, clip, quoted
from bot.discord_ui.errors import handling
from bot.discord_ui.gate import refuse
from bot.discord_ui.items import belongs
from bot.discord_ui.limits import (
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    MODAL_TITLE,
    THREAD_EXISTS,
    THREAD_NAME,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
)
from bot.discord_ui.markup import one_line, shorten
from bot.discord_ui.opportunities.choosing import SHOWN, find_by_id
from bot.discord_ui.opportunities.items import KEY, Key, key_of
from bot.discord_ui.render import Page, notice
from bot.discord_ui.sending import (
    Interaction,
    acknowledge,
    fill,
    is_passing,
    post,
    take,
    tell,
    whisper,
    with_retries,
)
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.discord_ui.client import GuideClient
    from bot.discord_ui.services import Services

QUESTION_FORM = rf"o:question:{KEY}"
_QUESTION = "question"
_QUESTION_LENGTH = 1000
_QUOTED, _TOLD = 2200, 1000
"""Characters of a quoted question after escaping: in the thread, and in what the poster gets."""
_GONE = {UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, MISSING_ACCESS, MISSING_PERMISSIONS}
_log = structlog.get_logger()


async def open_question(interaction: Interaction, key: Key) -> None:
    """Open the form for a question about an opportunity."""
    say = interaction.client.services.phrases.say
    async with handling(interaction):
        found = await find_by_id(interaction, *key)
        if found is None or found.state not in SHOWN:
            unknown = say(Words.OPPORTUNITY_UNKNOWN, wanted=f"#{key[1]}", near=[])
            await refuse(interaction, unknown)
            return
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=_QUESTION, style=discord.TextStyle.paragraph, max_length=_QUESTION_LENGTH
        )
        form = ui.Modal(
            title=say(Words.QUESTION_FORM_TITLE)[:MODAL_TITLE],
            custom_id=f"o:question:{key[0]}:{key[1]}",
        )
        form.add_item(ui.Label(text=say(Words.FIELD_OFFER_QUESTION), component=field))
        take(interaction)
        await interaction.response.send_modal(form)
        form.stop()


async def question_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """A question was sent: it is posted under the opportunity."""
    client: GuideClient = interaction.client
    services, key = client.services, key_of(match)
    say, text = services.phrases.say, str(values.get(_QUESTION) or "").strip()
    await acknowledge(interaction, private=True)
    found = await find_by_id(interaction, *key) if belongs(interaction, key[0]) else None
    if found is None or found.state not in SHOWN or not text:
        await tell(interaction, say(Words.OPPORTUNITY_UNKNOWN, wanted=f"#{key[1]}", near=[]))
        return
    organization = await services.store.organization_of(key[0], interaction.user.id)
    about = {
        "name": clip(interaction.user.display_name, NAME),
        "organization": clip(organization, NAME),
        "quote": quoted(text, _QUOTED),
    }
    try:
        async with client.turns.at(("thread", key)):
            thread = await _thread_of(interaction, key)
        if thread is not None:
            page = notice(say(Words.QUESTION_POSTED, **about))
            await post(thread, view_of(page), f"o{interaction.id}")
    except discord.HTTPException as error:
        if error.code not in _GONE:
            raise
        thread = None
    if thread is None:
        lost = Page((say(Words.QUESTION_NOWHERE), quoted(text, _QUOTED)))
        await fill(interaction, view_of(lost))
        return
    await tell(interaction, say(Words.QUESTION_SENT, thread=thread.mention))
    await _tell_poster(interaction, found, thread, about, text)


async def _thread_of(interaction: Interaction, key: Key) -> discord.Thread | None:
    """The thread under the post, opened with the first question; None where there is no post."""
    client: GuideClient = interaction.client
    store = client.services.store
    found = await store.opportunity(*key)
    guild = client.get_guild(key[0])
    if found is None or found.message is None or found.channel is None or guild is None:
        return None
    if found.thread is not None:
        return await _existing(client, found.thread)
    channel = guild.get_channel(found.channel)
    if not isinstance(channel, discord.TextChannel):
        return None
    name = shorten(one_line(found.offer.title), THREAD_NAME)
    message = channel.get_partial_message(found.message)
    try:
        thread: discord.Thread | None = await message.create_thread(name=name)
    except discord.HTTPException as error:
        if error.code != THREAD_EXISTS:
            raise
        thread = await _existing(client, found.message)  # a thread has the id of its message
    if thread is not None:
        await store.set_question_thread(*key, thread.id)
    return thread


async def _existing(client: GuideClient, thread: int) -> discord.Thread | None:
    channel = client.get_channel(thread)
    if channel is None:
        channel = await with_retries(lambda: client.fetch_channel(thread))
    return channel if isinstance(channel, discord.Thread) else None


async def _tell_poster(
    interaction: Interaction,
    found: Opportunity,
    thread: discord.Thread,
    about: dict[str, str],
    text: str,
) -> None:
    """Write to the poster directly, outside quiet hours; the question stands in the thread anyhow."""
    client: GuideClient = interaction.client
    services: Services = client.services
    if not found.poster or found.poster == interaction.user.id:
        return
    settings = await services.store.person_settings(found.alliance, found.poster)
    now = services.now()
    if next_allowed(now, settings.zone, settings.quiet) > now:
        return
    words = services.phrases.say(
        Words.QUESTION_TOLD,
        id=found.id,
        title=clip(found.offer.title),
        thread=thread.jump_url,
        **about | {"quote": quoted(text, _TOLD)},
    )
    try:
        poster = await thread.guild.fetch_member(found.poster)
        await whisper(poster, words, f"p{interaction.id}")
    except discord.HTTPException as error:
        _log.info("poster_not_told", opportunity=found.id, code=error.code)
    except Exception as error:
        if not is_passing(error):
            raise
        _log.info("poster_not_told", opportunity=found.id, kind=type(error).__name__)
