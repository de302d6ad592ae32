"""Opening threads and joining them."""

from __future__ import annotations

from collections.abc import Iterable

from tests.loopback.constants import ChannelType, Intent, MessageFlag, MessageType
from tests.loopback.payloads import objects

from .channels import Channel
from .model import Message, User


def open_thread(
    parent: Channel,
    name: str,
    owner: User,
    *,
    message: Message | None = None,
    private: bool = False,
    tags: Iterable[str] = (),
) -> Channel:
    """Open a thread from a message (whose id it takes) or without one; in a forum, a post."""
    world = parent.world
    kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
    thread = Channel(
        world,
        name,
        kind,
        identity=message.id if message else None,
        guild=parent.guild,
        parent=parent,
        owner=owner,
    )
    thread.thread_members[owner.id] = world.clock.now()
    thread.tags = list(tags)
    data = objects.channel(thread) | {"newly_created": True}
    world.emit("THREAD_CREATE", data, Intent.GUILDS, channel=thread)
    if message is not None:
        message.thread = thread
        message.flags |= MessageFlag.HAS_THREAD
        world.emit_message("MESSAGE_UPDATE", message)
        starter = Message(
            world.snowflakes.next(),
            thread,
            owner,
            world.clock.now(),
            type=MessageType.THREAD_STARTER_MESSAGE,
            reference=message,
        )
        thread.messages[starter.id] = starter
    elif not private and not parent.is_forum:
        notice = Message(
            world.snowflakes.next(),
            parent,
            owner,
            world.clock.now(),
            content=name,
            type=MessageType.THREAD_CREATED,
        )
        world.add_message(notice)
    return thread


def join_thread(thread: Channel, user: User) -> None:
    """Add someone to a thread, if they are in the server."""
    guild = thread.guild
    if guild is None or user.id in thread.thread_members or user.id not in guild.members:
        return
    thread.thread_members[user.id] = thread.world.clock.now()
    _members_changed(thread, added=[user], removed=[])


def leave_thread(thread: Channel, user: User) -> None:
    """Take someone out of a thread."""
    if user.id in thread.thread_members:
        _members_changed(thread, added=[], removed=[user])
        del thread.thread_members[user.id]


def _members_changed(thread: Channel, *, added: list[User], removed: list[User]) -> None:
    assert thread.guild is not None
    world = thread.world
    if thread.is_private_thread and world.bot in added:
        # someone who is added to a private thread learns of it by its creation
        world.emit("THREAD_CREATE", objects.channel(thread), Intent.GUILDS, channel=thread)
    data = {
        "id": str(thread.id),
        "guild_id": str(thread.guild.id),
        "member_count": len(thread.thread_members) - len(removed),
        "added_members": [objects.thread_member(thread, user.id) for user in added],
        "removed_member_ids": [str(user.id) for user in removed],
    }
    about_bot = world.bot in (*added, *removed)
    intent = Intent.GUILDS if about_bot else Intent.GUILD_MEMBERS
    world.emit("THREAD_MEMBERS_UPDATE", data, intent, channel=thread)
