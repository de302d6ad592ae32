"""Posts in forums: a question with a title, and a thread of its own in which it is answered."""

from __future__ import annotations

import re

import discord

from bot.answers.respond import MessagePlace

_TO_POSTER = re.compile(r"\b(?:you|your|yours|u)\b", re.IGNORECASE)


def is_post(message: discord.Message) -> bool:
    """Whether a message opened a post: it has the id of the post's thread."""
    channel = message.channel
    forum = isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel)
    return forum and message.id == channel.id


def with_title(message: discord.Message, text: str, most: int) -> str:
    """What a message says, of a post with its title above; cut to so many characters there."""
    if not is_post(message) or not isinstance(message.channel, discord.Thread):
        return text
    title = message.channel.name.strip()
    if text.casefold().startswith(title.casefold()):
        return text
    return f"{title}\n{text}".strip()[: max(most, len(title))]


def guide_place(message: discord.Message, *, answered: bool) -> MessagePlace:
    """Where in a guide channel a message stands; `answered` is whether something in its post was.

    What others ask whoever opened a post is a word among people.
    """
    channel = message.channel
    if is_post(message):
        return MessagePlace.FORUM_POST
    if isinstance(channel, discord.Thread):
        if message.author.id != channel.owner_id and _TO_POSTER.search(message.content):
            return MessagePlace.ELSEWHERE
        if answered:
            return MessagePlace.OWN_THREAD
    return MessagePlace.GUIDE_CHANNEL
