"""What those who write letters work with where they are delivered on Discord."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.adapters.discord.draw import ROOM
from bot.chat.turn import Context

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


@dataclass(frozen=True, slots=True)
class DiscordContext(Context):
    """A context with the connection, for letters and works that are Discord's own."""

    client: GuideClient


def context_of(client: GuideClient, alliance: int) -> DiscordContext:
    """The context of an alliance, nobody in particular asking."""
    guild = client.get_guild(alliance)
    return DiscordContext(client.services, alliance, guild.name if guild else "", ROOM, client)
