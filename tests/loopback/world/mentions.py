"""Whom a message mentions and notifies.

Discord reads mentions in the content (with Components V2: in its text displays), outside of code.
Without `allowed_mentions` all of them notify, and so does a reply; with it, only what it names.
Everyone and roles that are not mentionable need MENTION_EVERYONE. Who is not in the server, or
can't see the channel, is not notified. Edits notify nobody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.loopback.constants import Component, Json
from tests.loopback.permissions import Permission
from tests.loopback.validation.components import walk

from .model import NOBODY, Message, Pings, User

if TYPE_CHECKING:
    from .channels import Channel

_CODE = re.compile(r"```.*?```|``.*?``|`[^`\n]*`", re.DOTALL)
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")


def live_text(content: str, components: list[Json]) -> str:
    """Return the text in which mentions count."""
    shown = [c["content"] for c in walk(components) if c.get("type") == Component.TEXT_DISPLAY]
    return _CODE.sub(" ", "\n".join([content, *shown]))


def apply_mentions(message: Message, allowed: Json | None, *, notify: bool) -> None:
    """Set a message's `mentions`, and its `pings` if it notifies at all."""
    pings = _pings(message, allowed)
    users = message.channel.world.users
    message.mentions = [users[i] for i in sorted(pings.users) if i in users]
    if notify:
        message.pings = NOBODY if message.visible_to is not None else pings


def _pings(message: Message, allowed: Json | None) -> Pings:
    channel, author = message.channel, message.author
    text = live_text(message.content, message.components)
    users = {int(i) for i in _USER.findall(text)}
    roles = {int(i) for i in _ROLE.findall(text)}
    everyone = _EVERYONE.search(text) is not None
    replied = True
    if allowed is not None:
        parse = allowed.get("parse") or []
        if "users" not in parse:
            users &= {int(i) for i in allowed.get("users") or []}
        if "roles" not in parse:
            roles &= {int(i) for i in allowed.get("roles") or []}
        everyone &= "everyone" in parse
        replied = bool(allowed.get("replied_user"))
    if message.reference is not None and replied:
        users.add(message.reference.author.id)
    loud = _may_mention_everyone(channel, author)
    return Pings(
        frozenset(i for i in users if _reachable(channel, i)),
        frozenset(i for i in roles if _role_reachable(channel, i, loud)),
        everyone and loud,
    )


def _may_mention_everyone(channel: Channel, author: User) -> bool:
    if channel.guild is None or (member := channel.guild.members.get(author.id)) is None:
        return False
    return bool(member.permissions_in(channel) & Permission.MENTION_EVERYONE)


def _reachable(channel: Channel, identity: int) -> bool:
    if channel.guild is None:
        recipient = channel.recipient
        bot = channel.world.bot.id
        return identity == bot or (recipient is not None and recipient.id == identity)
    member = channel.guild.members.get(identity)
    if member is None:
        return False
    place = channel.parent if channel.is_private_thread and channel.parent else channel
    return bool(member.permissions_in(place))


def _role_reachable(channel: Channel, identity: int, loud: bool) -> bool:
    role = channel.guild.roles.get(identity) if channel.guild else None
    return role is not None and (role.mentionable or loud)
