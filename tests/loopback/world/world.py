"""Everything that exists on the server, and how changes reach the bot and the scenario."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from tests.loopback.clock import Clock, Snowflakes
from tests.loopback.constants import ChannelType, Intent, InteractionType, Json
from tests.loopback.faults import Faults
from tests.loopback.limits import LIMITS
from tests.loopback.payloads.interaction import interaction_payload
from tests.loopback.records import Records, Violation
from tests.loopback.signal import Signal

from .channels import Channel
from .guilds import Guild, Member
from .model import Attachment, File, Interaction, Message, Outcome, User, Version
from .threads import join_thread

if TYPE_CHECKING:
    from tests.loopback.gateway.gateway import Gateway

T = TypeVar("T")


class World:
    """The state of the server. All changes happen on the event loop, none of them awaits."""

    def __init__(self, clock: Clock, *, bot_name: str, granted: Intent, within: float) -> None:
        self.clock = clock
        self.snowflakes = Snowflakes(clock)
        self.signal = Signal()
        self.records = Records()
        self.faults = Faults()
        self.gateway: Gateway | None = None
        self.base_url = ""
        self.granted = granted
        self.within = within
        self.ack_seconds: float = LIMITS["INTERACTION_ACK_SECONDS"]
        self.token_seconds: float = LIMITS["INTERACTION_TOKEN_SECONDS"]
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.interactions: dict[str, Interaction] = {}
        # commands by the guild they are registered for; 0 holds the global ones
        self.commands: dict[int, dict[int, Json]] = {0: {}}
        self.typing: list[Channel] = []
        self.bot = self._user(bot_name, bot=True)
        self.application_id = self.bot.id
        self.application_owner = self._user("Application owner")

    # -- people and places ---------------------------------------------------------------------

    def _user(self, name: str, *, bot: bool = False) -> User:
        user = User(self.snowflakes.next(), name, bot)
        self.users[user.id] = user
        return user

    def person(self, name: str, *, bot: bool = False) -> User:
        """Return the account of that name; make it if there is none."""
        for user in self.users.values():
            if user.name == name:
                return user
        return self._user(name, bot=bot)

    def guild(self, name: str, *, owner: str | None = None, with_bot: bool = True) -> Guild:
        """Return the server of that name; make it, with the bot in it, if there is none."""
        for guild in self.guilds.values():
            if guild.name == name:
                return guild
        guild = Guild(self, name, owner)
        self.guilds[guild.id] = guild
        if with_bot:
            guild.add_bot()
        return guild

    def dm(self, user: User) -> Channel:
        """Return the conversation between a person and the bot."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        return Channel(self, "", ChannelType.DM, recipient=user)

    def upload(self, file: File, *, description: str | None = None) -> Attachment:
        """Keep a file where it can be read by its address."""
        identity = self.snowflakes.next()
        url = f"{self.base_url}/cdn/attachments/{identity}/{file.name}"
        attachment = Attachment(identity, file, url, description)
        self.attachments[identity] = attachment
        return attachment

    # -- telling the bot -----------------------------------------------------------------------

    def emit(
        self,
        event: str,
        data: Json,
        intent: Intent,
        *,
        guild: Guild | None = None,
        channel: Channel | None = None,
    ) -> None:
        """Send an event to the bot, if it may see it, and wake whoever waits for a change."""
        guild = guild or (channel.guild if channel else None)
        own = guild.bot_member if guild else None
        seen = guild is None or own is not None
        if own is not None and channel is not None and channel.is_thread:
            seen = bool(own.permissions_in(channel))
        if seen and self.gateway is not None:
            self.gateway.dispatch(event, data, intent)
        self.signal.notify()

    def emit_message(self, event: str, message: Message) -> None:
        """Send a message event, unless the message is hidden from the bot."""
        channel = message.channel
        own = channel.guild.bot_member if channel.guild else None
        seen = channel.is_dm or (own is not None and bool(own.permissions_in(channel)))
        if seen and message.visible_to is None and self.gateway is not None:
            self.gateway.dispatch_message(event, message)
        self.signal.notify()

    # -- messages ------------------------------------------------------------------------------

    def add_message(self, message: Message) -> Message:
        """Put a message into its channel and announce it."""
        channel = message.channel
        channel.messages[message.id] = message
        if channel.is_thread and message.visible_to is None:
            channel.archived = False
            for user in (message.author, *message.mentions):
                join_thread(channel, user)
        self.emit_message("MESSAGE_CREATE", message)
        return message

    def delete_message(self, message: Message) -> None:
        """Remove a message."""
        message.deleted = True
        self.outcome_of_change(message, "deleted")
        if message.visible_to is not None:
            self.signal.notify()
            return
        channel = message.channel
        data = {"id": str(message.id), "channel_id": str(channel.id)}
        if channel.guild is not None:
            data["guild_id"] = str(channel.guild.id)
        intent = Intent.DIRECT_MESSAGES if channel.is_dm else Intent.GUILD_MESSAGES
        own = channel.guild.bot_member if channel.guild else None
        if own is None or own.permissions_in(channel):
            self.emit("MESSAGE_DELETE", data, intent, channel=channel)

    def delete_messages(self, messages: Sequence[Message]) -> None:
        """Remove many messages of one channel at once."""
        channel = messages[0].channel
        for message in messages:
            message.deleted = True
            self.outcome_of_change(message, "deleted")
        assert channel.guild is not None
        data = {
            "ids": [str(message.id) for message in messages],
            "channel_id": str(channel.id),
            "guild_id": str(channel.guild.id),
        }
        self.emit("MESSAGE_DELETE_BULK", data, Intent.GUILD_MESSAGES, channel=channel)

    def outcome_of_change(self, message: Message, kind: str) -> None:
        """Count an edit or deletion as the answer of clicks on this message left unanswered."""
        for interaction in self.interactions.values():
            deferred = interaction.callback == 6 and not interaction.outcomes
            if deferred and interaction.message is message:
                outcome = Outcome("deleted" if kind == "deleted" else "update", message)
                interaction.outcomes.append(outcome)

    # -- interactions --------------------------------------------------------------------------

    def called_back(self, token: str) -> None:
        """Note when the first callback to an interaction came in."""
        interaction = self.interactions.get(token)
        if interaction is not None and interaction.called_back_at is None:
            interaction.called_back_at = self.clock.now()

    def interact(
        self,
        kind: InteractionType,
        user: User,
        channel: Channel,
        data: Json,
        *,
        message: Message | None = None,
        opened_by: Interaction | None = None,
        as_seen: Version | None = None,
    ) -> Interaction:
        """Hand the bot an interaction, and start the time it has to acknowledge it."""
        guild = channel.guild
        member: Member | None = guild.members[user.id] if guild else None
        interaction = Interaction(
            id=self.snowflakes.next(),
            token=secrets.token_urlsafe(40),
            type=kind,
            user=user,
            channel=channel,
            data=data,
            created=self.clock.now(),
            member=member,
            guild=guild,
            message=message,
            opened_by=opened_by,
            as_seen=as_seen,
        )
        self.interactions[interaction.token] = interaction
        interaction.timer = self.clock.call_later(
            self.ack_seconds, lambda: self._unacknowledged(interaction)
        )
        self.emit("INTERACTION_CREATE", interaction_payload(interaction), Intent.NONE)
        return interaction

    def _unacknowledged(self, interaction: Interaction) -> None:
        if interaction.acknowledged:
            return
        interaction.failed = True
        text = f"{interaction.name!r} by {interaction.user.name} was not acknowledged in time"
        self.records.violated(Violation("unacknowledged", message=text))
        self.signal.notify()

    # -- waiting -------------------------------------------------------------------------------

    async def until(
        self,
        condition: Callable[[], T | None],
        *,
        what: str,
        within: float | None = None,
        explain: Callable[[], str] | None = None,
    ) -> T:
        """Wait until a condition gives a value; see `Signal.wait`."""

        def detail() -> str:
            refused = "\n".join(f"  ! {violation}" for violation in self.records.violations)
            return "\n".join(filter(None, (explain() if explain else "", refused)))

        limit = self.within if within is None else within
        return await self.signal.wait(condition, within=limit, what=what, explain=detail)
