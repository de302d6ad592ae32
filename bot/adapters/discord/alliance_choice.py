"""The menu of a person's alliances in direct messages: choosing answers the messages that wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import discord

from bot.adapters.discord.memberships import CHOOSE
from bot.adapters.discord.surface import DiscordSurface
from bot.chat.flow import Scope, handles
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import escape, one_line


@handles(CHOOSE, scope=Scope.ALL)
async def alliance_chosen(turn: Turn, message: int, *, picked: Sequence[str]) -> None:
    """Keep the choice, then answer what was asked."""
    surface = cast("DiscordSurface", turn.surface)
    client, channel = surface.client, surface.interaction.channel
    guild = client.get_guild(int(picked[0]))
    if guild is None or guild not in await client.memberships.of(turn.person):
        raise Refused(turn.say("stale_button"))
    await turn.store.alliances.choose_alliance_for_person_in_direct_messages(guild.id, turn.person)
    await turn.show(Screen(turn.say("alliance_chosen", name=escape(one_line(guild.name)))))
    if message and isinstance(channel, discord.DMChannel):
        client.dispatch("alliance_chosen", channel, message)
