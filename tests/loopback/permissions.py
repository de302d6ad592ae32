"""Permissions, computed as Discord documents it: roles, then the channel's overwrites."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .world.channels import Channel
    from .world.guilds import Guild, Member


class Permission(IntFlag):
    NONE = 0
    KICK_MEMBERS = 1 << 1
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CHANGE_NICKNAME = 1 << 26
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40


P = Permission
ALL = Permission((1 << 53) - 1)
EVERYONE_DEFAULT = (
    P.ADD_REACTIONS
    | P.VIEW_CHANNEL
    | P.SEND_MESSAGES
    | P.EMBED_LINKS
    | P.ATTACH_FILES
    | P.READ_MESSAGE_HISTORY
    | P.USE_EXTERNAL_EMOJIS
    | P.CHANGE_NICKNAME
    | P.USE_APPLICATION_COMMANDS
    | P.CREATE_PUBLIC_THREADS
    | P.CREATE_PRIVATE_THREADS
    | P.SEND_MESSAGES_IN_THREADS
)
IN_DM = EVERYONE_DEFAULT & ~(P.CREATE_PUBLIC_THREADS | P.CREATE_PRIVATE_THREADS)


def named(names: Iterable[str]) -> Permission:
    """Return the permissions with these names, such as `send_messages`."""
    value = Permission.NONE
    for name in names:
        value |= Permission[name.upper()]
    return value


def in_guild(guild: Guild, member: Member) -> Permission:
    """Return what a member may do in a server, before any channel is looked at."""
    if guild.owner is member:
        return ALL
    value = guild.everyone.permissions
    for role in member.roles:
        value |= role.permissions
    return ALL if value & P.ADMINISTRATOR else value


def in_channel(channel: Channel, member: Member) -> Permission:
    """Return what a member may do in a channel or thread.

    A thread takes its parent's; a private one is seen by its members and by those who manage
    threads. Without VIEW_CHANNEL nothing else counts.
    """
    guild = member.guild
    place = channel.parent if channel.is_thread and channel.parent is not None else channel
    value = in_guild(guild, member)
    if value & P.ADMINISTRATOR:
        return value
    overwrites = place.overwrites
    if (own := overwrites.get(guild.everyone.id)) is not None:
        value = (value & ~own.deny) | own.allow
    allow = deny = Permission.NONE
    for role in member.roles:
        if (own := overwrites.get(role.id)) is not None:
            allow |= own.allow
            deny |= own.deny
    value = (value & ~deny) | allow
    if (own := overwrites.get(member.user.id)) is not None:
        value = (value & ~own.deny) | own.allow
    hidden = (
        channel.is_private_thread
        and member.user.id not in channel.thread_members
        and not value & P.MANAGE_THREADS
    )
    if hidden or not value & P.VIEW_CHANNEL:
        return Permission.NONE
    sending = P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES
    if not value & sending:
        value &= ~(P.MENTION_EVERYONE | P.ATTACH_FILES | P.EMBED_LINKS)
    return value
