"""/guide setup, channel and roles: where the bot does what, who may do what, what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

import discord

from bot.adapters.discord.permissions import lacking, named
from bot.alliances.actions import (
    CHECK_AGAIN,
    CHOOSE_BOARD,
    CHOOSE_CHANNELS,
    CHOOSE_ROLE,
    JOINING,
    RoleKind,
)
from bot.alliances.records import ChannelPurpose, PurposeChannel, SettingsChanges
from bot.alliances.role_words import roles_line
from bot.chat.fit import Listing
from bot.chat.flow import Scope, command, handles
from bot.chat.screen import Button, Picker, Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import escape, one_line

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient
    from bot.adapters.discord.surface import DiscordSurface

_MOST_PICKED = 25


def mind_channels(client: GuideClient) -> None:
    """See to it that a channel that is deleted loses its purposes, and posts in it are gone."""

    async def deleted(channel: discord.abc.GuildChannel) -> None:
        await client.services.store.posts.channel_gone(channel.guild.id, channel.id)

    client.listen("guild_channel_delete", deleted)


# -- setting up ----------------------------------------------------------------------------------


@command("guide setup", scope=Scope.SERVER, steward=True)
async def setup(turn: Turn) -> Screen:
    """Show how things stand, with menus to change them."""
    return await setup_screen(turn)


@handles(CHECK_AGAIN, steward=True)
async def checked_again(turn: Turn) -> Screen:
    """Look at the permissions again."""
    return await setup_screen(turn)


@handles(CHOOSE_CHANNELS, steward=True)
async def channels_chosen(turn: Turn, picked: Sequence[str]) -> Screen:
    """Keep what was chosen; channels beyond those the menu can show stay as they are."""
    alliances, purpose = turn.store.alliances, ChannelPurpose.QUESTIONS
    used = await alliances.channels(turn.alliance, purpose)
    shown = {one.channel for one in used[:_MOST_PICKED]}
    chosen = set(map(int, picked))
    for channel in sorted(chosen - shown):
        await alliances.add_channel(turn.alliance, channel, purpose)
    for channel in sorted(shown - chosen):
        await alliances.remove_channel(turn.alliance, channel, purpose)
    return await setup_screen(turn)


@handles(CHOOSE_BOARD, steward=True)
async def board_chosen(turn: Turn, picked: Sequence[str]) -> Screen:
    """Keep where opportunities are posted; what is posted elsewhere moves there."""
    purpose = ChannelPurpose.OPPORTUNITIES
    if picked:
        _, moved = await turn.store.posts.choose_channel(turn.alliance, int(picked[0]))
        if moved:
            await turn.beside(turn.say("posts_move", count=moved, channel=f"<#{picked[0]}>"))
    for place in await turn.store.alliances.channels(turn.alliance, purpose):
        if not picked:
            await turn.store.alliances.remove_channel(turn.alliance, place.channel, purpose)
    return await setup_screen(turn)


@handles(CHOOSE_ROLE, steward=True)
async def role_chosen(turn: Turn, which: RoleKind, picked: Sequence[str]) -> Screen:
    """Keep which role was chosen, or that nobody's is."""
    role = int(picked[0]) if picked else None
    if role == turn.alliance:  # the role @everyone has the id of its server
        await turn.beside(turn.say("role_of_everyone"))
    else:
        await turn.store.alliances.change_settings(turn.alliance, **_change(which, role))
    return await setup_screen(turn)


@handles(JOINING, steward=True)
async def joining_chosen(turn: Turn, *, asked: bool) -> Screen:
    """Keep whether a steward is asked before somebody speaks for an organization."""
    await turn.store.alliances.change_settings(turn.alliance, joining_needs_yes=asked)
    return await setup_screen(turn)


async def setup_screen(turn: Turn) -> Screen:
    """The page of /guide setup as things stand, with its menus."""
    guild = _guild(turn)
    settings = await turn.store.alliances.settings(turn.alliance)
    used = await turn.store.alliances.channels(turn.alliance)
    me = cast("DiscordSurface", turn.surface).client.user
    name = escape(one_line(me.display_name)) if me else ""
    guides = [
        one.channel
        for one in used
        if one.purpose is ChannelPurpose.QUESTIONS and guild.get_channel(one.channel)
    ]
    asked = settings.joining_needs_yes
    stewards = any(one.purpose is ChannelPurpose.STEWARDS for one in used)
    channels = Picker(
        "channel",
        turn.say("label_setup_channels"),
        CHOOSE_CHANNELS(turn.alliance),
        tuple(guides[:_MOST_PICKED]),
        most=_MOST_PICKED,
        forums=True,
    )
    boards = [one.channel for one in used if one.purpose is ChannelPurpose.OPPORTUNITIES]
    board = Picker(
        "channel",
        turn.say("label_setup_board"),
        CHOOSE_BOARD(turn.alliance),
        tuple(one for one in boards if guild.get_channel(one))[:1],
    )
    return Screen(
        turn.say("setup_lead", name=name, alliance=escape(one_line(guild.name))),
        Listing(
            _channel_lines(turn, guild, used) or [turn.say("setup_no_channels")],
            lambda left: turn.say("setup_more_channels", count=left),
            head=turn.say("setup_channels"),
        ),
        await roles_line(turn, settings),
        turn.say("setup_joining", asked=asked, channel=stewards),
        turn.say("setup_seen", name=name, days=settings.retention_days),
        rows=[
            [channels],
            [board],
            [_role_picker(turn, guild, RoleKind.STEWARD, settings.steward_role)],
            [_role_picker(turn, guild, RoleKind.INTERMEDIARY, settings.intermediary_role)],
            [
                Button(turn.say("label_setup_check"), CHECK_AGAIN(turn.alliance)),
                Button(
                    turn.say("label_setup_joining", asked=asked), JOINING(not asked, turn.alliance)
                ),
            ],
        ],
    )


