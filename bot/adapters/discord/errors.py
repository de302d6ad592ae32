"""The one ladder from an error to words for a person.

    GuideError                     its own sentence
    what Discord no longer knows   nothing: the message or the interaction is gone
    anything else                  an id for the person, the details to the log

Handlers run inside `handling(interaction)` (commands, buttons, forms), which also counts them as
in flight, so that a stop waits for them.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord
import structlog
from discord import app_commands

from bot.adapters.discord.limits import ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION
from bot.adapters.discord.send import (
    NOBODY,
    Interaction,
    Repeated,
    is_passing,
    tell,
)
from bot.chat.turn import NotPosted
from bot.core.errors import GuideError
from bot.core.phrases import Phrases

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_log = structlog.get_logger()


def words_for(error: Exception, phrases: Phrases) -> str | None:
    """What to tell a person, or None where nobody is there to be told."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original if isinstance(error.original, Exception) else error
    if isinstance(error, NotPosted) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    if isinstance(error, GuideError):
        _log.info("refused", kind=type(error).__name__)
        return str(error)
    if isinstance(error, discord.NotFound):
        _log.info("gone", code=error.code)
        return None
    if isinstance(error, discord.HTTPException) and error.code == ALREADY_ACKNOWLEDGED:
        return None
    number = uuid.uuid4().hex[:8]
    _log.error("unexpected", error_id=number, kind=type(error).__name__, exc_info=error)
    return phrases.say("unexpected", id=number)


@asynccontextmanager
async def handling(interaction: Interaction) -> AsyncIterator[None]:
    """Handle an interaction: whatever goes wrong inside is told to the person."""
    client: GuideClient = interaction.client
    with client.in_flight():
        try:
            yield
        except Repeated:
            _log.info("repeated_interaction")
        except Exception as error:  # noqa: BLE001  (the ladder)
            await explain(interaction, error, client.services.phrases)


async def explain(interaction: Interaction, error: Exception, phrases: Phrases) -> None:
    """Tell a person what went wrong, privately where nothing was acknowledged yet."""
    words = words_for(error, phrases)
    if words is None:
        return
    try:
        if interaction.response.type is discord.InteractionResponseType.deferred_message_update:
            # In the place of the answer stands what the button is on.
            await interaction.followup.send(words, ephemeral=True, allowed_mentions=NOBODY)
        elif interaction.response.is_done():
            await tell(interaction, words)
        else:
            await interaction.response.send_message(words, ephemeral=True, allowed_mentions=NOBODY)
    except discord.HTTPException as problem:
        level = "info" if problem.code == UNKNOWN_INTERACTION else "warning"
        getattr(_log, level)("not_told", status=problem.status, code=problem.code)
    except Exception as problem:
        if not is_passing(problem):
            raise
        _log.warning("not_told", kind=type(problem).__name__)
