"""/guide channel and roles: where the bot does what, who may do what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.permissions import lacking, named
from bot.adapters.discord.send import Interaction, tell
from bot.alliances.records import AllianceSettings, ChannelPurpose, PurposeChannel, SettingsChanges
from bot.core.phrases import Phrases
from bot.discord_ui.gate import steward_here

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_ROOM_FOR_CHANNELS = 2200
"""Characters of the list of channels, so that the page keeps within Discord's limit."""


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the commands; a channel that is deleted loses its purposes."""
    _add_roles(client, group)

    async def deleted(channel: discord.abc.GuildChannel) -> None:
        await client.services.store.alliances.remove_channel(channel.guild.id, channel.id)

    client.listen("guild_channel_delete", deleted)
    channels = app_commands.Group(
        name="channel",
        description=client.services.phrases.say("guide_channel_command"),
        parent=group,
    )
    _add_channel_commands(client, channels)


def _add_roles(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say
    store = client.services.store

    @group.command(name="roles", description=say("guide_roles_command"))
    @app_commands.describe(
        steward=say("guide_steward_option"),
        intermediary=say("guide_intermediary_option"),
        clear=say("guide_clear_option"),
    )
    async def roles(
        interaction: Interaction,
        steward: discord.Role | None = None,
        intermediary: discord.Role | None = None,
        clear: Literal["steward", "intermediary", "both"] | None = None,
    ) -> None:
        async with handling(interaction):
            if not await steward_here(interaction):
                return
            if any(role is not None and role.is_default() for role in (steward, intermediary)):
                await tell(interaction, say("role_of_everyone"))
                return
            changes = SettingsChanges()
            if steward is not None or clear in {"steward", "both"}:
                changes["steward_role"] = steward.id if steward else None
            if intermediary is not None or clear in {"intermediary", "both"}:
                changes["intermediary_role"] = intermediary.id if intermediary else None
            settings = await store.alliances.change_settings(interaction.guild_id or 0, **changes)
            await tell(interaction, roles_line(settings, client.services.phrases))


def _add_channel_commands(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say
    store = client.services.store

    @group.command(name="add", description=say("guide_channel_add_command"))
    @app_commands.describe(channel=say("guide_channel_option"), purpose=say("guide_purpose_option"))
    async def add(
        interaction: Interaction,
        channel: discord.TextChannel,
        purpose: ChannelPurpose = ChannelPurpose.QUESTIONS,
    ) -> None:
        async with handling(interaction):
            if not await steward_here(interaction):
                return
            fresh = await store.alliances.add_channel(channel.guild.id, channel.id, purpose)
            done = say("channel_added", channel=channel.mention, purpose=purpose.value, fresh=fresh)
            line = _channel_line(
                channel.guild, channel.id, [purpose.value], client.services.phrases
            )
            await tell(interaction, f"{done}\n{line}")

    @group.command(name="remove", description=say("guide_channel_remove_command"))
    @app_commands.describe(
        channel=say("guide_channel_option"), purpose=say("guide_purpose_removed_option")
    )
    async def remove(
        interaction: Interaction,
        channel: discord.TextChannel,
        purpose: ChannelPurpose | None = None,
    ) -> None:
        async with handling(interaction):
            if not await steward_here(interaction):
                return
            there = await store.alliances.remove_channel(channel.guild.id, channel.id, purpose)
            words = say(
                "channel_removed",
                channel=channel.mention,
                purpose=purpose.value if purpose else "",
                there=there,
            )
            await tell(interaction, words)


def channel_lines(
    guild: discord.Guild, used: Sequence[PurposeChannel], phrases: Phrases
) -> list[str]:
    """A line for each channel in use; those that lack a permission come first."""
    purposes: dict[int, list[str]] = {}
    for one in used:
        purposes.setdefault(one.channel, []).append(one.purpose.value)
    lines: list[str] = []
    for channel in sorted(purposes, key=lambda channel: not _lacks(guild, channel)):
        line = _channel_line(guild, channel, purposes[channel], phrases)
        if len(line) + sum(map(len, lines)) > _ROOM_FOR_CHANNELS:
            more = len(purposes) - len(lines)
            return [*lines, phrases.say("setup_more_channels", count=more)]
        lines.append(line)
    return lines


def _lacks(guild: discord.Guild, channel: int) -> bool:
    found = guild.get_channel(channel)
    return found is None or bool(lacking(found.permissions_for(guild.me)))


def _channel_line(
    guild: discord.Guild, channel: int, purposes: Sequence[str], phrases: Phrases
) -> str:
    found = guild.get_channel(channel)
    if found is None:
        return phrases.say("setup_channel_gone", channel=channel, purposes=purposes)
    if missing := lacking(found.permissions_for(guild.me)):
        return phrases.say(
            "setup_channel_lacking",
            channel=found.mention,
            purposes=purposes,
            permissions=named(missing),
        )
    return phrases.say("setup_channel_ready", channel=found.mention, purposes=purposes)


def roles_line(settings: AllianceSettings, phrases: Phrases) -> str:
    """Which roles are in use."""

    def mention(role: int | None) -> str:
        return f"<@&{role}>" if role else ""

    return phrases.say(
        "setup_roles",
        steward=mention(settings.steward_role),
        intermediary=mention(settings.intermediary_role),
    )
