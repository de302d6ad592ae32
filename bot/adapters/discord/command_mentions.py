"""Commands that can be pressed in a text: Discord shows `</checklist start:42>` so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.chat.screen import Screen

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_NAMED = re.compile(r"`/([a-z][a-z -]*[a-z])((?: [a-z]+:[^`]*)?)`")


class CommandMentions:
    """Knows the ids under which Discord keeps the commands; they are asked for once."""

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._names = {spec.name for spec in client.router.flows.commands}
        self._ids: Mapping[str, int] = {}

    async def pressable(self, screen: Screen) -> Screen:
        """A screen whose texts have every command that they name as one that can be pressed.

        Where the ids can't be had it stays as it is.
        """
        if not self._ids:
            try:
                known = await self._client.tree.fetch_commands()
            except (discord.HTTPException, aiohttp.ClientError, OSError):
                return screen
            self._ids = {command.name: command.id for command in known}
        blocks = [
            _NAMED.sub(self._mention, block) if isinstance(block, str) else block
            for block in screen.blocks
        ]
        return Screen(*blocks, rows=screen.rows, files=screen.files, typed=screen.typed)

    def _mention(self, named: re.Match[str]) -> str:
        name, options = named[1], named[2].strip()
        id_ = self._ids.get(name.split()[0])
        if id_ is None or name not in self._names:
            return named[0]
        return f"</{name}:{id_}>" + (f" `{options}`" if options else "")
