"""The plain things of the world: users, roles, files, messages, interactions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.loopback.constants import Callback, Json, MessageFlag, MessageType
from tests.loopback.permissions import Permission

if TYPE_CHECKING:
    from tests.loopback.clock import Timer

    from .channels import Channel
    from .guilds import Guild, Member


@dataclass(eq=False)
class User:
    """A Discord account. `dms_open` is false for someone who takes no direct messages."""

    id: int
    name: str
    bot: bool = False
    dms_open: bool = True

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return f"<User {self.name}>"


@dataclass(eq=False)
class Role:
    """A role of one server."""

    id: int
    name: str
    permissions: Permission
    position: int
    mentionable: bool = False
    managed_by: User | None = None

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"

    def __repr__(self) -> str:
        return f"<Role {self.name}>"


@dataclass
class Overwrite:
    """What a channel allows and denies one role or member."""

    is_role: bool
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE


@dataclass(frozen=True)
class File:
    """A file someone attaches or the bot uploads.

    With `claimed_size` it is announced as that big, whatever its data.
    """

    name: str
    data: bytes = b""
    content_type: str = "application/octet-stream"
    claimed_size: int | None = None

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")


@dataclass(eq=False)
class Attachment:
    """A file that was uploaded: it has an id and an address, from which it can be read."""

    id: int
    file: File
    url: str
    description: str | None = None
    ephemeral: bool = False

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def data(self) -> bytes:
        return self.file.data

    @property
    def text(self) -> str:
        return self.file.text


@dataclass(frozen=True)
class Pings:
    """Whom a message notifies, by id. Test with `member in message.pings`."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)

    def __contains__(self, who: object) -> bool:
        if who == "everyone":
            return self.everyone
        identity = getattr(who, "id", who)
        return identity in self.users or identity in self.roles


NOBODY = Pings()


@dataclass(frozen=True)
class Version:
    """What a message looked like before an edit."""

    content: str
    embeds: list[Json]
    components: list[Json]


@dataclass(eq=False)
class Message:
    """A message; the object stays the same while the message is edited."""

    id: int
    channel: Channel
    author: User
    created: float
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: MessageFlag = MessageFlag.NONE
    type: MessageType = MessageType.DEFAULT
    edited: float | None = None
    deleted: bool = False
    reference: Message | None = None
    forwarded: Message | None = None
    snapshots: list[Json] = field(default_factory=list)  # what was forwarded, as it read then
    pings: Pings = NOBODY
    mentions: list[User] = field(default_factory=list)
    nonce: str | None = None
    interaction: Interaction | None = None
    visible_to: User | None = None  # set for an ephemeral message
    versions: list[Version] = field(default_factory=list)
    reactions: dict[str, set[int]] = field(default_factory=dict)
    thread: Channel | None = None

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether this is the bot "thinking": deferred and not filled yet."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def system(self) -> bool:
        """Whether Discord made this, about a thread that was opened."""
        return self.type in (MessageType.THREAD_CREATED, MessageType.THREAD_STARTER_MESSAGE)

    @property
    def files(self) -> list[Attachment]:
        return self.attachments

    @property
    def text(self) -> str:
        """What a person reads: content, embeds and text components, without buttons."""
        from .text import readable

        return readable(self)

    @property
    def link(self) -> str:
        place = self.channel.guild.id if self.channel.guild else "@me"
        return f"https://discord.com/channels/{place}/{self.channel.id}/{self.id}"

    def __repr__(self) -> str:
        return f"<Message by {self.author.name}: {self.text[:60]!r}>"


OutcomeKind = Literal["message", "update", "edit", "followup", "modal", "choices", "deleted"]


@dataclass(frozen=True)
class Outcome:
    """One thing the bot did with an interaction, in the order it did them."""

    kind: OutcomeKind
    message: Message | None = None


@dataclass(frozen=True)
class Choice:
    """A completion offered while a user types."""

    name: str
    value: str | int | float


@dataclass(eq=False)
class Modal:
    """A form on one member's screen."""

    interaction: Interaction
    custom_id: str
    title: str
    components: list[Json]


@dataclass(eq=False)
class Interaction:
    """One use of a command, component, form or autocomplete, and what became of it."""

    id: int
    token: str
    type: int
    user: User
    channel: Channel
    data: Json
    created: float
    member: Member | None = None
    guild: Guild | None = None
    message: Message | None = None
    opened_by: Interaction | None = None  # of a form: what it was opened from
    as_seen: Version | None = None  # of a late click: the message as it was
    attachments: dict[int, Attachment] = field(default_factory=dict)
    callback: Callback | None = None
    called_back_at: float | None = None
    acknowledged_at: float | None = None
    original: Message | None = None
    sent: list[Message] = field(default_factory=list)
    modal: Modal | None = None
    choices: list[Choice] | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    failed: bool = False
    timer: Timer | None = None

    @property
    def acknowledged(self) -> bool:
        return self.acknowledged_at is not None

    @property
    def seconds_to_acknowledge(self) -> float | None:
        """How long the bot took to acknowledge, or None while it has not."""
        return None if self.acknowledged_at is None else self.acknowledged_at - self.created

    @property
    def seconds_to_callback(self) -> float | None:
        """How long until the bot's first callback came in, whatever became of it; or None.

        A callback that is held, fails or is refused counts, unlike an acknowledgement.
        """
        return None if self.called_back_at is None else self.called_back_at - self.created

    @property
    def name(self) -> str:
        """The command's name or the component's custom id."""
        return str(self.data.get("name") or self.data.get("custom_id"))
