"""The world as Discord's JSON."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.loopback.constants import InteractionType, Json
from tests.loopback.world.model import Attachment, Interaction, Message, Role, User

if TYPE_CHECKING:
    from tests.loopback.world.channels import Channel
    from tests.loopback.world.guilds import Member


_NO_EMOJI: Json = {"emoji_id": None, "emoji_name": None}


def iso(seconds: float) -> str:
    """Return a time in the form Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def user(value: User) -> Json:
    return {
        "id": str(value.id),
        "username": value.name.lower().replace(" ", "_"),
        "global_name": value.name,
        "discriminator": "0000" if value.bot else "0",
        "avatar": None,
        "bot": value.bot,
        "flags": 0,
        "public_flags": 0,
        "primary_guild": None,
    }


def member(value: Member) -> Json:
    return member_part(value) | {"user": user(value.user)}


def member_part(value: Member) -> Json:
    """A member without the user, as it stands in a message."""
    return {
        "roles": [str(role.id) for role in value.roles],
        "nick": None,
        "avatar": None,
        "banner": None,
        "joined_at": iso(value.joined),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def role(value: Role) -> Json:
    data: Json = {
        "id": str(value.id),
        "name": value.name,
        "permissions": str(int(value.permissions)),
        "position": value.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": value.managed_by is not None,
        "mentionable": value.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if value.managed_by is not None:
        data["tags"] = {"bot_id": str(value.managed_by.id)}
    return data


def channel(value: Channel) -> Json:
    data: Json = {"id": str(value.id), "type": int(value.type), "flags": 0}
    last = value.last_message
    data["last_message_id"] = None if last is None else str(last.id)
    if value.is_dm:
        assert value.recipient is not None
        return data | {"recipients": [user(value.recipient)]}
    assert value.guild is not None
    data |= {
        "guild_id": str(value.guild.id),
        "name": value.name,
        "parent_id": str(value.parent.id) if value.parent else None,
        "rate_limit_per_user": value.slow_mode,
    }
    if value.is_thread:
        return data | _thread_part(value)
    if value.is_forum:
        data |= _forum_part(value)
    return data | {
        "position": value.guild.channels.index(value) if value in value.guild.channels else 0,
        "topic": value.topic,
        "nsfw": False,
        "permission_overwrites": [
            {
                "id": str(identity),
                "type": 0 if own.is_role else 1,
                "allow": str(int(own.allow)),
                "deny": str(int(own.deny)),
            }
            for identity, own in value.overwrites.items()
        ],
    }


def _forum_part(value: Channel) -> Json:
    return {
        "available_tags": [
            {"id": tag_id(name), "name": name, "moderated": False, **_NO_EMOJI}
            for name in value.tags
        ],
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
    }


def tag_id(name: str) -> str:
    """The id of a tag of that name."""
    return str(zlib.crc32(name.encode()))


def _thread_part(value: Channel) -> Json:
    data: Json = {
        "owner_id": str(value.owner.id) if value.owner else None,
        "applied_tags": [tag_id(name) for name in value.tags],
        "message_count": len(value.history),
        "total_message_sent": len(value.messages),
        "member_count": len(value.thread_members),
        "thread_metadata": {
            "archived": value.archived,
            "locked": value.locked,
            "invitable": value.invitable,
            "auto_archive_duration": value.auto_archive_minutes,
            "archive_timestamp": iso(value.created),
            "create_timestamp": iso(value.created),
        },
    }
    bot = value.world.bot.id
    if bot in value.thread_members:
        data["member"] = thread_member(value, bot)
    return data


def thread_member(thread: Channel, identity: int) -> Json:
    return {
        "id": str(thread.id),
        "user_id": str(identity),
        "join_timestamp": iso(thread.thread_members[identity]),
        "flags": 0,
    }


def attachment(value: Attachment) -> Json:
    claimed = value.file.claimed_size
    data: Json = {
        "id": str(value.id),
        "filename": value.name,
        "size": len(value.data) if claimed is None else claimed,
        "url": value.url,
        "proxy_url": value.url,
        "content_type": value.file.content_type,
    }
    if value.description is not None:
        data["description"] = value.description
    if value.ephemeral:
        data["ephemeral"] = True
    return data


def message(value: Message, *, with_reference: bool = True) -> Json:
    """A message in full; what an intent hides is removed by `intents.conceal`."""
    data: Json = {
        "id": str(value.id),
        "channel_id": str(value.channel.id),
        "type": int(value.type),
        "author": user(value.author),
        "content": value.content,
        "embeds": [embed | {"type": "rich"} for embed in value.embeds],
        "components": value.components,
        "attachments": [attachment(one) for one in value.attachments],
        "flags": int(value.flags),
        "timestamp": iso(value.created),
        "edited_timestamp": None if value.edited is None else iso(value.edited),
        "mentions": [user(one) for one in value.mentions],
        "mention_roles": [str(identity) for identity in sorted(value.pings.roles)],
        "mention_everyone": value.pings.everyone,
        "pinned": False,
        "tts": False,
    }
    if value.nonce is not None:
        data["nonce"] = value.nonce
    if value.reactions:
        data["reactions"] = [
            {
                "emoji": {"id": None, "name": emoji},
                "count": len(people),
                "count_details": {"burst": 0, "normal": len(people)},
                "me": value.channel.world.bot.id in people,
                "me_burst": False,
                "burst_colors": [],
            }
            for emoji, people in value.reactions.items()
        ]
    if (source := value.interaction) is not None:
        application = str(value.channel.world.application_id)
        data |= {"webhook_id": application, "application_id": application}
        data["interaction_metadata"] = _metadata(source)
    if value.thread is not None:
        data["thread"] = channel(value.thread)
    if value.forwarded is not None:
        data["message_reference"] = _reference(value.forwarded) | {"type": 1}
        data["message_snapshots"] = value.snapshots
    if (target := value.reference) is not None:
        data["message_reference"] = _reference(target)
        if with_reference:
            shown = None if target.deleted else message(target, with_reference=False)
            data["referenced_message"] = shown
    return data


def snapshot(value: Message) -> Json:
    """A message as it is forwarded: without who wrote it."""
    kept = [
        "type",
        "content",
        "embeds",
        "components",
        "attachments",
        "flags",
        "timestamp",
        "edited_timestamp",
        "mentions",
        "mention_roles",
    ]
    data = message(value, with_reference=False)
    return {"message": {name: data[name] for name in kept}}


def _reference(target: Message) -> Json:
    data: Json = {
        "type": 0,
        "channel_id": str(target.channel.id),
        "message_id": str(target.id),
    }
    if target.channel.guild:
        data["guild_id"] = str(target.channel.guild.id)
    return data


def message_event(value: Message) -> Json:
    """A message as an event of the gateway has it."""
    data = message(value)
    if (guild := value.channel.guild) is not None:
        data["guild_id"] = str(guild.id)
        if (author := guild.members.get(value.author.id)) is not None:
            data["member"] = member_part(author)
    return data


def _metadata(source: Interaction) -> Json:
    data: Json = {
        "id": str(source.id),
        "type": source.type,
        "user": user(source.user),
        "authorizing_integration_owners": owners(source),
    }
    if source.type == InteractionType.COMPONENT and source.message is not None:
        data["interacted_message_id"] = str(source.message.id)
    if source.opened_by is not None:
        data["triggering_interaction_metadata"] = _metadata(source.opened_by)
    return data


def owners(source: Interaction) -> dict[str, str]:
    """Return where an interaction's application is installed."""
    return {"0": str(source.guild.id) if source.guild else "0"}
