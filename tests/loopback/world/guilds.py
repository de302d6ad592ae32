"""Servers ("guilds") and their members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.loopback.constants import ChannelType, Intent
from tests.loopback.errors import ScenarioError
from tests.loopback.payloads import guild as guild_payload
from tests.loopback.payloads import objects
from tests.loopback.people.actor import Actor
from tests.loopback.permissions import EVERYONE_DEFAULT, Permission, in_channel, in_guild, named

from .channels import Channel
from .model import Role, User

if TYPE_CHECKING:
    from .world import World

# what the bot's own role allows unless a scenario says otherwise
BOT_DEFAULT = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "create_private_threads",
    "embed_links",
    "attach_files",
    "read_message_history",
    "add_reactions",
)


class Member(Actor):
    """A person, or a bot, in one server."""

    def __init__(self, guild: Guild, user: User) -> None:
        super().__init__(guild.world, user)
        self.guild: Guild = guild
        self.roles: list[Role] = []
        self.joined = guild.world.clock.now()

    def __repr__(self) -> str:
        return f"<Member {self.name} of {self.guild.name}>"

    def permissions_in(self, channel: Channel) -> Permission:
        return in_channel(channel, self)

    @property
    def permissions(self) -> Permission:
        return in_guild(self.guild, self)

    def gains(self, *roles: Role) -> Member:
        """Give the member roles."""
        self.roles += [role for role in roles if role not in self.roles]
        self._changed()
        return self

    def loses(self, *roles: Role) -> Member:
        """Take roles from the member."""
        self.roles = [role for role in self.roles if role not in roles]
        self._changed()
        return self

    def leaves(self) -> None:
        """Leave the server."""
        del self.guild.members[self.id]
        data = {"guild_id": str(self.guild.id), "user": objects.user(self.user)}
        self.world.emit("GUILD_MEMBER_REMOVE", data, Intent.GUILD_MEMBERS, guild=self.guild)

    def _changed(self) -> None:
        data = objects.member(self) | {"guild_id": str(self.guild.id)}
        intent = Intent.NONE if self.user is self.world.bot else Intent.GUILD_MEMBERS
        self.world.emit("GUILD_MEMBER_UPDATE", data, intent, guild=self.guild)


class Guild:
    """A server, built by naming its parts: each call returns the part, new or known."""

    def __init__(self, world: World, name: str, owner: str | None = None) -> None:
        self.world = world
        self.id = world.snowflakes.next()
        self.name = name
        self.members: dict[int, Member] = {}
        self.roles: dict[int, Role] = {}
        self.everyone = Role(self.id, "@everyone", EVERYONE_DEFAULT, 0)
        self.roles[self.id] = self.everyone
        self.owner = self.member(owner or f"Owner of {name}")
        self.unavailable = False

    def __repr__(self) -> str:
        return f"<Guild {self.name}>"

    @property
    def channels(self) -> list[Channel]:
        """The server's channels, without threads."""
        everything = self.world.channels.values()
        return [c for c in everything if c.guild is self and not c.is_thread]

    @property
    def threads(self) -> list[Channel]:
        return [c for c in self.world.channels.values() if c.guild is self and c.is_thread]

    @property
    def bot_member(self) -> Member | None:
        """The bot under test, if it is in this server."""
        return self.members.get(self.world.bot.id)

    @property
    def bot_role(self) -> Role:
        """The bot's own role, whose permissions a scenario may change."""
        return next(r for r in self.roles.values() if r.managed_by is self.world.bot)

    # -- building ------------------------------------------------------------------------------

    def channel(self, name: str, *, topic: str | None = None) -> Channel:
        """Return the text channel of that name; make it if there is none."""
        for channel in self.channels:
            if channel.name == name:
                return channel
        channel = Channel(self.world, name, guild=self, topic=topic)
        self.world.emit("CHANNEL_CREATE", objects.channel(channel), Intent.GUILDS, channel=channel)
        return channel

    def forum(self, name: str, *, tags: Iterable[str] = ()) -> Channel:
        """Return the forum of that name; make it, with tags for its posts, if there is none."""
        for channel in self.channels:
            if channel.name == name and channel.is_forum:
                return channel
        forum = Channel(self.world, name, ChannelType.FORUM, guild=self)
        forum.tags = list(tags)
        self.world.emit("CHANNEL_CREATE", objects.channel(forum), Intent.GUILDS, channel=forum)
        return forum

    def role(self, name: str, *permissions: str, mentionable: bool = False) -> Role:
        """Return the role of that name; make it with these permissions if there is none."""
        for role in self.roles.values():
            if role.name == name:
                return role
        role = Role(
            self.world.snowflakes.next(), name, named(permissions), len(self.roles), mentionable
        )
        self.roles[role.id] = role
        data = {"guild_id": str(self.id), "role": objects.role(role)}
        self.world.emit("GUILD_ROLE_CREATE", data, Intent.GUILDS, guild=self)
        return role

    def member(
        self,
        name: str,
        *,
        roles: Iterable[Role] = (),
        permissions: Iterable[str] = (),
        bot: bool = False,
    ) -> Member:
        """Return the member of that name; someone new joins, with roles and permissions.

        The same name in two servers is the same person. Permissions come by a role made for
        this member.
        """
        user = self.world.person(name, bot=bot)
        if (known := self.members.get(user.id)) is not None:
            if roles or permissions:
                raise ScenarioError(f"{name} is in {self.name} already: use gains()")
            return known
        given = list(roles)
        if permissions:
            given.append(self.role(f"{name}'s permissions", *permissions))
        return self._join(user, given)

    def bot(self, name: str, *, permissions: Iterable[str] = ()) -> Member:
        """Return another bot, one that is not under test."""
        return self.member(name, permissions=permissions, bot=True)

    def _join(self, user: User, roles: list[Role]) -> Member:
        member = Member(self, user)
        member.roles = roles
        self.members[user.id] = member
        if user is not self.world.bot:
            data = objects.member(member) | {"guild_id": str(self.id)}
            self.world.emit("GUILD_MEMBER_ADD", data, Intent.GUILD_MEMBERS, guild=self)
        return member

    def delete_role(self, role: Role) -> None:
        """Remove a role from the server and from all who have it."""
        del self.roles[role.id]
        for member in self.members.values():
            member.roles = [one for one in member.roles if one is not role]
        data = {"guild_id": str(self.id), "role_id": str(role.id)}
        self.world.emit("GUILD_ROLE_DELETE", data, Intent.GUILDS, guild=self)

    # -- the bot comes and goes ----------------------------------------------------------------

    def add_bot(self, *permissions: str) -> Member:
        """Let the bot under test join, with these permissions or the usual ones."""
        if self.bot_member is not None:
            raise ScenarioError(f"the bot is in {self.name} already")
        bot = self.world.bot
        role = self.role(bot.name, *(permissions or BOT_DEFAULT))
        role.managed_by = bot
        member = self._join(bot, [role])
        self.world.emit("GUILD_CREATE", guild_payload.guild_create(self), Intent.GUILDS, guild=self)
        return member

    def remove_bot(self) -> None:
        """Throw the bot out."""
        if self.bot_member is None:
            raise ScenarioError(f"the bot is not in {self.name}")
        self.world.emit("GUILD_DELETE", {"id": str(self.id)}, Intent.GUILDS, guild=self)
        del self.members[self.world.bot.id]
        self.roles.pop(self.bot_role.id, None)

    def falls_out(self) -> None:
        """Let Discord itself fail for this server; the bot is still in it."""
        data = {"id": str(self.id), "unavailable": True}
        self.world.emit("GUILD_DELETE", data, Intent.GUILDS, guild=self)

    def comes_back(self) -> None:
        """End an outage."""
        self.world.emit("GUILD_CREATE", guild_payload.guild_create(self), Intent.GUILDS, guild=self)

    def find_channel(self, name: str) -> Channel:
        """Return an existing channel or thread by its name.

        Raises:
            ScenarioError: if there is none.
        """
        for channel in [*self.channels, *self.threads]:
            if channel.name == name and channel.type != ChannelType.CATEGORY:
                return channel
        raise ScenarioError(f"no channel {name!r} in {self.name}")
