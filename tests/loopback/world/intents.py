"""What a bot without the message content intent does not get to read."""

from __future__ import annotations

from tests.loopback.constants import Json

from .model import Message, User

_HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


def conceal(data: Json, message: Message, bot: User) -> Json:
    """Empty the content of a message that neither comes from, goes to nor mentions the bot."""
    target = message.reference
    if target is not None and data.get("referenced_message"):
        data = data | {"referenced_message": conceal(data["referenced_message"], target, bot)}
    if message.author is bot or message.channel.is_dm or bot in message.mentions:
        return data
    return data | _HIDDEN | ({"message_snapshots": []} if message.snapshots else {})