def _role_picker(turn: Turn, guild: discord.Guild, which: RoleKind, role: int | None) -> Picker:
    """The menu of a role, with the one in use chosen."""
    steward = which is RoleKind.STEWARD
    label = turn.say("label_setup_steward" if steward else "label_setup_intermediary")
    chosen = (role,) if role and guild.get_role(role) else ()
    return Picker("role", label, CHOOSE_ROLE(which, turn.alliance), chosen)


# -- channels ------------------------------------------------------------------------------------


@command("guide channel add", scope=Scope.SERVER, steward=True)
async def add_channel(
    turn: Turn,
    channel: discord.TextChannel | discord.ForumChannel,
    purpose: ChannelPurpose = ChannelPurpose.QUESTIONS,
) -> Screen:
    """Give a channel a purpose; of a forum each post is a question."""
    if isinstance(channel, discord.ForumChannel) and purpose is not ChannelPurpose.QUESTIONS:
        raise Refused(turn.say("forum_for_questions", purpose=purpose.value))
    moved = 0
    if purpose is ChannelPurpose.OPPORTUNITIES:
        fresh, moved = await turn.store.posts.choose_channel(turn.alliance, channel.id)
    else:
        fresh = await turn.store.alliances.add_channel(turn.alliance, channel.id, purpose)
    done = turn.say("channel_added", channel=channel.mention, purpose=purpose.value, fresh=fresh)
    if moved:
        done += "\n" + turn.say("posts_move", count=moved, channel=channel.mention)
    return Screen(f"{done}\n{_channel_line(turn, channel.guild, channel.id, [purpose.value])}")


@command("guide channel remove", scope=Scope.SERVER, steward=True)
async def remove_channel(
    turn: Turn,
    channel: discord.TextChannel | discord.ForumChannel,
    purpose: ChannelPurpose | None = None,
) -> Screen:
    """Take a purpose, or all of them, from a channel."""
    there = await turn.store.alliances.remove_channel(turn.alliance, channel.id, purpose)
    return Screen(
        turn.say(
            "channel_removed",
            channel=channel.mention,
            purpose=purpose.value if purpose else "",
            there=there,
        )
    )


def _channel_lines(turn: Turn, guild: discord.Guild, used: Sequence[PurposeChannel]) -> list[str]:
    """A line for each channel in use; those that lack a permission come first."""
    purposes: dict[int, list[str]] = {}
    for one in used:
        purposes.setdefault(one.channel, []).append(one.purpose.value)
    channels = sorted(purposes, key=lambda channel: _lacks(guild, channel) == [])
    return [_channel_line(turn, guild, channel, purposes[channel]) for channel in channels]


def _channel_line(turn: Turn, guild: discord.Guild, channel: int, purposes: Sequence[str]) -> str:
    lacks = _lacks(guild, channel)
    if lacks is None:
        return turn.say("setup_channel_gone", channel=channel, purposes=purposes)
    if lacks:
        return turn.say(
            "setup_channel_lacking",
            channel=f"<#{channel}>",
            purposes=purposes,
            permissions=named(lacks),
        )
    return turn.say("setup_channel_ready", channel=f"<#{channel}>", purposes=purposes)


def _lacks(guild: discord.Guild, channel: int) -> list[str] | None:
    """The permissions that a channel should give and doesn't; None where it is gone."""
    known = guild.get_channel(channel)
    if known is None:
        return None
    forum = isinstance(known, discord.ForumChannel)
    return lacking(known.permissions_for(guild.me), forum=forum)


# -- roles ---------------------------------------------------------------------------------------


@command("guide roles", scope=Scope.SERVER, steward=True)
async def roles(
    turn: Turn,
    steward: discord.Role | None = None,
    intermediary: discord.Role | None = None,
    clear: Literal["steward", "intermediary", "both"] | None = None,
) -> Screen:
    """Choose the roles, or show them."""
    if any(role is not None and role.is_default() for role in (steward, intermediary)):
        raise Refused(turn.say("role_of_everyone"))
    changes = SettingsChanges()
    if steward is not None or clear in {"steward", "both"}:
        changes["steward_role"] = steward.id if steward else None
    if intermediary is not None or clear in {"intermediary", "both"}:
        changes["intermediary_role"] = intermediary.id if intermediary else None
    settings = await turn.store.alliances.change_settings(turn.alliance, **changes)
    return Screen(await roles_line(turn, settings))


def _guild(turn: Turn) -> discord.Guild:
    guild = cast("DiscordSurface", turn.surface).interaction.guild
    if guild is None:
        raise Refused(turn.say("stale_button"))
    return guild


def _change(which: RoleKind, role: int | None) -> SettingsChanges:
    if which is RoleKind.STEWARD:
        return {"steward_role": role}
    return {"intermediary_role": role}
