"""A server and the application as Discord's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.constants import APPLICATION_FLAGS, Json

from . import objects

if TYPE_CHECKING:
    from tests.loopback.world.channels import Channel
    from tests.loopback.world.guilds import Guild
    from tests.loopback.world.world import World


def guild(value: Guild) -> Json:
    return {
        "id": str(value.id),
        "name": value.name,
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "owner_id": str(value.owner.id),
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": [objects.role(one) for one in value.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "discovery_splash": None,
        "home_header": None,
        "application_id": None,
        "widget_enabled": False,
        "widget_channel_id": None,
        "vanity_url_code": None,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "incidents_data": None,
        "nsfw": False,
        "max_members": 500_000,
        "max_presences": None,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
    }


def guild_create(value: Guild) -> Json:
    """The guild as the gateway sends it: of the members only the bot, as without presences."""
    own = value.bot_member
    threads = [t for t in value.threads if not t.archived and _bot_sees(t)]
    return guild(value) | {
        "joined_at": objects.iso(own.joined if own else 0),
        "large": False,
        "unavailable": False,
        "member_count": len(value.members),
        "members": [objects.member(own)] if own else [],
        "channels": [objects.channel(one) for one in value.channels],
        "threads": [objects.channel(one) for one in threads],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def _bot_sees(thread: Channel) -> bool:
    own = thread.guild.bot_member if thread.guild else None
    return own is not None and bool(own.permissions_in(thread))


def application(world: World) -> Json:
    """The application, with flags for the privileged intents it was granted."""
    flags = sum(flag for intent, flag in APPLICATION_FLAGS.items() if intent & world.granted)
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "role_connections_verification_url": None,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "owner": objects.user(world.application_owner),
        "team": None,
        "bot": objects.user(world.bot),
        "approximate_guild_count": len(world.guilds),
    }
