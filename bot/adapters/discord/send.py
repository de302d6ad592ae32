"""Sending to Discord: acknowledged first, retried where that can't send twice, pinging nobody.

A message carries a nonce, so that Discord makes it once however often it is sent; an interaction is
deferred and its one answer then edited in, which can be repeated. Nothing here mentions anyone but
the one person a message replies to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any, TypeVar

import aiohttp
import discord
import stamina
import structlog

from bot.adapters.discord.limits import (
    HISTORY_PAGE,
    INTERACTION_ACK_SECONDS,
    NO_DIRECT_MESSAGES,
    NONCE,
    TOO_MANY_REQUESTS,
)

_log = structlog.get_logger()
T = TypeVar("T")
Interaction = discord.Interaction[Any]

NOBODY = discord.AllowedMentions.none()
ASKER = discord.AllowedMentions(everyone=False, users=False, roles=False, replied_user=True)

ACKNOWLEDGED_WITHIN = INTERACTION_ACK_SECONDS - 0.5
"""Seconds in which an acknowledgement is tried."""


def is_passing(error: Exception) -> bool:
    """Whether trying again may help: an overloaded server, or a connection that broke."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status == TOO_MANY_REQUESTS
    return isinstance(error, (OSError, aiohttp.ClientError, TimeoutError))


async def with_retries(
    send: Callable[[], Awaitable[T]], *, attempts: int = 6, seconds: float = 60
) -> T:
    """Send something that may be sent again without harm, until it worked."""
    async for attempt in stamina.retry_context(
        on=is_passing, attempts=attempts, timeout=seconds, wait_initial=0.2, wait_max=5.0
    ):
        with attempt:
            return await send()
    raise AssertionError("retry_context ends by returning or raising")


class Recent:
    """The last ids of something, as many as `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._ids: dict[int, None] = {}

    def __contains__(self, id_: int) -> bool:
        return id_ in self._ids

    def add(self, id_: int) -> bool:
        """Note an id; False if it is there already."""
        if id_ in self._ids:
            return False
        self._ids[id_] = None
        if len(self._ids) > self._most:
            del self._ids[next(iter(self._ids))]
        return True


async def reply(
    message: discord.Message, view: discord.ui.LayoutView, nonce: str
) -> discord.Message:
    """Reply to a message, once however often it is tried; also when the message is gone."""
    reference = message.to_reference(fail_if_not_exists=False)
    return await with_retries(
        lambda: message.channel.send(
            view=view, reference=reference, allowed_mentions=ASKER, nonce=nonce[:NONCE]
        )
    )


async def replace(
    message: discord.Message | discord.PartialMessage, view: discord.ui.LayoutView
) -> None:
    """Replace what a message of the bot shows."""
    await with_retries(lambda: message.edit(view=view, allowed_mentions=NOBODY))


async def missing_of(channel: discord.TextChannel, messages: Collection[int]) -> set[int]:
    """Those of some messages that are surely not in a channel any more, after one look.

    Of what is older than the last messages there, or where these can't be read, nothing is known.
    """
    if not messages or not channel.permissions_for(channel.guild.me).read_message_history:
        return set()
    try:
        there = [message.id async for message in channel.history(limit=HISTORY_PAGE)]
    except discord.HTTPException as error:
        _log.warning("not_looked_through", status=error.status, code=error.code)
        return set()
    first = min(there) if len(there) == HISTORY_PAGE else 0
    return {one for one in messages if one > first} - {*there}


async def whisper(person: discord.User | discord.Member, text: str, nonce: str) -> bool:
    """Write to a person directly; False if they take no direct messages."""
    try:
        await with_retries(lambda: person.send(text, allowed_mentions=NOBODY, nonce=nonce[:NONCE]))
    except discord.Forbidden as error:
        if error.code != NO_DIRECT_MESSAGES:
            raise
        return False
    return True
