"""What the bot must be allowed to do to answer, and what it lacks."""

from __future__ import annotations

import discord

_NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "read_message_history": "Read Message History",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "create_public_threads": "Create Public Threads",
}
"""As Discord's own settings call them."""


_FOR_POSTS = ("send_messages", "create_public_threads")
_WITH_MESSAGES = ("embed_links", "attach_files")


def missing_permissions(has: discord.Permissions, *, in_thread: bool) -> list[str]:
    """The permissions without which nothing can be posted, by Discord's name in the API."""
    sending = "send_messages_in_threads" if in_thread else "send_messages"
    needed = ("view_channel", sending, "read_message_history")
    return [name for name in needed if not getattr(has, name)]


def lacking(has: discord.Permissions, *, forum: bool = False) -> list[str]:
    """The permissions that a channel of the alliance should give and doesn't.

    In a forum others open posts, and what is written is written in threads. Who may open none is
    counted as without what goes along with a message, so that it can't be told.
    """
    needless: tuple[str, ...] = _FOR_POSTS if forum else ()
    if forum and not has.send_messages:
        needless += _WITH_MESSAGES
    return [name for name in _NAMES if name not in needless and not getattr(has, name)]


def named(permissions: list[str]) -> str:
    """Permissions as people find them in the settings."""
    return ", ".join(f"**{_NAMES[name]}**" for name in permissions)
