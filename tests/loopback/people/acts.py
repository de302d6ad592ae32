"""A person: who they are, where they are, what they may do, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.loopback.constants import Intent, Json, MessageFlag, MessageType
from tests.loopback.errors import ScenarioError
from tests.loopback.limits import LIMITS
from tests.loopback.payloads import objects
from tests.loopback.permissions import Permission
from tests.loopback.validation.drafts import Draft, amend, fill
from tests.loopback.world.model import File, Message, Role, User

if TYPE_CHECKING:
    from tests.loopback.world.channels import Channel
    from tests.loopback.world.guilds import Member
    from tests.loopback.world.world import World

P = Permission


class Person:
    """Someone who talks, reacts and opens threads."""

    def __init__(self, world: World, user: User) -> None:
        self.world = world
        self.user = user
        self.last_place: Channel | None = None

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def mention(self) -> str:
        return self.user.mention

    @property
    def dm(self) -> Channel:
        """The conversation with the bot."""
        return self.world.dm(self.user)

    def membership(self, channel: Channel) -> Member | None:
        """Return this person as a member of a channel's server; None in direct messages.

        Raises:
            ScenarioError: if the person is not in the server.
        """
        if channel.guild is None:
            return None
        member = channel.guild.members.get(self.id)
        if member is None:
            raise ScenarioError(f"{self.name} is not in {channel.guild.name}")
        return member

    def needs(self, channel: Channel, *permissions: Permission) -> None:
        """Raise unless the person sees the channel and has these permissions there."""
        member = self.membership(channel)
        if member is None:
            if channel.recipient is not self.user:
                raise ScenarioError(f"{self.name} is not part of {channel.label}")
            return
        for permission in (P.VIEW_CHANNEL, *permissions):
            if not member.permissions_in(channel) & permission:
                name = str(permission.name).lower()
                raise ScenarioError(f"{self.name} lacks {name} in {channel.label}")

    def place(self, channel: Channel | None) -> Channel:
        """Return where the person is: the channel given, the last one, or the first there is."""
        place = channel or self.last_place
        guild = getattr(self, "guild", None)
        if place is None:
            place = self.dm if guild is None else next(iter(guild.channels), None)
        if place is None:
            raise ScenarioError(f"say where {self.name} is, with in_=")
        self.needs(place)
        self.remember(place)
        return place

    def remember(self, channel: Channel) -> None:
        """Note where the person is; a member who writes privately stays in the server."""
        if not channel.is_dm or getattr(self, "guild", None) is None:
            self.last_place = channel

    # -- talking -------------------------------------------------------------------------------

    async def says(
        self,
        channel: Channel,
        text: str = "",
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        mentions: Iterable[User | Member | Role] = (),
        files: Iterable[File] = (),
    ) -> Message:
        """Post a message; `mentions` are put before the text, `ping` is about the reply."""
        sending = P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES
        self.needs(channel, sending)
        self.remember(channel)
        content = " ".join([*(one.mention for one in mentions), text]).strip()
        uploads = [self.world.upload(file) for file in files]
        if not content and not uploads:
            raise ScenarioError("a message needs text or a file")
        if len(content) > LIMITS["MESSAGE_CONTENT"]:
            raise ScenarioError(f"a message has at most {LIMITS['MESSAGE_CONTENT']} characters")
        if channel.is_forum:
            raise ScenarioError(f"{channel.label} is a forum: what is written there `posts`")
        message = Message(self.world.snowflakes.next(), channel, self.user, self.world.clock.now())
        if reply_to is not None:
            message.type, message.reference = MessageType.REPLY, reply_to
        everything = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
        fill(message, Draft(content=content, attachments=uploads, allowed=everything))
        return self.world.add_message(message)

    async def forwards(
        self, message: Message, *, to: Channel, text: str = "", mentions: Iterable[User] = ()
    ) -> Message:
        """Forward a message to another place, with words beside it or without."""
        self.needs(message.channel, P.READ_MESSAGE_HISTORY)
        self.needs(to, P.SEND_MESSAGES_IN_THREADS if to.is_thread else P.SEND_MESSAGES)
        self.remember(to)
        made = Message(self.world.snowflakes.next(), to, self.user, self.world.clock.now())
        made.forwarded, made.snapshots = message, [objects.snapshot(message)]
        made.flags |= MessageFlag.HAS_SNAPSHOT
        content = " ".join([*(one.mention for one in mentions), text]).strip()
        fill(made, Draft(content=content, allowed={"parse": ["users", "roles"]}))
        return self.world.add_message(made)

    async def posts(
        self,
        forum: Channel,
        title: str,
        text: str = "",
        *,
        files: Iterable[File] = (),
        tags: Iterable[str] = (),
    ) -> Message:
        """Open a post in a forum: a thread with a title, and its first message, which has its id."""
        from tests.loopback.world.threads import open_thread

        self.needs(forum, P.SEND_MESSAGES)
        uploads = [self.world.upload(file) for file in files]
        if not forum.is_forum or not (text or uploads):
            raise ScenarioError("a post is in a forum, and has text or a file")
        thread = open_thread(forum, title, self.user, tags=tags)
        self.remember(thread)
        message = Message(thread.id, thread, self.user, self.world.clock.now())
        fill(message, Draft(content=text, attachments=uploads))
        return self.world.add_message(message)

    async def dms(self, text: str = "", *, files: Iterable[File] = ()) -> Message:
        """Write to the bot directly."""
        return await self.says(self.dm, text, files=files)

    async def edits(self, message: Message, text: str) -> Message:
        """Change one's own message."""
        if message.author is not self.user:
            raise ScenarioError(f"{self.name} can't edit what {message.author.name} wrote")
        amend(message, Draft(content=text, given=frozenset({"content"})))
        self.world.emit_message("MESSAGE_UPDATE", message)
        return message

    async def retitles(self, thread: Channel, name: str) -> None:
        """Give a thread another title; Discord says so in it."""
        if thread.owner is not self.user:
            self.needs(thread, P.MANAGE_THREADS)
        thread.name = name
        thread.changed()
        now, kind = self.world.clock.now(), MessageType.CHANNEL_NAME_CHANGE
        number = self.world.snowflakes.next()
        self.world.add_message(Message(number, thread, self.user, now, content=name, type=kind))

    async def deletes(self, message: Message) -> None:
        """Delete one's own message, or another's with MANAGE_MESSAGES."""
        if message.author is not self.user:
            self.needs(message.channel, P.MANAGE_MESSAGES)
        self.world.delete_message(message)

    async def deletes_all(self, *messages: Message) -> None:
        """Delete many messages of one channel at once, with MANAGE_MESSAGES."""
        self.needs(messages[0].channel, P.MANAGE_MESSAGES)
        self.world.delete_messages(messages)

    async def reacts(self, emoji: str, *, on: Message) -> None:
        """Add a reaction."""
        self.needs(on.channel, P.READ_MESSAGE_HISTORY)
        on.reactions.setdefault(emoji, set()).add(self.id)
        channel = on.channel
        data: Json = {
            "user_id": str(self.id),
            "channel_id": str(channel.id),
            "message_id": str(on.id),
            "message_author_id": str(on.author.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        intent = Intent.DIRECT_MESSAGE_REACTIONS
        if (member := self.membership(channel)) is not None:
            data |= {"guild_id": str(member.guild.id), "member": objects.member(member)}
            intent = Intent.GUILD_MESSAGE_REACTIONS
        self.world.emit("MESSAGE_REACTION_ADD", data, intent, channel=channel)

    async def opens_thread(
        self, name: str, *, on: Message | None = None, in_: Channel | None = None
    ) -> Channel:
        """Open a public thread from a message, or without one in a channel."""
        from tests.loopback.world.threads import open_thread

        parent = on.channel if on is not None else self.place(in_)
        self.needs(parent, P.CREATE_PUBLIC_THREADS)
        return open_thread(parent, name, self.user, message=on)
