"""An interaction as Discord's JSON."""

from __future__ import annotations

from tests.loopback.constants import Json
from tests.loopback.limits import LIMITS
from tests.loopback.permissions import IN_DM
from tests.loopback.world.model import Interaction

from . import objects


def interaction_payload(value: Interaction) -> Json:
    """An interaction as the gateway delivers it."""
    world = value.channel.world
    place = objects.channel(value.channel)
    data: Json = {
        "id": str(value.id),
        "application_id": str(world.application_id),
        "type": value.type,
        "token": value.token,
        "version": 1,
        "data": value.data,
        "channel": place,
        "channel_id": str(value.channel.id),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": objects.owners(value),
        "attachment_size_limit": LIMITS["ATTACHMENT_BYTES"],
    }
    if value.guild is not None and value.member is not None:
        allowed = str(int(value.member.permissions_in(value.channel)))
        place["permissions"] = allowed
        own = value.guild.bot_member
        data |= {
            "guild_id": str(value.guild.id),
            "guild": {"id": str(value.guild.id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": objects.member(value.member) | {"permissions": allowed},
            "app_permissions": str(int(own.permissions_in(value.channel))) if own else "0",
            "context": 0,
        }
    else:
        data |= {"user": objects.user(value.user), "context": 1}
        data["app_permissions"] = str(int(IN_DM))
    if value.message is not None:
        data["message"] = objects.message(value.message)
        if (seen := value.as_seen) is not None:
            data["message"] |= {
                "content": seen.content,
                "embeds": seen.embeds,
                "components": seen.components,
            }
    return data
