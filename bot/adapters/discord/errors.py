"""The one ladder from an error to words for a person.

    GuideError                     its own sentence
    what Discord no longer knows   nothing: the message or the interaction is gone
    anything else                  an id for the person, the details to the log

Flows raise; the router, and whoever answers messages, tells.
"""

from __future__ import annotations

import uuid

import discord
import structlog
from discord import app_commands

from bot.adapters.discord.limits import ALREADY_ACKNOWLEDGED
from bot.chat.turn import NotPosted
from bot.core.errors import GuideError
from bot.core.phrases import Phrases

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
