"""Whatever takes long to import or read, imported and read before the bot's processes are forked."""

from __future__ import annotations

import alembic.command
import alembic.operations
import discord

import bot.adapters.discord.client
import bot.serve
from tests.discord import serve_child

__all__ = ["alembic", "bot", "discord"]

serve_child.shipped_content()
