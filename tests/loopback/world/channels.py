"""Channels, threads and direct messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tests.loopback.constants import ChannelType, Intent
from tests.loopback.errors import ScenarioError
from tests.loopback.payloads import objects
from tests.loopback.permissions import Permission, named

from .model import Message, Overwrite, Role, User
from .text import transcript

if TYPE_CHECKING:
    from .guilds import Guild, Member
    from .world import World

T = TypeVar("T")


class Channel:
    """A text channel, a forum, a thread, or a conversation between a person and the bot."""

    def __init__(
        self,
        world: World,
        name: str,
        kind: ChannelType = ChannelType.TEXT,
        *,
        identity: int | None = None,
        guild: Guild | None = None,
        parent: Channel | None = None,
        owner: User | None = None,
        recipient: User | None = None,
        topic: str | None = None,
    ) -> None:
        self.world = world
        self.id = world.snowflakes.next() if identity is None else identity
        self.name = name
        self.type = kind
        self.guild = guild
        self.parent = parent
        self.owner = owner
        self.recipient = recipient
        self.topic = topic
        self.tags: list[str] = []  # of a forum those there are, of a post in it those it has
        self.created = world.clock.now()
        self.overwrites: dict[int, Overwrite] = {}
        self.thread_members: dict[int, float] = {}
        self.archived = False
        self.locked = False
        self.invitable = True
        self.auto_archive_minutes = 1440
        self.slow_mode = 0
        self.messages: dict[int, Message] = {}
        self.deleted = False
        world.channels[self.id] = self

    def __repr__(self) -> str:
        return f"<Channel {self.label}>"

    @property
    def label(self) -> str:
        """The channel's name as people write it."""
        if self.recipient is not None:
            return f"direct messages with {self.recipient.name}"
        return f"{'thread ' if self.is_thread else '#'}{self.name}"

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def is_thread(self) -> bool:
        return self.type in (ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD)

    @property
    def is_private_thread(self) -> bool:
        return self.type == ChannelType.PRIVATE_THREAD

    @property
    def is_forum(self) -> bool:
        return self.type == ChannelType.FORUM

    @property
    def is_dm(self) -> bool:
        return self.type == ChannelType.DM

    @property
    def threads(self) -> list[Channel]:
        """The threads opened in this channel, oldest first."""
        return [c for c in self.world.channels.values() if c.parent is self and c.is_thread]

    # -- permissions ---------------------------------------------------------------------------

    def allow(self, who: Role | Member, *names: str) -> Channel:
        """Allow `who` these permissions here, such as `"send_messages"`."""
        return self._overwrite(who, named(names), Permission.NONE)

    def deny(self, who: Role | Member, *names: str) -> Channel:
        """Deny `who` these permissions here."""
        return self._overwrite(who, Permission.NONE, named(names))

    def _overwrite(self, who: Role | Member, allow: Permission, deny: Permission) -> Channel:
        own = self.overwrites.setdefault(who.id, Overwrite(isinstance(who, Role)))
        own.allow = (own.allow | allow) & ~deny
        own.deny = (own.deny | deny) & ~allow
        self.changed()
        return self

    # -- changes -------------------------------------------------------------------------------

    def changed(self) -> None:
        """Tell the bot that the channel's settings changed."""
        event = "THREAD_UPDATE" if self.is_thread else "CHANNEL_UPDATE"
        self.world.emit(event, objects.channel(self), Intent.GUILDS, channel=self)

    def delete(self) -> None:
        """Remove the channel with all in it."""
        event = "THREAD_DELETE" if self.is_thread else "CHANNEL_DELETE"
        self.world.emit(event, objects.channel(self), Intent.GUILDS, channel=self)
        for gone in (self, *self.threads):
            gone.deleted = True
            self.world.channels.pop(gone.id, None)

    def archive(self, *, locked: bool = False) -> None:
        """Archive a thread, as Discord does after a while without messages."""
        if not self.is_thread:
            raise ScenarioError(f"{self.label} is no thread")
        self.archived, self.locked = True, locked
        self.changed()

    # -- reading -------------------------------------------------------------------------------

    @property
    def history(self) -> list[Message]:
        """The messages that everyone here can see, oldest first."""
        shown = (m for m in self.messages.values() if not m.deleted and m.visible_to is None)
        return sorted(shown, key=lambda message: message.id)

    @property
    def last_message(self) -> Message | None:
        return self.history[-1] if self.history else None

    def message(self, text: str) -> Message:
        """Return the newest visible message that contains `text`."""
        for message in reversed(self.history):
            if text in message.text:
                return message
        raise ScenarioError(f"no message with {text!r} in {self.label}\n{self.transcript()}")

    def transcript(self, viewer: User | Member | None = None) -> str:
        """Return what was said here as text; for one viewer, or with all ephemeral messages."""
        return transcript(self, viewer)

    async def next_message(
        self,
        *,
        after: Message | int | None = None,
        by: User | Member | None = None,
        containing: str | None = None,
        within: float | None = None,
    ) -> Message:
        """Wait for the first public message after another one, by someone.

        Without `after` the first that comes from now on is meant. A message the bot deferred
        counts once it is filled; notices of Discord itself do not count.
        """
        start = self.world.snowflakes.next() if after is None else after
        first = start.id if isinstance(start, Message) else start
        author = None if by is None else by.id

        def found() -> Message | None:
            for message in self.history:
                fits = message.id > first and not message.loading and not message.system
                fits = fits and author in (None, message.author.id)
                if fits and (containing is None or containing in message.text):
                    return message
            return None

        sought = f"message in {self.label}" + (f" by {by.name}" if by else "")
        if containing is not None:
            sought += f" with {containing!r}"
        return await self.until(found, what=sought, within=within)

    async def next_thread(
        self, *, after: Message | None = None, within: float | None = None
    ) -> Channel:
        """Wait for the first thread opened here from now on, or since a message."""
        known = {thread.id for thread in self.threads} if after is None else set()
        first = 0 if after is None else after.id

        def found() -> Channel | None:
            fresh = (t for t in self.threads if t.id not in known and t.id >= first)
            return next(fresh, None)

        return await self.until(found, what=f"thread in {self.label}", within=within)

    async def until(
        self, condition: Callable[[], T | None], *, what: str, within: float | None = None
    ) -> T:
        """Wait for a condition about this channel; on failure the transcript is shown."""
        return await self.world.until(condition, what=what, within=within, explain=self.transcript)
