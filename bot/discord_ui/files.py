"""Handing out a file where the acknowledgement of an interaction stands."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import discord

from bot.adapters.discord.limits import ATTACHMENT_BYTES
from bot.adapters.discord.send import NOBODY, Interaction, tell, with_retries


async def give_file(
    interaction: Interaction, content: Mapping[str, Any], name: str, words: str
) -> None:
    """Give someone a JSON file, seen by them alone; the interaction is acknowledged privately."""
    data = json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    if len(data) > ATTACHMENT_BYTES:
        await tell(interaction, interaction.client.services.phrases.say("file_too_large"))
        return
    await with_retries(
        lambda: interaction.edit_original_response(
            content=words,
            attachments=[discord.File(io.BytesIO(data), filename=name)],
            allowed_mentions=NOBODY,
        )
    )
